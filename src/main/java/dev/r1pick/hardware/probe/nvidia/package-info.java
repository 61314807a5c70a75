/// NVIDIA GPUs, through nvidia-smi and the bus.
@NullMarked
package dev.r1pick.hardware.probe.nvidia;

import org.jspecify.annotations.NullMarked;
