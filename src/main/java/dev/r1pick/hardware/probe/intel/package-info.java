/// Intel GPUs, through sysfs and xpu-smi.
@NullMarked
package dev.r1pick.hardware.probe.intel;

import org.jspecify.annotations.NullMarked;
