/// What every probe needs: commands, the files of the kernel, lists of visible devices.
@NullMarked
package dev.r1pick.hardware.probe.common;

import org.jspecify.annotations.NullMarked;
