package dev.r1pick.hardware;

import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the installed Ollama can drive, by its version and settings; without a version the newest
/// rules known here (v0.33) hold.
///
/// Facts: Ollama's `discover/runner.go`, `discover/cuda_compat.go`, `discover/amd.go`,
/// `llama/server/CMakePresets.json` and `docs/gpu.mdx`.
public record OllamaSupport(OllamaSetup setup, OsFamily family) {
  private static final List<String> ROCM_LINUX =
      List.of(
          "gfx908", "gfx90a", "gfx942", "gfx950", "gfx1030", "gfx1100", "gfx1101", "gfx1102",
          "gfx1150", "gfx1151", "gfx1200", "gfx1201");
  private static final List<String> ROCM_WINDOWS =
      List.of(
          "gfx1030", "gfx1100", "gfx1101", "gfx1102", "gfx1150", "gfx1151", "gfx1200", "gfx1201");

  /// A release as numbers that can be compared.
  private record Release(long major, long minor, long patch) {
    boolean isBefore(long otherMinor, long otherPatch) {
      return major == 0 && (minor < otherMinor || (minor == otherMinor && patch < otherPatch));
    }
  }

  private Optional<Release> release() {
    List<String> parts = Text.split(setup.version().orElse(""), '.');
    if (parts.size() < 3) {
      return Optional.empty();
    }
    OptionalLong major = Text.whole(parts.get(0));
    OptionalLong minor = Text.whole(parts.get(1));
    OptionalLong patch = Text.leadingWhole(parts.get(2));
    return major.isPresent() && minor.isPresent() && patch.isPresent()
        ? Optional.of(new Release(major.getAsLong(), minor.getAsLong(), patch.getAsLong()))
        : Optional.empty();
  }

  private boolean isBefore(long minor, long patch) {
    Optional<Release> release = release();
    return release.isPresent() && release.get().isBefore(minor, patch);
  }

  /// The oldest NVIDIA driver it works with, as `major.minor`.
  ///
  /// From v0.30.11 on 550 (Windows 551.61), and 570 for compute capabilities 5.0 to 6.2; before
  /// that 531 was documented.
  public String driverFloor(Optional<String> capability) {
    if (isBefore(30, 11)) {
      return "531";
    }
    boolean old =
        capability.isPresent()
            && (capability.get().startsWith("5.") || capability.get().startsWith("6."));
    return old ? "570" : family == OsFamily.WINDOWS ? "551.61" : "550";
  }

  /// Whether the Vulkan backend is looked at: since v0.30.0 unless switched off, from v0.12.11 on
  /// where it is switched on, before that never.
  public boolean drivesVulkan() {
    Optional<String> value = setup.variable("OLLAMA_VULKAN");
    if (isBefore(12, 11)) {
      return false;
    }
    return value.isPresent() ? isTrue(value.get()) : !isBefore(30, 0);
  }

  /// Whether the installed release has a Vulkan backend that could be switched on.
  public boolean hasVulkan() {
    return !isBefore(12, 11);
  }

  /// Whether ROCm kernels for that target are shipped.
  public boolean drivesRocm(String gfxTarget) {
    return (family == OsFamily.WINDOWS ? ROCM_WINDOWS : ROCM_LINUX).contains(gfxTarget);
  }

  /// Whether an integrated GPU is used: since v0.30.0 only CUDA's, Apple's and (v0.30.1) gfx1151
  /// unless OLLAMA_IGPU_ENABLE says otherwise; before that all that a backend found.
  public boolean usesIntegrated(Backend backend, Optional<String> gfxTarget) {
    if (isBefore(30, 0) || backend == Backend.METAL) {
      return true;
    }
    Optional<String> value = setup.variable("OLLAMA_IGPU_ENABLE");
    if (value.isPresent()) {
      return isTrue(value.get());
    }
    return backend == Backend.CUDA
        || (backend == Backend.ROCM && gfxTarget.equals(Optional.of("gfx1151")));
  }

  /// Whether OLLAMA_LLM_LIBRARY leaves this backend: it keeps the one folder of that name.
  public boolean keepsBackend(Backend backend) {
    Optional<String> library = setup.variable("OLLAMA_LLM_LIBRARY");
    return library.isEmpty() || library.get().startsWith(backend.label());
  }

  /// Whether a GPU would be used that is known by its data sheet only, given a driver that is new
  /// enough.
  ///
  /// @param vendor as in the catalog, for example `NVIDIA`
  /// @param computeCapability NVIDIA only
  /// @param gfxTarget AMD only
  /// @param unified whether its memory is the system's RAM
  public Usability ofDataSheet(
      String vendor,
      Optional<String> computeCapability,
      Optional<String> gfxTarget,
      boolean unified) {
    return switch (vendor) {
      case "Apple" -> new Usability.Usable(Backend.METAL);
      case "NVIDIA" ->
          isTooOld(computeCapability)
              ? NotUsable.because(WhyNot.COMPUTE_CAPABILITY_TOO_LOW, Backend.CUDA)
              : new Usability.Usable(Backend.CUDA);
      case "AMD" ->
          gfxTarget.filter(this::drivesRocm).isPresent()
              ? unlessDropped(Backend.ROCM, gfxTarget, unified)
              : throughVulkan(unified);
      case "Intel" -> throughVulkan(unified);
      default -> NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA);
    };
  }

  /// Whether a CUDA chip is older than Ollama's CUDA builds; one of unknown capability is not.
  public boolean isTooOld(Optional<String> computeCapability) {
    return computeCapability.filter(OllamaSupport::isBelowFive).isPresent();
  }

  private static boolean isBelowFive(String capability) {
    return capability.length() > 1 && capability.charAt(1) == '.' && capability.charAt(0) < '5';
  }

  private Usability throughVulkan(boolean unified) {
    return drivesVulkan()
        ? unlessDropped(Backend.VULKAN, Optional.empty(), unified)
        : NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA);
  }

  private Usability unlessDropped(Backend backend, Optional<String> gfxTarget, boolean unified) {
    return unified && !usesIntegrated(backend, gfxTarget)
        ? new NotUsable(
            WhyNot.IGPU_DROPPED_BY_DEFAULT,
            Optional.of(backend),
            Optional.of("OLLAMA_IGPU_ENABLE=1"))
        : new Usability.Usable(backend);
  }

  /// As Go reads truth values: what it cannot read counts as true.
  private static boolean isTrue(String value) {
    return switch (value) {
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> true;
    };
  }
}
