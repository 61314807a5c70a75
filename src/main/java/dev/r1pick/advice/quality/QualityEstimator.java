package dev.r1pick.advice.quality;

import dev.r1pick.advice.quality.Quality.Basis;
import dev.r1pick.advice.quality.Quality.Term;
import dev.r1pick.catalog.BenchmarkTable;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Signal;
import dev.r1pick.catalog.Strength;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/// Says how good a tag is for a use case, from measured rows only.
///
/// A score is scaled inside its own table: its share of the table's best score, times what that
/// best variant is worth on the common scale (the strongest R1 is 1). So nothing compares across
/// harnesses, and a table without a 671B does not make its best variant perfect.
///
/// Where a variant has no score, a model of the same size and kin stands in, taken down by what the
/// distills of that table lose to such models. Failing that, the score is estimated from the
/// variant of nearest capability in the table, in proportion to capability; for a distill never
/// above what that neighbor scored, since missing evidence is no merit.
///
/// Pure; build one per run, it computes the broad capabilities once. Safe for use by several
/// threads.
public final class QualityEstimator {
  private static final double SCALE = 100;

  /// Half of the range that even a fully measured score has: run-to-run noise of such benchmarks is
  /// about 1 to 3 points (the quantization study of the distills prints ±2.75 for AIME).
  private static final double NOISE = 1.5;

  /// Widening for a score that rests wholly on stand-ins; a judgment.
  private static final double STAND_IN_WIDENING = 8;

  /// Widening for a score that rests wholly on estimates; a judgment.
  private static final double ESTIMATE_WIDENING = 10;

  /// Widening where the use case's evidence is medium; twice that where it is low; a judgment.
  private static final double EVIDENCE_WIDENING = 2;

  private final UseCases useCases;
  private final Catalog catalog;
  private final Map<String, Map<String, Double>> capabilities = new LinkedHashMap<>();
  private final Map<String, Double> generalCapability;
  private final Map<Key, Quality> estimates = new ConcurrentHashMap<>();

  /// Prepares the scale.
  public QualityEstimator(UseCases useCases, Catalog catalog) {
    this.useCases = useCases;
    this.catalog = catalog;
    this.generalCapability = capability(useCases.overall());
    useCases
        .overallByLanguage()
        .forEach((language, signals) -> capabilities.put(language, capability(signals)));
  }

  /// The same as [#estimate], computed once for each tag, use and language. For many machines.
  public Quality known(ModelTag tag, UseCaseProfile profile, String language) {
    var key = new Key(tag.name(), profile.id(), language);
    Quality known = estimates.get(key);
    if (known == null) {
      known = estimate(tag, profile, language);
      estimates.put(key, known);
    }
    return known;
  }

  /// What a quality depends on; tags and uses are those of one catalog.
  private record Key(String tag, String useCase, String language) {}

  /// The quality of a tag for a use case.
  ///
  /// @param language of the user, `en`, `zh` …; one that the use case says nothing of counts as
  ///   English
  public Quality estimate(ModelTag tag, UseCaseProfile profile, String language) {
    var terms = new ArrayList<Term>();
    double sum = 0;
    double weights = 0;
    double standIns = 0;
    double estimates = 0;
    for (Signal signal : profile.signals(language)) {
      Term term = term(tag.variant(), signal);
      terms.add(term);
      sum += term.scaled() * term.weight();
      weights += term.weight();
      standIns += term.basis() == Basis.STAND_IN ? term.weight() : 0;
      estimates += term.basis() == Basis.ESTIMATED ? term.weight() : 0;
    }
    double loss = useCases.lossPercent(tag.quantization(), tag.variant().architecture());
    double score = sum / weights * (1 - loss / 100);
    double half =
        NOISE
            + STAND_IN_WIDENING * standIns / weights
            + ESTIMATE_WIDENING * estimates / weights
            + (isForeign(profile, language) ? STAND_IN_WIDENING : 0)
            + widening(profile.evidence());
    Strength strength = strength(profile.evidence(), (weights - standIns - estimates) / weights);
    return new Quality(
        score, Math.max(0, score - half), Math.min(SCALE, score + half), terms, loss, strength);
  }

  /// Whether a user of that language gets rows of other languages: the use case has none of his
  /// own, and those it has depend on the language.
  private boolean isForeign(UseCaseProfile profile, String language) {
    return !measuredIn(profile, language).isEmpty();
  }

  /// The languages of the rows that stand in for those of another; none where none do.
  public List<Locale> measuredIn(UseCaseProfile profile, String language) {
    var languages = new ArrayList<Locale>();
    if (!language.equals("en") && !profile.signalsByLanguage().containsKey(language)) {
      for (Signal signal : profile.signals(language)) {
        Optional<String> measured = table(signal.benchmark()).language();
        if (measured.equals(Optional.of(language))) {
          return List.of();
        }
        Optional<Locale> other = measured.map(Locale::of);
        if (other.isPresent() && !languages.contains(other.get())) {
          languages.add(other.get());
        }
      }
    }
    return List.copyOf(languages);
  }

  private static double widening(Strength evidence) {
    return switch (evidence) {
      case HIGH -> 0;
      case MEDIUM -> EVIDENCE_WIDENING;
      case LOW -> 2 * EVIDENCE_WIDENING;
    };
  }

  /// One step less where less than half of the weight was measured, low below a quarter.
  private static Strength strength(Strength profile, double measured) {
    if (measured >= 0.5) {
      return profile;
    }
    return measured >= 0.25 && profile == Strength.HIGH ? Strength.MEDIUM : Strength.LOW;
  }

  private Term term(Variant variant, Signal signal) {
    BenchmarkTable table = table(signal.benchmark());
    Optional<Term> known = known(variant.id(), table, signal.weight());
    return known.orElseGet(() -> estimated(variant, table, signal.weight()));
  }

  private BenchmarkTable table(String id) {
    return Optional.ofNullable(useCases.benchmarks().get(id))
        .orElseThrow(() -> new IllegalArgumentException("no benchmark " + id));
  }

  private Optional<Term> known(String variantId, BenchmarkTable table, double weight) {
    OptionalDouble own = table.score(variantId);
    if (own.isPresent()) {
      double scaled = scaled(table, table.merit(own.getAsDouble()));
      return Optional.of(
          new Term(
              table.id(), table.title(), Basis.MEASURED, own, Optional.empty(), scaled, weight));
    }
    return Optional.ofNullable(table.standIns().get(variantId))
        .map(
            other ->
                new Term(
                    table.id(),
                    table.title(),
                    Basis.STAND_IN,
                    OptionalDouble.of(other.value()),
                    Optional.of(other.model()),
                    scaled(table, table.merit(other.value()) * other.factor()),
                    weight));
  }

  private Term estimated(Variant variant, BenchmarkTable table, double weight) {
    Map<String, Double> capability =
        table.language().map(this::capabilityIn).orElse(generalCapability);
    double own = capability.getOrDefault(variant.id(), 0.0);
    String neighbor = "";
    double nearest = Double.POSITIVE_INFINITY;
    for (String id : table.scores().keySet()) {
      double apart = Math.abs(capability.getOrDefault(id, 0.0) - own);
      if (apart < nearest) {
        nearest = apart;
        neighbor = id;
      }
    }
    double ratio = own / capability.getOrDefault(neighbor, SCALE);
    double scaled =
        scaled(table, table.merit(table.score(neighbor).orElseThrow()))
            * (variant.distill() ? Math.min(1, ratio) : ratio);
    return new Term(
        table.id(),
        table.title(),
        Basis.ESTIMATED,
        OptionalDouble.empty(),
        Optional.of(neighbor),
        Math.min(SCALE, scaled),
        weight);
  }

  private Map<String, Double> capabilityIn(String language) {
    return capabilities.getOrDefault(language, generalCapability);
  }

  /// The share of the table's best, in points of the common scale.
  private double scaled(BenchmarkTable table, double merit) {
    double best = 0;
    double share = 1;
    for (var score : table.scores().entrySet()) {
      double other = table.merit(score.getValue());
      if (other > best) {
        best = other;
        share = useCases.bestShares().getOrDefault(score.getKey(), 1.0);
      }
    }
    return best == 0 ? 0 : Math.min(SCALE, SCALE * share * merit / best);
  }

  /// Broad capability of each variant: the mean of what is known of it.
  private Map<String, Double> capability(List<Signal> signals) {
    Map<String, Double> capability = new LinkedHashMap<>();
    for (Variant variant : catalog.variants()) {
      double sum = 0;
      double weights = 0;
      for (Signal signal : signals) {
        Optional<Term> term = known(variant.id(), table(signal.benchmark()), signal.weight());
        sum += term.map(t -> t.scaled() * t.weight()).orElse(0.0);
        weights += term.map(Term::weight).orElse(0.0);
      }
      if (weights > 0) {
        capability.put(variant.id(), sum / weights);
      }
    }
    return capability;
  }
}
