/// A result as a page to look at: the data of its pictures and tables in each language, and the
/// template around them (docs/decisions/0011).
@NullMarked
package dev.r1pick.report.html;

import org.jspecify.annotations.NullMarked;
