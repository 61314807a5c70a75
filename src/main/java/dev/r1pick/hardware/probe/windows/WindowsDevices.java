package dev.r1pick.hardware.probe.windows;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.AmdChips;
import dev.r1pick.hardware.DeviceCondition;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Identity.VulkanPlace;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.hardware.probe.common.ProbeContext;
import dev.r1pick.hardware.probe.intel.IntelProbe;
import dev.r1pick.hardware.probe.nvidia.NvidiaDevices;
import dev.r1pick.hardware.probe.nvidia.NvidiaGenerations;
import dev.r1pick.hardware.probe.nvidia.NvidiaProbe;
import dev.r1pick.hardware.probe.nvidia.NvidiaProbe.State;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.hardware.probe.windows.WindowsProbe.Adapter;
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
        new NvidiaDevices(around, nvidia, List.of(), Optional.empty(), false).all()) {
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
    return isPart(match) ? listed : listed.withIdentity(onBus(match, listed.identity()));
  }

  private static Optional<Adapter> sameAdapter(Accelerator listed, List<Adapter> adapters) {
    Optional<Adapter> any = Optional.empty();
    for (Adapter adapter : adapters) {
      boolean nvidia = vendor(adapter) == PciGpu.NVIDIA;
      if ((nvidia || isPart(adapter)) && plain(adapter.name()).equals(plain(listed.name()))) {
        return Optional.of(adapter);
      }
      any = any.isPresent() || !nvidia ? any : Optional.of(adapter);
    }
    return any;
  }

  /// A part of a GPU of the host, which Hyper-V shows under a number of Microsoft.
  private static boolean isPart(Adapter adapter) {
    return PciGpu.ofId(vendor(adapter), adapter.device().orElse(0), Optional.empty())
        .isWslRenderDevice();
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

  /// What Windows knows of the device on the bus.
  private static Identity onBus(Adapter adapter, Identity identity) {
    return identity
        .withPciId(id(adapter))
        .withPciSubsystem(adapter.subsystem())
        .withPciRevision(adapter.revision())
        .withVulkanPlace(Optional.of(new VulkanPlace(adapter.place(), Optional.empty())));
  }

  private Accelerator device(Adapter adapter) {
    if (adapter.isManagementDisplay()) {
      return of(
          adapter,
          Kind.BMC,
          Memory.unknown(Pool.NONE, false),
          new DeviceCondition.Blocked(WhyNot.DISPLAY_ONLY));
    }
    boolean basic = adapter.name().startsWith("Microsoft Basic Display");
    if (basic && around.os().virtualMachine()) {
      return of(
          adapter,
          Kind.VIRTUAL,
          Memory.unknown(Pool.NONE, false),
          new DeviceCondition.Blocked(WhyNot.VIRTUAL_DISPLAY));
    }
    if (basic) {
      return of(
          adapter,
          Kind.DISCRETE,
          Memory.unknown(Pool.DEDICATED, false),
          new DeviceCondition.WithoutDriver(Optional.empty()));
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
        Vendor.NVIDIA,
        unified ? Kind.INTEGRATED : Kind.DISCRETE,
        memory,
        nvidiaCondition(driver),
        onBus(adapter, Identity.UNKNOWN)
            .withDriverVersion(driver)
            .withComputeCapability(capability));
  }

  /// Without the tool the driver's version in the registry speaks for the driver.
  private DeviceCondition nvidiaCondition(Optional<String> driver) {
    if (nvidia.state() instanceof State.Failed(var reason)) {
      return new DeviceCondition.Blocked(reason);
    }
    return nvidia.state() instanceof State.Listed || driver.isEmpty()
        ? new DeviceCondition.Blocked(WhyNot.DRIVER_NOT_REACHABLE)
        : DeviceCondition.Working.FINE;
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
    return new Accelerator(
        adapter.name(),
        Vendor.AMD,
        integrated ? Kind.INTEGRATED : Kind.DISCRETE,
        Memory.of(
            adapter.dedicated(),
            Optional.empty(),
            integrated ? Pool.CARVE_OUT : Pool.DEDICATED,
            integrated),
        DeviceCondition.Working.FINE,
        onBus(adapter, Identity.UNKNOWN).withDriverVersion(adapter.driver()).withGfxTarget(target));
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
        DeviceCondition.Working.FINE);
  }

  private static Accelerator other(Adapter adapter) {
    PciGpu gpu = PciGpu.ofId(vendor(adapter), adapter.device().orElse(0), Optional.empty());
    if ((adapter.vendor().isEmpty() && adapter.maker().isEmpty()) || gpu.isVirtualDisplay()) {
      return of(
          adapter,
          Kind.VIRTUAL,
          Memory.unknown(Pool.NONE, false),
          new DeviceCondition.Blocked(WhyNot.VIRTUAL_DISPLAY));
    }
    if (gpu.isManagementDisplay()) {
      return of(
          adapter,
          Kind.BMC,
          Memory.unknown(Pool.NONE, false),
          new DeviceCondition.Blocked(WhyNot.DISPLAY_ONLY));
    }
    return of(
        adapter,
        Kind.INTEGRATED,
        Memory.unknown(Pool.SHARED, true),
        new DeviceCondition.Blocked(WhyNot.UNSUPPORTED_BY_OLLAMA));
  }

  private static Accelerator of(
      Adapter adapter, Kind kind, Memory memory, DeviceCondition condition) {
    return new Accelerator(
        adapter.name(),
        adapter.maker().equals("qcom") ? Vendor.QUALCOMM : Vendor.ofPci(vendor(adapter)),
        kind,
        memory,
        condition,
        onBus(adapter, Identity.UNKNOWN).withDriverVersion(adapter.driver()));
  }
}
