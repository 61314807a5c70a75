package dev.r1pick.advice;

import dev.r1pick.advice.Advice.NextUp;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Variant;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.Placement;
import dev.r1pick.fit.Remedies;
import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.List;
import java.util.Optional;

/// The next better variant that does not fit whole, and what would make it fit.
final class NextVariant {
  /// A machine of more times the memory is another machine.
  private static final int WITHIN_REACH = 4;

  private final FitEstimator fits;
  private final List<ModelTag> manifests;

  NextVariant(FitEstimator fits, List<ModelTag> manifests) {
    this.fits = fits;
    this.manifests = manifests;
  }

  /// Of the better variants whose smallest tag does not fit whole, the one that is nearest to it.
  /// On a CPU it is speed that is short, and no memory buys that.
  Optional<NextUp> of(Evaluation best, List<Evaluation> judged, Question question) {
    if (best.candidate().fit().plan().placement() instanceof Placement.CpuOnly) {
      return Optional.empty();
    }
    double quality = best.candidate().quality().score();
    return judged.stream()
        .filter(NextVariant::lacksMemoryOnly)
        .map(Evaluation::candidate)
        .filter(c -> c.quality().score() > quality)
        .filter(c -> isSmallest(c.tag()) && isWithinReach(c, question))
        .filter(c -> !isWholeSomewhere(c.tag().variant(), judged))
        .min((a, b) -> Long.compare(shortfall(a.fit()), shortfall(b.fit())))
        .map(c -> new NextUp(c.tag(), atContextOfUse(c, question), remedyOfUse(c, question)));
  }

  /// What its asker has ruled out is not what to buy memory for.
  private static boolean lacksMemoryOnly(Evaluation judged) {
    for (Rule rule : Rule.BOOK) {
      if (rule.kind() == Rule.Kind.HARD && rule != Rule.FITS_MEMORY && judged.breaks(rule)) {
        return false;
      }
    }
    return true;
  }

  /// A context too small to think in is no remedy, and a slice of a GPU cannot be bought.
  private static boolean isWorthNaming(Remedy remedy, Question question) {
    return switch (remedy) {
      case Remedy.SmallerContext(var largest) ->
          largest.tokens() * 2 >= question.useCase().neededContext().tokens();
      case Remedy.OneMoreGpu(var like) -> like.kind() == Accelerator.Kind.DISCRETE;
      case Remedy.SmallerQuantization _ -> false;
      case Remedy.SmallerKvCache _,
          Remedy.FreeGpuMemory _,
          Remedy.FreeRam _,
          Remedy.RaiseWiredLimit _,
          Remedy.MoreRam _ ->
          true;
    };
  }

  /// A machine of several times the memory is another machine.
  private static boolean isWithinReach(Candidate candidate, Question question) {
    Bytes memory = Bytes.ZERO;
    for (Accelerator gpu : question.machine().usableAccelerators()) {
      memory = memory.plus(gpu.memory().total().orElse(Bytes.ZERO));
    }
    return candidate.fit().plan().total().atMost(memory.times(WITHIN_REACH));
  }

  private boolean isSmallest(ModelTag tag) {
    return manifests.stream()
        .filter(other -> other.variant().id().equals(tag.variant().id()))
        .allMatch(other -> tag.download().atMost(other.download()));
  }

  /// With room to think: a tag that fits at a tiny context only is not there yet.
  private static boolean isWholeSomewhere(Variant variant, List<Evaluation> judged) {
    for (Evaluation one : judged) {
      Candidate candidate = one.candidate();
      if (candidate.tag().variant().id().equals(variant.id())
          && candidate.fit() instanceof Fit.Whole
          && !one.breaks(Rule.ROOM_FOR_THINKING)) {
        return true;
      }
    }
    return false;
  }

  /// How it fits with the context that the use needs.
  private Fit atContextOfUse(Candidate candidate, Question question) {
    return fits.estimate(
        candidate.tag(),
        Adviser.request(candidate).withContextLength(question.useCase().neededContext()),
        question.machine());
  }

  /// At the context that this variant needs, else at that of the use.
  private Optional<Remedy> remedyOfUse(Candidate candidate, Question question) {
    return remedyAt(candidate.neededContext(), candidate, question)
        .or(() -> remedyAt(question.useCase().neededContext(), candidate, question));
  }

  private Optional<Remedy> remedyAt(ContextLength context, Candidate candidate, Question question) {
    FitRequest request = Adviser.request(candidate).withContextLength(context);
    return Remedies.of(fits, candidate.tag(), request, question.machine(), manifests).stream()
        .filter(remedy -> isWorthNaming(remedy, question))
        .findFirst();
  }

  private static long shortfall(Fit fit) {
    return switch (fit) {
      case Fit.Whole _ -> 0;
      case Fit.Partly(_, var shortfall) -> shortfall.count();
      case Fit.DoesNotFit(_, var shortfall, _) -> shortfall.count();
    };
  }
}
