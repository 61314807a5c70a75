package dev.r1pick.advice;

import dev.r1pick.catalog.ModelTag;
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
/// @param fit whether and how it fits as asked
/// @param assumptions which rules of Ollama applied
/// @param atTokens how full the context shall be for that speed; empty: as it is in the middle of a
///   typical answer
/// @param speed how fast it answers so
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
    Optional<AnswerTime> answerTime,
    Fit byItself,
    Optional<ContextLength> largestWhole,
    List<Remedy> remedies,
    List<Remedy> nearer) {

  public TagAssessment {
    remedies = List.copyOf(remedies);
    nearer = List.copyOf(nearer);
  }

  /// Looks at a tag.
  ///
  /// @param candidate the tag as it would be loaded
  /// @param request what it was loaded by
  /// @param atTokens how full the context was asked to be for the speed of the candidate
  /// @param tags every tag that can be pulled
  public static TagAssessment of(
      Candidate candidate,
      FitRequest request,
      Machine machine,
      OptionalInt atTokens,
      FitEstimator fits,
      List<ModelTag> tags) {
    ModelTag tag = candidate.tag();
    List<Remedy> remedies = Remedies.of(fits, tag, request, machine, tags);
    return new TagAssessment(
        tag,
        machine,
        candidate.fit(),
        fits.assumptions(tag, request, machine),
        atTokens,
        candidate.speed(),
        candidate.answerTime(),
        fits.estimate(tag, request.withContextLength(fits.defaultContext(tag, machine)), machine),
        fits.largestWholeContext(tag, request, machine),
        remedies,
        remedies.isEmpty() ? Remedies.nearer(fits, tag, request, machine, tags) : List.of());
  }
}
