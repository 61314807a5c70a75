/// The one door to the outside: files, commands, environment and native calls of a machine.
@NullMarked
package dev.r1pick.host;

import org.jspecify.annotations.NullMarked;
