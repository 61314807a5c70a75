/// AMD GPUs, through sysfs, KFD and rocm-smi.
@NullMarked
package dev.r1pick.hardware.probe.amd;

import org.jspecify.annotations.NullMarked;
