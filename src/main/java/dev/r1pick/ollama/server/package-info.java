/// Ollama's server as this program speaks to it: its address, its answers and its failures.
@NullMarked
package dev.r1pick.ollama.server;

import org.jspecify.annotations.NullMarked;
