package dev.r1pick.report.html;

import dev.r1pick.catalog.deployment.Deployment;
import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.plan.HardwarePlan;
import dev.r1pick.plan.Planned;
import dev.r1pick.plan.Planned.Standing;
import dev.r1pick.plan.UseCasePlan;
import dev.r1pick.report.html.Blocks.Column;
import dev.r1pick.report.html.Blocks.Step;
import dev.r1pick.report.html.Blocks.Tone;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.BuildWording;
import dev.r1pick.report.words.DeploymentWording;
import dev.r1pick.report.words.MemoryByContext;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PlanWording;
import dev.r1pick.report.words.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which hardware runs a tag, or each size of R1, as a page.
public final class PlanHtml {
  private static final int MOST_THAT_DO = 8;
  private static final int MOST_THAT_MAY = 4;
  private static final int MOST_TOO_SLOW = 4;

  private final GpuCatalog gpus;
  private final String version;

  /// @param gpus by which cards are named as people type them
  /// @param version of r1pick
  public PlanHtml(GpuCatalog gpus, String version) {
    this.gpus = gpus;
    this.version = version;
  }

  /// The hardware for one tag.
  ///
  /// @param shown the language that it opens with
  public String plan(HardwarePlan plan, Messages shown) {
    return HtmlPage.of(shown, title(shown, plan), version, messages -> plan(messages, plan));
  }

  private static String title(Messages messages, HardwarePlan plan) {
    return messages.text("html.title.plan", plan.tag().fullName());
  }

  private JsonValue.Builder plan(Messages messages, HardwarePlan plan) {
    var words = new PlanWording(messages, gpus);
    List<Planned> looked = new ArrayList<>(plan.shortlist(Standing.DOES_IT, MOST_THAT_DO));
    looked.addAll(plan.shortlist(Standing.MAY_DO_IT, MOST_THAT_MAY));
    looked.addAll(plan.shortlist(Standing.TOO_SLOW, MOST_TOO_SLOW));
    var notes = new ArrayList<String>();
    plan.nearest()
        .ifPresent(
            miss ->
                notes.add(
                    messages.text(
                        "policy.line",
                        messages.text("plan.too-small"),
                        words.tooSmall(plan, miss))));
    notes.addAll(words.remarks(plan.question(), looked));
    var sections = new ArrayList<JsonValue>();
    sections.add(
        Blocks.section(
            "",
            List.of(
                Blocks.verdict(
                    plan.isMet() ? Tone.GOOD : Tone.BAD, "", words.verdict(plan), List.of()),
                Blocks.text(words.need(plan)),
                Blocks.notes(notes))));
    Optional<Planned> first = looked.isEmpty() ? plan.fastest() : Optional.of(looked.getFirst());
    first.ifPresent(one -> sections.add(next(messages, words.check(plan, one))));
    var pictures = new HardwarePictures(messages, gpus);
    if (!looked.isEmpty()) {
      sections.add(
          Blocks.section(
              messages.text("html.heading.candidates"),
              List.of(
                  Blocks.text(
                      messages.text(
                          "html.lead.candidates", Amounts.asked(plan.target().tokensPerSecond()))),
                  Blocks.pictures(pictures.of(plan, looked)))));
    }
    if (!plan.planned().isEmpty()) {
      sections.add(
          Blocks.section(
              messages.text("html.heading.hardware"), List.of(pictures.table(plan.planned()))));
    }
    if (!plan.deployments().isEmpty()) {
      sections.add(
          Blocks.section(
              messages.text("html.heading.deployments"),
              List.of(
                  Blocks.text(messages.text("html.lead.deployments")),
                  deployments(messages, plan.deployments()))));
    }
    return Blocks.page(title(messages, plan), plan.tag().fullName(), sections);
  }

  private static JsonValue next(Messages messages, String command) {
    return Blocks.section(
        messages.text("html.heading.next"),
        List.of(Blocks.steps(List.of(new Step(messages.text("html.step.check"), command)))));
  }

  private static JsonValue deployments(Messages messages, List<Deployment> ways) {
    var words = new DeploymentWording(messages);
    var rows = new ArrayList<List<JsonValue>>();
    for (Deployment way : ways) {
      rows.add(
          List.of(
              Blocks.cell(words.hardware(way)),
              Blocks.cell(way.engine()),
              Blocks.cell(way.weights()),
              Blocks.cell(Integer.toString(way.weightsGib()), way.weightsGib()),
              Blocks.cell(
                  words.rates(way), way.rates().isEmpty() ? 0 : way.rates().getFirst().low())));
    }
    return Blocks.table(
        List.of(
            Column.text(messages.text("html.column.hardware")),
            Column.text(messages.text("html.column.engine")),
            Column.text(messages.text("html.column.weights")),
            Column.number("GiB"),
            Column.number("tokens/s")),
        rows);
  }

  /// Which hardware each size takes.
  ///
  /// @param shown the language that it opens with
  public String plan(UseCasePlan plan, Messages shown) {
    return HtmlPage.of(shown, title(shown, plan), version, messages -> plan(messages, plan));
  }

  private static String title(Messages messages, UseCasePlan plan) {
    return messages.text(
        "html.title.plan-by-size", new Wording(messages).useCase(plan.question().useCase()));
  }

  private JsonValue.Builder plan(Messages messages, UseCasePlan plan) {
    var words = new Wording(messages);
    var builds = new BuildWording(messages, gpus);
    var rows = new ArrayList<List<JsonValue>>();
    var looked = new ArrayList<Planned>();
    var names = new ArrayList<String>();
    for (UseCasePlan.Step step : plan.steps()) {
      HardwarePlan one = step.plan();
      FitEstimator.Need need = MemoryByContext.need(one.tag(), one.context(), KvCacheType.F16);
      List<Planned> does = one.shortlist(Standing.DOES_IT, 1);
      Optional<Planned> best = does.isEmpty() ? one.fastest() : Optional.of(does.getFirst());
      best.ifPresent(
          planned -> {
            looked.add(planned);
            names.add(one.tag().name());
          });
      String rate = best.map(planned -> words.plainRate(planned.speed())).orElse("");
      rows.add(
          List.of(
              Blocks.cell(one.tag().name()),
              Blocks.cell(Amounts.about(step.quality().score()), step.quality().score()),
              Blocks.cell(one.context().shortText(), one.context().tokens()),
              Blocks.cell(Amounts.gib(need.device()), need.device().inGiB()),
              Blocks.cell(
                  best.map(planned -> builds.name(planned.build()))
                      .orElseGet(() -> messages.text("plan.nothing"))),
              Blocks.cell(
                  best.isPresent() && does.isEmpty()
                      ? messages.text("plan.too-slow-rate", rate)
                      : rate,
                  best.map(Planned::low).orElse(0.0)),
              Blocks.cell(
                  best.map(planned -> builds.price(planned.build())).orElse(""),
                  best.map(planned -> planned.build().listPriceUsd().orElse(0)).orElse(0))));
    }
    var sections = new ArrayList<JsonValue>();
    sections.add(
        Blocks.section(
            "",
            List.of(
                Blocks.verdict(
                    plan.isMet() ? Tone.GOOD : Tone.BAD,
                    "",
                    messages.text("plan.by-size", words.useCase(plan.question().useCase())),
                    List.of()),
                Blocks.table(
                    List.of(
                        Column.text(messages.text("plan.column.tag")),
                        Column.number(messages.text("plan.column.quality")),
                        Column.number(messages.text("plan.column.context")),
                        Column.number(messages.text("plan.column.memory")),
                        Column.text(messages.text("plan.column.cheapest")),
                        Column.number(messages.text("plan.column.rate")),
                        Column.number(messages.text("plan.column.price"))),
                    rows),
                Blocks.notes(new PlanWording(messages, gpus).remarks(plan.question(), looked)))));
    sections.add(
        Blocks.section(
            messages.text("html.heading.pictures"),
            List.of(
                Blocks.pictures(new HardwarePictures(messages, gpus).of(plan, looked, names)))));
    return Blocks.page(title(messages, plan), words.useCase(plan.question().useCase()), sections);
  }
}
