package dev.r1pick.ollama;

import java.util.Optional;

/// A version of Ollama, as far as memory rules go by it: `0.32.15`, `v0.6.6`, `0.33.0-rc2`.
///
/// @param major first number
/// @param minor second number
/// @param patch third number
public record OllamaVersion(int major, int minor, int patch) implements Comparable<OllamaVersion> {

  /// Reads a version; what follows the third number does not matter.
  ///
  /// @return empty if it is none, and for `0.0.0`, which a build from source says of itself
  public static Optional<OllamaVersion> parse(String text) {
    String rest = text.strip();
    if (rest.startsWith("v")) {
      rest = rest.substring(1);
    }
    int[] numbers = new int[3];
    int at = 0;
    for (int part = 0; part < numbers.length; part++) {
      int start = at;
      while (at < rest.length() && isDigit(rest.charAt(at)) && at - start < 6) {
        numbers[part] = numbers[part] * 10 + (rest.charAt(at) - '0');
        at++;
      }
      if (at == start) {
        return Optional.empty();
      }
      if (at < rest.length() && rest.charAt(at) == '.') {
        at++;
      } else if (part < numbers.length - 1) {
        return Optional.empty();
      }
    }
    boolean fromSource = numbers[0] == 0 && numbers[1] == 0 && numbers[2] == 0;
    return fromSource
        ? Optional.empty()
        : Optional.of(new OllamaVersion(numbers[0], numbers[1], numbers[2]));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Whether this is that version or a later one.
  public boolean atLeast(int otherMajor, int otherMinor, int otherPatch) {
    return compareTo(new OllamaVersion(otherMajor, otherMinor, otherPatch)) >= 0;
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
