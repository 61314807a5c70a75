/// What can be pulled and what it runs on: the R1 variants, their tags and the known GPUs, as
/// immutable values.
@NullMarked
package dev.r1pick.catalog;

import org.jspecify.annotations.NullMarked;
