package dev.r1pick.cli.option;

import dev.r1pick.cli.config.Defaults;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.host.LocalHost;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.Messages;
import dev.r1pick.text.Languages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How the screen speaks and looks: `--lang` and `--color`, else the user's defaults, else what the
/// system says. They are read before the rest of the command line, since an error in it needs them.
///
/// @param screen the sentences for people
/// @param documents the sentences of formats for programs: English unless `--lang` was typed, so
///   that they do not change with the locale
/// @param style how standard output looks
/// @param read the user's defaults; empty where they cannot be understood, which is refused later
public record ScreenOptions(
    Messages screen, Messages documents, Style style, Optional<Defaults> read) {
  private static final String LANG = "--lang";
  private static final String COLOR = "--color";

  /// Reads them; what cannot be read counts as not given until [#check].
  ///
  /// @param args as typed
  /// @param system the language that the system says
  /// @param style what the terminal and the environment say
  public static ScreenOptions of(List<String> args, LocalHost host, Locale system, Style style) {
    Optional<Defaults> defaults = defaults(host);
    Optional<Locale> typed = typed(args, LANG).flatMap(ScreenOptions::spoken);
    Locale screen =
        typed.or(() -> standing(defaults, LANG).flatMap(ScreenOptions::spoken)).orElse(system);
    Style shown = screen.getLanguage().equals("zh") ? style.forChinese() : style;
    String color = typed(args, COLOR).or(() -> standing(defaults, COLOR)).orElse("auto");
    return new ScreenOptions(
        Messages.in(screen),
        Messages.in(typed.orElse(Locale.ENGLISH)),
        switch (color) {
          case "always" -> shown.withColor(true);
          case "never" -> shown.withColor(false);
          default -> shown;
        },
        defaults);
  }

  /// Refuses what was skipped when they were read.
  ///
  /// @throws CliFailure if a language is not spoken or a word for the color not known
  public static void check(Arguments arguments) {
    Optional<String> language = arguments.text(LANG);
    if (language.isPresent() && spoken(language.get()).isEmpty()) {
      throw new CliFailure(
          new CliError.Word(arguments.name(LANG), language.get(), Messages.LANGUAGES));
    }
    arguments.oneOf(Option.COLOR, Map.of("auto", 0, "always", 1, "never", 2));
  }

  /// The locale of a language that r1pick speaks.
  public static Optional<Locale> spoken(String text) {
    Optional<String> code = Languages.code(text);
    return code.isPresent() && Messages.LANGUAGES.contains(code.get())
        ? Optional.of(Locale.of(code.get()))
        : Optional.empty();
  }

  private static Optional<String> typed(List<String> args, String option) {
    for (int i = 0; i < args.size() && !args.get(i).equals("--"); i++) {
      String word = args.get(i);
      if (word.startsWith(option + "=")) {
        return Optional.of(word.substring(option.length() + 1));
      }
      if (word.equals(option) && i + 1 < args.size()) {
        return Optional.of(args.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> standing(Optional<Defaults> defaults, String option) {
    return defaults.flatMap(all -> all.find(option)).map(Defaults.Default::value);
  }

  private static Optional<Defaults> defaults(LocalHost host) {
    try {
      return Optional.of(Defaults.of(host));
    } catch (RuntimeException | LinkageError _) {
      return Optional.empty();
    }
  }
}
