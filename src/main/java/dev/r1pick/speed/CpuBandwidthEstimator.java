package dev.r1pick.speed;

import dev.r1pick.catalog.read.Resources;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Os;
import dev.r1pick.json.Fields;
import dev.r1pick.json.JsonReader;
import dev.r1pick.units.Bandwidth;
import java.io.Reader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Guesses how fast the memory of a processor can be read from the processor's name: which modules
/// are fitted is seldom told to a program without special rights.
public final class CpuBandwidthEstimator {
  private static final String FILE = "catalog/cpu-platforms.json";

  /// Bytes per second that one core can ask for. A desktop core of 2022 (Ryzen 9 7950X) generated
  /// at 20 to 24 GB/s per thread with two threads; half of it is the expectation for any core.
  private static final double MOST_PER_CORE = 24e9;

  private static final double EXPECTED_PER_CORE = 14e9;

  /// Two channels of DDR4-3200 stand for a PC that nothing is known of; one channel of DDR4-2400
  /// and two of DDR5-6400 are its ends.
  private static final CpuPlatform UNKNOWN_X86 = platform(19.2, 51.2, 102.4);

  /// From a board with 32 bits of LPDDR4X to a laptop with 128 bits of LPDDR5X.
  private static final CpuPlatform UNKNOWN_ARM = platform(12.8, 51.2, 136.5);

  /// More processors than are sold; names that go on changing are looked up each time, so that no
  /// input can fill the memory.
  private static final int MOST_NAMES = 4096;

  private final List<CpuPlatform> platforms;
  private final Map<String, Optional<CpuPlatform>> known = new ConcurrentHashMap<>();

  /// With platforms in the order in which they are tried.
  public CpuBandwidthEstimator(List<CpuPlatform> platforms) {
    this.platforms = List.copyOf(platforms);
  }

  /// With the platforms that ship with the program.
  ///
  /// @throws IllegalStateException if the program was built without them
  public static CpuBandwidthEstimator shipped() {
    return new CpuBandwidthEstimator(
        PreparedData.cpuPlatforms().orElseGet(CpuBandwidthEstimator::readShipped));
  }

  private static List<CpuPlatform> readShipped() {
    return Resources.read(FILE, CpuBandwidthEstimator::platforms);
  }

  /// The platforms of such a file, in the order in which they are tried.
  ///
  /// @param file the name for error messages
  /// @throws dev.r1pick.json.InvalidJson if it is not what it should be
  public static List<CpuPlatform> platforms(String file, Reader text) {
    return Fields.read(
        file,
        JsonReader.read(file, text),
        fields -> {
          fields.text("what");
          fields.text("certainty");
          fields.texts("sources");
          return fields.list("platforms", CpuBandwidthEstimator::platform);
        });
  }

  private static CpuPlatform platform(Fields fields) {
    fields.text("memory");
    return new CpuPlatform(
        fields.texts("names"),
        Bandwidth.ofGBPerSecond(fields.decimal("low_gb_per_second", 1, 10_000)),
        Bandwidth.ofGBPerSecond(fields.decimal("expected_gb_per_second", 1, 10_000)),
        Bandwidth.ofGBPerSecond(fields.decimal("high_gb_per_second", 1, 10_000)));
  }

  private static CpuPlatform platform(double low, double expected, double high) {
    return new CpuPlatform(
        List.of(),
        Bandwidth.ofGBPerSecond(low),
        Bandwidth.ofGBPerSecond(expected),
        Bandwidth.ofGBPerSecond(high));
  }

  /// The bandwidth that this processor most likely has, never more than its usable cores can ask
  /// for.
  public CpuBandwidth estimate(Cpu cpu, Os os) {
    // The name that a hypervisor shows is the host's, whose channels are shared with others.
    boolean shared = os.virtualMachine() && !os.wsl();
    Optional<CpuPlatform> platform = platformOf(cpu.name().orElse(""));
    if (platform.isPresent()) {
      return limited(platform.get(), cpu, shared, CpuBandwidth.Origin.PLATFORM);
    }
    CpuPlatform unknown = cpu.arch().equals("aarch64") ? UNKNOWN_ARM : UNKNOWN_X86;
    return limited(unknown, cpu, shared, CpuBandwidth.Origin.GUESSED);
  }

  private Optional<CpuPlatform> platformOf(String name) {
    Optional<CpuPlatform> platform = known.get(name);
    if (platform == null) {
      platform = firstOf(cleaned(name));
      if (known.size() < MOST_NAMES) {
        known.put(name, platform);
      }
    }
    return platform;
  }

  private Optional<CpuPlatform> firstOf(String cleaned) {
    for (CpuPlatform platform : platforms) {
      if (platform.matches(cleaned)) {
        return Optional.of(platform);
      }
    }
    return Optional.empty();
  }

  private static CpuBandwidth limited(
      CpuPlatform platform, Cpu cpu, boolean shared, CpuBandwidth.Origin origin) {
    int cores =
        Math.max(1, Math.min(cpu.usableCpus(), cpu.physicalCores().orElse(Integer.MAX_VALUE)));
    long expectedLimit = Math.round(cores * EXPECTED_PER_CORE);
    long highLimit = Math.round(cores * MOST_PER_CORE);
    long high = Math.min(platform.high().bytesPerSecond(), highLimit);
    long expected = Math.min(platform.expected().bytesPerSecond(), expectedLimit);
    long low = Math.min(platform.low().bytesPerSecond(), expected);
    return new CpuBandwidth(
        new Bandwidth(shared ? Math.max(1, low / 2) : low),
        new Bandwidth(expected),
        new Bandwidth(Math.max(high, expected)),
        origin);
  }

  /// Lower case, without `(R)`, `(TM)` and other signs, one blank between words.
  private static String cleaned(String name) {
    String lower =
        name.toLowerCase(Locale.ROOT).replace("(r)", " ").replace("(tm)", " ").replace("®", " ");
    var text = new StringBuilder(lower.length());
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      boolean blank = Character.isWhitespace(c);
      if (!blank || (!text.isEmpty() && text.charAt(text.length() - 1) != ' ')) {
        text.append(blank ? ' ' : c);
      }
    }
    return text.toString().strip();
  }
}
