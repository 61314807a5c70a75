package dev.r1pick.hardware.probe.apple;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.DeviceCondition;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.hardware.probe.common.ProbeContext;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// macOS: what `sysctl`, `vm_stat`, Metal and, for Intel Macs and the number of GPU cores,
/// `system_profiler` say.
public final class AppleProbe {
  private static final Bytes TWO_THIRDS_UP_TO = Bytes.ofGiB(36);

  private final Map<String, String> sysctl;
  private final String vmStat;
  private final Optional<JsonValue> metal;
  private final Optional<JsonValue> profiler;

  /// Takes the outputs of the four sources, each an empty text where there is none.
  public AppleProbe(String sysctl, String vmStat, String metal, String profiler) {
    this.sysctl = values(sysctl);
    this.vmStat = vmStat;
    this.metal = Text.json(metal);
    this.profiler = Text.json(profiler);
  }

  private static Map<String, String> values(String text) {
    var values = new HashMap<String, String>();
    for (String line : Text.lines(text)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return values;
  }

  private OptionalLong number(String name) {
    return Text.whole(sysctl.getOrDefault(name, ""));
  }

  private Optional<Integer> count(String name) {
    OptionalLong number = number(name);
    return number.isPresent() && number.getAsLong() > 0 && number.getAsLong() < 1 << 16
        ? Optional.of((int) number.getAsLong())
        : Optional.empty();
  }

  /// True for Apple's own chips, also where this process is translated from x86.
  boolean isAppleChip(String hostArch) {
    return number("hw.optional.arm64").orElse(0) == 1
        || chip().filter(name -> name.startsWith("Apple")).isPresent()
        || (sysctl.isEmpty() && hostArch.equals("aarch64"));
  }

  /// The name of the processor.
  Optional<String> chip() {
    return Text.cleaned(sysctl.getOrDefault("machdep.cpu.brand_string", ""))
        .or(() -> hardware("chip_type"))
        .or(() -> hardware("cpu_type"));
  }

  private Optional<String> hardware(String name) {
    for (JsonValue item : section("SPHardwareDataType")) {
      Optional<String> text = item.textAt(name).flatMap(Text::cleaned);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  private List<JsonValue> section(String name) {
    return profiler.flatMap(p -> p.member(name)).map(JsonValue::items).orElse(List.of());
  }

  /// The system around the process.
  public Os os(String hostArch) {
    return new Os(
        OsFamily.MACOS, isAppleChip(hostArch) ? "aarch64" : "x86_64", false, false, isVirtual());
  }

  private boolean isVirtual() {
    return number("kern.hv_vmm_present").orElse(0) == 1
        || chip().filter(name -> name.contains("(Virtual)")).isPresent()
        || metalName().filter(name -> name.contains("Paravirtual")).isPresent();
  }

  private Optional<String> metalName() {
    return metal.flatMap(m -> m.textAt("name")).flatMap(Text::cleaned);
  }

  /// The processor.
  public Cpu cpu(String hostArch, OptionalInt processors) {
    boolean apple = isAppleChip(hostArch);
    int logical =
        count("hw.logicalcpu").or(() -> count("hw.ncpu")).orElse(Math.max(1, processors.orElse(1)));
    return new Cpu(
        chip(),
        apple ? "aarch64" : "x86_64",
        count("hw.physicalcpu"),
        apple ? count("hw.perflevel0.physicalcpu") : Optional.empty(),
        logical,
        logical,
        features(apple),
        count("hw.packages"));
  }

  private List<String> features(boolean apple) {
    var features = new ArrayList<String>();
    if (apple) {
      features.add("neon");
      addIf(features, "asimddp", "hw.optional.arm.FEAT_DotProd");
      addIf(features, "i8mm", "hw.optional.arm.FEAT_I8MM");
      addIf(features, "bf16", "hw.optional.arm.FEAT_BF16");
    } else if (number("hw.optional.avx2_0").orElse(0) == 1) {
      // Every Mac with AVX2 is a Haswell or newer, which have the other three as well.
      features.addAll(List.of("avx", "avx2", "fma", "f16c"));
      addIf(features, "avx512f", "hw.optional.avx512f");
    } else {
      addIf(features, "avx", "hw.optional.avx1_0");
    }
    return features;
  }

  private void addIf(List<String> features, String feature, String name) {
    if (number(name).orElse(0) == 1) {
      features.add(feature);
    }
  }

  /// System memory.
  public Ram ram() {
    Optional<Bytes> total = Text.bytes(number("hw.memsize"), 1);
    return new Ram(
        total,
        total.flatMap(this::available),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        total.isEmpty() ? "" : "hw.memsize, vm_stat");
  }

  /// All that is not held by programs, by the kernel or compressed; "Pages free" is near zero by
  /// design.
  private Optional<Bytes> available(Bytes total) {
    Map<String, String> pages = values(vmStat);
    OptionalLong size = pageSize();
    OptionalLong anonymous = pages(pages, "Anonymous pages");
    OptionalLong wired = pages(pages, "Pages wired down");
    if (size.isEmpty() || anonymous.isEmpty() || wired.isEmpty()) {
      return Optional.empty();
    }
    long purgeable = pages(pages, "Pages purgeable").orElse(0);
    long compressor = pages(pages, "Pages occupied by compressor").orElse(0);
    long held = Math.max(0, anonymous.getAsLong() - purgeable) + wired.getAsLong() + compressor;
    return Text.bytes(OptionalLong.of(held), size.getAsLong()).map(total::minusOrZero);
  }

  private OptionalLong pageSize() {
    int start = vmStat.indexOf("page size of ");
    OptionalLong stated =
        start < 0
            ? OptionalLong.empty()
            : Text.leadingWhole(after(start + "page size of ".length()));
    OptionalLong size = stated.isPresent() ? stated : number("hw.pagesize");
    return size.isPresent() && size.getAsLong() >= 4096 && size.getAsLong() <= 1 << 20
        ? size
        : OptionalLong.empty();
  }

  private String after(int start) {
    return vmStat.substring(start, Math.min(vmStat.length(), start + 20));
  }

  /// Counts end in a full stop.
  private static OptionalLong pages(Map<String, String> pages, String name) {
    OptionalLong count = Text.leadingWhole(pages.getOrDefault(name, ""));
    return count.isPresent() && count.getAsLong() < 1L << 40 ? count : OptionalLong.empty();
  }

  /// The GPUs.
  public List<Accelerator> devices(ProbeContext around) {
    return around.os().arch().equals("aarch64") ? ofChip(around) : ofIntelMac();
  }

  private List<Accelerator> ofChip(ProbeContext around) {
    Optional<String> name = around.os().virtualMachine() ? metalName().or(this::chip) : chip();
    if (name.isEmpty()) {
      return List.of();
    }
    boolean virtual = around.os().virtualMachine();
    return List.of(
        new Accelerator(
            name.get(),
            Vendor.APPLE,
            Kind.INTEGRATED,
            memory(around.ram(), virtual),
            virtual
                ? new DeviceCondition.Blocked(WhyNot.VIRTUAL_GPU)
                : DeviceCondition.Working.FINE,
            Identity.UNKNOWN.withGpuCores(gpuCores())));
  }

  private Optional<Integer> gpuCores() {
    for (JsonValue display : section("SPDisplaysDataType")) {
      OptionalLong cores = Text.wholeAt(display, "sppci_cores");
      if (cores.isPresent() && cores.getAsLong() > 0 && cores.getAsLong() < 4096) {
        return Optional.of((int) cores.getAsLong());
      }
    }
    return Optional.empty();
  }

  /// The limit that its owner set, else the one that Metal names, else the share that systems
  /// before macOS 26 allow, which is a floor for later ones.
  private Memory memory(Ram ram, boolean virtual) {
    Optional<Bytes> set =
        Text.bytes(number("iogpu.wired_limit_mb"), 1L << 20)
            .or(() -> Text.bytes(number("debug.iogpu.wired_limit"), 1))
            .filter(limit -> !limit.isZero());
    Optional<Bytes> metalLimit =
        metal
            .flatMap(m -> Text.bytes(Text.wholeAt(m, "recommendedMaxWorkingSetSize"), 1))
            .filter(limit -> !limit.isZero());
    if (set.isPresent()) {
      return shared(set, ram, "iogpu.wired_limit_mb", false);
    }
    if (metalLimit.isPresent()) {
      return shared(metalLimit, ram, "recommendedMaxWorkingSetSize", false);
    }
    if (virtual || ram.total().isEmpty()) {
      return Memory.unknown(Pool.SHARED, true);
    }
    long total = ram.total().get().count();
    Bytes share =
        ram.total().get().atMost(TWO_THIRDS_UP_TO)
            ? Bytes.of(total / 3 * 2 + total % 3 * 2 / 3)
            : Bytes.of(total / 4 * 3 + total % 4 * 3 / 4);
    return shared(Optional.of(share), ram, "hw.memsize", true);
  }

  private static Memory shared(Optional<Bytes> limit, Ram ram, String basis, boolean isFloor) {
    Optional<Bytes> total =
        limit.isPresent() && ram.total().isPresent()
            ? Optional.of(limit.get().min(ram.total().get()))
            : limit;
    Memory memory = Memory.of(total, ram.available(), Pool.SHARED, true);
    return new Memory(
        total, isFloor, memory.free(), Optional.empty(), Pool.SHARED, true, Optional.of(basis));
  }

  /// Ollama computes on the processor of Intel Macs, whatever GPU is inside.
  private List<Accelerator> ofIntelMac() {
    var devices = new ArrayList<Accelerator>();
    for (JsonValue display : section("SPDisplaysDataType")) {
      Optional<String> name =
          display
              .textAt("sppci_model")
              .or(() -> display.textAt("_name"))
              .flatMap(Text::cleaned)
              .filter(n -> !n.startsWith("kHW_"));
      if (name.isPresent()) {
        boolean discrete =
            display.textAt("sppci_bus").filter("spdisplays_pcie_device"::equals).isPresent();
        Optional<Bytes> size = display.textAt("spdisplays_vram").flatMap(AppleProbe::size);
        devices.add(
            new Accelerator(
                name.get(),
                vendor(name.get()),
                discrete ? Kind.DISCRETE : Kind.INTEGRATED,
                discrete
                    ? Memory.of(size, Optional.empty(), Pool.DEDICATED, false)
                    : Memory.unknown(Pool.SHARED, true),
                DeviceCondition.Working.FINE,
                Identity.UNKNOWN));
      }
    }
    return devices;
  }

  private static Vendor vendor(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("radeon") || lower.contains("amd")
        ? Vendor.AMD
        : lower.contains("intel")
            ? Vendor.INTEL
            : lower.contains("nvidia") || lower.contains("geforce") ? Vendor.NVIDIA : Vendor.APPLE;
  }

  /// `4 GB` and `1536 MB` stand in one output.
  private static Optional<Bytes> size(String text) {
    OptionalLong number = Text.leadingWhole(text);
    if (text.strip().endsWith("GB")) {
      return Text.bytes(number, 1L << 30);
    }
    return text.strip().endsWith("MB") ? Text.bytes(number, 1L << 20) : Optional.empty();
  }
}
