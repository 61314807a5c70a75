package dev.r1pick.hardware.probe.windows;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Identity;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Usability;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.Usable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.probe.amd.AmdChips;
import dev.r1pick.hardware.probe.common.ProbeContext;
import dev.r1pick.hardware.probe.common.VisibleDevices;
import dev.r1pick.hardware.probe.intel.IntelProbe;
import dev.r1pick.hardware.probe.nvidia.NvidiaDevices;
import dev.r1pick.hardware.probe.nvidia.NvidiaGenerations;
import dev.r1pick.hardware.probe.nvidia.NvidiaProbe;
import dev.r1pick.hardware.probe.nvidia.NvidiaProbe.State;
import dev.r1pick.hardware.probe.nvidia.NvidiaSmi;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.hardware.probe.windows.WindowsProbe.Adapter;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Judges the adapters of a Windows machine; NVIDIA's come from `nvidia-smi` where it answers.
public final class WindowsDevices {
  private final ProbeContext around;
  private final List<Adapter> adapters;
  private final NvidiaProbe.Answer nvidia;

  public WindowsDevices(ProbeContext around, List<Adapter> adapters, NvidiaProbe.Answer nvidia) {
    this.around = around;
    this.adapters = List.copyOf(adapters);
    this.nvidia = nvidia;
  }

  /// NVIDIA's first, then the others as Windows lists them.
  public List<Accelerator> all() {
    var left = new ArrayList<Adapter>(adapters);
    var devices = new ArrayList<Accelerator>();
    for (Accelerator listed :
        new NvidiaDevices(around, nvidia, List.of(), Optional.empty()).all()) {
      devices.add(withPciId(listed, left));
    }
    for (Adapter adapter : left) {
      devices.add(device(adapter));
    }
    return devices;
  }

  /// The tool does not tell the device number; the adapter of the same name does. Names may have
  /// lost characters to a code page.
  private static Accelerator withPciId(Accelerator listed, List<Adapter> left) {
    Optional<Adapter> found = sameAdapter(listed, left);
    if (found.isEmpty()) {
      return listed;
    }
    Adapter match = found.get();
    left.remove(match);
    Identity known = listed.identity();
    return new Accelerator(
        listed.name(),
        listed.vendor(),
        listed.kind(),
        listed.memory(),
        listed.usability(),
        new Identity(
            known.pciAddress(),
            id(match),
            known.uuid(),
            known.driverVersion(),
            known.computeCapability(),
            known.gfxTarget(),
            known.gpuCores()));
  }

  private static Optional<Adapter> sameAdapter(Accelerator listed, List<Adapter> adapters) {
    Optional<Adapter> any = Optional.empty();
    for (Adapter adapter : adapters) {
      if (vendor(adapter) == PciGpu.NVIDIA) {
        if (plain(adapter.name()).equals(plain(listed.name()))) {
          return Optional.of(adapter);
        }
        any = any.isPresent() ? any : Optional.of(adapter);
      }
    }
    return any;
  }

  private static String plain(String name) {
    var plain = new StringBuilder();
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c < 128 && Character.isLetterOrDigit(c)) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static int vendor(Adapter adapter) {
    return adapter.vendor().orElse(0);
  }

  private static Optional<String> id(Adapter adapter) {
    return adapter.vendor().isPresent() && adapter.device().isPresent()
        ? Optional.of(PciGpu.id(adapter.vendor().getAsInt(), adapter.device().getAsInt()))
        : Optional.empty();
  }

  private Accelerator device(Adapter adapter) {
    boolean basic = adapter.name().startsWith("Microsoft Basic Display");
    if (basic && around.os().virtualMachine()) {
      return of(
          adapter,
          Kind.VIRTUAL,
          Memory.unknown(Pool.NONE, false),
          NotUsable.because(WhyNot.VIRTUAL_DISPLAY));
    }
    if (basic) {
      return of(
          adapter,
          Kind.DISCRETE,
          Memory.unknown(Pool.DEDICATED, false),
          NotUsable.because(WhyNot.DRIVER_MISSING));
    }
    return switch (vendor(adapter)) {
      case PciGpu.NVIDIA -> nvidia(adapter);
      case PciGpu.AMD -> amd(adapter);
      case PciGpu.INTEL -> intel(adapter);
      default -> other(adapter);
    };
  }

  private Accelerator nvidia(Adapter adapter) {
    Optional<String> capability =
        adapter.device().isPresent()
            ? NvidiaGenerations.capability(adapter.device().getAsInt())
            : Optional.empty();
    Optional<String> driver = adapter.driver().flatMap(WindowsDevices::nvidiaVersion);
    boolean unified = around.os().arch().equals("aarch64");
    Memory plain =
        Memory.of(
            adapter.dedicated(),
            Optional.empty(),
            unified ? Pool.CARVE_OUT : Pool.DEDICATED,
            unified);
    Memory memory =
        new Memory(
            plain.total(),
            unified,
            plain.free(),
            plain.reserved(),
            plain.pool(),
            unified,
            plain.basis());
    return new Accelerator(
        adapter.name(),
        "nvidia",
        unified ? Kind.INTEGRATED : Kind.DISCRETE,
        memory,
        nvidiaUsability(capability, driver),
        new Identity(
            Optional.empty(),
            id(adapter),
            Optional.empty(),
            driver,
            capability,
            Optional.empty(),
            Optional.empty()));
  }

  /// Without the tool the driver's version in the registry decides.
  private Usability nvidiaUsability(Optional<String> capability, Optional<String> driver) {
    if (capability.isPresent() && NvidiaSmi.isOlder(capability.get(), "5.0")) {
      return NotUsable.because(WhyNot.COMPUTE_CAPABILITY_TOO_LOW);
    }
    if (nvidia.state() instanceof State.Failed(var reason)) {
      return NotUsable.because(reason, Backend.CUDA);
    }
    if (nvidia.state() instanceof State.Listed || driver.isEmpty()) {
      return NotUsable.because(WhyNot.DRIVER_NOT_REACHABLE, Backend.CUDA);
    }
    String floor = around.ollama().driverFloor(capability);
    if (NvidiaSmi.isOlder(driver.get(), floor)) {
      return new NotUsable(
          WhyNot.DRIVER_TOO_OLD, Optional.of(Backend.CUDA), Optional.empty(), List.of(floor));
    }
    Optional<String> list = around.raw("CUDA_VISIBLE_DEVICES");
    if (list.isPresent() && VisibleDevices.of(list.get(), onlyCard()).isEmpty()) {
      return new NotUsable(
          WhyNot.HIDDEN_BY_ENVIRONMENT,
          Optional.of(Backend.CUDA),
          Optional.empty(),
          List.of("CUDA_VISIBLE_DEVICES"));
    }
    return kept(Backend.CUDA);
  }

  /// Without the tool nothing tells which number or UUID is which card, unless there is but one.
  private List<String> onlyCard() {
    int cards = 0;
    for (Adapter adapter : adapters) {
      cards += vendor(adapter) == PciGpu.NVIDIA ? 1 : 0;
    }
    return cards == 1 ? List.of("") : List.of();
  }

  /// `32.0.15.7652` is NVIDIA's 576.52: the last five digits.
  public static Optional<String> nvidiaVersion(String driver) {
    var digits = new StringBuilder();
    for (int i = 0; i < driver.length(); i++) {
      char c = driver.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      }
    }
    int length = digits.length();
    return length < 8
        ? Optional.empty()
        : Optional.of(
            digits.substring(length - 5, length - 2) + "." + digits.substring(length - 2));
  }

  private Accelerator amd(Adapter adapter) {
    Optional<String> target =
        adapter.device().isPresent()
            ? AmdChips.target(adapter.device().getAsInt())
            : Optional.empty();
    boolean integrated =
        target.isPresent()
            ? AmdChips.isPartOfProcessor(target.get())
            : AmdChips.isPartOfProcessorByName(adapter.name());
    boolean rocm = target.isPresent() && around.ollama().drivesRocm(target.get());
    Backend backend = rocm ? Backend.ROCM : Backend.VULKAN;
    Usability usability =
        integrated && !around.ollama().usesIntegrated(backend, target)
            ? new NotUsable(
                WhyNot.IGPU_DROPPED_BY_DEFAULT,
                Optional.of(backend),
                Optional.of("OLLAMA_IGPU_ENABLE=1"))
            : rocm ? rocmVisible() : IntelProbe.vulkan(around);
    return new Accelerator(
        adapter.name(),
        "amd",
        integrated ? Kind.INTEGRATED : Kind.DISCRETE,
        Memory.of(
            adapter.dedicated(),
            Optional.empty(),
            integrated ? Pool.CARVE_OUT : Pool.DEDICATED,
            integrated),
        usability,
        new Identity(
            Optional.empty(),
            id(adapter),
            Optional.empty(),
            adapter.driver(),
            Optional.empty(),
            target,
            Optional.empty()));
  }

  private Usability rocmVisible() {
    for (String variable : around.hipVariables()) {
      String list = around.raw(variable).orElse("");
      if (!VisibleDevices.usesIndices(list) && !list.startsWith("GPU-")) {
        return new NotUsable(
            WhyNot.HIDDEN_BY_ENVIRONMENT,
            Optional.of(Backend.ROCM),
            Optional.empty(),
            List.of(variable));
      }
    }
    return kept(Backend.ROCM);
  }

  private Usability kept(Backend backend) {
    return around.ollama().keepsBackend(backend)
        ? new Usable(backend)
        : new NotUsable(
            WhyNot.HIDDEN_BY_ENVIRONMENT,
            Optional.of(backend),
            Optional.empty(),
            List.of("OLLAMA_LLM_LIBRARY"));
  }

  /// What Windows calls dedicated on a processor's GPU is a token, not its memory.
  private Accelerator intel(Adapter adapter) {
    Optional<Bytes> own = adapter.dedicated().filter(WindowsProbe::isOwnMemory);
    int device = adapter.device().orElse(0);
    boolean discrete = own.isPresent() || IntelProbe.isCard(device);
    return of(
        adapter,
        discrete ? Kind.DISCRETE : Kind.INTEGRATED,
        discrete
            ? Memory.of(own, Optional.empty(), Pool.DEDICATED, false)
            : Memory.unknown(Pool.SHARED, true),
        discrete ? IntelProbe.vulkan(around) : IntelProbe.integratedVulkan(around));
  }

  private static Accelerator other(Adapter adapter) {
    PciGpu gpu =
        new PciGpu(
            Optional.empty(),
            vendor(adapter),
            adapter.device().orElse(0),
            new PciGpu.Driver.Unknown(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    if ((adapter.vendor().isEmpty() && adapter.maker().isEmpty()) || gpu.isVirtualDisplay()) {
      return of(
          adapter,
          Kind.VIRTUAL,
          Memory.unknown(Pool.NONE, false),
          NotUsable.because(WhyNot.VIRTUAL_DISPLAY));
    }
    if (gpu.isManagementDisplay()) {
      return of(
          adapter,
          Kind.BMC,
          Memory.unknown(Pool.NONE, false),
          NotUsable.because(WhyNot.DISPLAY_ONLY));
    }
    return of(
        adapter,
        Kind.INTEGRATED,
        Memory.unknown(Pool.SHARED, true),
        NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA));
  }

  private static Accelerator of(Adapter adapter, Kind kind, Memory memory, Usability usability) {
    return new Accelerator(
        adapter.name(),
        vendorName(adapter),
        kind,
        memory,
        usability,
        new Identity(
            Optional.empty(),
            id(adapter),
            Optional.empty(),
            adapter.driver(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private static String vendorName(Adapter adapter) {
    if (adapter.maker().equals("qcom")) {
      return "qualcomm";
    }
    return new PciGpu(
            Optional.empty(),
            vendor(adapter),
            0,
            new PciGpu.Driver.Unknown(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .vendorName();
  }
}
