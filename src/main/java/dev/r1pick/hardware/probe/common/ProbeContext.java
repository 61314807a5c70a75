package dev.r1pick.hardware.probe.common;

import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.host.OsFamily;

/// What a probe must know to describe a device.
///
/// @param os around the process
/// @param ram that a process here can have
public record ProbeContext(Os os, Ram ram) {
  public boolean isWindows() {
    return os.family() == OsFamily.WINDOWS;
  }
}
