package dev.r1pick.text;

import java.util.Locale;
import java.util.Optional;

/// Languages as people name them.
public final class Languages {
  private Languages() {}

  /// The two-letter code: of `zh`, `zh-CN`, `zho` or `Chinese` it is `zh`; empty where the text is
  /// none of a language (ISO 639).
  public static Optional<String> code(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < word.length() && word.charAt(end) != '-' && word.charAt(end) != '_') {
      end++;
    }
    String first = word.substring(0, end);
    for (String code : Locale.getISOLanguages()) {
      boolean named =
          first.length() > 2
              && (first.equals(Locale.of(code).getISO3Language())
                  || word.equals(
                      Locale.of(code).getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT)));
      if (first.equals(code) || named) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
