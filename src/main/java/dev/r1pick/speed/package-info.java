/// How fast an answer comes, as a range with its basis.
@NullMarked
package dev.r1pick.speed;

import org.jspecify.annotations.NullMarked;
