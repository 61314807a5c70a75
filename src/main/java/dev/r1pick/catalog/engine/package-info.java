/// Engines beside Ollama that run R1 on accelerators it has no backend for.
@NullMarked
package dev.r1pick.catalog.engine;

import org.jspecify.annotations.NullMarked;
