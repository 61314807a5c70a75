/// Tags side by side on one machine, and one machine beside what it would be after an upgrade.
@NullMarked
package dev.r1pick.compare;

import org.jspecify.annotations.NullMarked;
