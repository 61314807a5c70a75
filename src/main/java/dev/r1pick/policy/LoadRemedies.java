package dev.r1pick.policy;

import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Reason;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.Remedies;
import dev.r1pick.fit.Remedy;
import dev.r1pick.ollama.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What would make a load do what a rule asks.
final class LoadRemedies {
  private static final int MOST = 3;

  private final PolicyCatalog knowledge;
  private final CheckedMachine examined;

  LoadRemedies(PolicyCatalog knowledge, CheckedMachine examined) {
    this.knowledge = knowledge;
    this.examined = examined;
  }

  /// Best first: a GPU that lies idle, then changes that make it fit whole, then speed.
  ///
  /// @param reason why it does not do
  /// @param request what was asked; a smaller context is no way out where one was asked for, and
  ///   another tag is no way out at all
  List<PolicyRemedy> of(
      Candidate candidate, FitRequest request, OptionalDouble minSpeed, PolicyReason reason) {
    var ways = new ArrayList<PolicyRemedy>(GpuUncertainty.unused(examined.machine()));
    newerOllama(reason).ifPresent(way -> ways.addFirst(way));
    if (candidate.fit() instanceof Fit.Whole) {
      addSpeed(ways, candidate, minSpeed);
    } else {
      for (Remedy remedy : remedies(candidate, request)) {
        boolean another =
            remedy instanceof Remedy.SmallerQuantization
                || (remedy instanceof Remedy.SmallerContext && request.contextLength().isPresent());
        if (!another) {
          ways.add(new PolicyRemedy.FitWith(remedy));
        }
      }
    }
    return ways.size() > MOST ? ways.subList(0, MOST) : ways;
  }

  /// Where the installed Ollama does not know the model: the first one that does.
  private static Optional<PolicyRemedy> newerOllama(PolicyReason reason) {
    return reason instanceof PolicyReason.OfRule(Reason.OllamaTooOld(_, var first))
        ? VersionRange.parse(">=" + first).map(PolicyRemedy.InstallOllama::new)
        : Optional.empty();
  }

  private List<Remedy> remedies(Candidate candidate, FitRequest request) {
    var settings = candidate.settings();
    return Remedies.of(
        examined.fits(),
        candidate.tag(),
        request.withContextLength(settings.contextLength()).withKvCacheType(settings.kvCacheType()),
        examined.machine(),
        knowledge.manifests());
  }

  private static void addSpeed(
      List<PolicyRemedy> ways, Candidate candidate, OptionalDouble minSpeed) {
    OptionalDouble rate = candidate.generationRate();
    if (minSpeed.isPresent() && rate.isPresent() && rate.getAsDouble() < minSpeed.getAsDouble()) {
      ways.add(new PolicyRemedy.FasterMemory(minSpeed.getAsDouble() / rate.getAsDouble()));
    }
  }
}
