/// What a machine has, as immutable values.
@NullMarked
package dev.r1pick.hardware;

import org.jspecify.annotations.NullMarked;
