package dev.r1pick.report.words;

import dev.r1pick.advice.TagAssessment;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.Variant;
import dev.r1pick.compare.TagComparison;
import dev.r1pick.compare.TagComparison.Scores;
import dev.r1pick.compare.TagComparison.Side;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Remedy;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tags side by side, in words.
public final class CompareWording {
  /// What is not a percentage is a rating.
  private static final double HIGHEST_PERCENT = 100;

  /// Uses that a sentence names.
  private static final int MOST_USES = 4;

  private final Messages messages;
  private final Wording words;

  /// Words of one language.
  public CompareWording(Messages messages) {
    this.messages = messages;
    this.words = new Wording(messages);
  }

  /// One thing told of every tag.
  public record Row(String label, List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    /// Whether it is not the same for all.
    public boolean differs() {
      for (String cell : cells) {
        if (!cell.equals(cells.getFirst())) {
          return true;
        }
      }
      return false;
    }
  }

  /// Which to take, and what somebody could rather want another one for.
  public String verdict(TagComparison comparison, PolicyCatalog data) {
    if (comparison.isOneFile(data)) {
      return messages.text("compare.one-file", names(comparison));
    }
    Optional<Side> pick = comparison.pick();
    if (pick.isEmpty()) {
      return messages.text("compare.none-fits", names(comparison));
    }
    var sentences = new ArrayList<String>();
    Side best = pick.get();
    var others = new ArrayList<Side>();
    int elsewhere = 0;
    for (Side side : comparison.sides()) {
      if (!side.equals(best)) {
        others.add(side);
        elsewhere += side.pickedFor().size();
      }
    }
    String key =
        elsewhere == 0
            ? "compare.for-everything"
            : best.pickedFor().size() > elsewhere ? "compare.for-most" : "compare.for-uses";
    sentences.add(messages.text(key, best.tag().fullName(), words.useCase(comparison.useCase())));
    for (Side other : others) {
      if (!other.pickedFor().isEmpty()) {
        sentences.add(messages.text("compare.for-uses", other.tag().name(), uses(other)));
      }
    }
    // each against the one before it, so that no condition is said of two
    others.sort((a, b) -> Double.compare(b.quality().score(), a.quality().score()));
    Side last = best;
    for (Side other : others) {
      Optional<String> rather = rather(other, last);
      rather.ifPresent(sentences::add);
      last = rather.isPresent() ? other : last;
    }
    return messages.sentences(sentences);
  }

  /// The tags, in the order in which they were named.
  public static List<String> names(TagComparison comparison) {
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

  /// What is told of the tags, row by row, a cell for each of them.
  public List<Row> rows(TagComparison comparison) {
    var rows = new ArrayList<Row>();
    row(rows, comparison, "model", side -> words.variant(side.tag().variant()));
    row(rows, comparison, "released", side -> side.tag().variant().releaseDate());
    row(rows, comparison, "quantization", side -> side.tag().quantization().label());
    row(
        rows,
        comparison,
        "loss",
        side -> messages.text("compare.percent", Amounts.decimal(side.quality().lossPercent(), 1)));
    row(rows, comparison, "download", side -> Amounts.download(side.tag().download()));
    row(rows, comparison, "trained", side -> side.tag().variant().trainedContext().shortText());
    row(rows, comparison, "memory", side -> memory(side.assessment()));
    row(rows, comparison, "fits", this::fits);
    row(rows, comparison, "longest", this::longest);
    row(rows, comparison, "speed", side -> words.rate(side.assessment().speed()));
    row(rows, comparison, "answer", this::answer);
    row(rows, comparison, "quality", this::quality);
    for (Scores scores : comparison.scores()) {
      rows.add(new Row(title(scores), values(scores)));
    }
    row(rows, comparison, "license", side -> words.license(side.tag().variant()));
    row(rows, comparison, "picked-for", this::picked);
    return rows;
  }

  private void row(
      List<Row> rows, TagComparison comparison, String key, Function<Side, String> cell) {
    var cells = new ArrayList<String>();
    comparison.sides().forEach(side -> cells.add(cell.apply(side)));
    rows.add(
        new Row(
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
            cells));
  }

  /// What it takes, on the GPUs and in RAM.
  public String memory(TagAssessment assessment) {
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

  /// How it fits, and whether a smaller KV cache is enough to have it whole.
  private String fits(Side side) {
    String asItIs = fits(side.assessment().fit());
    for (Remedy remedy : side.assessment().remedies()) {
      if (remedy instanceof Remedy.SmallerKvCache(var type)) {
        return messages.text("compare.whole-with", asItIs, type.label());
      }
    }
    return asItIs;
  }

  /// With its range: what is measured less counts for less than its score.
  private String quality(Side side) {
    Quality quality = side.quality();
    return messages.text(
        "compare.quality",
        Amounts.about(quality.score()),
        Amounts.about(quality.low()),
        Amounts.about(quality.high()));
  }

  /// `whole`, or how much of it is on the GPU, or what is missing.
  public String fits(Fit fit) {
    LoadPlan plan = fit.plan();
    return switch (fit) {
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

  /// What has to be known about the figures.
  public List<String> remarks(TagComparison comparison, boolean oneFile) {
    var remarks = new ArrayList<String>();
    boolean assumed = false;
    boolean llama = false;
    for (Side side : comparison.sides()) {
      Optional<AnswerTime> time = side.assessment().answerTime();
      assumed |= side.loads() && time.isPresent() && !time.get().length().measured();
      llama |= isUnderLlama(side.tag().variant());
    }
    if (assumed) {
      remarks.add(messages.text("compare.remark.assumed"));
    }
    if (!oneFile) {
      remarks.add(
          messages.text(
              comparison.scores().isEmpty()
                  ? "compare.remark.no-scores"
                  : "compare.remark.scores"));
    }
    if (llama) {
      remarks.add(messages.text("compare.remark.llama"));
    }
    return remarks;
  }

  private static boolean isUnderLlama(Variant variant) {
    for (String license : variant.bindingLicenses()) {
      if (license.startsWith("Llama")) {
        return true;
      }
    }
    return false;
  }
}
