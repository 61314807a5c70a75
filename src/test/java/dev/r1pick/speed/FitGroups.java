package dev.r1pick.speed;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The classes that a fit knows, also those without a row, and which of them are of one kind: what
/// is learnt from one member of a group is half believed of the others.
final class FitGroups {
  /// Classes by backend, in the order of the file.
  private static final Map<String, List<String>> CLASSES =
      Map.of(
          "cuda",
          List.of(
              "cuda-kepler",
              "cuda-maxwell",
              "cuda-pascal",
              "cuda-pascal-hbm",
              "cuda-volta",
              "cuda-turing",
              "cuda-ampere",
              "cuda-ampere-hbm",
              "cuda-orin",
              "cuda-ada",
              "cuda-hopper",
              "cuda-blackwell",
              "cuda-blackwell-hbm",
              "cuda-gb10"),
          "metal",
          List.of("metal-m1", "metal-m2", "metal-m3", "metal-m4", "metal-m5"),
          "rocm",
          List.of(
              "rocm-gcn",
              "rocm-cdna",
              "rocm-rdna1",
              "rocm-rdna2",
              "rocm-rdna3",
              "rocm-rdna4",
              "rocm-apu"),
          "vulkan",
          List.of(
              "vulkan-nvidia",
              "vulkan-amd",
              "vulkan-amd-igpu",
              "vulkan-intel",
              "vulkan-intel-igpu"),
          "sycl",
          List.of("sycl-intel"));

  static final List<String> BACKENDS = List.of("cuda", "metal", "rocm", "vulkan", "sycl");

  private FitGroups() {}

  static List<String> classes(String backend) {
    return CLASSES.getOrDefault(backend, List.of());
  }

  /// High-bandwidth memory, NVIDIA chips before Turing, Intel through Vulkan.
  static Optional<String> of(String speedClass) {
    return switch (speedClass) {
      case "cuda-pascal-hbm",
          "cuda-volta",
          "cuda-ampere-hbm",
          "cuda-hopper",
          "cuda-blackwell-hbm" ->
          Optional.of("cuda-hbm");
      case "cuda-kepler", "cuda-maxwell", "cuda-pascal" -> Optional.of("cuda-before-volta");
      case "rocm-gcn", "rocm-cdna" -> Optional.of("rocm-hbm");
      case "vulkan-intel", "vulkan-intel-igpu" -> Optional.of("vulkan-intel");
      default -> Optional.empty();
    };
  }
}
