/// Programs that people connect to Ollama.
@NullMarked
package dev.r1pick.catalog.client;

import org.jspecify.annotations.NullMarked;
