package dev.r1pick.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The use cases and the measured rows behind them.
///
/// @param version of the data, an ISO date
/// @param sources where the figures come from, by id
/// @param bestShares what the best variant of a table is worth on the common scale, on which the
///   strongest R1 is 1; by variant id
/// @param losses expected loss of quality by quantization and size
/// @param benchmarks the tables, by id
/// @param overall broad benchmarks, for capability in general
/// @param overallByLanguage the same in other languages than English
/// @param answerLengths measured lengths of answers
/// @param lengthFactors how many times longer some variants think than those of January 2025
/// @param profiles the use cases, in the order to show them
/// @param notForR1 what no R1 does
public record UseCases(
    String version,
    Map<String, Source> sources,
    Map<String, Double> bestShares,
    List<Loss> losses,
    Map<String, BenchmarkTable> benchmarks,
    List<Signal> overall,
    Map<String, List<Signal>> overallByLanguage,
    List<AnswerLength> answerLengths,
    List<LengthFactor> lengthFactors,
    List<UseCaseProfile> profiles,
    List<OtherKind> notForR1) {

  public UseCases {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    bestShares = Collections.unmodifiableMap(new LinkedHashMap<>(bestShares));
    losses = List.copyOf(losses);
    benchmarks = Collections.unmodifiableMap(new LinkedHashMap<>(benchmarks));
    overall = List.copyOf(overall);
    overallByLanguage = Collections.unmodifiableMap(new LinkedHashMap<>(overallByLanguage));
    answerLengths = List.copyOf(answerLengths);
    lengthFactors = List.copyOf(lengthFactors);
    profiles = List.copyOf(profiles);
    notForR1 = List.copyOf(notForR1);
  }

  /// How many times longer a variant thinks than those of January 2025.
  ///
  /// @param variantId which
  /// @param factor of the length that is assumed
  /// @param useCaseIds for which uses
  public record LengthFactor(String variantId, double factor, List<String> useCaseIds) {
    public LengthFactor {
      useCaseIds = List.copyOf(useCaseIds);
    }
  }

  /// How many times longer than assumed for a use case that variant's answers are.
  public double lengthFactor(UseCaseProfile profile, String variantId) {
    for (LengthFactor one : lengthFactors) {
      if (one.variantId().equals(variantId) && one.useCaseIds().contains(profile.id())) {
        return one.factor();
      }
    }
    return 1;
  }

  /// What a quantization costs.
  ///
  /// @param quantization which one
  /// @param fromParameters the smallest model it holds for
  /// @param percent relative loss of quality
  /// @param evidence how sure the figure is
  public record Loss(
      Quantization quantization, long fromParameters, double percent, Evidence evidence) {}

  /// Something that takes another kind of model.
  ///
  /// @param id the sentence about it is `use-cases.not-for-r1.` and the id
  /// @param words what it is asked for by
  /// @param sources ids of the sources
  public record OtherKind(String id, List<String> words, List<String> sources) {
    public OtherKind {
      words = List.copyOf(words);
      sources = List.copyOf(sources);
    }
  }

  /// What takes another kind of model by that word; empty where the word means nothing of the kind.
  public Optional<OtherKind> notForR1(String word) {
    for (OtherKind kind : notForR1) {
      if (kind.words().contains(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /// The use case of that id, or of another word for it.
  public Optional<UseCaseProfile> profile(String id) {
    for (UseCaseProfile profile : profiles) {
      if (profile.id().equals(id) || profile.aliases().contains(id)) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }

  /// The ids most like that text, nearest first.
  ///
  /// @param most how many at most
  public List<String> nearestIds(String text, int most) {
    var ids = new ArrayList<String>();
    for (UseCaseProfile profile : profiles) {
      ids.add(profile.id());
    }
    return TagNames.nearest(text, ids, most);
  }

  /// How long that variant's answers were in the task that comes nearest to the use case, if that
  /// was measured.
  public Optional<AnswerLength> answerLength(UseCaseProfile profile, String variantId) {
    for (AnswerLength length : answerLengths) {
      if (length.variantId().equals(variantId)
          && profile.answerTask().equals(Optional.of(length.task()))) {
        return Optional.of(length);
      }
    }
    return Optional.empty();
  }

  /// Expected relative loss of quality against the unquantized model, in percent.
  public double lossPercent(Quantization quantization, long parameters) {
    double percent = 0;
    long nearest = 0;
    for (Loss loss : losses) {
      if (loss.quantization() == quantization
          && loss.fromParameters() <= parameters
          && loss.fromParameters() >= nearest) {
        nearest = loss.fromParameters();
        percent = loss.percent();
      }
    }
    return percent;
  }
}
