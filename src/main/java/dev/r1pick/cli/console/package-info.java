/// Where a run writes, how it ends, and what went wrong.
@NullMarked
package dev.r1pick.cli.console;

import org.jspecify.annotations.NullMarked;
