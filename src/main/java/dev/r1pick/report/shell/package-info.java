/// Results that a shell reads.
@NullMarked
package dev.r1pick.report.shell;

import org.jspecify.annotations.NullMarked;
