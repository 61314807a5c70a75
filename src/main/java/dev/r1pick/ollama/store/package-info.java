/// Ollama's models on the disk, which can be read without a server.
@NullMarked
package dev.r1pick.ollama.store;

import org.jspecify.annotations.NullMarked;
