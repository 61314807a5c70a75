package dev.r1pick.hardware.probe;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.Usable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.probe.common.CommandRunner;
import dev.r1pick.hardware.probe.common.ProbeContext;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.ollama.Backend;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
final class VulkanVisibility {
  static final String VARIABLE = "GGML_VK_VISIBLE_DEVICES";
  private static final int MOST_DEVICES = 64;

  private VulkanVisibility() {}

  /// Whether the list has numbers, whose meaning depends on the order of the devices.
  static boolean countsDevices(Host host) {
    return host.environment(VARIABLE)
        .map(VulkanVisibility::numbers)
        .filter(n -> !n.isEmpty())
        .isPresent();
  }

  /// What `vulkaninfo` says of one device.
  ///
  /// @param id `vendor:device` in hex
  /// @param software it computes on the processor
  record Listed(String id, boolean software) {}

  /// The devices in Vulkan's own order; none where the tool does not tell.
  static List<Listed> ask(CommandRunner questions) {
    return questions.ask("vulkaninfo-summary", List.of("vulkaninfo", "--summary"))
            instanceof Finished(_, var output, _)
        ? parse(output)
        : List.of();
  }

  /// Reads the blocks `GPU0:` with their lines `vendorID = 0x1002`.
  static List<Listed> parse(String output) {
    var listed = new ArrayList<Listed>();
    OptionalLong vendor = OptionalLong.empty();
    OptionalLong device = OptionalLong.empty();
    boolean open = false;
    boolean software = false;
    for (String line : Text.lines(output)) {
      String word = line.strip();
      if (word.startsWith("GPU") && word.endsWith(":") && word.length() <= 6) {
        add(open, vendor, device, software, listed);
        open = true;
        vendor = OptionalLong.empty();
        device = OptionalLong.empty();
        software = false;
      }
      int equals = word.indexOf('=');
      String value = equals < 0 ? "" : word.substring(equals + 1).strip();
      switch (equals < 0 ? "" : word.substring(0, equals).strip()) {
        case "vendorID" -> vendor = Text.hex(value);
        case "deviceID" -> device = Text.hex(value);
        case "deviceType" -> software = value.endsWith("_CPU");
        default -> {}
      }
    }
    add(open, vendor, device, software, listed);
    return listed;
  }

  private static void add(
      boolean open,
      OptionalLong vendor,
      OptionalLong device,
      boolean software,
      List<Listed> listed) {
    if (open && listed.size() < MOST_DEVICES) {
      String id =
          vendor.isPresent() && device.isPresent()
              ? PciGpu.id((int) vendor.getAsLong(), (int) device.getAsLong())
              : "";
      listed.add(new Listed(id, software));
    }
  }

  /// The numbers of the list, in order; a number too large to be one counts as beyond the last.
  static List<Long> numbers(String list) {
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
  ///
  /// @param listed Vulkan's own list, empty where nothing tells
  static List<Accelerator> applied(
      ProbeContext around, List<Accelerator> devices, List<Listed> listed, List<Note> notes) {
    Optional<String> list = around.raw(VARIABLE);
    if (list.isEmpty() || !concernsAny(devices)) {
      return devices;
    }
    List<Long> numbers = numbers(list.get());
    List<Optional<Accelerator>> order =
        listed.isEmpty() ? loaderOrder(around, devices) : toolOrder(devices, listed);
    if (listed.isEmpty() && order.size() > 1 && !numbers.isEmpty()) {
      notes.add(Note.of("vulkan-index-ambiguous", Text.clean(list.get())));
    }
    Set<Accelerator> visible = new HashSet<>();
    for (long number : numbers) {
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
              ? device.withUsability(
                  new NotUsable(
                      WhyNot.HIDDEN_BY_ENVIRONMENT,
                      Optional.of(Backend.VULKAN),
                      Optional.empty(),
                      List.of(VARIABLE)))
              : device);
    }
    return judged;
  }

  private static boolean concernsAny(List<Accelerator> devices) {
    for (Accelerator device : devices) {
      if (concerns(device)) {
        return true;
      }
    }
    return false;
  }

  private static boolean concerns(Accelerator device) {
    return device.usability() instanceof Usable(var backend) && backend == Backend.VULKAN;
  }

  /// As the tool lists them: each is the first device of that id that is not taken yet. Two cards
  /// of one id are alike, so which of them is meant makes no difference to a plan.
  private static List<Optional<Accelerator>> toolOrder(
      List<Accelerator> devices, List<Listed> listed) {
    var left = new ArrayList<>(devices);
    var order = new ArrayList<Optional<Accelerator>>();
    for (Listed one : listed) {
      Optional<Accelerator> found = Optional.empty();
      for (Accelerator device : left) {
        if (found.isEmpty()
            && !one.software()
            && device.identity().pciId().equals(Optional.of(one.id()))) {
          found = Optional.of(device);
        }
      }
      found.ifPresent(left::remove);
      order.add(found);
    }
    return order;
  }

  /// As the loader would list them.
  private static List<Optional<Accelerator>> loaderOrder(
      ProbeContext around, List<Accelerator> devices) {
    var order = new ArrayList<Accelerator>();
    for (Accelerator device : devices) {
      if (hasVulkan(device)) {
        order.add(device);
      }
    }
    if (!around.isWindows()) {
      order.sort(VulkanVisibility::compare);
    }
    var places = new ArrayList<Optional<Accelerator>>();
    for (Accelerator device : order) {
      places.add(Optional.of(device));
    }
    return places;
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
                NO_PERMISSION ->
                true;
            case DRIVER_MISSING,
                DRIVER_NOT_LOADED,
                DRIVER_NOT_REACHABLE,
                DRIVER_NOT_RESPONDING,
                DRIVER_LIBRARY_MISMATCH,
                DRIVER_ERROR,
                NO_DEVICE,
                DEVICE_LOST,
                DISPLAY_ONLY,
                VIRTUAL_DISPLAY,
                VIRTUAL_GPU ->
                false;
          };
    };
  }
}
