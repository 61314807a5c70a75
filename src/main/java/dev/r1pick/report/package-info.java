/// An answer as text and as JSON.
@NullMarked
package dev.r1pick.report;

import org.jspecify.annotations.NullMarked;
