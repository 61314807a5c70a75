package dev.r1pick.hardware;

import dev.r1pick.ollama.Backend;
import dev.r1pick.text.Text;
import java.util.List;
import java.util.Locale;

/// Who made a display device or an accelerator.
public enum Vendor {
  NVIDIA(0x10de),
  AMD(0x1002),
  INTEL(0x8086),
  APPLE(0x106b),
  MICROSOFT(0x1414),
  VIRTIO(0x1af4),
  QEMU(0x1234, 0x1b36),
  VMWARE(0x15ad),
  ORACLE(0x80ee),
  CIRRUS(0x1013),
  AMAZON(0x1d0f),
  XEN(0x5853),
  PARALLELS(0x1ab8),
  ASPEED(0x1a03),
  MATROX(0x102b),
  XGI(0x18ca),
  SILICON_MOTION(0x126f),
  QUALCOMM(0x5143),
  HUAWEI(0x19e5),
  MOORE_THREADS(0x1ed5),
  HYGON(0x1d94),
  CAMBRICON(0xcabc),
  BIREN(0x1ee0),
  ILUVATAR(0x1e3e),
  ENFLAME(0x1e36),
  KUNLUNXIN(0x1d22),
  METAX(0x9999),
  T_HEAD(0x1ded),
  HABANA(0x1da3),
  TENSTORRENT(0x1e52),
  LOONGSON(0x0014),
  GLENFLY(0x6766),
  JINGJIA(0x0731),
  BROADCOM,
  ARM,
  VIVANTE,
  IMAGINATION,
  /// Anybody else, or nobody known.
  OTHER;

  @SuppressWarnings("ImmutableEnumChecker") // never handed out
  private final int[] pciNumbers;

  /// @param pciNumbers the numbers that the PCI SIG gave to it, as the PCI database has them
  Vendor(int... pciNumbers) {
    this.pciNumbers = pciNumbers;
  }

  /// What Ollama can drive its GPUs through, whatever build and driver are there; Vulkan where the
  /// maker may have a driver for it.
  public List<Backend> backends() {
    return switch (this) {
      case NVIDIA -> List.of(Backend.CUDA, Backend.VULKAN);
      case AMD -> List.of(Backend.ROCM, Backend.VULKAN);
      case APPLE -> List.of(Backend.METAL);
      default -> List.of(Backend.VULKAN);
    };
  }

  /// The maker by its PCI number.
  public static Vendor ofPci(int number) {
    for (Vendor vendor : values()) {
      for (int own : vendor.pciNumbers) {
        if (own == number) {
          return vendor;
        }
      }
    }
    return OTHER;
  }

  /// The maker of that name, in either case, with a blank, a hyphen or nothing between words; of
  /// `Intel Habana` and `Iluvatar CoreX` the one that makes accelerators.
  public static Vendor named(String name) {
    for (Vendor vendor : values()) {
      if (vendor.isCalled(name)) {
        return vendor;
      }
    }
    for (String word : Text.words(name)) {
      for (Vendor vendor : values()) {
        if (vendor.makesOnlyAccelerators() && vendor.isCalled(word)) {
          return vendor;
        }
      }
    }
    return OTHER;
  }

  private boolean isCalled(String text) {
    String plain = text.replace(" ", "").replace("-", "").replace("_", "");
    return name().replace("_", "").equalsIgnoreCase(plain);
  }

  /// The maker's name as it stands in sentences: `Moore Threads`.
  public String title() {
    var title = new StringBuilder();
    for (String word : label().split("-", -1)) {
      title
          .append(title.isEmpty() ? "" : " ")
          .append(Character.toUpperCase(word.charAt(0)))
          .append(word.substring(1));
    }
    return title.toString();
  }

  /// Whether it makes accelerators that Ollama has no backend for and other engines have.
  public boolean makesAccelerators() {
    return switch (this) {
      case HUAWEI, MOORE_THREADS, HYGON -> true;
      default -> makesOnlyAccelerators();
    };
  }

  /// Whether it makes nothing else that sits on a PCI bus.
  public boolean makesOnlyAccelerators() {
    return switch (this) {
      case CAMBRICON, BIREN, ILUVATAR, ENFLAME, KUNLUNXIN, METAX, T_HEAD, HABANA, TENSTORRENT ->
          true;
      default -> false;
    };
  }

  /// In lower case with hyphens, as in JSON.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
