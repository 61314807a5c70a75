package dev.r1pick.hardware.record;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Numbers from 1 up in place of those that tell one thing from all others in the world: UUIDs,
/// names of containers, numbers of chips. The same thing has the same stand-in everywhere.
final class StandIns {
  private static final int UUID_LENGTH = 36;

  /// The beginning of what takes the place of a UUID.
  static final String UUID_START = "00000000-0000-0000-0000-";

  /// Digits of an AMD chip's number in the names that ROCm gives to GPUs.
  private static final int CHIP_DIGITS = 16;

  /// No chip has so small a number, so it is a stand-in already.
  private static final long MOST_STAND_INS = 1 << 16;

  /// Hexadecimal digits from which on a run is a name and not a figure.
  private static final int SHORTEST_NAME = 32;

  private final Map<String, String> uuids = new LinkedHashMap<>();
  private final Map<String, String> containers = new LinkedHashMap<>();
  private final Map<Long, Long> chips = new LinkedHashMap<>();

  /// A text with stand-ins for everything of the kind in it.
  String in(String text) {
    var cleaned = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int run = hexRun(text, i);
      if (isUuid(text, i)) {
        cleaned.append(uuid(text.substring(i, i + UUID_LENGTH)));
        i += UUID_LENGTH;
      } else if (run == CHIP_DIGITS && text.startsWith("GPU-", i - 4)) {
        cleaned.append(
            HexFormat.of().toHexDigits(chip(HexFormat.fromHexDigitsToLong(text, i, i + run))));
        i += run;
      } else if (run >= SHORTEST_NAME) {
        cleaned.append(container(text.substring(i, i + run)));
        i += run;
      } else {
        cleaned.append(text.charAt(i++));
      }
    }
    return cleaned.toString();
  }

  /// The whole name of a GPU for the beginning of one, as variables may give it, if such a UUID was
  /// seen; a beginning of none becomes `unknown`.
  String completed(String entry) {
    int dash = entry.indexOf('-');
    String start = entry.substring(dash + 1).toLowerCase(Locale.ROOT);
    if (start.length() == UUID_LENGTH
        || (start.length() == CHIP_DIGITS && hexRun(start, 0) == CHIP_DIGITS)) {
      return in(entry);
    }
    for (String known : uuids.keySet()) {
      if (dash > 0 && !start.isEmpty() && known.startsWith(start)) {
        return entry.substring(0, dash + 1) + uuid(known);
      }
    }
    return entry.substring(0, dash + 1) + "unknown";
  }

  /// The number of a chip, which is also in the name that ROCm gives to its GPU.
  long chip(long number) {
    return number >= 0 && number <= MOST_STAND_INS
        ? number
        : chips.computeIfAbsent(number, _ -> chips.size() + 1L);
  }

  /// Hexadecimal digits from a place on; none inside of a run.
  private static int hexRun(String text, int start) {
    if (start > 0 && isHex(text.charAt(start - 1))) {
      return 0;
    }
    int end = start;
    while (end < text.length() && isHex(text.charAt(end))) {
      end++;
    }
    return end - start;
  }

  /// A UUID is 8, 4, 4, 4 and 12 hexadecimal digits; in the names of control groups `_` stands
  /// between them, and `pod` before them without a sign between.
  private static boolean isUuid(String text, int start) {
    if (start + UUID_LENGTH > text.length()) {
      return false;
    }
    char between = text.charAt(start + 8);
    if (between != '-' && between != '_') {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      boolean sign = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text.charAt(start + i);
      if (sign ? c != between : !isHex(c)) {
        return false;
      }
    }
    return true;
  }

  private String uuid(String uuid) {
    char between = uuid.charAt(8);
    String plain = uuid.toLowerCase(Locale.ROOT).replace('_', '-');
    String standIn =
        plain.startsWith(UUID_START)
            ? plain
            : uuids.computeIfAbsent(plain, _ -> UUID_START + padded(uuids.size() + 1));
    return standIn.replace('-', between);
  }

  private static String padded(int number) {
    String text = Integer.toString(number);
    return "0".repeat(Math.max(0, 12 - text.length())) + text;
  }

  private String container(String name) {
    return containers.computeIfAbsent(name, _ -> "id" + (containers.size() + 1));
  }

  private static boolean isHex(char c) {
    return HexFormat.isHexDigit(c);
  }
}
