package dev.r1pick.speed;

import dev.r1pick.speed.SpeedConstants.BackendSpeed;
import dev.r1pick.speed.SpeedConstants.ClassSpeed;
import dev.r1pick.speed.SpeedConstants.ContextWeight;
import dev.r1pick.speed.SpeedConstants.ErrorRange;
import dev.r1pick.speed.SpeedConstants.MixtureSpeed;
import dev.r1pick.speed.SpeedConstants.PromptSpeed;
import dev.r1pick.speed.SpeedConstants.Sustained;
import java.util.List;
import java.util.Map;

/// Constants of a made-up world in which every speed can be worked out by hand.
final class RoundFigures {
  /// From half of what is expected to twice of it.
  static final ErrorRange HALF_TO_TWICE = new ErrorRange(Math.log(0.5), Math.log(2));

  static final ErrorRange QUARTER_TO_FOURFOLD = new ErrorRange(Math.log(0.25), Math.log(4));

  private RoundFigures() {}

  /// Reads at half of its peak, 10 µs a layer.
  static ClassSpeed chips(String id, double exponent, int rows) {
    return new ClassSpeed(
        id, "cuda", 0.5, exponent, 1e-5, rows, HALF_TO_TWICE, 0.5, 10, HALF_TO_TWICE);
  }

  /// A byte of cache costs 2 bytes, from 1 to 4; one of Q8_0 costs 1.5.
  static BackendSpeed backend(String id, double saturation) {
    return new BackendSpeed(
        id,
        chips(id, 0, 7),
        new ContextWeight(1, 2, 4),
        Map.of("Q8_0", 1.5),
        new PromptSpeed(saturation, 3, 1.25, Map.of("Q8_0", 2.0)));
  }

  static CpuSpeed cpu() {
    return new CpuSpeed(
        Map.of(ProcessorKind.DESKTOP, 0.5, ProcessorKind.SERVER, 0.6),
        0.4,
        0.9,
        Map.of(InstructionSet.AVX2, 1e9),
        Map.of("Q8_0", 2.0),
        1e-4,
        0.5,
        2,
        5e8,
        0.5,
        20,
        HALF_TO_TWICE,
        new CpuSpeed.Prompt(Map.of(InstructionSet.AVX2, 1e10), 1e9, 5, HALF_TO_TWICE));
  }

  static MixtureSpeed mixture() {
    return new MixtureSpeed(
        Map.of("cuda", 0.5, "metal", 0.25),
        3,
        HALF_TO_TWICE,
        0.5,
        0.4,
        0.4,
        1e-4,
        9,
        HALF_TO_TWICE,
        QUARTER_TO_FOURFOLD,
        0.5,
        4,
        QUARTER_TO_FOURFOLD);
  }

  /// 1 ms a token, 3 ms before 0.13, 10 ms from one GPU to the next.
  static SpeedConstants constants() {
    return new SpeedConstants(
        Map.of("cuda", backend("cuda", 0), "metal", backend("metal", 0)),
        Map.of("cuda-ampere", chips("cuda-ampere", 0, 8)),
        cpu(),
        mixture(),
        10e-3,
        1e-3,
        3e-3,
        new Sustained(0.8, 0.5),
        List.of());
  }
}
