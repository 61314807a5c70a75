/// Text from outside: reading it, comparing it, and making it harmless where it leaves.
@NullMarked
package dev.r1pick.text;

import org.jspecify.annotations.NullMarked;
