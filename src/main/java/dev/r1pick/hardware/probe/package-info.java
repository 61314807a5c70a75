/// Finds out what a machine has: all probes at once, under one deadline.
@NullMarked
package dev.r1pick.hardware.probe;

import org.jspecify.annotations.NullMarked;
