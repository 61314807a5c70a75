/// Strict JSON in, plain JSON out: the only place that knows Jackson.
@NullMarked
package dev.r1pick.json;

import org.jspecify.annotations.NullMarked;
