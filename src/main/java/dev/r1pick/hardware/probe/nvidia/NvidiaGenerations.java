package dev.r1pick.hardware.probe.nvidia;

import dev.r1pick.text.Text;
import java.util.List;
import java.util.Optional;

/// The compute capability of NVIDIA chips whose driver does not tell it.
///
/// Facts: device numbers as they stand in the PCI database, by generation; NVIDIA's list of CUDA
/// GPUs. Numbers are given out in blocks, so a chip that is missing here falls into the block of
/// its generation.
public final class NvidiaGenerations {
  private NvidiaGenerations() {}

  /// The capability of a chip by its PCI device number; for chips before 2014 the highest that any
  /// of them has, which is too low all the same.
  public static Optional<String> capability(int device) {
    String capability =
        device < 0x0600
            ? "1.3"
            : device < 0x1340
                ? "3.5"
                : device < 0x13c0
                    ? "5.0"
                    : device < 0x15f0
                        ? "5.2"
                        : device < 0x1700
                            ? "6.0"
                            : device < 0x1b00
                                ? "5.2"
                                : device < 0x1d80
                                    ? "6.1"
                                    : device < 0x1e00 ? "7.0" : sinceTuring(device);
    return capability.isEmpty() ? Optional.empty() : Optional.of(capability);
  }

  private static String sinceTuring(int device) {
    if (device < 0x2000 || (device >= 0x2180 && device < 0x2200)) {
      return "7.5";
    }
    if (device < 0x2180) {
      return "8.0";
    }
    if (device >= 0x2300 && device < 0x2400) {
      return "9.0";
    }
    if (device < 0x2600) {
      return "8.6";
    }
    return device < 0x2900 ? "8.9" : "";
  }

  /// The capability of the chips of Jetson boards, by the name of driver or board.
  static Optional<String> ofJetson(String name) {
    if (name.contains("Thor")) {
      return Optional.of("11.0");
    }
    if (name.contains("Orin")) {
      return Optional.of("8.7");
    }
    if (name.contains("Xavier")) {
      return Optional.of("7.2");
    }
    return name.contains("TX2") ? Optional.of("6.2") : Optional.empty();
  }

  /// Chips whose memory is system RAM, by the name that the driver gives them.
  static boolean isPartOfAChip(String name) {
    for (String sign : new String[] {"GB10", "Thor", "nvgpu", "Orin", "Xavier", "Tegra"}) {
      if (name.contains(sign)) {
        return true;
      }
    }
    return false;
  }

  /// The GPU of GB10.
  static boolean isPartOfAChip(int device) {
    return device == 0x2e12;
  }

  /// Whether a product name belongs to a generation before Maxwell, for drivers that tell neither
  /// capability nor device number.
  public static boolean isBeforeMaxwell(String name) {
    if (name.contains("Tesla K") || name.contains("GRID K") || name.contains("Tesla M20")) {
      return true;
    }
    List<String> words = Text.words(name);
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.get(i).equals("GTX") || words.get(i).equals("GT")) {
        long number = Text.whole(words.get(i + 1)).orElse(1000);
        return number < 745 || number == 760 || number == 770 || number == 780;
      }
    }
    return false;
  }
}
