package dev.r1pick.speed;

import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.ollama.Backend;
import java.util.Locale;

/// Sorts chips into classes that share their constants: one GPU generation behind one backend,
/// split where memory of another kind makes it behave otherwise.
///
/// A chip of a generation that is not known yet gets a class that has no constants, and so the
/// backend's.
public final class SpeedClass {
  private SpeedClass() {}

  /// The class of a chip, for example `cuda-ada`.
  public static String of(Backend backend, GpuModel gpu) {
    boolean integrated =
        switch (gpu.form()) {
          case SOC, APU, IGPU -> true;
          case DISCRETE, LAPTOP, ACCELERATOR -> false;
        };
    return of(
        backend.label(),
        gpu.vendor(),
        gpu.generation(),
        gpu.computeCapability().orElse(""),
        integrated);
  }

  static String of(
      String backend,
      String vendor,
      String generation,
      String computeCapability,
      boolean integrated) {
    String family = generation.toLowerCase(Locale.ROOT);
    return switch (backend) {
      case "cuda" -> "cuda-" + cuda(family, computeCapability, integrated);
      case "metal" -> "metal-" + family;
      case "rocm" -> "rocm-" + rocm(family, integrated);
      case "vulkan" -> "vulkan-" + vendor.toLowerCase(Locale.ROOT) + (integrated ? "-igpu" : "");
      default -> backend + "-" + vendor.toLowerCase(Locale.ROOT);
    };
  }

  /// Server chips with HBM read a far smaller share of their bandwidth for one user, and systems on
  /// chip (Jetson, DGX Spark) share LPDDR with the CPU.
  private static String cuda(String family, String computeCapability, boolean integrated) {
    return switch (family) {
      case "pascal" -> computeCapability.equals("6.0") ? "pascal-hbm" : "pascal";
      case "ampere" ->
          integrated ? "orin" : computeCapability.equals("8.0") ? "ampere-hbm" : "ampere";
      case "blackwell" ->
          integrated ? "gb10" : computeCapability.startsWith("10.") ? "blackwell-hbm" : "blackwell";
      default -> family;
    };
  }

  private static String rocm(String family, boolean integrated) {
    if (integrated) {
      return "apu";
    }
    if (family.startsWith("cdna")) {
      return "cdna";
    }
    return family.startsWith("gcn") ? "gcn" : family;
  }
}
