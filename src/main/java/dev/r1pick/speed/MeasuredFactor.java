package dev.r1pick.speed;

import dev.r1pick.fit.LoadPlan;
import dev.r1pick.speed.SpeedEstimate.Basis;
import dev.r1pick.speed.SpeedEstimate.Known;
import dev.r1pick.speed.SpeedEstimate.Range;
import dev.r1pick.units.TokenRate;
import java.util.OptionalDouble;

/// How much faster than estimated a machine generated when it was measured. Of a load that is
/// partly on GPUs the mix of its parts decides, so none is taken from it or used for it.
///
/// @param onGpus of loads that are whole on GPUs; empty where none was measured
/// @param onProcessor of loads without a GPU; empty where none was measured
public record MeasuredFactor(OptionalDouble onGpus, OptionalDouble onProcessor) {
  /// Nothing measured.
  public static final MeasuredFactor NONE =
      new MeasuredFactor(OptionalDouble.empty(), OptionalDouble.empty());

  /// How far another model, quantization or context on the same machine may be off; a judgement.
  private static final double SPREAD = 0.15;

  SpeedEstimate applied(LoadPlan plan, SpeedEstimate estimate) {
    OptionalDouble factor =
        plan.devices().isEmpty()
            ? onProcessor
            : plan.placement().cpuLayers() == 0 ? onGpus : OptionalDouble.empty();
    if (factor.isEmpty() || !(estimate instanceof Known known)) {
      return estimate;
    }
    double rate = known.generation().expected().tokensPerSecond() * factor.getAsDouble();
    return new Known(
        new Range(
            new TokenRate(rate * (1 - SPREAD)),
            new TokenRate(rate),
            new TokenRate(rate * (1 + SPREAD))),
        known.prompt(),
        known.atContextTokens(),
        new Basis.MeasuredHere());
  }
}
