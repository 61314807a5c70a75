/// Recordings of machines: written, cleaned of what identifies their owner, and replayed.
@NullMarked
package dev.r1pick.hardware.record;

import org.jspecify.annotations.NullMarked;
