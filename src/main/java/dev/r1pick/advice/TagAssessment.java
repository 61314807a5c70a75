package dev.r1pick.advice;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.LoadAssumptions;
import dev.r1pick.fit.Remedies;
import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.Machine;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.ContextLength;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Everything about one tag on one machine.
///
/// @param tag the tag
/// @param machine the machine
/// @param fit whether and how it fits as asked; where no context was asked for and the one that
///   Ollama opens by itself does not fit, with the longest that does
/// @param assumptions which rules of Ollama applied
/// @param atTokens how full the context shall be for that speed; empty: as it is in the middle of a
///   typical answer
/// @param speed how fast it answers so
/// @param atFirst how fast it answers while the context is empty
/// @param whenFull how fast it answers when the context is full
/// @param contextAsked whether a context was asked for
/// @param answerTime how long an answer takes; empty where the speed is not known
/// @param byItself how it fits with the context that Ollama opens by itself
/// @param largestWhole the longest context at which it fits whole; empty where none does
/// @param remedies what would make it fit whole, best first; none where it does
/// @param nearer where nothing makes it fit whole: what would have it loaded at all, or mostly on
///   the GPU, best first
public record TagAssessment(
    ModelTag tag,
    Machine machine,
    Fit fit,
    LoadAssumptions assumptions,
    OptionalInt atTokens,
    SpeedEstimate speed,
    SpeedEstimate atFirst,
    SpeedEstimate whenFull,
    boolean contextAsked,
    Optional<AnswerTime> answerTime,
    Fit byItself,
    Optional<ContextLength> largestWhole,
    List<Remedy> remedies,
    List<Remedy> nearer) {

  /// Below it an answer that thinks is cut off, so the failure is told.
  private static final int LEAST_USEFUL = 4096;

  public TagAssessment {
    remedies = List.copyOf(remedies);
    nearer = List.copyOf(nearer);
  }

  /// Checks a tag.
  ///
  /// @param useCase whose answers are timed
  /// @param atTokens how full the context is for the rate that is told; empty: as it is in the
  ///   middle of a typical answer
  /// @param tags every tag that can be pulled
  public static TagAssessment of(
      ModelTag tag,
      FitRequest request,
      Machine machine,
      UseCases useCases,
      UseCaseProfile useCase,
      OptionalInt atTokens,
      FitEstimator fits,
      MachineSpeed speeds,
      List<ModelTag> tags) {
    Optional<ContextLength> largest = fits.largestWholeContext(tag, request, machine);
    FitRequest planned = planned(fits, tag, request, machine, largest);
    Fit fit = fits.estimate(tag, planned, machine);
    List<Remedy> remedies = Remedies.of(fits, tag, planned, machine, tags);
    AnswerTime.Length length = AnswerTokens.of(useCases, useCase, tag.variant());
    return new TagAssessment(
        tag,
        machine,
        fit,
        fits.assumptions(tag, planned, machine),
        atTokens,
        speeds.of(fit, atTokens.orElse(AnswerTokens.typicalFill(length))),
        speeds.of(fit, 0),
        speeds.of(fit, fit.plan().settings().contextLength().tokens()),
        request.contextLength().isPresent(),
        speeds.answerTime(fit, length),
        fits.estimate(tag, request.withContextLength(fits.defaultContext(tag, machine)), machine),
        largest,
        remedies,
        remedies.isEmpty() ? Remedies.nearer(fits, tag, planned, machine, tags) : List.of());
  }

  /// A failure at a context that nobody asked for says little of a tag that fits with a shorter
  /// one.
  private static FitRequest planned(
      FitEstimator fits,
      ModelTag tag,
      FitRequest request,
      Machine machine,
      Optional<ContextLength> largest) {
    boolean useful = largest.map(context -> context.tokens() >= LEAST_USEFUL).orElse(false);
    return request.contextLength().isPresent()
            || !useful
            || !(fits.estimate(tag, request, machine) instanceof Fit.DoesNotFit)
        ? request
        : request.withContextLength(largest.orElseThrow().inWholeK());
  }
}
