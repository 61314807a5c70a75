package dev.r1pick.report.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/// Every sentence for people, by key and language.
///
/// A key begins with its area: `cli.error.unknown-option` stands in `messages/cli.properties`, in
/// another language in `messages/cli_zh.properties`, and an area is read when its first sentence is
/// needed, by whatever thread needs it. Where a language lacks a sentence the English one stands
/// in.
public final class Messages {
  private static final String FOLDER = "/dev/r1pick/messages/";

  private final Locale locale;
  private final Map<String, Map<String, String>> areas = new ConcurrentHashMap<>();

  private Messages(Locale locale) {
    this.locale = locale;
  }

  /// Sentences in that language, English where it lacks one.
  public static Messages in(Locale locale) {
    return new Messages(locale);
  }

  /// The two-letter code of the language.
  public String language() {
    return locale.getLanguage();
  }

  /// The sentence of a key with its figures and names in place of `{0}`, `{1}`, ….
  ///
  /// @throws IllegalStateException if there is no such sentence: a bug, found by a test
  public String text(String key, Object... arguments) {
    return find(key, arguments)
        .orElseThrow(() -> new IllegalStateException("no message for " + key));
  }

  /// The same, or nothing where there is no such sentence.
  public Optional<String> find(String key, Object... arguments) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String pattern = areas.computeIfAbsent(key.substring(0, dot), this::read).get(key);
    return pattern == null ? Optional.empty() : Optional.of(fill(pattern, arguments));
  }

  /// A sentence about something wrong in its two parts.
  ///
  /// What to do stands after the first semicolon or full stop of the sentence. That is looked for
  /// before figures and names come in, so none of theirs can be taken for it.
  public Parts parts(String key, Object... arguments) {
    String pattern = text(key);
    int end = end(pattern);
    return new Parts(
        fill(pattern, arguments),
        end < 0 ? fill(pattern, arguments) : fill(pattern.substring(0, end), arguments) + ".",
        end < 0
            ? Optional.empty()
            : Optional.of(fill(capitalised(pattern.substring(end + 2)), arguments)));
  }

  private static int end(String pattern) {
    for (int i = 0; i < pattern.length() - 1; i++) {
      char c = pattern.charAt(i);
      if ((c == ';' || c == '.') && pattern.charAt(i + 1) == ' ') {
        return i;
      }
    }
    return -1;
  }

  private static String capitalised(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /// What is wrong, and what to do about it.
  ///
  /// @param sentence both
  /// @param message what is wrong
  /// @param hint what to do; empty where the message says all there is
  public record Parts(String sentence, String message, Optional<String> hint) {}

  private static String fill(String pattern, Object... arguments) {
    var text = new StringBuilder(pattern.length() + 32);
    int from = 0;
    for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', from)) {
      int close = pattern.indexOf('}', open);
      int index = close < 0 ? -1 : indexOf(pattern, open + 1, close);
      text.append(pattern, from, open);
      if (index >= 0 && index < arguments.length) {
        text.append(arguments[index]);
        from = close + 1;
      } else {
        text.append('{');
        from = open + 1;
      }
    }
    return text.append(pattern, from, pattern.length()).toString();
  }

  private static int indexOf(String pattern, int from, int to) {
    return to == from + 1 && pattern.charAt(from) >= '0' && pattern.charAt(from) <= '9'
        ? pattern.charAt(from) - '0'
        : -1;
  }

  private Map<String, String> read(String area) {
    Optional<Map<String, Map<String, String>>> prepared = PreparedData.english();
    Map<String, String> english =
        prepared.isPresent()
            ? prepared.get().getOrDefault(area, Map.of())
            : file(area + ".properties");
    if (locale.getLanguage().isEmpty() || locale.getLanguage().equals("en")) {
      return english;
    }
    var localised = new HashMap<>(english);
    localised.putAll(file(area + "_" + locale.getLanguage() + ".properties"));
    return localised;
  }

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
