/// The one door to the outside: files, commands, environment, native calls and clock of a machine,
/// and what belongs to the user who runs r1pick.
@NullMarked
package dev.r1pick.host;

import org.jspecify.annotations.NullMarked;
