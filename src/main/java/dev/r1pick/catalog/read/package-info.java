/// Strict readers of the catalog files.
@NullMarked
package dev.r1pick.catalog.read;

import org.jspecify.annotations.NullMarked;
