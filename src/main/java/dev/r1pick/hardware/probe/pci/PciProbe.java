package dev.r1pick.hardware.probe.pci;

import dev.r1pick.hardware.Vendor;
import dev.r1pick.hardware.probe.pci.PciGpu.Driver;
import dev.r1pick.host.Host;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Which display devices a Linux machine has: DRM cards, the PCI bus, `lspci`.
public final class PciProbe {
  private static final String DRM = "/sys/class/drm";
  private static final String BUS = "/sys/bus/pci/devices";

  private PciProbe() {}

  /// What sysfs shows.
  ///
  /// @param gpus on the PCI bus
  /// @param embedded names of DRM drivers of devices that are part of a chip, for example `v3d`
  /// @param busIsListed the whole bus could be read, so a device that is not there does not exist
  public record Sysfs(List<PciGpu> gpus, List<String> embedded, boolean busIsListed) {
    public boolean has(int vendor) {
      for (PciGpu gpu : gpus) {
        if (gpu.vendor() == vendor) {
          return true;
        }
      }
      return false;
    }

    /// Whether a hypervisor of Microsoft gives parts of its GPUs to this system.
    public boolean hasPartitionedGpu() {
      for (PciGpu gpu : gpus) {
        if (gpu.isWslRenderDevice()) {
          return true;
        }
      }
      return false;
    }

    /// Whether a name from the PCI database would help: displays without a GPU need none.
    public boolean wantsNames() {
      for (PciGpu gpu : gpus) {
        if (!gpu.isVirtualDisplay() && !gpu.isManagementDisplay()) {
          return true;
        }
      }
      return !busIsListed;
    }
  }

  /// Reads DRM cards and the bus.
  public static Sysfs read(Host host) {
    var gpus = new ArrayList<PciGpu>();
    var embedded = new ArrayList<String>();
    for (String card : host.list(DRM)) {
      if (card.startsWith("card") && Text.whole(card.substring(4)).isPresent()) {
        String folder = DRM + "/" + card + "/device";
        String uevent = host.read(folder + "/uevent").orElse("");
        Optional<PciGpu> gpu = gpu(host, folder, uevent, Optional.of(card));
        if (gpu.isPresent()) {
          gpus.add(gpu.get());
        } else {
          value(uevent, "DRIVER").ifPresent(embedded::add);
        }
      }
    }
    List<String> addresses = host.list(BUS);
    for (String address : addresses) {
      String folder = BUS + "/" + address;
      if (!isListed(gpus, address) && isDisplay(host, folder)) {
        String uevent = host.read(folder + "/uevent").orElse("");
        gpu(host, folder, "PCI_SLOT_NAME=" + address + "\n" + uevent, Optional.empty())
            .ifPresent(gpus::add);
      }
    }
    return new Sysfs(gpus, embedded, !addresses.isEmpty());
  }

  private static boolean isDisplay(Host host, String folder) {
    OptionalLong kind = Text.hex(host.read(folder + "/class").orElse(""));
    return kind.isPresent()
        && isListed(
            kind.getAsLong() >> 8, Vendor.ofPci((int) number(host, folder + "/vendor").orElse(0)));
  }

  /// Whether a device of that class is a GPU or an accelerator: displays (03), processing
  /// accelerators (12) and co-processors (0b40) of makers of such, and of those who make nothing
  /// else also bridges of no special kind (0680), which is how some show themselves.
  static boolean isListed(long kind, Vendor maker) {
    return switch ((int) (kind >> 8)) {
      case 0x03 -> true;
      case 0x12 -> maker == Vendor.AMD || maker.makesAccelerators();
      case 0x0b -> kind == 0x0b40 && maker.makesAccelerators();
      case 0x06 -> kind == 0x0680 && maker.makesOnlyAccelerators();
      default -> false;
    };
  }

  private static boolean isListed(List<PciGpu> gpus, String address) {
    for (PciGpu gpu : gpus) {
      if (gpu.address().equals(Optional.of(address.toLowerCase(Locale.ROOT)))) {
        return true;
      }
    }
    return false;
  }

  private static OptionalLong number(Host host, String file) {
    return Text.hex(host.read(file).orElse(""));
  }

  private static Optional<PciGpu> gpu(
      Host host, String folder, String uevent, Optional<String> card) {
    List<String> ids = Text.split(value(uevent, "PCI_ID").orElse(":"), ':');
    OptionalLong vendor = number(host, folder + "/vendor");
    OptionalLong device = number(host, folder + "/device");
    vendor = vendor.isPresent() || ids.size() != 2 ? vendor : Text.hex(ids.get(0));
    device = device.isPresent() || ids.size() != 2 ? device : Text.hex(ids.get(1));
    if (vendor.isEmpty() || device.isEmpty()) {
      return Optional.empty();
    }
    Driver driver =
        uevent.isBlank()
            ? new Driver.Unknown()
            : value(uevent, "DRIVER").<Driver>map(Driver.Bound::new).orElseGet(Driver.None::new);
    return Optional.of(
        new PciGpu(
            value(uevent, "PCI_SLOT_NAME").map(PciProbe::address),
            (int) vendor.getAsLong() & 0xffff,
            (int) device.getAsLong() & 0xffff,
            driver,
            Optional.of(folder),
            card,
            Optional.empty(),
            subsystem(host, folder, uevent),
            two(number(host, folder + "/revision"))));
  }

  /// By the files of the device, else by `PCI_SUBSYS_ID` of its uevent.
  private static Optional<String> subsystem(Host host, String folder, String uevent) {
    OptionalLong vendor = number(host, folder + "/subsystem_vendor");
    OptionalLong device = number(host, folder + "/subsystem_device");
    if (vendor.isPresent() && device.isPresent()) {
      return Optional.of(PciGpu.id((int) vendor.getAsLong(), (int) device.getAsLong()));
    }
    return value(uevent, "PCI_SUBSYS_ID").map(id -> id.toLowerCase(Locale.ROOT));
  }

  private static Optional<String> two(OptionalLong number) {
    return number.isPresent()
        ? Optional.of(HexFormat.of().toHexDigits((byte) number.getAsLong()))
        : Optional.empty();
  }

  private static Optional<String> value(String uevent, String name) {
    for (String line : Text.lines(uevent)) {
      if (line.startsWith(name) && line.startsWith("=", name.length())) {
        return Text.cleaned(line.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  /// The form of sysfs: four digits of domain, lower case.
  public static String address(String printed) {
    String lower = Text.clean(printed).toLowerCase(Locale.ROOT);
    int colon = lower.indexOf(':');
    return colon == 8 && lower.startsWith("0000") ? lower.substring(4) : lower;
  }

  /// Adds the names of `lspci -D -nn -vmm`, and the devices that only it listed.
  public static List<PciGpu> named(List<PciGpu> gpus, String lspci) {
    var named = new ArrayList<PciGpu>(gpus);
    for (PciGpu listed : parse(lspci)) {
      int known = indexOf(named, listed);
      if (known < 0) {
        named.add(listed);
      } else {
        named.set(known, named.get(known).filledFrom(listed));
      }
    }
    return named;
  }

  private static int indexOf(List<PciGpu> gpus, PciGpu wanted) {
    for (int i = 0; i < gpus.size(); i++) {
      if (gpus.get(i).address().equals(wanted.address())) {
        return i;
      }
    }
    return -1;
  }

  /// The display devices in the output of `lspci -D -nn -vmm`: a block of lines for each.
  static List<PciGpu> parse(String lspci) {
    var gpus = new ArrayList<PciGpu>();
    var block = new HashMap<String, String>();
    for (String line : Text.lines(lspci)) {
      int colon = line.indexOf(':');
      if (line.isBlank() || line.startsWith("Slot:")) {
        listed(block).ifPresent(gpus::add);
        block.clear();
      }
      if (colon > 0) {
        block.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    listed(block).ifPresent(gpus::add);
    return gpus;
  }

  private static Optional<PciGpu> listed(Map<String, String> block) {
    String device = block.getOrDefault("Device", "");
    OptionalLong kind = lastBracket(block.getOrDefault("Class", ""));
    OptionalLong vendor = lastBracket(block.getOrDefault("Vendor", ""));
    OptionalLong number = lastBracket(device);
    if (kind.isEmpty()
        || vendor.isEmpty()
        || number.isEmpty()
        || !isListed(kind.getAsLong(), Vendor.ofPci((int) vendor.getAsLong()))) {
      return Optional.empty();
    }
    OptionalLong boardVendor = lastBracket(block.getOrDefault("SVendor", ""));
    OptionalLong board = lastBracket(block.getOrDefault("SDevice", ""));
    return Optional.of(
        new PciGpu(
            Optional.of(address(block.getOrDefault("Slot", ""))),
            (int) vendor.getAsLong() & 0xffff,
            (int) number.getAsLong() & 0xffff,
            new Driver.Unknown(),
            Optional.empty(),
            Optional.empty(),
            name(device),
            boardVendor.isPresent() && board.isPresent()
                ? Optional.of(PciGpu.id((int) boardVendor.getAsLong(), (int) board.getAsLong()))
                : Optional.empty(),
            two(Text.hex(block.getOrDefault("Rev", "")))));
  }

  private static OptionalLong lastBracket(String text) {
    int open = text.lastIndexOf('[');
    int close = text.lastIndexOf(']');
    return open < 0 || close < open
        ? OptionalLong.empty()
        : Text.hex(text.substring(open + 1, close));
  }

  /// The product in brackets where there is one, else the chip: `GA102 [GeForce RTX 3090] [2204]`.
  private static Optional<String> name(String device) {
    String plain = device.substring(0, Math.max(0, device.lastIndexOf('['))).strip();
    int open = plain.lastIndexOf('[');
    if (open >= 0 && plain.endsWith("]")) {
      plain = plain.substring(open + 1, plain.length() - 1);
    }
    return plain.equals("Device") ? Optional.empty() : Text.cleaned(plain);
  }
}
