package dev.r1pick.policy;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.Fit;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;

/// What a machine has or does where a rule asks.
public sealed interface Actual {

  /// A tag as it would be loaded: the one that meets the rule, or the one that comes nearest.
  ///
  /// @param answerTime empty where the speed is not known
  record Load(ModelTag tag, Fit fit, SpeedEstimate speed, Optional<AnswerTime> answerTime)
      implements Actual {}

  /// A size of memory or disk.
  record Amount(Bytes have) implements Actual {}

  /// A version of Ollama, as it prints itself.
  record Version(String version) implements Actual {}

  /// Tags that are under a licence.
  record Tags(List<ModelTag> tags) implements Actual {
    public Tags {
      tags = List.copyOf(tags);
    }
  }

  /// Nothing that a figure could be given of.
  record Nothing() implements Actual {}
}
