package dev.r1pick.ollama;

import dev.r1pick.host.OsFamily;
import java.util.List;
import java.util.Optional;

/// What hardware an Ollama drives: by its build, which goes by operating system and architecture,
/// by its version and by its settings. Without a version the newest rules known here (v0.33) hold.
///
/// Facts: Ollama's `discover/runner.go`, `discover/cuda_compat.go`, `discover/amd.go`,
/// `llama/server/CMakePresets.json` and `docs/gpu.mdx`; Windows on ARM has CUDA since v0.32.2
/// (commit 6100aca08).
///
/// @param setup version and settings
/// @param family of the system that it runs on
/// @param arch of that system, for example `x86_64`, `aarch64` or `loongarch64`
public record HardwareSupport(OllamaSetup setup, OsFamily family, String arch) {
  private static final List<String> ROCM_LINUX =
      List.of(
          "gfx908", "gfx90a", "gfx942", "gfx950", "gfx1030", "gfx1100", "gfx1101", "gfx1102",
          "gfx1150", "gfx1151", "gfx1200", "gfx1201");
  private static final List<String> ROCM_WINDOWS =
      List.of(
          "gfx1030", "gfx1100", "gfx1101", "gfx1102", "gfx1150", "gfx1151", "gfx1200", "gfx1201");

  /// The first release line of NVIDIA's Jetson Linux that Ollama has builds for.
  private static final int FIRST_JETSON_RELEASE = 35;

  /// From this release line on a Jetson runs the builds of servers.
  private static final int FIRST_JETSON_LIKE_A_SERVER = 38;

  private boolean isBefore(int minor, int patch) {
    return !setup.isAtLeast(minor, patch);
  }

  private boolean isX86() {
    return arch.equals("x86_64");
  }

  private boolean isArm() {
    return arch.equals("aarch64");
  }

  /// Whether there is an Ollama for that architecture at all: x86-64 and 64-bit ARM only.
  public static boolean existsFor(String arch) {
    return arch.equals("x86_64") || arch.equals("aarch64");
  }

  /// Whether the build for this system has a backend, whatever device and settings there are.
  public boolean isBuiltWith(Backend backend) {
    return switch (family) {
      case LINUX ->
          switch (backend) {
            case CUDA -> isX86() || isArm();
            case ROCM -> isX86();
            case VULKAN -> isX86() && !isBefore(12, 11);
            case METAL -> false;
          };
      case WINDOWS ->
          switch (backend) {
            case CUDA -> isX86() || (isArm() && !isBefore(32, 2));
            case ROCM -> isX86();
            case VULKAN -> isX86() && !isBefore(12, 11);
            case METAL -> false;
          };
      case MACOS -> backend == Backend.METAL && isArm();
      case ANDROID -> false;
    };
  }

  /// Whether a backend of this build is looked at: Vulkan since v0.30.0 unless it is switched off,
  /// from v0.12.11 on where it is switched on.
  public boolean drives(Backend backend) {
    return isBuiltWith(backend)
        && (backend != Backend.VULKAN || setup.flag("OLLAMA_VULKAN").orElse(!isBefore(30, 0)));
  }

  /// Whether the build has ROCm kernels for that target.
  public boolean drivesRocm(String gfxTarget) {
    return isBuiltWith(Backend.ROCM)
        && (family == OsFamily.WINDOWS ? ROCM_WINDOWS : ROCM_LINUX).contains(gfxTarget);
  }

  /// Whether any build has ROCm kernels for that target.
  public static boolean hasRocmKernels(String gfxTarget) {
    return ROCM_LINUX.contains(gfxTarget);
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

  /// Whether a CUDA chip is older than Ollama's CUDA builds, which begin at 5.0; one of unknown
  /// capability is not.
  public static boolean isTooOld(Optional<String> computeCapability) {
    return computeCapability.isPresent() && isBelowFive(computeCapability.get());
  }

  private static boolean isBelowFive(String capability) {
    return capability.length() > 1 && capability.charAt(1) == '.' && capability.charAt(0) < '5';
  }

  /// Whether there is a build for a Jetson with that release of its Linux; taken for granted where
  /// it is not known.
  public static boolean drivesJetson(Optional<Integer> release) {
    return release.isEmpty() || release.get() >= FIRST_JETSON_RELEASE;
  }

  /// Whether a Jetson with that release has a build of its own, whose driver is numbered apart.
  public static boolean hasOwnJetsonBuild(Optional<Integer> release) {
    return release.isEmpty() || release.get() < FIRST_JETSON_LIKE_A_SERVER;
  }

  /// Whether an integrated GPU is used: since v0.30.0 only CUDA's, Apple's and (v0.30.1) gfx1151
  /// unless OLLAMA_IGPU_ENABLE says otherwise; before that all that a backend found.
  public boolean usesIntegrated(Backend backend, Optional<String> gfxTarget) {
    if (isBefore(30, 0) || backend == Backend.METAL) {
      return true;
    }
    Optional<Boolean> wanted = setup.flag("OLLAMA_IGPU_ENABLE");
    if (wanted.isPresent()) {
      return wanted.get();
    }
    return backend == Backend.CUDA
        || (backend == Backend.ROCM
            && !isBefore(30, 1)
            && gfxTarget.equals(Optional.of("gfx1151")));
  }

  /// Whether OLLAMA_LLM_LIBRARY leaves this backend: it keeps the one folder of that name.
  public boolean keepsBackend(Backend backend) {
    Optional<String> library = setup.variable("OLLAMA_LLM_LIBRARY");
    return library.isEmpty() || library.get().startsWith(backend.label());
  }
}
