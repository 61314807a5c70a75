/// What is wrong with an Ollama: what was seen of it, and what that means.
@NullMarked
package dev.r1pick.doctor;

import org.jspecify.annotations.NullMarked;
