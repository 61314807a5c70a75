/// Quantities that cannot be mixed up: bytes, bandwidth, token rates, context lengths.
@NullMarked
package dev.r1pick.units;

import org.jspecify.annotations.NullMarked;
