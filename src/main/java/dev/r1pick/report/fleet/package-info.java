/// Many machines, a line each, and what they come to.
@NullMarked
package dev.r1pick.report.fleet;

import org.jspecify.annotations.NullMarked;
