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
import dev.r1pick.speed.MachineSpeed;
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
/// @param caveats what must be known of the machine, but that which concerns every tag
/// @param assumptions which rules of Ollama applied
/// @param atTokens how full the context shall be for that speed; empty: as it is in the middle of a
///   typical answer
/// @param speed how fast it answers so
/// @param atFirst how fast it answers while the context is empty
/// @param whenFull how fast it answers when the context is full
/// @param contextAsked whether a context was asked for
/// @param answerTime how long an answer takes; empty where the speed is not known
/// @param changesParallel whether the server by itself would serve another number of requests
/// @param byItself how it fits with the context that Ollama opens by itself
/// @param largestWhole the longest context at which it fits whole; empty where none does
/// @param remedies what would make it fit whole, best first; none where it does
/// @param nearer where nothing makes it fit whole: what would have it loaded at all, or mostly on
///   the GPU, best first
public record TagAssessment(
    ModelTag tag,
    Machine machine,
    Fit fit,
    List<Caveat> caveats,
    LoadAssumptions assumptions,
    OptionalInt atTokens,
    SpeedEstimate speed,
    SpeedEstimate atFirst,
    SpeedEstimate whenFull,
    boolean contextAsked,
    Optional<AnswerTime> answerTime,
    boolean changesParallel,
    Fit byItself,
    Optional<ContextLength> largestWhole,
    List<Remedy> remedies,
    List<Remedy> nearer) {

  public TagAssessment {
    caveats = List.copyOf(caveats);
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
      MachineSpeed speeds,
      boolean contextAsked,
      List<ModelTag> tags) {
    ModelTag tag = candidate.tag();
    List<Remedy> remedies = Remedies.of(fits, tag, request, machine, tags);
    return new TagAssessment(
        tag,
        machine,
        candidate.fit(),
        MachineCaveats.beside(machine, candidate.fit().plan()),
        fits.assumptions(tag, request, machine),
        atTokens,
        candidate.speed(),
        speeds.of(candidate.fit(), 0),
        speeds.of(candidate.fit(), candidate.contextLength().tokens()),
        contextAsked,
        candidate.answerTime(),
        request.parallel().isPresent()
            && fits.estimate(tag, FitRequest.DEFAULTS, machine).plan().settings().parallel()
                != candidate.settings().parallel(),
        fits.estimate(tag, request.withContextLength(fits.defaultContext(tag, machine)), machine),
        fits.largestWholeContext(tag, request, machine),
        remedies,
        remedies.isEmpty() ? Remedies.nearer(fits, tag, request, machine, tags) : List.of());
  }
}
