package dev.r1pick.report.text;

import dev.r1pick.catalog.deployment.Deployment;
import dev.r1pick.plan.HardwarePlan;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.DeploymentWording;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;
import java.util.List;

/// The ways that other engines run the 671B, for a person.
final class DeploymentText {
  private static final String FACT = "    ";

  private final Messages messages;
  private final DeploymentWording words;
  private final Style style;
  private final Screen screen;

  DeploymentText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new DeploymentWording(messages);
    this.style = style;
    this.screen = new Screen(messages, style);
  }

  /// A table of them; with commands and sources where all is wanted.
  void deployments(List<String> lines, HardwarePlan plan, boolean all) {
    lines.add("");
    screen.paragraph(lines, messages.text("plan.deployments"));
    if (all) {
      for (Deployment way : plan.deployments()) {
        details(lines, way);
      }
      return;
    }
    var table = new Table(2);
    table.head("", "", "", messages.text("plan.column.rate"));
    for (Deployment way : plan.deployments()) {
      table.row("  " + words.hardware(way), words.engine(way), way.weights(), words.rates(way));
    }
    lines.addAll(table.lines(style.columns()));
  }

  private void details(List<String> lines, Deployment way) {
    lines.add("");
    screen.indented(
        lines,
        messages.text(
            "plan.deployment",
            words.hardware(way),
            words.engine(way),
            way.weights(),
            way.weightsGib()));
    var facts = new ArrayList<String>();
    way.gpuGibPerNode()
        .ifPresent(gib -> facts.add(messages.text("plan.deployment.gpu-per-node", gib)));
    way.ramGibPerNode()
        .ifPresent(gib -> facts.add(messages.text("plan.deployment.ram-per-node", gib)));
    way.split()
        .ifPresent(split -> facts.add(messages.text("plan.deployment.split", words.split(split))));
    for (String note : way.notes()) {
      facts.add(messages.text("plan.note." + note));
    }
    for (String fact : facts) {
      screen.hang(lines, FACT, fact);
    }
    if (way.rates().isEmpty()) {
      screen.hang(lines, FACT, messages.text("plan.deployment.not-measured"));
    }
    for (Deployment.Rate rate : way.rates()) {
      String text =
          rate.streams().isPresent()
              ? messages.text(
                  "plan.deployment.rate-of-each",
                  words.range(rate),
                  rate.streams().getAsInt(),
                  words.measuredOn(rate),
                  rate.date())
              : messages.text(
                  "plan.deployment.rate", words.range(rate), words.measuredOn(rate), rate.date());
      screen.hang(
          lines,
          FACT,
          rate.engine()
              .map(engine -> messages.text("plan.deployment.rate-of", engine, text))
              .orElse(text));
    }
    for (String command : way.command()) {
      lines.add("    $ " + command);
    }
  }
}
