/// The question, the rules, the answer.
@NullMarked
package dev.r1pick.advice;

import org.jspecify.annotations.NullMarked;
