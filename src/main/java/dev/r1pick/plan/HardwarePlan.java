package dev.r1pick.plan;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.deployment.Deployment;
import dev.r1pick.fit.Remedy;
import dev.r1pick.plan.Planned.Standing;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which hardware runs a tag as asked.
///
/// @param question what was asked
/// @param tag the tag
/// @param context that it shall hold
/// @param target speed that it shall reach: the one asked for; else what a reader reads, or where
///   nothing reaches that, the least that is an answer
/// @param planned all hardware that holds the tag and is within the limits, cheapest first
/// @param nearest the card that comes nearest to holding it; empty where none is near
/// @param deployments the other ways that exist, where one machine with Ollama is seldom the answer
public record HardwarePlan(
    PlanQuestion question,
    ModelTag tag,
    ContextLength context,
    TokenRate target,
    List<Planned> planned,
    Optional<Miss> nearest,
    List<Deployment> deployments) {
  public HardwarePlan {
    planned = List.copyOf(planned);
    deployments = List.copyOf(deployments);
  }

  /// Hardware that does not hold the tag.
  ///
  /// @param planned the hardware
  /// @param largestWhole the longest context that fits whole there; empty where none does
  /// @param remedies what would make it fit whole, best first
  public record Miss(Planned planned, Optional<ContextLength> largestWhole, List<Remedy> remedies) {
    public Miss {
      remedies = List.copyOf(remedies);
    }
  }

  /// Whether something is known to do it.
  public boolean isMet() {
    return !of(Standing.DOES_IT).isEmpty();
  }

  /// All of one standing, cheapest first.
  public List<Planned> of(Standing standing) {
    var all = new ArrayList<Planned>();
    for (Planned one : planned) {
      if (one.standing() == standing) {
        all.add(one);
      }
    }
    return all;
  }

  /// Those of one standing that a buyer would look at, cheapest first.
  public List<Planned> shortlist(Standing standing, int most) {
    return Shortlist.of(of(standing), most);
  }

  /// The fastest of all; empty where nothing holds the tag.
  public Optional<Planned> fastest() {
    Optional<Planned> fastest = Optional.empty();
    for (Planned one : planned) {
      if (fastest.isEmpty() || one.low() > fastest.get().low()) {
        fastest = Optional.of(one);
      }
    }
    return fastest;
  }
}
