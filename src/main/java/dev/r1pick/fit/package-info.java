/// Where weights and KV cache go, by the rules of the Ollama that is installed.
@NullMarked
package dev.r1pick.fit;

import org.jspecify.annotations.NullMarked;
