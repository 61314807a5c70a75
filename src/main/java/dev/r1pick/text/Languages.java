package dev.r1pick.text;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Languages as people name them.
public final class Languages {
  /// How Chinese readers write them.
  private static final Map<String, String> HAN =
      Map.ofEntries(
          Map.entry("中文", "zh"),
          Map.entry("汉语", "zh"),
          Map.entry("汉文", "zh"),
          Map.entry("华语", "zh"),
          Map.entry("国语", "zh"),
          Map.entry("普通话", "zh"),
          Map.entry("简体中文", "zh"),
          Map.entry("繁体中文", "zh"),
          Map.entry("简体", "zh"),
          Map.entry("英文", "en"),
          Map.entry("英语", "en"),
          Map.entry("日文", "ja"),
          Map.entry("日语", "ja"),
          Map.entry("韩文", "ko"),
          Map.entry("韩语", "ko"),
          Map.entry("法语", "fr"),
          Map.entry("法文", "fr"),
          Map.entry("德语", "de"),
          Map.entry("德文", "de"),
          Map.entry("俄语", "ru"),
          Map.entry("俄文", "ru"),
          Map.entry("西班牙语", "es"));

  private Languages() {}

  /// The two-letter code: of `zh`, `zh-CN`, `zho`, `Chinese` or `中文` it is `zh`; empty where the
  /// text is none of a language (ISO 639).
  public static Optional<String> code(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < word.length() && word.charAt(end) != '-' && word.charAt(end) != '_') {
      end++;
    }
    String han = HAN.get(word);
    if (han != null) {
      return Optional.of(han);
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
