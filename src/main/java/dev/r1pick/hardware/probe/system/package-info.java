/// Processor, memory, containers and the installed Ollama.
@NullMarked
package dev.r1pick.hardware.probe.system;

import org.jspecify.annotations.NullMarked;
