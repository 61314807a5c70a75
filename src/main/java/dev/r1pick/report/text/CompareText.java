package dev.r1pick.report.text;

import dev.r1pick.advice.TagAssessment;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.Variant;
import dev.r1pick.compare.TagComparison;
import dev.r1pick.compare.TagComparison.Scores;
import dev.r1pick.compare.TagComparison.Side;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.report.layout.Columns;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tags side by side, for a person: which to take in a sentence, then what differs.
public final class CompareText {
  /// What is not a percentage is a rating.
  private static final double HIGHEST_PERCENT = 100;

  /// Uses that a sentence names.
  private static final int MOST_USES = 4;

  private final Messages messages;
  private final Wording words;
  private final Style style;
  private final Screen screen;

  /// A writer in one language and style.
  public CompareText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new Wording(messages);
    this.style = style;
    this.screen = new Screen(messages, style);
  }

  /// One screen.
  public String tags(TagComparison comparison, PolicyCatalog data) {
    var lines = new ArrayList<String>();
    screen.paragraph(lines, style.bold(verdict(comparison, data)));
    lines.add("");
    var columns = new Columns(style.columns());
    columns.head(names(comparison));
    var same = new ArrayList<String>();
    rows(columns, comparison, same);
    boolean oneFile = comparison.isOneFile(data);
    if (!oneFile) {
      lines.addAll(columns.lines());
    }
    if (!same.isEmpty()) {
      screen.indented(lines, messages.text("compare.same", messages.clauses(same)));
    }
    remarks(lines, comparison, oneFile);
    comparison.mostPicked().ifPresent(side -> lines.add(side.tag().pullCommand()));
    return String.join("\n", lines) + "\n";
  }

  private String verdict(TagComparison comparison, PolicyCatalog data) {
    if (comparison.isOneFile(data)) {
      return messages.text("compare.one-file", names(comparison));
    }
    Optional<Side> most = comparison.mostPicked();
    if (most.isEmpty()) {
      return messages.text("compare.none-fits", names(comparison));
    }
    var sentences = new ArrayList<String>();
    Side best = most.get();
    var others = new ArrayList<Side>();
    for (Side side : comparison.sides()) {
      if (!side.equals(best)) {
        others.add(side);
      }
    }
    boolean everything = true;
    for (Side other : others) {
      everything &= other.pickedFor().isEmpty();
    }
    sentences.add(
        messages.text(
            everything ? "compare.for-everything" : "compare.for-most", best.tag().fullName()));
    for (Side other : others) {
      if (!other.pickedFor().isEmpty()) {
        sentences.add(messages.text("compare.for-uses", other.tag().name(), uses(other)));
      }
      rather(other, best).ifPresent(sentences::add);
    }
    return messages.sentences(sentences);
  }

  private static List<String> names(TagComparison comparison) {
    var names = new ArrayList<String>();
    comparison.sides().forEach(side -> names.add(side.tag().name()));
    return names;
  }

  private String uses(Side side) {
    var names = new ArrayList<String>();
    for (UseCaseProfile profile : side.pickedFor()) {
      if (names.size() < MOST_USES) {
        names.add(words.useCase(profile));
      }
    }
    int more = side.pickedFor().size() - names.size();
    return more > 0 ? messages.text("compare.and-more", names, more) : messages.list(names);
  }

  /// What somebody could rather want the other one for: more context, or a speed beyond the range.
  private Optional<String> rather(Side other, Side best) {
    Optional<ContextLength> longest = best.assessment().largestWhole();
    Optional<ContextLength> own = other.assessment().largestWhole();
    boolean longer =
        own.isPresent() && (longest.isEmpty() || own.get().compareTo(longest.get()) > 0);
    boolean faster = isFaster(other, best);
    if (longer && longest.isPresent()) {
      return Optional.of(
          messages.text(
              faster ? "compare.for-context-and-speed" : "compare.for-context",
              other.tag().name(),
              longest.get().inWholeK().shortText()));
    }
    return faster
        ? Optional.of(messages.text("compare.for-speed", other.tag().name()))
        : Optional.empty();
  }

  /// Only a gap between the ranges is sure.
  private static boolean isFaster(Side one, Side other) {
    return one.assessment().speed() instanceof SpeedEstimate.Known a
        && other.assessment().speed() instanceof SpeedEstimate.Known b
        && a.generation().low().compareTo(b.generation().high()) > 0;
  }

  private void rows(Columns columns, TagComparison comparison, List<String> same) {
    row(columns, comparison, "model", side -> words.variant(side.tag().variant()), same);
    row(columns, comparison, "released", side -> side.tag().variant().releaseDate(), same);
    row(columns, comparison, "quantization", side -> side.tag().quantization().label(), same);
    row(
        columns,
        comparison,
        "loss",
        side -> messages.text("compare.percent", Amounts.decimal(side.quality().lossPercent(), 1)),
        same);
    row(columns, comparison, "download", side -> Amounts.download(side.tag().download()), same);
    row(
        columns,
        comparison,
        "trained",
        side -> side.tag().variant().trainedContext().shortText(),
        same);
    row(columns, comparison, "memory", side -> memory(side.assessment()), same);
    row(columns, comparison, "fits", side -> fits(side.assessment()), same);
    row(columns, comparison, "longest", this::longest, same);
    row(columns, comparison, "speed", side -> words.rate(side.assessment().speed()), same);
    row(columns, comparison, "answer", this::answer, same);
    row(columns, comparison, "quality", side -> Amounts.about(side.quality().score()), same);
    for (int i = 0; i < comparison.scores().size(); i++) {
      Scores scores = comparison.scores().get(i);
      cells(columns, title(scores), values(scores), same);
    }
    row(columns, comparison, "license", side -> words.license(side.tag().variant()), same);
    row(columns, comparison, "picked-for", this::picked, same);
  }

  private void row(
      Columns columns,
      TagComparison comparison,
      String key,
      Function<Side, String> cell,
      List<String> same) {
    var cells = new ArrayList<String>();
    comparison.sides().forEach(side -> cells.add(cell.apply(side)));
    cells(
        columns,
        messages.text(
            "compare.row." + key,
            comparison
                .sides()
                .getFirst()
                .assessment()
                .fit()
                .plan()
                .settings()
                .contextLength()
                .shortText()),
        cells,
        same);
  }

  /// What is the same for all is told in one line.
  private void cells(Columns columns, String label, List<String> cells, List<String> same) {
    boolean differs = false;
    for (String cell : cells) {
      differs |= !cell.equals(cells.getFirst());
    }
    if (differs) {
      columns.row("  " + label, cells);
    } else {
      same.add(messages.text("compare.fact", label, cells.getFirst()));
    }
  }

  private String memory(TagAssessment assessment) {
    LoadPlan plan = assessment.fit().plan();
    Bytes onGpus = Bytes.ZERO;
    for (var device : plan.devices()) {
      onGpus = onGpus.plus(device.total());
    }
    return plan.devices().isEmpty()
        ? messages.text("compare.ram", Amounts.memory(plan.host().total()))
        : plan.placement().cpuLayers() > 0
            ? messages.text(
                "compare.vram-and-ram", Amounts.memory(onGpus), Amounts.memory(plan.host().total()))
            : messages.text("compare.vram", Amounts.memory(onGpus));
  }

  private String fits(TagAssessment assessment) {
    LoadPlan plan = assessment.fit().plan();
    return switch (assessment.fit()) {
      case Fit.Whole _ -> messages.text("compare.whole");
      case Fit.Partly _ ->
          messages.text(
              "compare.partly",
              plan.placement().gpuLayers(),
              plan.placement().gpuLayers() + plan.placement().cpuLayers());
      case Fit.DoesNotFit(_, var shortfall, _) ->
          messages.text("compare.does-not-fit", Amounts.memory(shortfall));
    };
  }

  private String longest(Side side) {
    return side.assessment()
        .largestWhole()
        .map(context -> context.inWholeK().shortText())
        .orElseGet(() -> messages.text("compare.nowhere"));
  }

  private String answer(Side side) {
    Optional<AnswerTime> time = side.loads() ? side.assessment().answerTime() : Optional.empty();
    if (time.isEmpty()) {
      return messages.text("compare.nowhere");
    }
    String typical = messages.duration(time.get().typical().expected());
    return time.get().length().measured() ? typical : "~" + typical;
  }

  private String title(Scores scores) {
    String id = scores.id().substring(scores.id().indexOf('/') + 1);
    String published = messages.find("report.benchmark." + id).orElse(id);
    return scores
        .title()
        .map(title -> new Wording(messages).benchmark(scores.id(), title))
        .orElse(published);
  }

  private static List<String> values(Scores scores) {
    var values = new ArrayList<String>();
    for (double value : scores.values()) {
      values.add(Amounts.decimal(value, value > HIGHEST_PERCENT ? 0 : 1));
    }
    return values;
  }

  private String picked(Side side) {
    return side.pickedFor().isEmpty() ? messages.text("compare.nowhere") : uses(side);
  }

  private void remarks(List<String> lines, TagComparison comparison, boolean oneFile) {
    boolean assumed = false;
    boolean llama = false;
    for (Side side : comparison.sides()) {
      Optional<AnswerTime> time = side.assessment().answerTime();
      assumed |= side.loads() && time.isPresent() && !time.get().length().measured();
      llama |= isUnderLlama(side.tag().variant());
    }
    if (assumed) {
      remark(lines, "compare.remark.assumed");
    }
    if (!oneFile) {
      remark(
          lines,
          comparison.scores().isEmpty() ? "compare.remark.no-scores" : "compare.remark.scores");
    }
    if (llama) {
      remark(lines, "compare.remark.llama");
    }
  }

  private static boolean isUnderLlama(Variant variant) {
    for (String license : variant.bindingLicenses()) {
      if (license.startsWith("Llama")) {
        return true;
      }
    }
    return false;
  }

  private void remark(List<String> lines, String key) {
    screen.note(lines, messages.text(key));
  }
}
