/// What this machine has, and how that was found out.
@NullMarked
package dev.r1pick.hardware;

import org.jspecify.annotations.NullMarked;
