package dev.r1pick.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Errors of estimated totals against measured ones, as a table of markdown.
final class ErrorTable {
  private static final List<String> CONTEXTS =
      List.of("2048", "4096", "8192", "16384", "32768", "65536", "131072");

  private final Map<String, Line> lines = new TreeMap<>();

  void add(String group, String context, long estimated, long measured) {
    lines.computeIfAbsent(group, _ -> new Line()).add(context, estimated, measured);
  }

  Map<String, Line> lines() {
    return lines;
  }

  List<String> markdown(String heading) {
    List<String> text = new ArrayList<>();
    text.add(
        "| "
            + heading
            + " | rows | exact | mean | worst | 2k | 4k | 8k | 16k | 32k | 64k | 128k |");
    text.add("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    lines.forEach((group, line) -> text.add("| " + group + " | " + line + " |"));
    return text;
  }

  /// The errors of one group.
  static final class Line {
    private final Map<String, Double> worstByContext = new TreeMap<>();
    private int rows;
    private int exact;
    private double sum;
    private double worst;

    void add(String context, long estimated, long measured) {
      double error = 100.0 * (estimated - measured) / measured;
      rows++;
      exact += estimated == measured ? 1 : 0;
      sum += Math.abs(error);
      worst = larger(worst, error);
      worstByContext.merge(context, error, Line::larger);
    }

    private static double larger(double a, double b) {
      return Math.abs(b) > Math.abs(a) ? b : a;
    }

    double mean() {
      return sum / rows;
    }

    double worst() {
      return Math.abs(worst);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      text.append(
          String.format(
              Locale.ROOT, "%d | %d | %s | %s", rows, exact, percent(mean()), percent(worst)));
      for (String context : CONTEXTS) {
        text.append(" | ");
        Double value = worstByContext.get(context);
        text.append(value == null ? "–" : percent(value));
      }
      return text.toString();
    }

    private static String percent(double value) {
      if (value == 0) {
        return "0";
      }
      return Math.abs(value) < 0.005 ? "<0.01 %" : String.format(Locale.ROOT, "%.2f %%", value);
    }
  }
}
