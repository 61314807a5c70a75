/// What a machine must be able to do, and whether it is.
@NullMarked
package dev.r1pick.policy;

import org.jspecify.annotations.NullMarked;
