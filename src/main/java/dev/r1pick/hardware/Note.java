package dev.r1pick.hardware;

import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Something a reader should know about how the machine was read. The sentence is in the message
/// bundle under `hardware.note.` and [#id]; names are cleaned of control characters.
public sealed interface Note {

  /// The type's name in kebab-case, as in message keys and in JSON.
  default String id() {
    String name = getClass().getSimpleName();
    var id = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c) && i > 0) {
        id.append('-');
      }
      id.append(Character.toLowerCase(c));
    }
    return id.toString();
  }

  /// A note that follows from the other facts and is written anew whenever they or Ollama's
  /// settings change.
  sealed interface Derived extends Note {}

  /// A GPU that Ollama does not reach, so that it computes on the processor without a word.
  sealed interface OutOfReach extends Note {}

  /// A GPU that is taken to be one of several kinds, so the figures of an answer are less sure.
  sealed interface KindInDoubt extends Note {}

  // --- what happened while the machine was read

  /// A command did not answer and was left behind.
  record CommandTimedOut(String command, Duration waited) implements Note {}

  /// A probe took too long and was left behind.
  record ProbeTimedOut(String probe) implements Note {}

  /// A probe failed, which is a bug.
  ///
  /// @param problem the name of the exception
  record ProbeFailed(String probe, String problem) implements Note {}

  /// nvidia-smi is there and lists nothing.
  record NvidiaSmiFailed(WhyNot reason) implements OutOfReach {}

  /// Inside WSL, whose Linux reaches NVIDIA's GPUs only; Windows has one, of whatever maker.
  record WslGpuOutOfReach() implements OutOfReach {}

  /// A Linux in a container or a virtual machine on a Mac.
  record LinuxOnMac() implements OutOfReach {}

  /// Windows switched an adapter off or could not start it.
  ///
  /// @param code Windows' own number for the reason
  record AdapterDisabled(String adapter, long code) implements Note {}

  /// All swap is compressed memory.
  record SwapIsCompressedRam() implements Note {}

  /// A model is loaded. Ollama unloads it when another one needs the place, so what it holds counts
  /// as free.
  ///
  /// @param context that it was opened with; empty where the server does not tell
  record LoadedCountsAsFree(String model, Bytes size, Optional<ContextLength> context)
      implements Note {}

  /// A server takes connections and says nothing.
  record ServerSilent(String url) implements Note {}

  /// A server runs here, and nothing tells which context it is set to. What is loaded does not tell
  /// it: whoever loads a model may choose its context.
  record ServerContextUnseen() implements Note {}

  /// The server on another machine that `OLLAMA_HOST` names gives no answer.
  record NoAnswerElsewhere(String url) implements Note {}

  // --- what its user described

  /// Several GPUs share a name, and one of them is meant.
  ///
  /// @param typed the name that was given
  /// @param model the one that it is taken to be
  /// @param others how the others are written
  record GpuNameShared(String typed, String model, List<String> others) implements KindInDoubt {
    public GpuNameShared {
      others = List.copyOf(others);
    }
  }

  /// A chip that shares its memory with the system was described.
  ///
  /// @param share what of `ram` its GPU is taken to have
  record DescribedChip(String chip, Bytes share, Bytes ram) implements Note {}

  /// The processor was not told, and one of a usual class is assumed.
  record AssumedProcessor(String processor) implements Note {}

  /// Of memory that was described a part is assumed to be the system's.
  record AssumedFree(Bytes total, Bytes free) implements Note {}

  /// The memory of a card that is used is not known, and it is planned with the smallest size that
  /// its kind is sold with.
  ///
  /// @param larger how the larger ones are typed; none where it is the only size
  record MemoryAssumed(String device, Bytes size, List<String> larger) implements KindInDoubt {
    public MemoryAssumed {
      larger = List.copyOf(larger);
    }
  }

  /// Several kinds of a card that is used cannot be told apart, and the slowest is planned.
  ///
  /// @param model that is planned
  /// @param others what else it can be, as it has to be typed
  record GpuKindGuessed(String model, List<String> others) implements KindInDoubt {
    public GpuKindGuessed {
      others = List.copyOf(others);
    }
  }

  // --- what follows from the facts

  /// OLLAMA_HOST points to another machine.
  record OllamaHostElsewhere(String host) implements Note {}

  /// There is no Ollama for this architecture.
  record NoOllamaForArchitecture(String arch) implements Derived {}

  /// Inside WSL, which has a share of Windows' memory.
  record WslMemoryShare() implements Derived {}

  /// A control group limits the memory.
  record ContainerMemoryLimit(String file) implements Derived {}

  /// Android stops programs early.
  record AndroidMemory() implements Derived {}

  /// Variables that hide devices were read from this process.
  record EnvironmentOfThisShell(List<String> variables) implements Derived {
    public EnvironmentOfThisShell {
      variables = List.copyOf(variables);
    }
  }

  /// Only the least that a device has is known.
  record MemoryIsFloor(String device) implements Derived {}

  /// A device's memory stands beside the system's.
  record MemoryIsCarveOut(String device) implements Derived {}

  /// CUDA_VISIBLE_DEVICES counts unequal cards.
  record CudaIndexAmbiguous(String list) implements Derived {}

  /// GGML_VK_VISIBLE_DEVICES counts devices in an order that is guessed.
  record VulkanIndexAmbiguous(String list) implements Derived {}

  /// Of several MIG instances a program uses one.
  record MigOneInstance(int instances) implements Derived {}
}
