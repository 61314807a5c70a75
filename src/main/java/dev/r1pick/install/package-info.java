/// How a tag comes onto a machine through Ollama's server, and what of R1 is there.
@NullMarked
package dev.r1pick.install;

import org.jspecify.annotations.NullMarked;
