/// How a screen is laid out: width, color, tables, bars.
@NullMarked
package dev.r1pick.report.layout;

import org.jspecify.annotations.NullMarked;
