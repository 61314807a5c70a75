/// Many machines in one run.
@NullMarked
package dev.r1pick.cli.fleet;

import org.jspecify.annotations.NullMarked;
