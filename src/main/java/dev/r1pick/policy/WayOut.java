package dev.r1pick.policy;

import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Usability;
import dev.r1pick.units.Bytes;

/// What would make a rule hold; the report has the words.
public sealed interface WayOut {

  /// The tag that comes nearest would fit whole with that.
  record FitWith(Remedy remedy) implements WayOut {}

  /// A GPU that Ollama would not use as things are.
  record UseGpu(Accelerator gpu, Usability.NotUsable why) implements WayOut {}

  /// Memory read faster by this factor or more.
  ///
  /// @param factor above 1
  record FasterMemory(double factor) implements WayOut {}

  /// More RAM.
  record MoreRam(Bytes missing) implements WayOut {}

  /// More GPU memory.
  record MoreVram(Bytes missing) implements WayOut {}

  /// Free space where the models are.
  record FreeDisk(Bytes missing) implements WayOut {}

  /// Another version of Ollama.
  record InstallOllama(VersionRange range) implements WayOut {}

  /// What could not be detected has to be told.
  record DescribeMachine() implements WayOut {}
}
