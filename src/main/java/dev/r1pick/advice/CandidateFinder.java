package dev.r1pick.advice;

import dev.r1pick.advice.Candidate.Changes;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.AnswerTokens;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The ways in which a tag could be loaded for a question: at which context, with which KV cache.
final class CandidateFinder {
  private final UseCases useCases;
  private final FitEstimator fits;
  private final QualityEstimator qualities;
  private final MachineSpeed speeds;

  CandidateFinder(
      UseCases useCases, FitEstimator fits, QualityEstimator qualities, MachineSpeed speeds) {
    this.useCases = useCases;
    this.fits = fits;
    this.qualities = qualities;
    this.speeds = speeds;
  }

  /// Every way worth judging; at least one.
  List<Candidate> find(ModelTag tag, Question question) {
    var ways = new ArrayList<Fit>();
    Optional<KvCacheType> wishedType = question.wishes().kvCacheType();
    boolean whole = search(tag, question, wishedType, ways);
    boolean asItIs = wishedType.isEmpty() && question.wishes().parallel().isEmpty();
    int byItself = asItIs ? ways.size() : 0;
    if (!whole && wishedType.isEmpty()) {
      search(tag, question, Optional.of(KvCacheType.Q8_0), ways);
    }
    return candidates(tag, ways, byItself, question);
  }

  /// Adds the ways with one KV cache type; whether the wanted context fits whole with it.
  private boolean search(
      ModelTag tag, Question question, Optional<KvCacheType> type, List<Fit> ways) {
    FitRequest request =
        new FitRequest(
            Optional.empty(),
            type,
            question.wishes().parallel(),
            Optional.empty(),
            Optional.empty());
    Optional<ContextLength> wished = question.wishes().contextLength();
    ContextLength trained = tag.variant().trainedContext();
    ContextLength wanted =
        wished
            .orElseGet(() -> useCases.neededContext(question.useCase(), tag.variant().id()))
            .clampedTo(trained);
    Fit atWanted = fits.estimate(tag, request.withContextLength(wanted), question.machine());
    boolean offered = question.wishes().kvCacheType().isEmpty() && type.isPresent();
    if (offered && !isTaken(type.get(), atWanted)) {
      return false;
    }
    ContextLength own = fits.defaultContext(tag, question.machine());
    if (wished.isEmpty() && own.compareTo(wanted) > 0) {
      Fit atOwn = fits.estimate(tag, request.withContextLength(own), question.machine());
      if (atOwn instanceof Fit.Whole) {
        ways.add(atOwn);
        return true;
      }
    }
    ways.add(atWanted);
    if (atWanted instanceof Fit.Whole) {
      return true;
    }
    ContextLength ofUse = question.useCase().neededContext();
    if (wished.isEmpty() && ofUse.compareTo(wanted) < 0) {
      ways.add(fits.estimate(tag, request.withContextLength(ofUse), question.machine()));
    }
    if (wished.isEmpty()) {
      largestBelow(tag, request, wanted, question).ifPresent(ways::add);
    }
    return false;
  }

  /// Whether the engine takes that type: it may ignore it, or refuse the load.
  private static boolean isTaken(KvCacheType type, Fit fit) {
    boolean refused = fit instanceof Fit.DoesNotFit(_, var shortfall, _) && shortfall.isZero();
    return !refused && fit.plan().settings().kvCacheType() == type;
  }

  private Optional<Fit> largestBelow(
      ModelTag tag, FitRequest request, ContextLength wanted, Question question) {
    return fits.largestWholeContext(tag, request, question.machine())
        .map(ContextLength::inWholeK)
        .filter(c -> c.isUseful() && c.compareTo(wanted) < 0)
        .map(c -> fits.estimate(tag, request.withContextLength(c), question.machine()));
  }

  /// The candidates of those ways.
  ///
  /// @param byItself how many of them, the first ones, leave the KV cache as it is
  private List<Candidate> candidates(
      ModelTag tag, List<Fit> ways, int byItself, Question question) {
    UseCaseProfile useCase = question.useCase();
    AnswerTime.Length length = AnswerTokens.of(useCases, useCase, tag.variant());
    int typical = AnswerTokens.typicalFill(length);
    int fill = question.wishes().atTokens().orElse(typical);
    ContextLength needed = useCases.neededContext(useCase, tag.variant().id());
    Optional<String> twin = useCases.twin(useCase, tag.variant().id()).map(UseCases.Twin::tag);
    Quality quality = qualities.known(tag, useCase, question.language());
    var candidates = new ArrayList<Candidate>();
    for (Fit fit : ways) {
      SpeedEstimate speed = speeds.of(fit, fill);
      boolean cacheAsItIs = candidates.size() < byItself;
      candidates.add(
          new Candidate(
              tag,
              fit,
              speed,
              speeds.answerTime(fit, length, fill == typical ? speed : speeds.of(fit, typical)),
              quality,
              needed,
              twin,
              new Changes(
                  changesContext(tag, fit, question),
                  !cacheAsItIs && changesCache(tag, fit, question),
                  changesParallel(tag, fit, question),
                  question.visibleDevices())));
    }
    return candidates;
  }

  private boolean changesContext(ModelTag tag, Fit fit, Question question) {
    ContextLength own = fits.defaultContext(tag, question.machine());
    return own.compareTo(fit.plan().settings().contextLength()) != 0;
  }

  /// Whether the same load without a wish would get another KV cache.
  private boolean changesCache(ModelTag tag, Fit fit, Question question) {
    RunSettings settings = fit.plan().settings();
    return byItself(tag, fit, question).kvCacheType() != settings.kvCacheType();
  }

  /// Whether the server by itself would serve another number of requests at once.
  private boolean changesParallel(ModelTag tag, Fit fit, Question question) {
    return question.wishes().parallel().isPresent()
        && byItself(tag, fit, question).parallel() != fit.plan().settings().parallel();
  }

  /// The settings of the same context without a wish.
  private RunSettings byItself(ModelTag tag, Fit fit, Question question) {
    FitRequest plain = FitRequest.DEFAULTS.withContextLength(fit.plan().settings().contextLength());
    return fits.estimate(tag, plain, question.machine()).plan().settings();
  }
}
