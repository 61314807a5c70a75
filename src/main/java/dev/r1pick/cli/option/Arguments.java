package dev.r1pick.cli.option;

import dev.r1pick.cli.config.Defaults;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.ParseResult;

/// The options of one run as values; what cannot be read as one is refused with a sentence that
/// names the option, the text and the form it should have.
public final class Arguments {
  private static final int MOST_PARALLEL = 1024;

  /// No R1 holds more (config.json of DeepSeek-R1, max_position_embeddings).
  private static final ContextLength LONGEST_CONTEXT = ContextLength.of(163_840);

  private final ParseResult parsed;

  private final Defaults defaults;

  /// The options of a run.
  ///
  /// @param parsed what was typed
  /// @param defaults what stands in for options that were not
  public Arguments(ParseResult parsed, Defaults defaults) {
    this.parsed = parsed;
    this.defaults = defaults;
  }

  public boolean flag(String option) {
    return parsed.hasMatchedOption(option);
  }

  /// Whether the option was typed.
  public boolean given(String option) {
    return parsed.hasMatchedOption(option);
  }

  /// Whether an option that has several names was typed by this one.
  boolean typedAs(String name) {
    for (String word : parsed.originalArgs()) {
      if (word.equals(name) || word.startsWith(name + "=")) {
        return true;
      }
    }
    return false;
  }

  /// The value that was typed, else the default that the user has set.
  public Optional<String> text(String option) {
    if (given(option)) {
      return Optional.ofNullable(parsed.<String>matchedOptionValue(option, null));
    }
    Optional<Defaults.Default> found = defaults.find(option);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get().value());
  }

  /// Where the value of an option stands, for an error about it: the option itself, a variable, or
  /// a line of the configuration file.
  public String name(String option) {
    return given(option)
        ? option
        : defaults.find(option).map(found -> found.origin().label()).orElse(option);
  }

  /// What stands in for options that were not typed.
  public Defaults defaults() {
    return defaults;
  }

  /// Every value of an option that may be repeated; a default is one.
  public List<String> all(String option) {
    if (given(option)) {
      return parsed.<List<String>>matchedOptionValue(option, List.of());
    }
    Optional<Defaults.Default> found = defaults.find(option);
    return found.isEmpty() ? List.of() : List.of(found.get().value());
  }

  /// The words after the options.
  public List<String> words() {
    return parsed.<List<String>>matchedPositionalValue(0, List.of());
  }

  /// A quantity or a word of an option, with the full-width letters, digits and signs of a Chinese
  /// or Japanese keyboard as plain ones.
  private Optional<String> plain(String option) {
    return text(option).map(Text::narrow);
  }

  /// A memory size.
  public Optional<Bytes> memory(String option) {
    return plain(option)
        .map(
            text ->
                Bytes.parseMemory(text)
                    .orElseThrow(
                        () ->
                            new CliFailure(
                                Bytes.meantAsMemory(text)
                                    .<CliError>map(
                                        meant -> new CliError.NoUnit(name(option), text, meant))
                                    .orElseGet(() -> new CliError.Memory(name(option), text)))));
  }

  /// A download size.
  public Optional<Bytes> download(String option) {
    return plain(option)
        .map(
            text ->
                Bytes.parseDownload(text)
                    .orElseThrow(
                        () ->
                            new CliFailure(
                                Bytes.meantAsDownload(text)
                                    .<CliError>map(
                                        meant -> new CliError.NoUnit(name(option), text, meant))
                                    .orElseGet(() -> new CliError.Download(name(option), text)))));
  }

  /// A context length; `auto` is none.
  public Optional<ContextLength> context(String option) {
    return plain(option)
        .filter(text -> !text.equalsIgnoreCase("auto"))
        .map(
            text ->
                useful(
                    option,
                    text,
                    ContextLength.parse(text)
                        .orElseThrow(
                            () -> new CliFailure(new CliError.Context(name(option), text)))));
  }

  private ContextLength useful(String option, String text, ContextLength context) {
    if (context.isUseful()) {
      return context;
    }
    Optional<ContextLength> meant = context.meantInK(LONGEST_CONTEXT);
    throw meant.isPresent()
        ? new CliFailure(
            new CliError.ContextTooSmallNear(name(option), text, meant.get().shortText()))
        : new CliFailure(new CliError.ContextTooSmall(name(option), text));
  }

  /// `--at-tokens`: how full the context is, 0 or more, and no more than a context that is given.
  public OptionalInt atTokens() {
    String option = "--at-tokens";
    Optional<String> text = plain(option);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    int tokens =
        text.get().strip().equals("0")
            ? 0
            : ContextLength.parse(text.get())
                .orElseThrow(() -> new CliFailure(new CliError.AtTokens(option, text.get())))
                .tokens();
    Optional<ContextLength> context = context("--context");
    if (context.isPresent() && tokens > context.get().tokens()) {
      throw new CliFailure(new CliError.AtTokensBeyond(option, text.get(), context.get()));
    }
    return OptionalInt.of(tokens);
  }

  public Optional<KvCacheType> kvCacheType(String option) {
    return oneOf(
        option,
        Map.of("f16", KvCacheType.F16, "q8_0", KvCacheType.Q8_0, "q4_0", KvCacheType.Q4_0),
        Option.KV_CACHE_TYPE.words());
  }

  /// Whether a command that answers as text or JSON shall answer as JSON.
  public boolean json() {
    return oneOf("--format", Map.of("text", false, "json", true), List.of("text", "json"))
        .orElse(false);
  }

  /// Sequences served at once.
  public Optional<Integer> parallel() {
    return whole("--parallel", 1, MOST_PARALLEL);
  }

  /// A whole number in a range, both ends included.
  public Optional<Integer> whole(String option, int least, int most) {
    return plain(option)
        .map(
            text -> {
              try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                  return number;
                }
              } catch (NumberFormatException _) {
                // refused below, like a number out of range
              }
              throw new CliFailure(new CliError.Whole(name(option), text, least, most));
            });
  }

  /// A time above zero: `90s`, `5min`, `1h`; a bare number is seconds.
  public Optional<Duration> duration(String option) {
    return plain(option)
        .map(
            text ->
                Durations.parse(text)
                    .orElseThrow(() -> new CliFailure(new CliError.Duration(name(option), text))));
  }

  /// A number above zero.
  public OptionalDouble positive(String option) {
    Optional<String> text = plain(option);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(text.get());
      if (number > 0 && Double.isFinite(number)) {
        return OptionalDouble.of(number);
      }
    } catch (NumberFormatException _) {
      // refused below, like a number that is not positive
    }
    throw new CliFailure(new CliError.Positive(name(option), text.get()));
  }

  /// A whole number above 0 with or without its unit, such as `300W` or `$1,500`.
  ///
  /// @param unit in lower case, before or behind the number
  public OptionalInt figure(String option, String unit, int most) {
    Optional<String> text = plain(option);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    String digits =
        text.get()
            .strip()
            .toLowerCase(Locale.ROOT)
            .replace(",", "")
            .replace(unit, "")
            .replace(unit.equals("$") ? "美元" : "瓦", "")
            .strip();
    try {
      int number = Integer.parseInt(digits);
      if (number >= 1 && number <= most) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException _) {
      // refused below, like a number out of range
    }
    String example = unit.equals("$") ? "1500" : "300";
    throw new CliFailure(new CliError.Figure(name(option), text.get(), example));
  }

  /// One of the words of an option, in any case, as the value it stands for.
  public <T> Optional<T> oneOf(Option option, Map<String, T> words) {
    return oneOf(option.name(), words, option.words());
  }

  /// One of the words, in any case, as the value it stands for.
  ///
  /// @param order the words in the order in which an error names them
  public <T> Optional<T> oneOf(String option, Map<String, T> words, List<String> order) {
    return plain(option)
        .map(
            text -> {
              T value = words.get(text.toLowerCase(Locale.ROOT));
              if (value == null) {
                throw new CliFailure(new CliError.Word(name(option), text, order));
              }
              return value;
            });
  }
}
