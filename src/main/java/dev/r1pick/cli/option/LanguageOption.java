package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliFailure;
import java.util.Locale;
import java.util.Optional;

/// `--language`: the language of the prompts, as its two-letter code.
public final class LanguageOption {
  private static final String DEFAULT = "en";

  private LanguageOption() {}

  /// The code: of `zh`, `zh-CN`, `zho` or `Chinese` it is `zh`.
  ///
  /// @throws CliFailure if that is no language
  public static String read(Arguments arguments) {
    Optional<String> text = arguments.text("--language");
    return text.map(
            t ->
                code(t)
                    .orElseThrow(
                        () ->
                            CliFailure.usage(
                                "cli.error.language", t, arguments.origin("--language"))))
        .orElse(DEFAULT);
  }

  private static Optional<String> code(String text) {
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
