package dev.r1pick.ollama;

import java.util.Optional;

/// A version of Ollama: `0.32.15`, `v0.6.6`, `0.33.0-rc2`, and `0.6`, which is 0.6.0.
///
/// @param major first number
/// @param minor second number
/// @param patch third number
public record OllamaVersion(int major, int minor, int patch) implements Comparable<OllamaVersion> {
  private static final int PARTS = 3;
  private static final int MOST_DIGITS = 6;

  /// Reads a version. Numbers left out at the end are 0, and what follows the numbers behind a sign
  /// or as letters does not matter.
  ///
  /// @return empty if it is none, and for `0.0.0`, which a build from source says of itself; the
  ///   newest rules hold for both
  public static Optional<OllamaVersion> parse(String text) {
    String rest = text.strip();
    if (rest.startsWith("v")) {
      rest = rest.substring(1);
    }
    int[] numbers = new int[PARTS];
    int at = 0;
    for (int part = 0; part < PARTS; part++) {
      int start = at;
      while (at < rest.length() && isDigit(rest.charAt(at)) && at - start < MOST_DIGITS) {
        numbers[part] = numbers[part] * 10 + (rest.charAt(at) - '0');
        at++;
      }
      if (at == start) {
        return Optional.empty();
      }
      if (part == PARTS - 1 || at == rest.length() || rest.charAt(at) != '.') {
        break;
      }
      at++;
    }
    boolean ends = at == rest.length() || isSuffix(rest.charAt(at));
    boolean fromSource = numbers[0] == 0 && numbers[1] == 0 && numbers[2] == 0;
    return ends && !fromSource
        ? Optional.of(new OllamaVersion(numbers[0], numbers[1], numbers[2]))
        : Optional.empty();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Where the numbers end: `-rc2`, `+build`, `rc1`, a blank; a fourth number is no suffix.
  private static boolean isSuffix(char c) {
    return c == '-' || c == '+' || Character.isLetter(c) || Character.isWhitespace(c);
  }

  /// Whether that is 0.`minor`.`patch` or later; an unknown version is taken to be the newest.
  static boolean isAtLeast(Optional<OllamaVersion> version, int minor, int patch) {
    return version.isEmpty() || version.get().compareTo(new OllamaVersion(0, minor, patch)) >= 0;
  }

  @Override
  public int compareTo(OllamaVersion other) {
    int byMajor = Integer.compare(major, other.major);
    int byMinor = byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
    return byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
  }

  /// `0.32.15`.
  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
