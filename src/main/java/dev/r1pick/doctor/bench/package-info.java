/// How fast an installed model really is.
@NullMarked
package dev.r1pick.doctor.bench;

import org.jspecify.annotations.NullMarked;
