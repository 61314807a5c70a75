package dev.r1pick.report.words;

import dev.r1pick.advice.Advice;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.Placement;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.TagCheck;

/// Kebab-case words that scripts read; they stay what they are in every format and language.
public final class Codes {
  private Codes() {}

  /// What an alternative is to the pick.
  public static String trade(Advice.Trade trade) {
    return switch (trade) {
      case BETTER_BUT_SLOWER -> "better-but-slower";
      case FASTER_BUT_WEAKER -> "faster-but-weaker";
      case LONGER_CONTEXT -> "longer-context";
      case NEXT_BEST -> "next-best";
    };
  }

  /// Where the layers of a load go.
  public static String placement(Placement placement) {
    return switch (placement) {
      case Placement.AllOnGpu _ -> "all-on-gpu";
      case Placement.SplitAcrossGpus _ -> "split-across-gpus";
      case Placement.PartlyOffloaded _ -> "partly-offloaded";
      case Placement.ExpertsInRam _ -> "experts-in-ram";
      case Placement.CpuOnly _ -> "cpu-only";
    };
  }

  /// What became of a tag: how it fits where memory decides.
  public static String verdict(TagCheck check) {
    if (check.assessment().isEmpty() || check.finding().outcome() == Outcome.UNKNOWN) {
      return "unknown";
    }
    return check.isTooNew() ? "does-not-run" : verdict(check.assessment().get().fit());
  }

  /// Whether a fit is whole, partial or none.
  public static String verdict(Fit fit) {
    return switch (fit) {
      case Fit.Whole _ -> "fits";
      case Fit.Partly _ -> "fits-partly";
      case Fit.DoesNotFit _ -> "does-not-fit";
    };
  }
}
