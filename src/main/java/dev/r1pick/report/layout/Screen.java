package dev.r1pick.report.layout;

import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.report.words.Messages;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;

/// How a screen is laid out: a narrow column of labels, the text beside it, wrapped; bars of one
/// width with their figures behind them.
public final class Screen {
  private static final int LABEL = 10;
  private static final int WIDEST_BAR = 40;

  /// Room for the figures behind a bar.
  private static final int FIGURES = 26;

  private final Messages messages;
  private final Style style;

  public Screen(Messages messages, Style style) {
    this.messages = messages;
    this.style = style;
  }

  /// Adds a text with the label of that key below `report.label.`; an empty key is no label.
  public void label(List<String> lines, String key, String text) {
    labeled(lines, key.isEmpty() ? "" : messages.text("report.label." + key), text);
  }

  /// Adds a text with a label.
  public void labeled(List<String> lines, String label, String text) {
    String name = label + " ".repeat(Math.max(0, LABEL - Table.width(label)));
    List<String> wrapped = Table.wrap(text, style.columns() - LABEL - 2);
    for (int i = 0; i < wrapped.size(); i++) {
      lines.add("  " + (i == 0 ? style.faint(name) : " ".repeat(LABEL)) + wrapped.get(i));
    }
  }

  /// Adds a bar and its figures.
  public void bar(List<String> lines, String key, MemoryBar bar, String figures) {
    int width = Math.min(WIDEST_BAR, style.columns() - LABEL - FIGURES);
    label(lines, key, bar.draw(width, style.unicode()) + "  " + figures);
  }

  /// What a GPU has: free memory, or the total where that is not known.
  public static Optional<Bytes> have(DeviceLoad device) {
    return device.free().or(() -> device.device().memory().total());
  }
}
