package dev.r1pick.report.text;

import dev.r1pick.report.Settings;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;
import java.util.Optional;

/// Which defaults hold, and where each comes from.
public final class SettingsText {
  private final Messages messages;
  private final Style style;

  /// A writer in one language and style.
  public SettingsText(Messages messages, Style style) {
    this.messages = messages;
    this.style = style;
  }

  /// A line for the file, one for each setting, one for each stray variable.
  public String settings(Settings settings) {
    var lines = new ArrayList<String>();
    lines.add(file(settings.file())); // a path is never broken
    lines.add("");
    var table = new Table(2);
    for (Settings.Setting setting : settings.settings()) {
      boolean ours = setting.origin() == Settings.Origin.DEFAULT;
      String value =
          setting.value().orElseGet(() -> messages.text("report.config.none." + setting.key()));
      table.row(
          setting.key(),
          ours ? style.faint(value) : value,
          ours ? style.faint(messages.text("report.config.default")) : place(setting));
    }
    // a script looks for a setting and its place in one line
    lines.addAll(style.isTerminal() ? table.lines(style.columns()) : table.lines());
    for (Settings.UnknownSetting stray : settings.strays()) {
      new Screen(messages, style)
          .note(
              lines,
              stray.near().isEmpty()
                  ? messages.text("report.config.stray", stray.variable())
                  : messages.text("report.config.stray-near", stray.variable(), stray.near()));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String place(Settings.Setting setting) {
    String place = setting.place().orElse("");
    return setting.line().isPresent() ? place + ":" + setting.line().get() : place;
  }

  private String file(Optional<Settings.File> file) {
    if (file.isEmpty()) {
      return messages.text("report.config.no-file");
    }
    Settings.File found = file.get();
    return messages.text(
        found.present() ? "report.config.file" : "report.config.file-absent", found.path());
  }
}
