package dev.r1pick.report.json;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.report.Settings;
import java.util.ArrayList;
import java.util.Locale;

/// The defaults that hold, as JSON (docs/schema/config.schema.json).
public final class SettingsJson {
  private SettingsJson() {}

  /// The answer to `config`.
  public static String settings(Settings settings) {
    var list = new ArrayList<JsonValue>();
    for (Settings.Setting setting : settings.settings()) {
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
    for (Settings.UnknownSetting stray : settings.strays()) {
      strays.add(
          JsonValue.object()
              .put("variable", stray.variable())
              .put("near", JsonValue.texts(stray.near()))
              .build());
    }
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "config")
            .put("file", settings.file().map(SettingsJson::json))
            .put("settings", list)
            .put("unknown_variables", strays)
            .build());
  }

  private static JsonValue json(Settings.File file) {
    return JsonValue.object()
        .put("path", file.path())
        .put("present", file.present())
        .put("named_by_variable", file.named())
        .build();
  }
}
