package dev.r1pick.policy;

import dev.r1pick.json.Place;
import dev.r1pick.text.Text;
import java.util.List;

/// The colon of a Chinese keyboard behind a key: YAML takes `require：` for text, and what it then
/// stumbles over stands elsewhere.
final class FullWidthColon {
  private FullWidthColon() {}

  /// What is wrong in a policy: a full-width colon, if one stands behind a key, else what was
  /// found.
  static InvalidPolicy instead(InvalidPolicy found, String text) {
    List<String> lines = Text.lines(text);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int start = 0;
      while (start < line.length() && " -{".indexOf(line.charAt(start)) >= 0) {
        start++;
      }
      int end = start;
      while (end < line.length() && isOfKey(line.charAt(end))) {
        end++;
      }
      if (end > start && end < line.length() && line.charAt(end) == '：') {
        return new InvalidPolicy(
            found.file(),
            new Place(i + 1, end + 1),
            new PolicyError.FullWidthColon(line.substring(start, end)));
      }
    }
    return found;
  }

  private static boolean isOfKey(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
