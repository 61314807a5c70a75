package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.text.Languages;
import java.util.List;
import java.util.Optional;

/// `--prompt-language`: the language of the prompts, as its two-letter code. Its old name
/// `--language` still works.
public final class PromptLanguage {
  private static final String NAME = "--prompt-language";
  private static final String OLD = "--language";

  /// The option.
  public static final Option OPTION =
      new Option(
          List.of(NAME, OLD),
          "CODE",
          false,
          Option.Group.QUESTION,
          List.of("en", "zh", "ja"),
          Optional.empty());

  private PromptLanguage() {}

  /// The code: of `zh`, `zh-CN`, `zho` or `Chinese` it is `zh`.
  ///
  /// @param screen whether a person reads the answer, who then writes in the language that is read;
  ///   a program gets the same answer in every locale
  /// @throws CliFailure if that is no language
  public static String read(Session session, boolean screen) {
    Arguments arguments = session.arguments();
    if (arguments.typedAs(OLD)) {
      session.remark("cli.language-renamed", OLD, NAME);
    }
    var reader = screen ? session.messages() : session.documents();
    return set(arguments).orElseGet(() -> reader.locale().getLanguage());
  }

  /// What is set.
  ///
  /// @throws CliFailure if that is no language
  public static Optional<String> set(Arguments arguments) {
    return arguments
        .text(NAME)
        .map(
            text ->
                Languages.code(text)
                    .orElseThrow(
                        () -> new CliFailure(new CliError.Language(arguments.name(NAME), text))));
  }
}
