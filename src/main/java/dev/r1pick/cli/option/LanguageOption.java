package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.text.Languages;
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
                Languages.code(t)
                    .orElseThrow(
                        () ->
                            CliFailure.usage(
                                "cli.error.language", t, arguments.origin("--language"))))
        .orElse(DEFAULT);
  }
}
