package dev.r1pick.report.layout;

import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.HostLoad;
import dev.r1pick.units.Bytes;
import java.util.List;

/// What a pool of memory would hold, as a bar.
///
/// @param weights bytes of weights
/// @param kvCache bytes of KV cache
/// @param buffers bytes of compute and output buffers
/// @param kept bytes that are left free on purpose
/// @param spare bytes that are left over
public record MemoryBar(Bytes weights, Bytes kvCache, Bytes buffers, Bytes kept, Bytes spare) {
  private static final char[] BLOCKS = {'█', '▓', '▒', '░', '·'};
  private static final char[] LETTERS = {'#', '=', '+', '-', '.'};

  public static MemoryBar of(DeviceLoad device) {
    return new MemoryBar(
        device.weights(),
        device.kvCache(),
        device.compute(),
        device.margin().plus(device.driverShare()),
        device.headroom());
  }

  public static MemoryBar of(HostLoad host) {
    return new MemoryBar(
        host.weights(),
        host.kvCache(),
        host.compute().plus(host.output()),
        host.reserve(),
        host.headroom());
  }

  Bytes total() {
    return Bytes.sum(List.of(weights, kvCache, buffers, kept, spare));
  }

  /// The bar; every part that is not zero has at least one mark.
  ///
  /// @param width marks, 10 or more
  String draw(int width, boolean unicode) {
    Bytes[] parts = {weights, kvCache, buffers, kept, spare};
    double all = Math.max(1, total().count());
    var bar = new StringBuilder(width);
    Bytes before = Bytes.ZERO;
    for (int i = 0; i < parts.length; i++) {
      before = before.plus(parts[i]);
      int end = (int) Math.round(width * (before.count() / all));
      if (!parts[i].isZero() && end <= bar.length()) {
        end = bar.length() + 1;
      }
      while (bar.length() < Math.min(end, width)) {
        bar.append(unicode ? BLOCKS[i] : LETTERS[i]);
      }
    }
    return bar.toString();
  }
}
