package dev.r1pick.report.text;

import dev.r1pick.doctor.bench.Bench;
import dev.r1pick.doctor.bench.BenchReport;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;
import java.util.Optional;

/// A bench for a person: measured beside predicted.
public final class BenchText {
  private final Messages messages;
  private final Style style;

  /// A writer in one language and style.
  public BenchText(Messages messages, Style style) {
    this.messages = messages;
    this.style = style;
  }

  /// One screen.
  public String report(BenchReport report) {
    Bench bench = report.bench();
    var lines = new ArrayList<String>();
    var screen = new Screen(messages, style);
    screen.paragraph(
        lines, messages.text("bench.verdict", bench.model(), bench.version(), bench.context()));
    lines.add("");
    var table = new Table(2);
    table.head(
        "",
        messages.text("bench.read"),
        messages.text("bench.write"),
        messages.text("bench.predicted"));
    for (int i = 0; i < bench.stages().size(); i++) {
      Bench.Stage stage = bench.stages().get(i);
      table.row(
          "  " + messages.text("bench.fill", stage.fill()),
          messages.text("bench.rate", Amounts.about(stage.promptRate())),
          messages.text("bench.rate", Amounts.about(stage.generationRate())),
          range(report.predicted().get(i)));
    }
    lines.addAll(table.lines(style.columns()));
    lines.add("");
    screen.paragraph(lines, memory(report));
    bench
        .opened()
        .filter(opened -> !opened.equals(bench.context()))
        .ifPresent(
            opened ->
                screen.paragraph(
                    lines, messages.text("bench.other-context", opened, bench.context())));
    report
        .factor()
        .ifPresent(
            factor ->
                screen.paragraph(
                    lines,
                    messages.text(
                        report.kept() ? "bench.kept" : "bench.factor",
                        Amounts.decimal(factor, 2))));
    return String.join("\n", lines) + "\n";
  }

  private String range(Optional<BenchReport.Range> range) {
    return range
        .map(
            known ->
                messages.text(
                    "bench.rate",
                    messages.range(Amounts.about(known.low()), Amounts.about(known.high()))))
        .orElseGet(() -> messages.text("report.unknown"));
  }

  private String memory(BenchReport report) {
    Bench bench = report.bench();
    long percent = Math.round(100.0 * bench.vram().count() / Math.max(1, bench.size().count()));
    return report
        .size()
        .map(
            size ->
                messages.text(
                    "bench.memory",
                    Amounts.download(bench.size()),
                    percent,
                    Amounts.download(size)))
        .orElseGet(
            () -> messages.text("bench.memory-alone", Amounts.download(bench.size()), percent));
  }
}
