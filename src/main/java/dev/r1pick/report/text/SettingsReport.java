package dev.r1pick.report.text;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.report.json.JsonReport;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which defaults hold, and where each comes from.
public final class SettingsReport {
  private final Messages messages;
  private final Style style;

  /// A report in one language and style.
  public SettingsReport(Messages messages, Style style) {
    this.messages = messages;
    this.style = style;
  }

  /// What holds.
  ///
  /// @param file the configuration file; empty where none is looked for
  /// @param settings in the order in which they are shown
  /// @param strays variables that look like settings and mean nothing
  public record Settings(Optional<File> file, List<Setting> settings, List<UnknownSetting> strays) {
    /// Takes copies.
    public Settings {
      settings = List.copyOf(settings);
      strays = List.copyOf(strays);
    }
  }

  /// The configuration file.
  ///
  /// @param path where it is or would be
  /// @param present whether it is there
  /// @param named whether a variable names it
  public record File(String path, boolean present, boolean named) {}

  /// One setting.
  ///
  /// @param key in the configuration file; the option has dashes before it
  /// @param variable of the environment
  /// @param value that holds; empty where r1pick chooses by the question
  /// @param origin of the value
  /// @param place the option, the variable or the file with its line; empty for a value of r1pick
  /// @param line of the file, from 1; empty for other origins
  public record Setting(
      String key,
      String variable,
      Optional<String> value,
      Origin origin,
      Optional<String> place,
      Optional<Integer> line) {}

  /// Where a value comes from.
  public enum Origin {
    FLAG,
    ENVIRONMENT,
    FILE,
    DEFAULT
  }

  /// A variable that means nothing.
  ///
  /// @param near known ones that may have been meant, nearest first
  public record UnknownSetting(String variable, List<String> near) {
    /// Takes a copy.
    public UnknownSetting {
      near = List.copyOf(near);
    }
  }

  /// A line for the file, one for each setting, one for each stray variable.
  public String text(Settings settings) {
    var lines = new ArrayList<String>();
    lines.add(file(settings.file()));
    lines.add("");
    var table = new Table(2);
    for (Setting setting : settings.settings()) {
      boolean ours = setting.origin() == Origin.DEFAULT;
      String value =
          setting.value().orElseGet(() -> messages.text("report.config.none." + setting.key()));
      table.row(
          setting.key(),
          ours ? style.faint(value) : value,
          ours ? style.faint(messages.text("report.config.default")) : place(setting));
    }
    lines.addAll(table.lines());
    for (UnknownSetting stray : settings.strays()) {
      lines.add(
          stray.near().isEmpty()
              ? messages.text("report.config.stray", stray.variable())
              : messages.text(
                  "report.config.stray-near", stray.variable(), String.join(", ", stray.near())));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String place(Setting setting) {
    String place = setting.place().orElse("");
    return setting.line().isPresent() ? place + ":" + setting.line().get() : place;
  }

  private String file(Optional<File> file) {
    if (file.isEmpty()) {
      return messages.text("report.config.no-file");
    }
    File found = file.get();
    return messages.text(
        found.present() ? "report.config.file" : "report.config.file-absent", found.path());
  }

  /// The same for scripts.
  public static String json(Settings settings) {
    var list = new ArrayList<JsonValue>();
    for (Setting setting : settings.settings()) {
      list.add(
          JsonValue.object()
              .put("key", setting.key())
              .put("option", "--" + setting.key())
              .put("variable", setting.variable())
              .put("value", setting.value().map(JsonValue.Text::new))
              .put("origin", setting.origin().name().toLowerCase(Locale.ROOT))
              .put("place", setting.place().map(JsonValue.Text::new))
              .put("line", setting.line().map(JsonValue.Whole::new))
              .build());
    }
    var strays = new ArrayList<JsonValue>();
    for (UnknownSetting stray : settings.strays()) {
      strays.add(
          JsonValue.object()
              .put("variable", stray.variable())
              .put("near", JsonValue.texts(stray.near()))
              .build());
    }
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", JsonReport.SCHEMA_VERSION)
            .put("command", "config")
            .put("file", settings.file().map(SettingsReport::json))
            .put("settings", list)
            .put("unknown_variables", strays)
            .build());
  }

  private static JsonValue json(File file) {
    return JsonValue.object()
        .put("path", file.path())
        .put("present", file.present())
        .put("named_by_variable", file.named())
        .build();
  }
}
