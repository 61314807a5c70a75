package dev.r1pick.report.words;

import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.text.Escaping;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.ContextLength;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Every sentence for people, by key and language.
///
/// A key begins with its area: `cli.error.unknown-option` stands in `messages/en/cli.properties`
/// and in `messages/zh/cli.properties`. An area is read when its first sentence is needed, by
/// whatever thread needs it. Where a language lacks a sentence the English one stands in.
///
/// Arguments may come from outside, so each stays on its line, without control characters. They are
/// typed: a [Duration], a [ContextLength], a [Locale] (the name of its language), a kind of value,
/// a [UseCaseProfile] and a [List] are worded by the rules of the language, which stand in the area
/// `format`.
public final class Messages {
  /// The languages that r1pick speaks: the folders of sentences.
  public static final List<String> LANGUAGES = List.of("en", "zh");

  private static final String FOLDER = "/dev/r1pick/messages/";
  private static final String WIDE_MARKS = "，。、；：？！（）《》“”";
  private static final double SECONDS = 90;
  private static final double MINUTES = 90;
  private static final double HOURS = 36;

  private final Locale locale;
  private final Map<String, Map<String, String>> areas = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> english = new ConcurrentHashMap<>();

  private Messages(Locale locale) {
    this.locale = locale;
  }

  /// Sentences in that language, English where it lacks one.
  public static Messages in(Locale locale) {
    return new Messages(locale);
  }

  /// The language.
  public Locale locale() {
    return locale;
  }

  /// The sentence of a key with its figures and names in place of `{0}`, `{1}`, ….
  ///
  /// @throws IllegalStateException if there is no such sentence: a bug, found by a test
  public String text(String key, Object... arguments) {
    return fill(pattern(key), arguments);
  }

  /// The same, or nothing where there is no such sentence.
  public Optional<String> find(String key, Object... arguments) {
    return Optional.ofNullable(lookup(key)).map(pattern -> fill(pattern, arguments));
  }

  /// A sentence that counts: `key.one` of one thing where the language has that form, else
  /// `key.other`. The number is `{0}`, the other arguments follow.
  public String counted(String key, long number, Object... others) {
    var arguments = new Object[others.length + 1];
    arguments[0] = number;
    System.arraycopy(others, 0, arguments, 1, others.length);
    return text(key + (number == 1 && isOwn(key + ".one") ? ".one" : ".other"), arguments);
  }

  private String pattern(String key) {
    String pattern = lookup(key);
    if (pattern == null) {
      throw new IllegalStateException("no message for " + key);
    }
    return pattern;
  }

  private @Nullable String lookup(String key) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      return null;
    }
    String area = key.substring(0, dot);
    String own = own(area).get(key);
    return own != null || isEnglish()
        ? own
        : english.computeIfAbsent(area, a -> read("en", a)).get(key);
  }

  private Map<String, String> own(String area) {
    return areas.computeIfAbsent(area, a -> read(locale.getLanguage(), a));
  }

  /// A form that the language does not have is not taken from English.
  private boolean isOwn(String key) {
    return own(key.substring(0, key.indexOf('.'))).containsKey(key);
  }

  private boolean isEnglish() {
    return locale.getLanguage().equals("en");
  }

  /// A sentence about something wrong in its two parts.
  ///
  /// What to do stands after the first semicolon or full stop of the sentence. That is looked for
  /// before figures and names come in, so none of theirs can be taken for it.
  public Parts parts(String key, Object... arguments) {
    String pattern = pattern(key);
    int end = end(pattern);
    if (end < 0) {
      return new Parts(fill(pattern, arguments), fill(pattern, arguments), Optional.empty());
    }
    String hint = pattern.substring(end + 1).strip();
    return new Parts(
        fill(pattern, arguments),
        fill(pattern.substring(0, end), arguments) + text("format.stop"),
        Optional.of(fill(capitalized(hint), arguments)));
  }

  private static int end(String pattern) {
    for (int i = 0; i < pattern.length() - 1; i++) {
      char c = pattern.charAt(i);
      if (c == '；' || c == '。' || ((c == ';' || c == '.') && pattern.charAt(i + 1) == ' ')) {
        return i;
      }
    }
    return -1;
  }

  private static String capitalized(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /// What is wrong, and what to do about it.
  ///
  /// @param sentence both
  /// @param message what is wrong
  /// @param hint what to do; empty where the message says all there is
  public record Parts(String sentence, String message, Optional<String> hint) {}

  /// `1, 2, 3` as the language joins a list.
  public String list(List<?> items) {
    return joined("format.list", items);
  }

  /// Sentences or clauses, one after the other.
  public String clauses(List<?> clauses) {
    return joined("format.clauses", clauses);
  }

  /// Whole sentences, one after the other.
  public String sentences(List<String> sentences) {
    return joined("format.sentences", sentences);
  }

  private String joined(String key, List<?> items) {
    String joiner = items.size() < 2 ? "" : pattern(key);
    var text = new StringBuilder();
    for (Object item : items) {
      text.append(text.isEmpty() ? "" : joiner).append(word(item));
    }
    return text.toString();
  }

  /// `33–42`, or one figure where both are the same.
  public String range(String low, String high) {
    return low.equals(high) ? low : text("format.range", low, high);
  }

  /// `40 s`, `2 min`, `1.5 h`: a time as a person says it.
  public String duration(Duration time) {
    double seconds = time.toMillis() / 1000.0;
    if (seconds < SECONDS) {
      return text("format.seconds", Math.max(1, Math.round(seconds)));
    }
    double minutes = seconds / 60;
    if (minutes < MINUTES) {
      return text("format.minutes", Math.round(minutes));
    }
    double hours = minutes / 60;
    return hours < HOURS
        ? text("format.hours", Amounts.about(hours))
        : text("format.days", Math.round(hours / 24));
  }

  private String language(Locale language) {
    return find("format.language." + language.getLanguage())
        .orElseGet(() -> language.getDisplayLanguage(Locale.ENGLISH));
  }

  /// What `--use-case` takes, with what it is called where that is another word.
  private String useCase(UseCaseProfile useCase) {
    String called = useCase.title().orElseGet(() -> text("use-cases." + useCase.id()));
    return text("format.use-case", useCase.id(), called);
  }

  private String word(Object argument) {
    return switch (argument) {
      case String text -> Escaping.line(text);
      case Duration time -> duration(time);
      case ContextLength context -> context.shortText();
      case List<?> many -> list(many);
      case Locale language -> language(language);
      case UseCaseProfile useCase -> useCase(useCase);
      case InvalidJson.Kind kind -> text("format.kind." + Kebab.of(kind));
      default -> Escaping.line(String.valueOf(argument));
    };
  }

  private String fill(String pattern, Object... arguments) {
    var text = new StringBuilder(pattern.length() + 32);
    int from = 0;
    for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', from)) {
      int close = pattern.indexOf('}', open);
      int index = close < 0 ? -1 : indexOf(pattern, open + 1, close);
      text.append(pattern, from, open);
      if (index >= 0 && index < arguments.length) {
        String word = word(arguments[index]);
        from = close + 1;
        if (!word.isEmpty()) {
          dropBlank(text, word.charAt(0));
          text.append(word);
          from += isBlankTooMany(word.charAt(word.length() - 1), pattern, from) ? 1 : 0;
        }
      } else {
        text.append('{');
        from = open + 1;
      }
    }
    return text.append(pattern, from, pattern.length()).toString();
  }

  /// Chinese has a blank beside Latin words only: what comes in decides whether it stays.
  private static void dropBlank(StringBuilder text, char next) {
    int end = text.length() - 1;
    if (end > 0 && text.charAt(end) == ' ' && isClose(text.charAt(end - 1), next)) {
      text.setLength(end);
    }
  }

  private static boolean isBlankTooMany(char before, String pattern, int at) {
    return at + 1 < pattern.length()
        && pattern.charAt(at) == ' '
        && pattern.charAt(at + 1) != '{'
        && isClose(before, pattern.charAt(at + 1));
  }

  /// Of two characters around a blank: whether they belong side by side.
  private static boolean isClose(char before, char next) {
    boolean marks = WIDE_MARKS.indexOf(before) >= 0 || WIDE_MARKS.indexOf(next) >= 0;
    return marks || (Character.isIdeographic(before) && Character.isIdeographic(next));
  }

  private static int indexOf(String pattern, int from, int to) {
    return to == from + 1 && pattern.charAt(from) >= '0' && pattern.charAt(from) <= '9'
        ? pattern.charAt(from) - '0'
        : -1;
  }

  private static Map<String, String> read(String language, String area) {
    return prepared(language)
        .map(prepared -> prepared.getOrDefault(area, NOTHING).sentences())
        .orElseGet(() -> file(language + "/" + area + ".properties"));
  }

  private static Optional<Map<String, Area>> prepared(String language) {
    return switch (language) {
      case "en" -> PreparedData.en();
      case "zh" -> PreparedData.zh();
      default -> Optional.empty();
    };
  }

  private static final Area NOTHING = new Area("", Map.of());

  /// The sentences of an area in one language.
  record Area(String name, Map<String, String> sentences) {}

  private static Map<String, String> file(String file) {
    var lines = new Properties();
    try (InputStream stream = Messages.class.getResourceAsStream(FOLDER + file)) {
      if (stream != null) {
        lines.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var messages = new HashMap<String, String>();
    lines.forEach((key, text) -> messages.put((String) key, (String) text));
    return messages;
  }
}
