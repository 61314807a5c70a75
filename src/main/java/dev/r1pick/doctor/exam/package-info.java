/// What the symptoms of an Ollama mean.
@NullMarked
package dev.r1pick.doctor.exam;

import org.jspecify.annotations.NullMarked;
