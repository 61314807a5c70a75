package dev.r1pick.hardware.probe;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.DeviceCondition;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.hardware.probe.pci.PciGpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Display devices that Ollama does not compute on: those of servers and virtual machines, of
/// single-board computers and of makers it has no backend for.
final class OtherDevices {
  private OtherDevices() {}

  /// Those on the PCI bus that are none of the three makers' GPUs.
  static List<Accelerator> onBus(List<PciGpu> gpus, boolean wsl) {
    var devices = new ArrayList<Accelerator>();
    for (PciGpu gpu : gpus) {
      boolean maker =
          gpu.vendor() == PciGpu.NVIDIA
              || gpu.vendor() == PciGpu.AMD
              || gpu.vendor() == PciGpu.INTEL;
      boolean ofWindows = gpu.isWslRenderDevice() || (wsl && gpu.vendor() == PciGpu.MICROSOFT);
      if ((!maker || gpu.isManagementDisplay()) && !ofWindows) {
        devices.add(device(gpu));
      }
    }
    return devices;
  }

  private static Accelerator device(PciGpu gpu) {
    Kind kind =
        gpu.isVirtualDisplay()
            ? Kind.VIRTUAL
            : gpu.isManagementDisplay() ? Kind.BMC : Kind.DISCRETE;
    WhyNot reason =
        switch (kind) {
          case VIRTUAL -> WhyNot.VIRTUAL_DISPLAY;
          case BMC -> WhyNot.DISPLAY_ONLY;
          default ->
              gpu.maker().makesAccelerators()
                  ? WhyNot.DRIVEN_BY_OTHER_ENGINES
                  : WhyNot.UNSUPPORTED_BY_OLLAMA;
        };
    return new Accelerator(
        gpu.fullName(),
        gpu.maker(),
        kind,
        Memory.unknown(kind == Kind.DISCRETE ? Pool.DEDICATED : Pool.NONE, false),
        new DeviceCondition.Blocked(reason),
        gpu.identity());
  }

  /// Those that are part of a chip, by their DRM driver; drivers that only show pictures are left
  /// out.
  ///
  /// @param chip what the processor is called, which on Apple's chips names the GPU as well
  static List<Accelerator> embedded(List<String> drivers, Optional<String> chip) {
    var devices = new ArrayList<Accelerator>();
    for (String driver : drivers) {
      switch (driver) {
        case "asahi" ->
            devices.add(
                embedded(chip.orElse("Apple GPU"), Vendor.APPLE, DeviceCondition.Working.FINE));
        case "v3d" -> devices.add(unsupported("VideoCore V3D", Vendor.BROADCOM));
        case "panfrost", "panthor", "lima", "mali" -> devices.add(unsupported("Mali", Vendor.ARM));
        case "msm", "msm_dpu", "msm_drm" -> devices.add(unsupported("Adreno", Vendor.QUALCOMM));
        case "etnaviv" -> devices.add(unsupported("Vivante", Vendor.VIVANTE));
        case "pvr", "powervr", "pvrsrvkm" ->
            devices.add(unsupported("PowerVR", Vendor.IMAGINATION));
        default -> {}
      }
    }
    return devices;
  }

  private static Accelerator unsupported(String name, Vendor vendor) {
    return embedded(name, vendor, new DeviceCondition.Blocked(WhyNot.UNSUPPORTED_BY_OLLAMA));
  }

  private static Accelerator embedded(String name, Vendor vendor, DeviceCondition condition) {
    return new Accelerator(
        name,
        vendor,
        Kind.INTEGRATED,
        Memory.unknown(Pool.SHARED, true),
        condition,
        Identity.UNKNOWN);
  }
}
