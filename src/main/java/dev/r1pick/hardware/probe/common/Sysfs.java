package dev.r1pick.hardware.probe.common;

import dev.r1pick.host.Host;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.Optional;

/// Files of the kernel that hold one figure.
public final class Sysfs {
  private Sysfs() {}

  /// A file that holds one number of bytes in decimal digits.
  public static Optional<Bytes> bytes(Host host, String path) {
    return host.read(path).flatMap(Text::bytes);
  }
}
