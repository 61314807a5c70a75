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
  /// What is in a bar. The marks are all of one width: where East Asian characters of ambiguous
  /// width are wide, each of them is (Unicode, EastAsianWidth.txt).
  public enum Part {
    WEIGHTS("weights", '█', '#'),
    KV_CACHE("kv-cache", '▓', '='),
    BUFFERS("buffers", '▒', '+'),
    KEPT("kept", '─', '-'),
    SPARE("spare", '·', '.');

    private final String key;
    private final char block;
    private final char letter;

    Part(String key, char block, char letter) {
      this.key = key;
      this.block = block;
      this.letter = letter;
    }

    /// Its key below `report.legend.`.
    public String key() {
      return key;
    }

    char mark(boolean unicode) {
      return unicode ? block : letter;
    }
  }

  /// The bytes of a part.
  public Bytes of(Part part) {
    return switch (part) {
      case WEIGHTS -> weights;
      case KV_CACHE -> kvCache;
      case BUFFERS -> buffers;
      case KEPT -> kept;
      case SPARE -> spare;
    };
  }

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

  /// The whole bar.
  public Bytes total() {
    return Bytes.sum(List.of(weights, kvCache, buffers, kept, spare));
  }

  /// The bar; every part that is not zero has at least one mark.
  ///
  /// @param width marks, 10 or more
  String draw(int width, boolean unicode) {
    double all = Math.max(1, total().count());
    var bar = new StringBuilder(width);
    Bytes before = Bytes.ZERO;
    for (Part part : Part.values()) {
      before = before.plus(of(part));
      int end = (int) Math.round(width * (before.count() / all));
      if (!of(part).isZero() && end <= bar.length()) {
        end = bar.length() + 1;
      }
      while (bar.length() < Math.min(end, width)) {
        bar.append(part.mark(unicode));
      }
    }
    return bar.toString();
  }
}
