/// What is known of Ollama: its versions, its settings and the rules that go by them.
@NullMarked
package dev.r1pick.ollama;

import org.jspecify.annotations.NullMarked;
