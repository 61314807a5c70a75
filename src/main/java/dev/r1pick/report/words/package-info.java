/// Findings as sentences: every writer says the same words.
@NullMarked
package dev.r1pick.report.words;

import org.jspecify.annotations.NullMarked;
