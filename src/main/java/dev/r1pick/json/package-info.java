/// Strict JSON and YAML in, plain JSON out: the only place that knows Jackson and the YAML parser.
@NullMarked
package dev.r1pick.json;

import org.jspecify.annotations.NullMarked;
