package dev.r1pick.speed;

import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.HardwareSupport;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The slowest and the fastest known chip that an unknown one is taken to lie between: chips that
/// the same backend drives, that have their memory in the same way, are about as old (still sold
/// where nothing tells the age), and have as much memory, or about as much.
///
/// @param slowest by the bandwidth that its class reaches
/// @param fastest by the same
public record ComparableChips(GpuModel slowest, GpuModel fastest) {
  /// Sizes of cards step by a third at least (12, 16, 24, 32 GB), so this lets in the neighbors.
  private static final double AS_MUCH = 4.0 / 3;

  /// Fewer chips say too little of the one that is not known.
  private static final int FEWEST = 4;

  /// Looks for them.
  ///
  /// @param device the unknown chip
  /// @param backend what drives it
  /// @param memory of the whole device, of the machine where it is unified; empty where not known
  /// @param ollama which targets its ROCm has
  /// @param known every known chip
  /// @return empty where no chip of this backend is known
  static Optional<ComparableChips> of(
      Accelerator device,
      Backend backend,
      Optional<Bytes> memory,
      HardwareSupport ollama,
      List<GpuModel> known,
      SpeedConstants constants) {
    List<GpuModel> group = List.of();
    for (Alike alike : Alike.values()) {
      if (group.size() < FEWEST) {
        group = group(device, backend, memory, ollama, known, alike);
      }
    }
    if (group.isEmpty()) {
      return Optional.empty();
    }
    GpuModel slowest = group.getFirst();
    GpuModel fastest = group.getFirst();
    for (GpuModel model : group) {
      double reach = reach(model, backend, constants);
      slowest = reach < reach(slowest, backend, constants) ? model : slowest;
      fastest = reach > reach(fastest, backend, constants) ? model : fastest;
    }
    return Optional.of(new ComparableChips(slowest, fastest));
  }

  /// How like the unknown chip the others must be; the strictest that leaves any counts.
  private enum Alike {
    IN_AGE_AND_MEMORY(true, 1.1),
    IN_AGE_AND_ABOUT_IN_MEMORY(true, AS_MUCH),
    ABOUT_IN_MEMORY(false, AS_MUCH),
    IN_AGE(true, Double.POSITIVE_INFINITY),
    DRIVEN(false, Double.POSITIVE_INFINITY);

    private final boolean age;
    private final double times;

    Alike(boolean age, double times) {
      this.age = age;
      this.times = times;
    }
  }

  private static List<GpuModel> group(
      Accelerator device,
      Backend backend,
      Optional<Bytes> memory,
      HardwareSupport ollama,
      List<GpuModel> known,
      Alike alike) {
    var group = new ArrayList<GpuModel>();
    for (GpuModel model : known) {
      if (isDriven(model, device, backend, ollama)
          && (!alike.age || isOfTheAge(model, device))
          && (memory.isEmpty()
              || alike.times == Double.POSITIVE_INFINITY
              || hasAbout(model, memory.get(), alike.times))) {
        group.add(model);
      }
    }
    return group;
  }

  /// As old as the compute capability tells; where nothing tells, of a generation that is still
  /// sold.
  private static boolean isOfTheAge(GpuModel model, Accelerator device) {
    Optional<String> capability = device.identity().computeCapability();
    if (capability.isPresent() && model.computeCapability().isPresent()) {
      return major(capability.get()).equals(major(model.computeCapability().get()));
    }
    String generation = model.generation().toLowerCase(Locale.ROOT);
    return switch (model.vendor()) {
      case "NVIDIA" ->
          switch (generation) {
            case "ampere", "ada", "hopper", "blackwell" -> true;
            default -> false;
          };
      case "AMD" ->
          generation.startsWith("rdna")
              ? !generation.equals("rdna1")
              : generation.startsWith("cdna") && !generation.equals("cdna1");
      default -> true;
    };
  }

  private static String major(String capability) {
    int dot = capability.indexOf('.');
    return dot < 0 ? capability : capability.substring(0, dot);
  }

  private static boolean isDriven(
      GpuModel model, Accelerator device, Backend backend, HardwareSupport ollama) {
    Vendor vendor = Vendor.named(model.vendor());
    boolean sameMemory = model.unified() == device.memory().unified();
    return switch (backend) {
      case METAL -> vendor == Vendor.APPLE;
      case CUDA ->
          sameMemory
              && vendor == Vendor.NVIDIA
              && !HardwareSupport.isTooOld(model.computeCapability());
      case ROCM ->
          sameMemory
              && vendor == Vendor.AMD
              && model.gfxTarget().filter(ollama::drivesRocm).isPresent();
      case VULKAN ->
          sameMemory
              && (vendor == device.vendor()
                  || (device.vendor() == Vendor.OTHER && isMaker(vendor)));
    };
  }

  private static boolean isMaker(Vendor vendor) {
    return vendor == Vendor.NVIDIA || vendor == Vendor.AMD || vendor == Vendor.INTEL;
  }

  /// A chip without a size of its own, inside a processor, is sold with any.
  private static boolean hasAbout(GpuModel model, Bytes memory, double times) {
    for (Bytes size : model.memorySizes()) {
      if (size.atMost(memory.scaledBy(times)) && memory.atMost(size.scaledBy(times))) {
        return true;
      }
    }
    return model.memorySizes().isEmpty();
  }

  private static double reach(GpuModel model, Backend backend, SpeedConstants constants) {
    return constants.of(backend, model).reached(model.bandwidth());
  }
}
