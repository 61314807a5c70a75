/// What a package puts beside the program, made from its commands at build time.
@NullMarked
package dev.r1pick.build;

import org.jspecify.annotations.NullMarked;
