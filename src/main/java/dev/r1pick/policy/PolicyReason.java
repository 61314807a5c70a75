package dev.r1pick.policy;

import dev.r1pick.advice.Reason;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;

/// Why a rule of a policy does not hold, or is not known. Its sentence is `policy.reason.` and the
/// [#id].
public sealed interface PolicyReason {

  /// Kebab-case, stable: scripts read it.
  default String id() {
    return Kebab.of(getClass());
  }

  /// A rule of `recommend` puts the tag out; where a policy says it in other words than `recommend`
  /// it has a sentence of its own, else that of the reason.
  record OfRule(Reason reason) implements PolicyReason {
    @Override
    public String id() {
      return reason.id();
    }
  }

  /// A typical answer takes longer than the policy allows.
  record WaitsTooLong(AnswerTime time) implements PolicyReason {}

  /// Some layers are in RAM.
  record NotWhole(Bytes missing, int gpuLayers, int layers, ContextLength context)
      implements PolicyReason {}

  /// No GPU takes part.
  record OnTheCpu() implements PolicyReason {}

  /// No tag is left under the licenses and of the size that are allowed.
  record NothingAllowed() implements PolicyReason {}

  /// No tag fits.
  record NothingFits() implements PolicyReason {}

  /// The memory of the machine is not known.
  record MemoryUnknown() implements PolicyReason {}

  /// The memory of a GPU is not known.
  record GpuMemoryUnknown() implements PolicyReason {}

  /// Free space where the models are is not known.
  record DiskUnknown() implements PolicyReason {}

  /// Less RAM.
  record Ram(Bytes have) implements PolicyReason {}

  /// Less GPU memory.
  record Vram(Bytes have) implements PolicyReason {}

  /// No GPU that Ollama would use.
  record NoGpu() implements PolicyReason {}

  /// Less free space.
  record Disk(Bytes free) implements PolicyReason {}

  /// No Ollama answered.
  record NoOllama() implements PolicyReason {}

  /// Another version of Ollama.
  ///
  /// @param version as it says it
  record Ollama(String version) implements PolicyReason {}

  /// What Ollama says of itself is no release.
  ///
  /// @param version as it says it
  record OllamaVersionUnknown(String version) implements PolicyReason {}

  /// A license binds a tag that a rule above came to.
  record License(String license) implements PolicyReason {}
}
