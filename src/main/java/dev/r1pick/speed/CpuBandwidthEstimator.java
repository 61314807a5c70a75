package dev.r1pick.speed;

import dev.r1pick.catalog.read.Resources;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MemoryModules;
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

/// Says how fast the memory of a processor can be read: from the modules where they are told, else
/// from the processor's name.
public final class CpuBandwidthEstimator {
  private static final String FILE = "catalog/cpu-platforms.json";

  /// Bytes per second that one core can ask for. Two cores of a Sapphire Rapids server read 26 GB/s
  /// together, three of a Neoverse-N1 generated at 23 GB/s.
  private static final double EXPECTED_PER_CORE = 14e9;

  private static final double MOST_PER_CORE = 24e9;

  /// Two threads of a Ryzen 9 7950X generated at 72 GB/s.
  private static final double PER_CORE_OF_A_PC = 36e9;

  /// Two channels of DDR4-3200 stand for a PC that nothing is known of; one channel of DDR4-2400
  /// and two of DDR5-6400 are its ends.
  private static final CpuPlatform UNKNOWN_X86 = platform(19.2, 51.2, 102.4);

  /// From a board with 32 bits of LPDDR4X to a laptop with 128 bits of LPDDR5X.
  private static final CpuPlatform UNKNOWN_ARM = platform(12.8, 51.2, 136.5);

  /// More processors than are sold; names that go on changing are looked up each time, so that no
  /// input can fill the memory.
  private static final int MOST_NAMES = 4096;

  private static final int MOST_SOCKETS = 8;

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
        kind(fields.text("kind")),
        fields.integer("cores", 1, 512),
        instructions(fields.text("instructions")),
        fields.integer("channels", 1, 16),
        Bandwidth.ofGBPerSecond(fields.decimal("low_gb_per_second", 1, 10_000)),
        Bandwidth.ofGBPerSecond(fields.decimal("expected_gb_per_second", 1, 10_000)),
        Bandwidth.ofGBPerSecond(fields.decimal("high_gb_per_second", 1, 10_000)));
  }

  private static InstructionSet instructions(String label) {
    for (InstructionSet set : InstructionSet.values()) {
      if (set.label().equals(label)) {
        return set;
      }
    }
    return InstructionSet.AVX2;
  }

  private static ProcessorKind kind(String label) {
    for (ProcessorKind kind : ProcessorKind.values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    return ProcessorKind.UNKNOWN;
  }

  private static CpuPlatform platform(double low, double expected, double high) {
    return new CpuPlatform(
        List.of(),
        ProcessorKind.UNKNOWN,
        8,
        InstructionSet.AVX2,
        2,
        Bandwidth.ofGBPerSecond(low),
        Bandwidth.ofGBPerSecond(expected),
        Bandwidth.ofGBPerSecond(high));
  }

  /// The bandwidth that a machine's processor most likely has, never more than its usable cores can
  /// ask for: by the modules that the firmware tells of, else by what such processors take.
  public CpuBandwidth estimate(Machine machine) {
    Cpu cpu = machine.cpu();
    Os os = machine.os();
    // The name that a hypervisor shows is the host's, whose channels are shared with others; its
    // modules and sockets are made up.
    boolean shared = os.virtualMachine() && !os.wsl();
    boolean whole = !shared && !os.wsl();
    Optional<CpuPlatform> known = platformOf(cpu.name().orElse(""));
    CpuPlatform platform = known.orElse(cpu.arch().equals("aarch64") ? UNKNOWN_ARM : UNKNOWN_X86);
    int sockets = whole ? sockets(cpu, platform) : 1;
    Optional<MemoryModules> modules = whole ? machine.ram().modules() : Optional.empty();
    if (modules.isPresent()) {
      FittedMemory memory = FittedMemory.of(modules.get());
      Bandwidth least = memory.on(channels(platform, known, sockets, memory));
      Bandwidth most = known.isPresent() ? least : memory.on(memory.modules());
      return limited(
          new Ends(least, least, most), platform, cpu, sockets, CpuBandwidth.Origin.FIRMWARE);
    }
    var ends =
        new Ends(
            platform.low().times(sockets),
            platform.expected().times(sockets),
            platform.high().times(sockets));
    CpuBandwidth judged =
        limited(
            ends,
            platform,
            cpu,
            sockets,
            known.isPresent() ? CpuBandwidth.Origin.PLATFORM : CpuBandwidth.Origin.GUESSED);
    return shared ? judged.withHalfAsLow() : judged;
  }

  /// Only servers have several; elsewhere a system may call clusters of cores so.
  private static int sockets(Cpu cpu, CpuPlatform platform) {
    boolean server =
        platform.kind() == ProcessorKind.SERVER
            || (platform.kind() == ProcessorKind.UNKNOWN && cpu.arch().equals("x86_64"));
    return server ? Math.clamp(cpu.sockets().orElse(1), 1, MOST_SOCKETS) : 1;
  }

  /// Of a processor that is not known two channels are sure; more than four modules are no PC's.
  private static int channels(
      CpuPlatform platform, Optional<CpuPlatform> known, int sockets, FittedMemory memory) {
    return known.isPresent()
        ? platform.channels() * sockets
        : Math.max(2, memory.modules() > 4 ? memory.modules() : 2);
  }

  /// The same where the user tells how the memory is filled.
  public CpuBandwidth given(Cpu cpu, FittedMemory memory) {
    Optional<CpuPlatform> known = platformOf(cpu.name().orElse(""));
    CpuPlatform platform = known.orElse(cpu.arch().equals("aarch64") ? UNKNOWN_ARM : UNKNOWN_X86);
    int sockets = sockets(cpu, platform);
    Bandwidth told = memory.on(channels(platform, known, sockets, memory));
    return memory.bandwidth().isPresent()
        ? new CpuBandwidth(
            told, told, told, CpuBandwidth.Origin.GIVEN, kindOf(platform, cpu), sockets)
        : limited(new Ends(told, told, told), platform, cpu, sockets, CpuBandwidth.Origin.GIVEN);
  }

  /// A processor that a user names, such as `2x EPYC 9654` or the class `desktop DDR5`, with what
  /// such processors usually have.
  ///
  /// @return empty where no row matches
  public Optional<Cpu> described(String typed) {
    TypedProcessor processor = TypedProcessor.of(typed);
    String name = withTier(processor.shown());
    Optional<CpuPlatform> platform = platformOf(name);
    if (platform.isEmpty()) {
      return Optional.empty();
    }
    int sockets = processor.sockets();
    int cores = platform.get().cores() * sockets;
    InstructionSet set = platform.get().instructions();
    return Optional.of(
        new Cpu(
            Optional.of(name.strip()),
            set == InstructionSet.NEON ? "aarch64" : "x86_64",
            Optional.of(cores),
            Optional.empty(),
            cores,
            cores,
            set.features(),
            Optional.of(sockets)));
  }

  /// `Ryzen 9 7950X` of `Ryzen 7950X`: people leave the tier out, which says nothing of the memory.
  private static String withTier(String typed) {
    int at = typed.toLowerCase(Locale.ROOT).indexOf("ryzen ");
    int number = at + "ryzen ".length();
    boolean without = at >= 0 && number + 4 <= typed.length();
    for (int i = number; without && i < number + 4; i++) {
      without = isDigit(typed, i);
    }
    return without ? typed.substring(0, number) + "9 " + typed.substring(number) : typed;
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

  /// Of all sockets.
  private record Ends(Bandwidth low, Bandwidth expected, Bandwidth high) {}

  private static CpuBandwidth limited(
      Ends ends, CpuPlatform platform, Cpu cpu, int sockets, CpuBandwidth.Origin origin) {
    ProcessorKind kind = kindOf(platform, cpu);
    boolean pc = kind == ProcessorKind.DESKTOP || kind == ProcessorKind.LAPTOP;
    int cores = cores(cpu);
    long expectedLimit = Math.round(cores * (pc ? PER_CORE_OF_A_PC : EXPECTED_PER_CORE));
    long highLimit = Math.round(cores * (pc ? PER_CORE_OF_A_PC : MOST_PER_CORE));
    long high = Math.min(ends.high().bytesPerSecond(), highLimit);
    long expected = Math.min(ends.expected().bytesPerSecond(), expectedLimit);
    long low = Math.min(ends.low().bytesPerSecond(), expected);
    return new CpuBandwidth(
        new Bandwidth(low),
        new Bandwidth(expected),
        new Bandwidth(Math.max(high, expected)),
        origin,
        kind,
        sockets);
  }

  /// Cores that may be used: threads of one core share what it can ask for.
  static int cores(Cpu cpu) {
    return Math.max(1, Math.min(cpu.usableCpus(), cpu.physicalCores().orElse(Integer.MAX_VALUE)));
  }

  /// Makers sell one family for desks and laps; the letters behind the number tell them apart.
  private static ProcessorKind kindOf(CpuPlatform platform, Cpu cpu) {
    return platform.kind() == ProcessorKind.DESKTOP && isForLaptops(cleaned(cpu.name().orElse("")))
        ? ProcessorKind.LAPTOP
        : platform.kind();
  }

  private static boolean isForLaptops(String cleaned) {
    for (int i = 3; i < cleaned.length(); i++) {
      if (isDigit(cleaned, i - 1) && isDigit(cleaned, i - 2) && isDigit(cleaned, i - 3)) {
        int end = i;
        while (end < cleaned.length() && cleaned.charAt(end) != ' ') {
          end++;
        }
        switch (cleaned.substring(i, end)) {
          case "u", "h", "hs", "hx", "hk", "hq", "p", "y", "v", "m", "mq", "g1", "g4", "g7" -> {
            return true;
          }
          default -> {}
        }
      }
    }
    return false;
  }

  private static boolean isDigit(String text, int at) {
    return text.charAt(at) >= '0' && text.charAt(at) <= '9';
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
