package dev.r1pick.hardware.probe.system;

import dev.r1pick.hardware.Ram;
import dev.r1pick.host.Host;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// System memory on Linux and Android: `/proc/meminfo`, less what control groups forbid and less
/// memory that belongs to a GPU.
public final class MemoryProbe {
  private static final String NODES = "/sys/devices/system/node";

  private MemoryProbe() {}

  /// Reads and joins all sources.
  public static Ram read(Host host) {
    Map<String, Bytes> meminfo = parse(host.read("/proc/meminfo").orElse(""));
    Ram ram = ofMeminfo(meminfo);
    if (host.arch().equals("aarch64")) {
      ram = withoutGpuNodes(host, ram);
    }
    for (ContainerLimits.Level level : ContainerLimits.memory(host)) {
      ram = limited(ram, level);
    }
    return ram;
  }

  /// True where every swap device is compressed RAM.
  public static boolean swapIsCompressedRam(Host host) {
    boolean any = false;
    for (String line : Text.lines(host.read("/proc/swaps").orElse(""))) {
      if (line.startsWith("/")) {
        if (!line.startsWith("/dev/zram")) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /// The lines `Name: 123 kB` of a meminfo file.
  static Map<String, Bytes> parse(String text) {
    var values = new HashMap<String, Bytes>();
    for (String line : Text.lines(text)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        Text.bytes(Text.leadingWhole(line.substring(colon + 1)), 1024)
            .ifPresent(bytes -> values.putIfAbsent(line.substring(0, colon).strip(), bytes));
      }
    }
    return values;
  }

  /// What the kernel says by itself.
  ///
  /// Kernels before 3.14 have no MemAvailable; then free memory and file pages are counted, as the
  /// kernel itself does without its reserve.
  static Ram ofMeminfo(Map<String, Bytes> meminfo) {
    Optional<Bytes> total = value(meminfo, "MemTotal");
    Optional<Bytes> available = value(meminfo, "MemAvailable");
    String basis = "/proc/meminfo MemAvailable";
    if (available.isEmpty() && meminfo.containsKey("MemFree")) {
      Bytes sum = Bytes.ZERO;
      for (String part :
          new String[] {"MemFree", "Active(file)", "Inactive(file)", "SReclaimable"}) {
        sum = sum.plus(value(meminfo, part).orElse(Bytes.ZERO));
      }
      available = Optional.of(sum);
      basis = "/proc/meminfo MemFree + Active(file) + Inactive(file) + SReclaimable";
    }
    return new Ram(
        total,
        available.isPresent() ? smaller(available, total) : available,
        Optional.empty(),
        value(meminfo, "SwapTotal"),
        value(meminfo, "SwapFree"),
        total.isEmpty() && available.isEmpty() ? "" : basis);
  }

  private static Optional<Bytes> value(Map<String, Bytes> meminfo, String name) {
    return Optional.ofNullable(meminfo.get(name));
  }

  /// On NVIDIA's Grace chips the memory of the GPU is a memory node without processors, and the
  /// kernel counts it as system memory.
  private static Ram withoutGpuNodes(Host host, Ram ram) {
    Bytes total = Bytes.ZERO;
    Bytes foreignFree = Bytes.ZERO;
    boolean foreign = false;
    for (String node : host.list(NODES)) {
      Optional<String> cpus = host.read(NODES + "/" + node + "/cpulist");
      if (node.startsWith("node") && cpus.isPresent()) {
        Map<String, Bytes> memory = ofNode(host.read(NODES + "/" + node + "/meminfo").orElse(""));
        if (cpus.get().isBlank()) {
          foreign = true;
          foreignFree = foreignFree.plus(value(memory, "MemFree").orElse(Bytes.ZERO));
        } else {
          total = total.plus(value(memory, "MemTotal").orElse(Bytes.ZERO));
        }
      }
    }
    if (!foreign || total.isZero()) {
      return ram;
    }
    Bytes others = foreignFree;
    Optional<Bytes> own = smaller(Optional.of(total), ram.total());
    return ram.with(
        own,
        smaller(ram.available().map(a -> a.minusOrZero(others)), own),
        NODES + "/node*/meminfo");
  }

  /// Lines of a memory node start with `Node 0`.
  private static Map<String, Bytes> ofNode(String text) {
    var plain = new StringBuilder();
    for (String line : Text.lines(text)) {
      int name = line.startsWith("Node ") ? line.indexOf(' ', 5) : -1;
      plain.append(name < 0 ? line : line.substring(name + 1)).append('\n');
    }
    return parse(plain.toString());
  }

  /// A limit above the memory of the machine is none; what a group has used up counts all the same.
  private static Ram limited(Ram ram, ContainerLimits.Level level) {
    boolean binds = ram.total().isEmpty() || level.limit().compareTo(ram.total().get()) < 0;
    Optional<Bytes> total = smaller(Optional.of(level.limit()), ram.total());
    return ram.with(
        total,
        smaller(smaller(ram.available(), level.available()), total),
        binds ? level.file() : ram.basis());
  }

  private static Optional<Bytes> smaller(Optional<Bytes> one, Optional<Bytes> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return Optional.of(one.get().min(other.get()));
  }
}
