package dev.r1pick.report.text;

import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuMarket.Availability;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.plan.Build;
import dev.r1pick.plan.HardwarePlan;
import dev.r1pick.plan.PlanQuestion.Wanted;
import dev.r1pick.plan.Planned;
import dev.r1pick.plan.Planned.Standing;
import dev.r1pick.plan.UseCasePlan;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.BuildWording;
import dev.r1pick.report.words.MemoryByContext;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PlanWording;
import dev.r1pick.report.words.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which hardware runs a tag, for a person: what does it, what may, what is too slow or too small,
/// and the command that looks at one of them.
public final class PlanText {
  private static final int MOST_THAT_DO = 6;
  private static final int MOST_THAT_MAY = 3;
  private static final int MOST_TOO_SLOW = 4;

  /// Of what is too slow nobody wants to see a shelf.
  private static final int FEW_CARDS = 2;

  private final Messages messages;
  private final Wording words;
  private final BuildWording builds;
  private final PlanWording sentences;
  private final Style style;
  private final Screen screen;

  /// A writer in one language and style.
  ///
  /// @param gpus by which cards are named as people type them
  public PlanText(Messages messages, Style style, GpuCatalog gpus) {
    this.messages = messages;
    this.words = new Wording(messages);
    this.builds = new BuildWording(messages, gpus);
    this.sentences = new PlanWording(messages, gpus);
    this.style = style;
    this.screen = new Screen(messages, style);
  }

  /// The hardware for one tag.
  ///
  /// @param all whether everything is listed
  public String plan(HardwarePlan plan, boolean all) {
    var lines = new ArrayList<String>();
    screen.paragraph(lines, style.bold(sentences.verdict(plan)));
    if (!plan.question().kind().equals(Optional.of(Wanted.CPU))) {
      screen.paragraph(lines, sentences.need(plan));
    }
    lines.add("");
    List<Planned> does = listed(plan, Standing.DOES_IT, MOST_THAT_DO, all);
    List<Planned> may = listed(plan, Standing.MAY_DO_IT, MOST_THAT_MAY, all);
    List<Planned> slow = all ? plan.of(Standing.TOO_SLOW) : List.of();
    table(lines, does, may, slow);
    if (!all) {
      tooSlow(lines, plan);
    }
    plan.nearest()
        .ifPresent(
            miss ->
                screen.hang(
                    lines, messages.text("plan.too-small") + "  ", sentences.tooSmall(plan, miss)));
    if (!plan.deployments().isEmpty()) {
      new DeploymentText(messages, style).deployments(lines, plan, all);
    }
    remarks(lines, plan, does, may);
    int more =
        plan.of(Standing.DOES_IT).size()
            + plan.of(Standing.MAY_DO_IT).size()
            - does.size()
            - may.size();
    if (more > 0) {
      screen.paragraph(lines, messages.text("plan.more", more));
    }
    command(plan, does, may).ifPresent(lines::add);
    return String.join("\n", lines) + "\n";
  }

  private static List<Planned> listed(HardwarePlan plan, Standing standing, int most, boolean all) {
    return all ? plan.of(standing) : plan.shortlist(standing, most);
  }

  private void table(
      List<String> lines, List<Planned> does, List<Planned> may, List<Planned> slow) {
    if (does.isEmpty() && may.isEmpty() && slow.isEmpty()) {
      return;
    }
    var table = new Table(2);
    table.head(
        "",
        "",
        messages.text("plan.column.rate"),
        messages.text("plan.column.when-full"),
        messages.text("plan.column.power"),
        messages.text("plan.column.price"));
    rows(table, "plan.does-it", does);
    rows(table, "plan.may-do-it", may);
    rows(table, "plan.too-slow", slow);
    lines.addAll(table.lines(style.columns()));
  }

  private void rows(Table table, String heading, List<Planned> rows) {
    if (rows.isEmpty()) {
      return;
    }
    table.row(messages.text(heading));
    for (Planned one : rows) {
      table.row(
          "  " + builds.name(one.build()),
          builds.memory(one.build()),
          words.plainRate(one.speed()),
          words.plainRate(one.whenFull()),
          builds.watts(one.build()),
          builds.price(one.build()));
    }
  }

  /// The fastest of each kind in shops that is too slow: how far it is from enough.
  private void tooSlow(List<String> lines, HardwarePlan plan) {
    var parts = new ArrayList<String>();
    for (Build.Kind kind : Build.Kind.values()) {
      Optional<Planned> best = Optional.empty();
      for (Planned one : plan.of(Standing.TOO_SLOW)) {
        boolean better =
            kind == Build.Kind.PROCESSOR
                ? best.isEmpty()
                : best.isEmpty() || one.high() > best.get().high();
        if (one.build().kind() == kind && better && isNew(one.build())) {
          best = Optional.of(one);
        }
      }
      best.ifPresent(
          one ->
              parts.add(
                  messages.text(
                      "plan.with-rate", builds.name(one.build()), words.plainRate(one.speed()))));
    }
    if (!parts.isEmpty()) {
      List<String> shown = parts.subList(0, Math.min(parts.size(), MOST_TOO_SLOW));
      screen.hang(lines, messages.text("plan.too-slow") + "  ", messages.list(shown));
    }
  }

  private static boolean isNew(Build build) {
    boolean few = build.gpus().isEmpty() || build.gpus().get().number() <= FEW_CARDS;
    return few && build.availability().orElse(Availability.SOLD) == Availability.SOLD;
  }

  private void remarks(
      List<String> lines, HardwarePlan plan, List<Planned> does, List<Planned> may) {
    var shown = new ArrayList<Planned>(does);
    shown.addAll(may);
    for (String remark : sentences.remarks(plan.question(), shown)) {
      screen.note(lines, remark);
    }
  }

  /// The command that looks at the first of them, alone on the last line.
  private Optional<String> command(HardwarePlan plan, List<Planned> does, List<Planned> may) {
    List<Planned> first = does.isEmpty() ? may : does;
    if (first.isEmpty()) {
      return plan.fastest().map(one -> sentences.check(plan, one));
    }
    return Optional.of(sentences.check(plan, first.getFirst()));
  }

  /// Which hardware each size takes.
  public String plan(UseCasePlan plan) {
    var lines = new ArrayList<String>();
    screen.paragraph(
        lines, style.bold(messages.text("plan.by-size", words.useCase(plan.question().useCase()))));
    lines.add("");
    var table = new Table(2);
    table.head(
        "",
        messages.text("plan.column.quality"),
        messages.text("plan.column.context"),
        messages.text("plan.column.memory"),
        messages.text("plan.column.cheapest"),
        messages.text("plan.column.rate"),
        messages.text("plan.column.price"));
    var shown = new ArrayList<Planned>();
    for (UseCasePlan.Step step : plan.steps()) {
      table.row(row(step, shown));
    }
    lines.addAll(table.lines(style.columns()));
    if (!plan.steps().isEmpty()) {
      lines.add("");
      remarks(lines, plan.steps().getFirst().plan(), shown, List.of());
      lines.add(
          "r1pick plan "
              + plan.steps().getLast().plan().tag().name()
              + " --use-case "
              + plan.question().useCase().id());
    }
    return String.join("\n", lines) + "\n";
  }

  private String[] row(UseCasePlan.Step step, List<Planned> shown) {
    HardwarePlan plan = step.plan();
    String memory =
        Amounts.gib(MemoryByContext.need(plan.tag(), plan.context(), KvCacheType.F16).device());
    String tag = "  " + plan.tag().name();
    String quality = Amounts.about(step.quality().score());
    String context = plan.context().shortText();
    List<Planned> does = plan.shortlist(Standing.DOES_IT, MOST_THAT_DO);
    Optional<Planned> cheapest = does.isEmpty() ? plan.fastest() : Optional.of(does.getFirst());
    if (cheapest.isEmpty()) {
      return new String[] {tag, quality, context, memory, messages.text("plan.nothing"), "", ""};
    }
    Planned one = cheapest.get();
    shown.add(one);
    return new String[] {
      tag,
      quality,
      context,
      memory,
      builds.name(one.build()),
      does.isEmpty()
          ? messages.text("plan.too-slow-rate", words.plainRate(one.speed()))
          : words.plainRate(one.speed()),
      builds.price(one.build())
    };
  }
}
