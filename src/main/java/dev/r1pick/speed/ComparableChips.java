package dev.r1pick.speed;

import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.HardwareSupport;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The slowest and the fastest known chip that an unknown one is taken to lie between: chips that
/// the same backend drives, that have their memory in the same way, and about as much of it.
///
/// @param slowest by the bandwidth that its class reaches
/// @param fastest by the same
public record ComparableChips(GpuModel slowest, GpuModel fastest) {
  /// Sizes of cards step by a third at least (12, 16, 24, 32 GB), so this lets in the neighbours.
  private static final double AS_MUCH = 4.0 / 3;

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
    var driven = new ArrayList<GpuModel>();
    var alike = new ArrayList<GpuModel>();
    for (GpuModel model : known) {
      if (isDriven(model, device, backend, ollama)) {
        driven.add(model);
        if (memory.isEmpty() || hasAbout(model, memory.get())) {
          alike.add(model);
        }
      }
    }
    List<GpuModel> group = alike.isEmpty() ? driven : alike;
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
  private static boolean hasAbout(GpuModel model, Bytes memory) {
    for (Bytes size : model.memorySizes()) {
      if (size.atMost(memory.scaledBy(AS_MUCH)) && memory.atMost(size.scaledBy(AS_MUCH))) {
        return true;
      }
    }
    return model.memorySizes().isEmpty();
  }

  private static double reach(GpuModel model, Backend backend, SpeedConstants constants) {
    return model.bandwidth().bytesPerSecond() * constants.of(backend, model).own().efficiency();
  }
}
