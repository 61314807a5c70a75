/// Results for a person at a terminal.
@NullMarked
package dev.r1pick.report.text;

import org.jspecify.annotations.NullMarked;
