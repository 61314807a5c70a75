package dev.r1pick.compare;

import dev.r1pick.advice.Adviser;
import dev.r1pick.advice.Priority;
import dev.r1pick.advice.Question;
import dev.r1pick.advice.TagAssessment;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.Benchmark;
import dev.r1pick.catalog.BenchmarkTable;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Signal;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.policy.CheckedMachine;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.policy.Requirement;
import dev.r1pick.policy.TagCheck;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Several tags on one machine: what `check` says of each, scores of one harness, and which of them
/// `recommend` would pick for which use.
///
/// @param useCase what the answers are for
/// @param sides the tags, in the order they were named
/// @param scores of benchmarks that every one of them has from one harness
/// @param pick the side that would be picked for that use; empty where none can be loaded
public record TagComparison(
    UseCaseProfile useCase, List<Side> sides, List<Scores> scores, Optional<Side> pick) {
  /// More rows than these nobody compares.
  private static final int MOST_SCORES = 6;

  public TagComparison {
    sides = List.copyOf(sides);
    scores = List.copyOf(scores);
  }

  /// One tag.
  ///
  /// @param tag the tag
  /// @param assessment what it is on this machine
  /// @param quality for the use
  /// @param pickedFor the uses for which it would be picked of these
  public record Side(
      ModelTag tag, TagAssessment assessment, Quality quality, List<UseCaseProfile> pickedFor) {
    public Side {
      pickedFor = List.copyOf(pickedFor);
    }

    /// Whether it can be loaded there.
    public boolean loads() {
      return !(assessment.fit() instanceof Fit.DoesNotFit);
    }
  }

  /// Scores of one benchmark, one for each side.
  ///
  /// @param id of benchmark and harness
  /// @param title of its table; empty for a published score, which is named by its id
  public record Scores(String id, Optional<String> title, List<Double> values) {
    public Scores {
      values = List.copyOf(values);
    }
  }

  /// Compares tags.
  ///
  /// @param tags two or more
  /// @param context for all; empty: the longest that the use needs of one of them
  /// @param language of the prompts, its two-letter code
  public static TagComparison of(
      List<ModelTag> tags,
      UseCaseProfile useCase,
      Optional<ContextLength> context,
      String language,
      PolicyCatalog data,
      CheckedMachine checked) {
    ContextLength common = context.orElseGet(() -> needed(tags, useCase, data.useCases()));
    Adviser adviser = adviser(tags, data, checked);
    var picks = new ArrayList<List<UseCaseProfile>>();
    tags.forEach(_ -> picks.add(new ArrayList<>()));
    for (UseCaseProfile profile : data.useCases().profiles()) {
      Optional<ModelTag> pick = pick(adviser, profile, language, checked);
      for (int i = 0; i < tags.size(); i++) {
        if (pick.isPresent() && isOneFile(tags.get(i), pick.get(), data)) {
          picks.get(i).add(profile);
        }
      }
    }
    Optional<ModelTag> picked = pick(adviser, useCase, language, checked);
    Optional<Side> best = Optional.empty();
    var sides = new ArrayList<Side>();
    for (int i = 0; i < tags.size(); i++) {
      ModelTag tag = tags.get(i);
      ContextLength own = common.clampedTo(tag.variant().trainedContext());
      var asked =
          new Requirement.Tag(
              tag,
              Requirement.Where.WHOLE,
              FitRequest.DEFAULTS.withContextLength(own),
              OptionalDouble.empty(),
              Optional.of(useCase),
              OptionalInt.empty());
      var side =
          new Side(
              tag,
              TagCheck.of(asked, data, checked).assessment().orElseThrow(),
              data.qualities().estimate(tag, useCase, language),
              picks.get(i));
      sides.add(side);
      if (best.isEmpty() && picked.isPresent() && isOneFile(tag, picked.get(), data)) {
        best = Optional.of(side);
      }
    }
    return new TagComparison(
        useCase, sides, scores(tags, useCase, language, data.useCases()), best);
  }

  private static ContextLength needed(
      List<ModelTag> tags, UseCaseProfile useCase, UseCases useCases) {
    ContextLength longest = useCase.neededContext();
    for (ModelTag tag : tags) {
      ContextLength own = useCases.neededContext(useCase, tag.variant().id());
      longest = own.compareTo(longest) > 0 ? own : longest;
    }
    return longest;
  }

  /// Picks among the files of these tags.
  private static Adviser adviser(List<ModelTag> tags, PolicyCatalog data, CheckedMachine checked) {
    var distinct = new ArrayList<ModelTag>();
    for (ModelTag tag : tags) {
      if (distinct.stream().noneMatch(other -> isOneFile(other, tag, data))) {
        distinct.add(tag);
      }
    }
    return new Adviser(
        data.catalog(),
        distinct,
        data.useCases(),
        checked.fits(),
        data.qualities(),
        checked.speeds());
  }

  private static Optional<ModelTag> pick(
      Adviser adviser, UseCaseProfile use, String language, CheckedMachine checked) {
    var question =
        new Question(
            use, language, Priority.BALANCED, checked.machine(), Question.Constraints.NONE);
    return adviser.pick(question).map(evaluation -> evaluation.candidate().tag());
  }

  private static boolean isOneFile(ModelTag one, ModelTag other, PolicyCatalog data) {
    return data.catalog().explicit(one).equals(data.catalog().explicit(other));
  }

  /// Whether all are names of one file.
  public boolean isOneFile(PolicyCatalog data) {
    for (Side side : sides) {
      if (!isOneFile(sides.getFirst().tag(), side.tag(), data)) {
        return false;
      }
    }
    return true;
  }

  /// The use's own benchmarks first, then the published ones, then what else one harness ran.
  private static List<Scores> scores(
      List<ModelTag> tags, UseCaseProfile useCase, String language, UseCases useCases) {
    var ids = new LinkedHashSet<String>();
    for (Signal signal : useCase.signals(language)) {
      ids.add(signal.benchmark());
    }
    for (Benchmark benchmark : tags.getFirst().variant().benchmarks()) {
      ids.add(benchmark.id());
    }
    ids.addAll(useCases.benchmarks().keySet());
    var scores = new ArrayList<Scores>();
    for (String id : ids) {
      var values = new ArrayList<Double>();
      for (ModelTag tag : tags) {
        score(tag, id, useCases).ifPresent(values::add);
      }
      if (values.size() == tags.size() && scores.size() < MOST_SCORES) {
        Optional<String> title =
            Optional.ofNullable(useCases.benchmarks().get(id)).map(BenchmarkTable::title);
        scores.add(new Scores(id, title, values));
      }
    }
    return scores;
  }

  private static OptionalDouble score(ModelTag tag, String id, UseCases useCases) {
    BenchmarkTable table = useCases.benchmarks().get(id);
    OptionalDouble published = tag.variant().score(id);
    return published.isPresent() || table == null ? published : table.score(tag.variant().id());
  }
}
