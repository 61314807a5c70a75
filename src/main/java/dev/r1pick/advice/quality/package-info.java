/// How good a tag answers for a use, from what was measured of it and of its relatives.
@NullMarked
package dev.r1pick.advice.quality;

import org.jspecify.annotations.NullMarked;
