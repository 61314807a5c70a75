/// What the log of Ollama's server says: its lines as facts, whatever the version that wrote them.
@NullMarked
package dev.r1pick.ollama.log;

import org.jspecify.annotations.NullMarked;
