package dev.r1pick.hardware;

import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.DeviceCondition.Working;
import dev.r1pick.hardware.Identity.Jetson;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.Usable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.host.Host.Access;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.DriverVersion;
import dev.r1pick.ollama.HardwareSupport;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What Ollama makes of a machine's devices: the one place that turns facts into [Usability], for
/// machines that were detected, recorded, described or read from a document.
public final class UsabilityRules {
  private static final String OVERRIDE = "HSA_OVERRIDE_GFX_VERSION";

  private final Os os;
  private final HardwareSupport ollama;

  private UsabilityRules(Machine machine) {
    this.os = machine.os();
    this.ollama = machine.support();
  }

  /// The machine with its devices judged under its own Ollama and settings.
  static List<Accelerator> judged(Machine machine) {
    var rules = new UsabilityRules(machine);
    var devices = new ArrayList<Accelerator>(machine.accelerators().size());
    for (Accelerator device : machine.accelerators()) {
      devices.add(device.withUsability(rules.usability(device)));
    }
    return new DeviceVisibility(machine.os(), machine.ollama()).applied(devices);
  }

  /// Whether a device would be used, were it the only one and no list of devices set.
  private Usability usability(Accelerator device) {
    return switch (device.condition()) {
      case DeviceCondition.Told(var backend) -> new Usable(backend);
      case DeviceCondition.Concluded(var usability, var under) ->
          under.equals(ollama.setup()) ? usability : byRule(device, usability.knownBackend());
      default -> byRule(device, Optional.empty());
    };
  }

  /// @param concluded the backend that an older document names
  private Usability byRule(Accelerator device, Optional<Backend> concluded) {
    if (device.kind() == Kind.BMC || device.kind() == Kind.VIRTUAL) {
      return blocked(device, Optional.empty());
    }
    return switch (device.vendor()) {
      case NVIDIA -> nvidia(device);
      case AMD -> amd(device, concluded);
      case INTEL -> throughVulkan(device);
      case APPLE -> apple(device);
      case OTHER ->
          concluded.isPresent() ? settings(device, concluded.get()) : blocked(device, concluded);
      default -> blocked(device, Optional.empty());
    };
  }

  /// Why the machine itself keeps a device from being used; unsupported where nothing does.
  private static NotUsable blocked(Accelerator device, Optional<Backend> backend) {
    return switch (device.condition()) {
      case DeviceCondition.Blocked(var reason) when reason == WhyNot.DRIVEN_BY_OTHER_ENGINES ->
          drivenByOthers(device);
      case DeviceCondition.Blocked(var reason) -> new NotUsable(reason, backend, Optional.empty());
      case DeviceCondition.WithoutDriver(var bound) ->
          new NotUsable(
              bound.equals(Optional.of("vfio-pci"))
                  ? WhyNot.GIVEN_TO_VIRTUAL_MACHINE
                  : WhyNot.DRIVER_MISSING,
              backend,
              Optional.empty());
      default ->
          device.vendor().makesAccelerators()
              ? drivenByOthers(device)
              : NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA);
    };
  }

  /// What runs a model there goes by the maker.
  private static NotUsable drivenByOthers(Accelerator device) {
    return new NotUsable(
        WhyNot.DRIVEN_BY_OTHER_ENGINES,
        Optional.empty(),
        Optional.empty(),
        List.of(device.vendor().label()));
  }

  private static boolean isBlocked(Accelerator device) {
    return device.condition() instanceof DeviceCondition.Blocked
        || device.condition() instanceof DeviceCondition.WithoutDriver;
  }

  private static NotUsable unsupportedByBuild() {
    return NotUsable.because(WhyNot.UNSUPPORTED_BY_BUILD);
  }

  /// By chip, build, driver and settings, in the order in which nothing can be done about it.
  private Usability nvidia(Accelerator device) {
    Identity identity = device.identity();
    if (HardwareSupport.isTooOld(identity.computeCapability())) {
      return NotUsable.because(WhyNot.COMPUTE_CAPABILITY_TOO_LOW);
    }
    if (!ollama.isBuiltWith(Backend.CUDA)) {
      return unsupportedByBuild();
    }
    if (isBlocked(device)) {
      return blocked(device, Optional.of(Backend.CUDA));
    }
    Optional<Jetson> jetson = identity.jetson();
    if (jetson.isPresent() && !HardwareSupport.drivesJetson(jetson.get().release())) {
      return NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA);
    }
    String floor = ollama.driverFloor(identity.computeCapability());
    boolean ownBuild =
        jetson.isPresent() && HardwareSupport.hasOwnJetsonBuild(jetson.get().release());
    if (!ownBuild
        && identity.driverVersion().isPresent()
        && DriverVersion.isOlder(identity.driverVersion().get(), floor)) {
      return new NotUsable(
          WhyNot.DRIVER_TOO_OLD, Optional.of(Backend.CUDA), Optional.empty(), List.of(floor));
    }
    return settings(device, Backend.CUDA);
  }

  private Usability amd(Accelerator device, Optional<Backend> concluded) {
    if (!ollama.isBuiltWith(Backend.ROCM) && !ollama.isBuiltWith(Backend.VULKAN)) {
      return unsupportedByBuild();
    }
    if (device.condition() instanceof DeviceCondition.WithoutDriver(var bound)
        && bound.equals(Optional.of("radeon"))) {
      return NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA);
    }
    Working access = device.condition() instanceof Working working ? working : Working.FINE;
    Optional<String> target = target(device.identity());
    boolean rocm =
        target.isPresent()
            ? ollama.drivesRocm(target.get())
            : concluded.equals(Optional.of(Backend.ROCM));
    if (!rocm && target.filter(AmdChips::isForServers).isPresent()) {
      // Vulkan's drivers show none of these.
      return isBlocked(device)
          ? blocked(device, Optional.empty())
          : NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA);
    }
    Backend backend = rocm && access.computeNode() != Access.ABSENT ? Backend.ROCM : Backend.VULKAN;
    if (isBlocked(device)) {
      return blocked(device, Optional.of(backend));
    }
    if (isDropped(device, backend)) {
      return dropped(backend);
    }
    if ((rocm && access.computeNode() == Access.CLOSED) || access.renderNode() == Access.CLOSED) {
      return NotUsable.because(WhyNot.NO_PERMISSION, rocm ? Backend.ROCM : Backend.VULKAN);
    }
    if (access.renderNode() == Access.ABSENT) {
      return NotUsable.because(notReachable(), backend);
    }
    return settings(device, backend);
  }

  /// The target that ROCm takes a device for. A variable with the number of a KFD node behind it
  /// counts for that node alone, and before the one without (ROCm, `libhsakmt/src/topology.c`); on
  /// Windows there is none.
  private Optional<String> target(Identity identity) {
    if (identity.driverIndex().isPresent()) {
      Optional<String> own =
          ollama
              .setup()
              .variable(OVERRIDE + "_" + identity.driverIndex().get())
              .flatMap(AmdChips::ofOverride);
      if (own.isPresent()) {
        return own;
      }
    }
    Optional<String> all = ollama.setup().variable(OVERRIDE).flatMap(AmdChips::ofOverride);
    return all.isPresent() && os.family() != OsFamily.WINDOWS ? all : identity.gfxTarget();
  }

  /// A GPU that Ollama reaches through Vulkan only.
  private Usability throughVulkan(Accelerator device) {
    if (!ollama.isBuiltWith(Backend.VULKAN) && !hadNoVulkan()) {
      return unsupportedByBuild();
    }
    boolean card = device.kind() != Kind.INTEGRATED;
    if (isBlocked(device) && card) {
      return blocked(device, Optional.of(Backend.VULKAN));
    }
    if (isDropped(device, Backend.VULKAN)) {
      return dropped(Backend.VULKAN);
    }
    if (isBlocked(device)) {
      return blocked(device, Optional.of(Backend.VULKAN));
    }
    if (device.condition() instanceof Working(_, var renderNode)) {
      if (renderNode == Access.ABSENT) {
        return NotUsable.because(notReachable(), Backend.VULKAN);
      }
      if (renderNode == Access.CLOSED) {
        return NotUsable.because(WhyNot.NO_PERMISSION, Backend.VULKAN);
      }
    }
    return settings(device, Backend.VULKAN);
  }

  /// An older release had no Vulkan for anybody; then it is the release that lacks it.
  private boolean hadNoVulkan() {
    return new HardwareSupport(OllamaSetup.UNKNOWN, ollama.family(), ollama.arch())
        .isBuiltWith(Backend.VULKAN);
  }

  private WhyNot notReachable() {
    return os.container() ? WhyNot.DRIVER_NOT_REACHABLE : WhyNot.NOT_GIVEN_TO_JOB;
  }

  private Usability apple(Accelerator device) {
    if (os.family() != OsFamily.MACOS) {
      return throughVulkan(device);
    }
    if (!ollama.isBuiltWith(Backend.METAL)) {
      return unsupportedByBuild();
    }
    return isBlocked(device) ? blocked(device, Optional.empty()) : settings(device, Backend.METAL);
  }

  private boolean isDropped(Accelerator device, Backend backend) {
    return device.kind() == Kind.INTEGRATED
        && !ollama.usesIntegrated(backend, target(device.identity()));
  }

  private static NotUsable dropped(Backend backend) {
    return new NotUsable(
        WhyNot.IGPU_DROPPED_BY_DEFAULT, Optional.of(backend), Optional.of("OLLAMA_IGPU_ENABLE=1"));
  }

  /// What the settings make of a device that a backend could drive.
  private Usability settings(Accelerator device, Backend backend) {
    if (isDropped(device, backend)) {
      return dropped(backend);
    }
    if (!ollama.drives(backend)) {
      return new NotUsable(
          WhyNot.UNSUPPORTED_BY_OLLAMA,
          Optional.of(backend),
          backend == Backend.VULKAN && ollama.isBuiltWith(backend)
              ? Optional.of("OLLAMA_VULKAN=1")
              : Optional.empty());
    }
    if (os.family() == OsFamily.LINUX && keptByInstallation().isPresent()) {
      return NotUsable.because(keptByInstallation().get(), backend);
    }
    return ollama.keepsBackend(backend)
        ? new Usable(backend)
        : NotUsable.hidden(backend, "OLLAMA_LLM_LIBRARY");
  }

  /// Why no GPU is used by an Ollama that came to Linux in that way.
  private Optional<WhyNot> keptByInstallation() {
    return ollama.setup().installation().flatMap(UsabilityRules::keptBy);
  }

  private static Optional<WhyNot> keptBy(Installation installation) {
    return switch (installation) {
      case BREW -> Optional.of(WhyNot.BREW_WITHOUT_GPU);
      case SNAP_UNCONNECTED -> Optional.of(WhyNot.SNAP_WITHOUT_INTERFACE);
      case SYSTEMD, MAC_APP, SNAP, WINDOWS_APP, CONTAINER, MANUAL -> Optional.empty();
    };
  }
}
