package dev.r1pick.hardware.probe;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Identity.VulkanPlace;
import dev.r1pick.hardware.VulkanVisibility;
import dev.r1pick.hardware.probe.common.CommandRunner;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The devices in Vulkan's own order, as `vulkaninfo` lists them.
final class VulkanProbe {
  private static final int MOST_DEVICES = 64;

  private VulkanProbe() {}

  /// Whether the list has numbers, whose meaning depends on the order of the devices.
  static boolean countsDevices(Host host) {
    return host.environment(VulkanVisibility.VARIABLE)
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

  /// The devices with their places in that list. Each is the first of its id that is not taken yet:
  /// two cards of one id are alike, so which of them is meant makes no difference to a plan.
  static List<Accelerator> placed(List<Accelerator> devices, List<Listed> listed) {
    if (listed.isEmpty()) {
      return devices;
    }
    var placed = new ArrayList<Accelerator>();
    for (Accelerator device : devices) {
      placed.add(device.withIdentity(device.identity().withVulkanPlace(Optional.empty())));
    }
    for (int index = 0; index < listed.size(); index++) {
      Listed one = listed.get(index);
      boolean found = false;
      for (int i = 0; i < placed.size() && !found && !one.software(); i++) {
        Identity identity = placed.get(i).identity();
        found = identity.vulkanPlace().isEmpty() && identity.pciId().equals(Optional.of(one.id()));
        if (found) {
          placed.set(
              i,
              placed
                  .get(i)
                  .withIdentity(
                      identity.withVulkanPlace(
                          Optional.of(new VulkanPlace(index, Optional.of(listed.size()))))));
        }
      }
    }
    return placed;
  }
}
