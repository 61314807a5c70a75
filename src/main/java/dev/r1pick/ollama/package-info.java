/// The Ollama of this machine: its version, its settings, its files; it knows nothing of advice.
@NullMarked
package dev.r1pick.ollama;

import org.jspecify.annotations.NullMarked;
