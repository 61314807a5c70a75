package dev.r1pick.hardware;

import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.Usable;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which devices the lists of CUDA and HIP leave. Drivers do not trim them, so values count as they
/// stand, blanks and quotes included.
final class DeviceVisibility {
  static final String CUDA = "CUDA_VISIBLE_DEVICES";

  private final Os os;
  private final OllamaSetup setup;

  DeviceVisibility(Os os, OllamaSetup setup) {
    this.os = os;
    this.setup = setup;
  }

  private Optional<String> raw(String name) {
    return Optional.ofNullable(setup.environment().get(name));
  }

  /// The devices with those judged anew that a list hides.
  List<Accelerator> applied(List<Accelerator> devices) {
    List<Accelerator> visible = cuda(devices);
    for (String variable : hipVariables()) {
      if (raw(variable).isPresent()) {
        visible = hip(visible);
        break;
      }
    }
    return VulkanVisibility.applied(os, setup, visible);
  }

  // --- CUDA

  /// The places that CUDA numbers: those of its devices that are there, in the driver's order.
  private List<Accelerator> cuda(List<Accelerator> devices) {
    Optional<String> list = raw(CUDA);
    if (list.isEmpty()) {
      return devices;
    }
    List<Integer> order = order(devices, Vendor.NVIDIA);
    order.removeIf(i -> !isNumberedByCuda(devices.get(i)));
    if (list.get().startsWith("MIG-") && lacksUuid(devices, order)) {
      return devices;
    }
    boolean numbered = order.size() < 2 || isInDriversOrder(devices, order);
    var uuids = new ArrayList<String>();
    if (numbered) {
      for (int i : order) {
        uuids.add(devices.get(i).identity().uuid().orElse(""));
      }
    }
    Set<Integer> kept = VisibleDevices.of(list.get(), uuids);
    var judged = new ArrayList<Accelerator>(devices);
    for (int place = 0; place < order.size(); place++) {
      Accelerator device = devices.get(order.get(place));
      boolean hidden = numbered ? !kept.contains(place) : kept.isEmpty() && hidesAll(list.get());
      if (hidden && device.usability() instanceof Usable(var backend) && backend == Backend.CUDA) {
        judged.set(order.get(place), device.withUsability(NotUsable.hidden(Backend.CUDA, CUDA)));
      }
    }
    return judged;
  }

  /// Whether a list hides every card, whichever is which.
  private static boolean hidesAll(String list) {
    return !VisibleDevices.usesIndices(list) && !list.startsWith("GPU-");
  }

  /// Without the driver's tool nothing says which number or UUID is which of several cards.
  private static boolean isInDriversOrder(List<Accelerator> devices, List<Integer> order) {
    for (int i : order) {
      if (devices.get(i).identity().driverIndex().isEmpty()
          && !(devices.get(i).condition() instanceof DeviceCondition.Concluded)) {
        return false;
      }
    }
    return true;
  }

  private static boolean lacksUuid(List<Accelerator> devices, List<Integer> order) {
    for (int i : order) {
      if (devices.get(i).identity().uuid().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// A card that fell off the bus has no number, and none that the driver does not show.
  private static boolean isNumberedByCuda(Accelerator device) {
    return device.condition() instanceof DeviceCondition.Working
        || device.condition() instanceof DeviceCondition.Concluded
        || device.identity().driverIndex().isPresent();
  }

  /// Whether CUDA's numbers may mean other cards than those shown.
  boolean isAmbiguousForCuda(List<Accelerator> devices) {
    Optional<String> list = raw(CUDA);
    return list.isPresent()
        && VisibleDevices.usesIndices(list.get())
        && !raw("CUDA_DEVICE_ORDER").equals(Optional.of("PCI_BUS_ID"))
        && differInSize(devices);
  }

  private static boolean differInSize(List<Accelerator> devices) {
    Optional<Accelerator> first = Optional.empty();
    for (Accelerator device : devices) {
      if (device.vendor() == Vendor.NVIDIA
          && device.identity().driverIndex().isPresent()
          && device.kind() != Kind.MIG_INSTANCE) {
        if (first.isEmpty()) {
          first = Optional.of(device);
        } else if (!device.memory().total().equals(first.get().memory().total())) {
          return true;
        }
      }
    }
    return false;
  }

  // --- HIP

  /// The variables that hide devices from HIP, in the order in which they filter: ROCR's (Linux
  /// only, where an empty list hides all), then HIP's own or, where that is empty, CUDA's. Facts:
  /// ROCm's `clr`, `rocdevice.cpp` and `paldevice.cpp`; GPU_DEVICE_ORDINAL is OpenCL's alone.
  private List<String> hipVariables() {
    var variables = new ArrayList<String>();
    if (os.family() != OsFamily.WINDOWS && raw("ROCR_VISIBLE_DEVICES").isPresent()) {
      variables.add("ROCR_VISIBLE_DEVICES");
    }
    for (String own : List.of("HIP_VISIBLE_DEVICES", CUDA)) {
      if (raw(own).filter(list -> !list.isEmpty()).isPresent()) {
        variables.add(own);
        return variables;
      }
    }
    return variables;
  }

  /// ROCm numbers its devices in the order of KFD's nodes; HIP filters what ROCR has left. On
  /// Windows nothing shows that order, so there only a list that names none hides.
  private List<Accelerator> hip(List<Accelerator> devices) {
    boolean windows = os.family() == OsFamily.WINDOWS;
    List<Integer> order = order(devices, Vendor.AMD);
    var judged = new ArrayList<Accelerator>(devices);
    for (String variable : hipVariables()) {
      String list = raw(variable).orElse("");
      Set<Integer> kept = VisibleDevices.of(list, uuids(devices, order));
      var left = new ArrayList<Integer>();
      for (int place = 0; place < order.size(); place++) {
        int i = order.get(place);
        boolean hidden = windows ? hidesAll(list) : !kept.contains(place);
        if (!hidden) {
          left.add(i);
        } else if (judged.get(i).usability() instanceof Usable(var backend)
            && backend == Backend.ROCM) {
          judged.set(i, judged.get(i).withUsability(NotUsable.hidden(Backend.ROCM, variable)));
        }
      }
      order = left;
    }
    return judged;
  }

  private static List<String> uuids(List<Accelerator> devices, List<Integer> order) {
    var uuids = new ArrayList<String>();
    for (int i : order) {
      uuids.add(devices.get(i).identity().uuid().orElse(""));
    }
    return uuids;
  }

  /// The places of a maker's devices, in the driver's own order where it is known.
  private static List<Integer> order(List<Accelerator> devices, Vendor vendor) {
    var order = new ArrayList<Integer>();
    for (int i = 0; i < devices.size(); i++) {
      if (devices.get(i).vendor() == vendor) {
        order.add(i);
      }
    }
    order.sort(
        (one, other) ->
            Integer.compare(
                devices.get(one).identity().driverIndex().orElse(Integer.MAX_VALUE),
                devices.get(other).identity().driverIndex().orElse(Integer.MAX_VALUE)));
    return order;
  }
}
