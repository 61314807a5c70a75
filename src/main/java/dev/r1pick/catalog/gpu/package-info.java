/// The known kinds of GPU, and which of them a name means.
@NullMarked
package dev.r1pick.catalog.gpu;

import org.jspecify.annotations.NullMarked;
