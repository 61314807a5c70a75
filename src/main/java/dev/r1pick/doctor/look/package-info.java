/// How an Ollama is looked at: every question that is put to a machine about it.
@NullMarked
package dev.r1pick.doctor.look;

import org.jspecify.annotations.NullMarked;
