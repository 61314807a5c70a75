package dev.r1pick.ollama.log;

import java.util.List;

/// A kind of line that means something. Line numbers behind `source=` move with every version, so a
/// kind is known by words that stand in it one behind the other.
///
/// @param id in kebab-case
/// @param area what it is about
/// @param words at least one; all stand in the line, in this order
public record LogSign(String id, Area area, List<String> words) {
  public LogSign {
    words = List.copyOf(words);
  }

  /// What a line is about.
  public enum Area {
    SERVICE,
    GPU,
    MEMORY,
    CONTEXT,
    LOAD,
    CRASH,
    PULL,
    ACCESS,
    SPEED
  }

  /// Whether a line is of this kind.
  public boolean isIn(String line) {
    int from = 0;
    for (String word : words) {
      int found = line.indexOf(word, from);
      if (found < 0) {
        return false;
      }
      from = found + word.length();
    }
    return true;
  }
}
