package dev.r1pick.hardware;

import dev.r1pick.text.Text;
import java.util.List;
import java.util.Optional;

/// What AMD's device numbers and targets mean where the driver does not say it.
///
/// Facts: device numbers of the PCI database and of Linux' amdgpu driver; targets of LLVM's AMDGPU
/// documentation.
public final class AmdChips {
  private AmdChips() {}

  /// The target that kernels are compiled for, by PCI device number; empty where it is not known.
  public static Optional<String> target(int device) {
    String target =
        switch (device) {
          case 0x15dd, 0x15d8 -> "gfx902";
          case 0x1636, 0x1638, 0x164c -> "gfx90c";
          case 0x163f, 0x1435 -> "gfx1033";
          case 0x164d, 0x1681 -> "gfx1035";
          case 0x164e, 0x13c0, 0x1506 -> "gfx1036";
          case 0x15bf, 0x15c8, 0x1900, 0x1901 -> "gfx1103";
          case 0x150e -> "gfx1150";
          case 0x1586 -> "gfx1151";
          case 0x1114 -> "gfx1152";
          case 0x687f, 0x6860, 0x6861, 0x6862, 0x6863, 0x6864, 0x6867, 0x6868, 0x686c -> "gfx900";
          case 0x66a0, 0x66a1, 0x66a2, 0x66a3, 0x66a7, 0x66af -> "gfx906";
          case 0x7388, 0x738c, 0x738e, 0x7390 -> "gfx908";
          case 0x7408, 0x740c, 0x740f, 0x7410 -> "gfx90a";
          case 0x74a0, 0x74a1, 0x74a2, 0x74a5, 0x74a9, 0x74b5, 0x74b6, 0x74b9, 0x74bd -> "gfx942";
          case 0x75a0, 0x75a3, 0x75a8, 0x75b0, 0x75b3 -> "gfx950";
          case 0x7310, 0x7312, 0x7318, 0x7319, 0x731a, 0x731b, 0x731e, 0x731f -> "gfx1010";
          case 0x7340, 0x7341, 0x7347, 0x734f -> "gfx1012";
          case 0x73a1, 0x73a2, 0x73a3, 0x73a5, 0x73ab, 0x73ae, 0x73af, 0x73bf -> "gfx1030";
          case 0x73df, 0x73da, 0x73db, 0x73dc, 0x73dd, 0x73de -> "gfx1031";
          case 0x73e0, 0x73e1, 0x73e3, 0x73e8, 0x73ef, 0x73f0, 0x73ff -> "gfx1032";
          case 0x7420, 0x7421, 0x7422, 0x7423, 0x7424, 0x743f -> "gfx1034";
          case 0x7448, 0x7449, 0x744a, 0x744b, 0x744c, 0x745e -> "gfx1100";
          case 0x7460, 0x7461, 0x7470, 0x747e -> "gfx1101";
          case 0x7480, 0x7481, 0x7483, 0x7487, 0x7489, 0x748b, 0x7499, 0x749f -> "gfx1102";
          case 0x7590 -> "gfx1200";
          case 0x7550, 0x7551 -> "gfx1201";
          default -> "";
        };
    return target.isEmpty() ? Optional.empty() : Optional.of(target);
  }

  /// Targets that only exist as part of a processor.
  public static boolean isPartOfProcessor(String target) {
    return List.of(
            "gfx902", "gfx909", "gfx90c", "gfx1033", "gfx1035", "gfx1036", "gfx1037", "gfx1103",
            "gfx1150", "gfx1151", "gfx1152", "gfx1153")
        .contains(target);
  }

  /// Targets of accelerators for servers: cards, and MI300A, which shares its memory with its own
  /// processor and is no GPU inside a processor all the same.
  public static boolean isForServers(String target) {
    return List.of("gfx908", "gfx90a", "gfx942", "gfx950", "gfx1250").contains(target);
  }

  /// The target in KFD's number: 90012 is gfx90c, 110501 is gfx1151.
  public static Optional<String> ofVersion(long version) {
    if (version < 10_000 || version > 999_999) {
      return Optional.empty();
    }
    long minor = version / 100 % 100;
    long step = version % 100;
    return minor > 15 || step > 15
        ? Optional.empty()
        : Optional.of(
            "gfx"
                + version / 10_000
                + Character.forDigit((int) minor, 16)
                + Character.forDigit((int) step, 16));
  }

  /// The target that HSA_OVERRIDE_GFX_VERSION pretends: `10.3.0` is gfx1030.
  public static Optional<String> ofOverride(String value) {
    List<String> parts = Text.split(value, '.');
    if (parts.size() != 3) {
      return Optional.empty();
    }
    long major = Text.whole(parts.get(0)).orElse(0);
    long minor = Text.whole(parts.get(1)).orElse(99);
    long step = Text.whole(parts.get(2)).orElse(99);
    return major < 1 || major > 99 || minor > 15 || step > 15
        ? Optional.empty()
        : ofVersion(major * 10_000 + minor * 100 + step);
  }

  /// Whether a name is that of a GPU inside a processor, such as `AMD Radeon 780M Graphics`.
  public static boolean isPartOfProcessorByName(String name) {
    if (name.contains("RX ") || name.contains("PRO W") || name.contains("Instinct")) {
      return false;
    }
    if (name.contains("8040S") || name.contains("8050S") || name.contains("8060S")) {
      return true;
    }
    for (String word : Text.words(name)) {
      if (word.length() == 4
          && word.endsWith("M")
          && Text.whole(word.substring(0, 3)).isPresent()) {
        return true;
      }
    }
    return name.contains("Radeon(TM) Graphics")
        || name.equals("AMD Radeon Graphics")
        || (name.contains("Vega") && name.contains("Graphics") && !name.contains("Frontier"));
  }
}
