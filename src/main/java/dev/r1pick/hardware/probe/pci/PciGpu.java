package dev.r1pick.hardware.probe.pci;

import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Vendor;
import java.util.HexFormat;
import java.util.Optional;

/// A display device as the PCI bus shows it.
///
/// @param address for example `0000:2d:00.0`; empty where nothing tells
/// @param vendor PCI vendor number
/// @param device PCI device number
/// @param driver what is known of the driver bound to it
/// @param folder its folder in sysfs; empty where only a tool listed it
/// @param card its DRM card, for example `card0`
/// @param name from the PCI database, without the vendor
/// @param subsystem of its board, `vendor:device` in lower-case hex
/// @param revision two digits in lower-case hex
public record PciGpu(
    Optional<String> address,
    int vendor,
    int device,
    Driver driver,
    Optional<String> folder,
    Optional<String> card,
    Optional<String> name,
    Optional<String> subsystem,
    Optional<String> revision) {

  /// A device of which only its number is known.
  public static PciGpu ofId(int vendor, int device, Optional<String> name) {
    return new PciGpu(
        Optional.empty(),
        vendor,
        device,
        new Driver.Unknown(),
        Optional.empty(),
        Optional.empty(),
        name,
        Optional.empty(),
        Optional.empty());
  }

  public static final int NVIDIA = 0x10de;
  public static final int AMD = 0x1002;
  public static final int INTEL = 0x8086;
  public static final int MICROSOFT = 0x1414;

  /// The driver bound to a device.
  public sealed interface Driver {
    /// This one.
    record Bound(String name) implements Driver {}

    /// None.
    record None() implements Driver {}

    /// Nothing tells.
    record Unknown() implements Driver {}
  }

  public boolean isBoundTo(String name) {
    return driver instanceof Driver.Bound(var bound) && bound.equals(name);
  }

  /// The name of the driver bound to it; empty where none is, or nothing tells.
  public Optional<String> boundDriver() {
    return driver instanceof Driver.Bound(var name) ? Optional.of(name) : Optional.empty();
  }

  /// `vendor:device` in lower-case hex.
  public String id() {
    return id(vendor, device);
  }

  public static String id(int vendor, int device) {
    return hex(vendor) + ":" + hex(device);
  }

  private static String hex(int number) {
    return HexFormat.of().toHexDigits((short) number);
  }

  /// The same with what `lspci` says of it: the name, and what sysfs did not tell.
  PciGpu filledFrom(PciGpu listed) {
    return new PciGpu(
        address,
        vendor,
        device,
        driver,
        folder,
        card,
        listed.name.or(() -> name),
        subsystem.or(() -> listed.subsystem),
        revision.or(() -> listed.revision));
  }

  /// Who made it.
  public Vendor maker() {
    return Vendor.ofPci(vendor);
  }

  /// What the bus knows of it.
  public Identity identity() {
    return Identity.UNKNOWN
        .withPciAddress(address)
        .withPciId(Optional.of(id()))
        .withPciSubsystem(subsystem)
        .withPciRevision(revision);
  }

  /// A display that a hypervisor draws: no GPU behind it.
  public boolean isVirtualDisplay() {
    return switch (vendor) {
      case MICROSOFT, 0x1af4, 0x1234, 0x1b36, 0x15ad, 0x80ee, 0x1013, 0x5853, 0x1ab8 -> true;
      case 0x1d0f -> device == 0x1111;
      default -> false;
    };
  }

  /// The display chip of a server's management controller.
  public boolean isManagementDisplay() {
    return switch (vendor) {
      case 0x1a03, 0x102b, 0x18ca, 0x126f -> true;
      case 0x19e5 -> device == 0x1711;
      case AMD -> device == 0x515e;
      default -> false;
    };
  }

  /// What WSL shows in place of the GPUs of Windows.
  public boolean isWslRenderDevice() {
    return vendor == MICROSOFT && device == 0x008e;
  }

  /// Vendor and name, or the PCI id where nothing has a name for it.
  public String fullName() {
    String brand =
        switch (vendor) {
          case NVIDIA -> "NVIDIA ";
          case AMD -> "AMD ";
          case INTEL -> "Intel ";
          default -> "";
        };
    return name.map(n -> n.startsWith(brand) ? n : brand + n).orElseGet(() -> nameless(brand));
  }

  private String nameless(String brand) {
    boolean known = maker() != Vendor.OTHER && !isManagementDisplay() && !isVirtualDisplay();
    if (known && maker().makesAccelerators()) {
      return maker().title() + " accelerator " + id();
    }
    return brand.isEmpty()
        ? (known ? maker().title() + " device " : "PCI ") + id()
        : brand + "device " + id();
  }
}
