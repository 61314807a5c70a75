package dev.r1pick.hardware;

import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Identity.VulkanPlace;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.Usable;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which GPUs GGML_VK_VISIBLE_DEVICES leaves to Vulkan.
///
/// Facts: llama.cpp's `ggml-vulkan.cpp` reads whole numbers between commas and blanks, stops at the
/// first word that is none, and gives up Vulkan altogether where a number is beyond the last
/// device; `-1` is such a number. The numbers count the devices as the Vulkan loader lists them: on
/// Linux by kind (discrete, integrated, others), then by PCI address
/// (LoaderApplicationInterface.md, "Physical Device Ordering"), on Windows as DXGI does. A layer or
/// an old loader may list them otherwise, so `vulkaninfo` is asked, and where it does not answer a
/// note says so.
public final class VulkanVisibility {
  public static final String VARIABLE = "GGML_VK_VISIBLE_DEVICES";
  private static final int MOST_DEVICES = 64;

  private VulkanVisibility() {}

  /// The numbers of the list, in order; a number too large to be one counts as beyond the last.
  public static List<Long> numbers(String list) {
    var numbers = new ArrayList<Long>();
    for (String word : Text.words(list.replace(',', ' '))) {
      boolean negative = word.startsWith("-");
      String digits = negative || word.startsWith("+") ? word.substring(1) : word;
      int end = 0;
      while (end < digits.length() && digits.charAt(end) >= '0' && digits.charAt(end) <= '9') {
        end++;
      }
      if (end == 0 || numbers.size() >= MOST_DEVICES) {
        return numbers;
      }
      long number = Text.whole(digits.substring(0, end)).orElse(Long.MAX_VALUE);
      numbers.add(negative && number != 0 ? Long.MAX_VALUE : number);
      if (end < digits.length()) {
        return numbers;
      }
    }
    return numbers;
  }

  /// The devices with those that Vulkan would drive judged anew.
  static List<Accelerator> applied(Os os, OllamaSetup setup, List<Accelerator> devices) {
    Optional<String> list = Optional.ofNullable(setup.environment().get(VARIABLE));
    if (list.isEmpty() || !concernsAny(devices)) {
      return devices;
    }
    List<Optional<Accelerator>> order =
        isListed(devices) ? vulkansOrder(devices) : loaderOrder(os, devices);
    Set<Accelerator> visible = new HashSet<>();
    for (long number : numbers(list.get())) {
      if (number >= order.size()) {
        visible.clear();
        break;
      }
      order.get((int) number).ifPresent(visible::add);
    }
    var judged = new ArrayList<Accelerator>();
    for (Accelerator device : devices) {
      judged.add(
          concerns(device) && !visible.contains(device)
              ? device.withUsability(NotUsable.hidden(Backend.VULKAN, VARIABLE))
              : device);
    }
    return judged;
  }

  /// Whether the numbers of the list count devices in an order that is only guessed.
  static boolean isGuessed(Os os, OllamaSetup setup, List<Accelerator> devices) {
    Optional<String> list = Optional.ofNullable(setup.environment().get(VARIABLE));
    return list.isPresent()
        && !numbers(list.get()).isEmpty()
        && !isListed(devices)
        && anyVulkan(devices)
        && loaderOrder(os, devices).size() > 1;
  }

  private static boolean isListed(List<Accelerator> devices) {
    for (Accelerator device : devices) {
      if (device.identity().vulkanPlace().flatMap(VulkanPlace::devices).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static boolean concernsAny(List<Accelerator> devices) {
    for (Accelerator device : devices) {
      if (concerns(device)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyVulkan(List<Accelerator> devices) {
    for (Accelerator device : devices) {
      if (concerns(device)
          || (device.usability() instanceof NotUsable not
              && not.arguments().equals(List.of(VARIABLE)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean concerns(Accelerator device) {
    return device.usability() instanceof Usable(var backend) && backend == Backend.VULKAN;
  }

  private static List<Optional<Accelerator>> vulkansOrder(List<Accelerator> devices) {
    var order = new ArrayList<Optional<Accelerator>>();
    for (Accelerator device : devices) {
      Optional<VulkanPlace> place = device.identity().vulkanPlace();
      if (place.isPresent()) {
        while (order.size() < Math.min(place.get().devices().orElse(0), MOST_DEVICES)) {
          order.add(Optional.empty());
        }
        if (place.get().index() < order.size()) {
          order.set(place.get().index(), Optional.of(device));
        }
      }
    }
    return order;
  }

  /// As the loader would list them.
  private static List<Optional<Accelerator>> loaderOrder(Os os, List<Accelerator> devices) {
    var order = new ArrayList<Accelerator>();
    for (Accelerator device : devices) {
      if (hasVulkan(device)) {
        order.add(device);
      }
    }
    order.sort(
        os.family() == OsFamily.WINDOWS
            ? (one, other) -> Integer.compare(windowsPlace(one), windowsPlace(other))
            : VulkanVisibility::compare);
    var places = new ArrayList<Optional<Accelerator>>();
    for (Accelerator device : order) {
      places.add(Optional.of(device));
    }
    return places;
  }

  /// Devices of a document that has no places stay in its order.
  private static int windowsPlace(Accelerator device) {
    return device.identity().vulkanPlace().map(VulkanPlace::index).orElse(Integer.MAX_VALUE);
  }

  private static int compare(Accelerator one, Accelerator other) {
    int byKind = Boolean.compare(one.kind() == Kind.INTEGRATED, other.kind() == Kind.INTEGRATED);
    return byKind != 0
        ? byKind
        : one.identity()
            .pciAddress()
            .orElse("~")
            .compareTo(other.identity().pciAddress().orElse("~"));
  }

  /// Whether a Vulkan driver shows it: any GPU whose own driver works.
  private static boolean hasVulkan(Accelerator device) {
    if (device.kind() == Kind.BMC
        || device.kind() == Kind.VIRTUAL
        || device.kind() == Kind.MIG_INSTANCE
        || device.kind() == Kind.PARTITION) {
      return false;
    }
    return switch (device.usability()) {
      case Usable _ -> true;
      case NotUsable(var reason, _, _, _) ->
          switch (reason) {
            case HIDDEN_BY_ENVIRONMENT,
                IGPU_DROPPED_BY_DEFAULT,
                COMPUTE_CAPABILITY_TOO_LOW,
                DRIVER_TOO_OLD,
                UNSUPPORTED_BY_OLLAMA,
                UNSUPPORTED_BY_BUILD,
                BREW_WITHOUT_GPU,
                SNAP_WITHOUT_INTERFACE,
                NO_PERMISSION ->
                true;
            case DRIVER_MISSING,
                GIVEN_TO_VIRTUAL_MACHINE,
                DRIVER_NOT_LOADED,
                DRIVER_NOT_REACHABLE,
                BLOCKED_BY_WINDOWS,
                NOT_GIVEN_TO_JOB,
                DRIVER_NOT_RESPONDING,
                DRIVER_LIBRARY_MISMATCH,
                CONTAINER_LIBRARY_MISMATCH,
                DRIVER_ERROR,
                NO_DEVICE,
                DEVICE_LOST,
                DRIVEN_BY_OTHER_ENGINES,
                DISPLAY_ONLY,
                VIRTUAL_DISPLAY,
                VIRTUAL_GPU ->
                false;
          };
    };
  }
}
