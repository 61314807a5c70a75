/// Results in the formats that CI reads.
@NullMarked
package dev.r1pick.report.ci;

import org.jspecify.annotations.NullMarked;
