package dev.r1pick.hardware;

import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.HardwareSupport;
import java.util.Optional;

/// What Ollama makes of a device.
public final class UsabilityRules {
  private UsabilityRules() {}

  /// Whether a GPU would be used that is known by its data sheet only, given a driver that is new
  /// enough.
  ///
  /// @param vendor as in the catalog, for example `NVIDIA`
  /// @param computeCapability NVIDIA only
  /// @param gfxTarget AMD only
  /// @param unified whether its memory is the system's RAM
  public static Usability ofDataSheet(
      HardwareSupport ollama,
      String vendor,
      Optional<String> computeCapability,
      Optional<String> gfxTarget,
      boolean unified) {
    return switch (vendor) {
      case "Apple" -> of(ollama, Backend.METAL);
      case "NVIDIA" ->
          HardwareSupport.isTooOld(computeCapability)
              ? NotUsable.because(WhyNot.COMPUTE_CAPABILITY_TOO_LOW, Backend.CUDA)
              : of(ollama, Backend.CUDA);
      case "AMD" ->
          gfxTarget.filter(ollama::drivesRocm).isPresent()
              ? unlessDropped(ollama, Backend.ROCM, gfxTarget, unified)
              : throughVulkan(ollama, unified);
      case "Intel" -> throughVulkan(ollama, unified);
      default -> NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA);
    };
  }

  private static Usability of(HardwareSupport ollama, Backend backend) {
    return ollama.isBuiltWith(backend)
        ? new Usability.Usable(backend)
        : NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA);
  }

  private static Usability throughVulkan(HardwareSupport ollama, boolean unified) {
    return ollama.drives(Backend.VULKAN)
        ? unlessDropped(ollama, Backend.VULKAN, Optional.empty(), unified)
        : NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA);
  }

  private static Usability unlessDropped(
      HardwareSupport ollama, Backend backend, Optional<String> gfxTarget, boolean unified) {
    return unified && !ollama.usesIntegrated(backend, gfxTarget)
        ? new NotUsable(
            WhyNot.IGPU_DROPPED_BY_DEFAULT,
            Optional.of(backend),
            Optional.of("OLLAMA_IGPU_ENABLE=1"))
        : new Usability.Usable(backend);
  }
}
