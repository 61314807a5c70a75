package dev.r1pick.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Errors by class, as text: what the tests print and `docs/speed.md` shows.
final class ErrorTable {
  /// One row and what was said about it.
  ///
  /// @param group where it is counted
  /// @param measured tokens per second
  /// @param estimated tokens per second
  /// @param usual tokens per second by the usual rule
  /// @param inside whether the measured rate is inside the printed range
  record Line(String group, double measured, double estimated, double usual, boolean inside) {}

  private final List<Line> lines = new ArrayList<>();

  void add(Line line) {
    lines.add(line);
  }

  int size() {
    return lines.size();
  }

  double median() {
    return percentile(errors(lines, false), 0.5);
  }

  double usualMedian() {
    return percentile(errors(lines, true), 0.5);
  }

  double inside() {
    return lines.stream().filter(Line::inside).count() / (double) lines.size();
  }

  private static List<Double> errors(List<Line> lines, boolean usual) {
    List<Double> errors = new ArrayList<>();
    for (Line line : lines) {
      errors.add(Math.abs((usual ? line.usual : line.estimated) / line.measured - 1));
    }
    return errors;
  }

  static double percentile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    double at = share * (sorted.size() - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
  }

  String text(String title) {
    return text(title, true);
  }

  /// Without the usual rule, which says nothing about prompts.
  String withoutUsualRule(String title) {
    return text(title, false);
  }

  private String text(String title, boolean usual) {
    Map<String, List<Line>> groups = new TreeMap<>();
    for (Line line : lines) {
      groups.computeIfAbsent(line.group, _ -> new ArrayList<>()).add(line);
    }
    var text = new StringBuilder();
    text.append("| ").append(title).append(" | rows | median | p90 | inside range |");
    text.append(
        usual
            ? " usual rule: median | p90 |\n|---|---|---|---|---|---|---|\n"
            : "\n|---|---|---|---|---|\n");
    groups.forEach((group, members) -> row(text, group, members, usual));
    row(text, "**all**", lines, usual);
    return text.toString();
  }

  private static void row(StringBuilder text, String group, List<Line> members, boolean withUsual) {
    List<Double> ours = errors(members, false);
    List<Double> usual = errors(members, true);
    long inside = members.stream().filter(Line::inside).count();
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %.1f %% | %.0f %% | %.0f %% |",
            group,
            members.size(),
            100 * percentile(ours, 0.5),
            100 * percentile(ours, 0.9),
            100.0 * inside / members.size()));
    if (withUsual) {
      text.append(
          String.format(
              Locale.ROOT,
              " %.1f %% | %.0f %% |",
              100 * percentile(usual, 0.5),
              100 * percentile(usual, 0.9)));
    }
    text.append('\n');
  }
}
