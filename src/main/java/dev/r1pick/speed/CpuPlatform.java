package dev.r1pick.speed;

import dev.r1pick.units.Bandwidth;
import java.util.List;

/// A family of processors that take the same memory: a row of `catalog/cpu-platforms.json`.
///
/// @param names patterns in lower case; one of them must be in the processor's name; `#` stands for
///   one digit, a blank or a hyphen for either, and a blank also for nothing: people write `E5
///   2680v4`
/// @param kind what they are built for
/// @param cores of the usual model, where a processor is described
/// @param instructions what all of them can do, where a processor is described
/// @param channels of 64 bits that a socket has
/// @param low for example one module, or the slowest that is sold with it
/// @param expected the fastest that the maker supports, on all channels: what the measured rows are
///   compared with
/// @param high for example with an overclocking profile
public record CpuPlatform(
    List<String> names,
    ProcessorKind kind,
    int cores,
    InstructionSet instructions,
    int channels,
    Bandwidth low,
    Bandwidth expected,
    Bandwidth high) {
  public CpuPlatform {
    names = List.copyOf(names);
  }

  /// Whether the name is of this family.
  ///
  /// @param cleaned lower case, without trademark signs, one blank between words
  boolean matches(String cleaned) {
    for (String name : names) {
      if (occurs(name, cleaned)) {
        return true;
      }
    }
    return false;
  }

  private static boolean occurs(String pattern, String text) {
    for (int start = 0; start < text.length(); start++) {
      if (occursAt(start, pattern, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean occursAt(int start, String pattern, String text) {
    int at = start;
    for (int i = 0; i < pattern.length(); i++) {
      char wanted = pattern.charAt(i);
      char found = at < text.length() ? text.charAt(at) : '\n';
      boolean same =
          switch (wanted) {
            case '#' -> found >= '0' && found <= '9';
            case ' ', '-' -> found == ' ' || found == '-';
            default -> wanted == found;
          };
      if (same) {
        at++;
      } else if (wanted != ' ') {
        return false;
      }
    }
    return true;
  }
}
