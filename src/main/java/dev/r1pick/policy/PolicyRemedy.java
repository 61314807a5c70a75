package dev.r1pick.policy;

import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Usability;
import dev.r1pick.ollama.VersionRange;
import dev.r1pick.units.Bytes;

/// What would make a rule hold; the report has the words.
public sealed interface PolicyRemedy {

  /// The tag that comes nearest would fit whole with that.
  record FitWith(Remedy remedy) implements PolicyRemedy {}

  /// A GPU that Ollama would not use as things are.
  record UseGpu(Accelerator gpu, Usability.NotUsable why) implements PolicyRemedy {}

  /// Memory read faster by this factor or more.
  ///
  /// @param factor above 1
  record FasterMemory(double factor) implements PolicyRemedy {}

  /// More RAM.
  record MoreRam(Bytes missing) implements PolicyRemedy {}

  /// More GPU memory.
  record MoreVram(Bytes missing) implements PolicyRemedy {}

  /// Free space where the models are.
  record FreeDisk(Bytes missing) implements PolicyRemedy {}

  /// Another version of Ollama.
  record InstallOllama(VersionRange range) implements PolicyRemedy {}

  /// What did not answer in time is asked again, or left out.
  record AcceptUnknown() implements PolicyRemedy {}

  /// What could not be detected has to be told.
  record DescribeMachine() implements PolicyRemedy {}
}
