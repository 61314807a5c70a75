/// What a shell completes: the commands and options that are parsed, with the words that can stand
/// for their values.
@NullMarked
package dev.r1pick.cli.completion;

import org.jspecify.annotations.NullMarked;
