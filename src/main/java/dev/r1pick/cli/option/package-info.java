/// Options of a command line, read into values.
@NullMarked
package dev.r1pick.cli.option;

import org.jspecify.annotations.NullMarked;
