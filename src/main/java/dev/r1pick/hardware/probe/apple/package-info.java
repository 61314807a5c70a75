/// Macs, through sysctl, vm_stat, Metal and system_profiler.
@NullMarked
package dev.r1pick.hardware.probe.apple;

import org.jspecify.annotations.NullMarked;
