package dev.r1pick.report.html;

import dev.r1pick.catalog.read.Resources;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.report.words.Messages;
import dev.r1pick.text.Escaping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// The page around a result: one file that fetches nothing and runs no script but its own two,
/// which its Content-Security-Policy names by their hashes (CSP Level 3, "hash-source").
final class HtmlPage {
  private static final String FOLDER = "dev/r1pick/report/html/";
  private static final String DATA = "{{data}}";

  /// What the script says beside the data, by its key below `html.ui.`.
  private static final List<String> OF_SCRIPT =
      List.of(
          "language",
          "table",
          "behind",
          "keys",
          "copy",
          "copied",
          "made",
          "license",
          "machines",
          "all",
          "found",
          "more",
          "search",
          "misses");

  private final Messages shown;
  private final String version;
  private final List<String> template;

  /// A page.
  ///
  /// @param shown the language that it opens with
  /// @param title of the window until the script runs
  /// @param version of r1pick
  HtmlPage(Messages shown, String title, String version) {
    this.shown = shown;
    this.version = version;
    String style = resource("page.css");
    String charts = withoutMap(resource("chart.js/chart.umd.min.js"));
    String script = resource("fleet.js") + resource("page.js");
    String policy =
        "default-src 'none'; style-src "
            + hash(style)
            + "; script-src "
            + hash(charts)
            + " "
            + hash(script)
            + "; base-uri 'none'; form-action 'none'";
    String page =
        resource("page.html")
            .replace("{{language}}", tag(shown))
            .replace("{{policy}}", policy)
            .replace("{{version}}", Escaping.xml(version))
            .replace("{{title}}", Escaping.xml(title))
            .replace("{{noscript}}", Escaping.xml(shown.text("html.noscript")))
            .replace("{{style}}", style)
            .replace("{{charts}}", charts)
            .replace("{{script}}", script);
    int data = page.indexOf(DATA);
    this.template = List.of(page.substring(0, data), page.substring(data + DATA.length()));
  }

  private static String resource(String name) {
    return Resources.text(FOLDER + name);
  }

  /// The address of its source map would be fetched by the tools of a browser.
  private static String withoutMap(String script) {
    int map = script.lastIndexOf("//# sourceMappingURL=");
    return map < 0 ? script : script.substring(0, map);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /// The language as HTML names it.
  private static String tag(Messages messages) {
    return messages.locale().getLanguage().equals("zh") ? "zh-Hans" : "en";
  }

  /// A whole page.
  ///
  /// @param content of one language: `title`, `subject` and `sections`
  static String of(
      Messages shown, String title, String version, Function<Messages, JsonValue.Builder> content) {
    var page = new HtmlPage(shown, title, version);
    return page.begin() + page.data(content) + page.end();
  }

  /// What stands before the data.
  String begin() {
    return template.getFirst();
  }

  /// The data in every language.
  String data(Function<Messages, JsonValue.Builder> content) {
    JsonValue.Builder pages = JsonValue.object();
    for (String language : Messages.LANGUAGES) {
      boolean isShown = language.equals(shown.locale().getLanguage());
      Messages messages = isShown ? shown : Messages.in(Locale.of(language));
      JsonValue.Builder ui = JsonValue.object();
      for (String key : OF_SCRIPT) {
        ui.put(key, messages.text("html.ui." + key));
      }
      pages.put(
          language,
          content
              .apply(messages)
              .put("lang", tag(messages))
              .put("name", messages.text("html.language"))
              .put("ui", ui.build())
              .build());
    }
    String chosen =
        Messages.LANGUAGES.contains(shown.locale().getLanguage())
            ? shown.locale().getLanguage()
            : "en";
    return script(
        "data",
        JsonWriter.compact(
            JsonValue.object()
                .put("language", chosen)
                .put("version", version)
                .put("license", resource("chart.js/LICENSE.md"))
                .put("pages", pages.build())
                .build()));
  }

  /// Data for the script; nothing in them ends the element.
  private static String script(String id, String json) {
    return "<script type=\"application/json\" id=\"" + id + "\">" + safe(json) + "</script>";
  }

  /// JSON that may stand inside an element.
  static String safe(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  /// What stands behind the data.
  String end() {
    return template.getLast();
  }
}
