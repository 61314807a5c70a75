/// The commands.
@NullMarked
package dev.r1pick.cli.command;

import org.jspecify.annotations.NullMarked;
