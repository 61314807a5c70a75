/// Commands, console, exit codes.
@NullMarked
package dev.r1pick.cli;

import org.jspecify.annotations.NullMarked;
