package dev.r1pick.hardware;

import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Notes as `id` and `arguments`, which are texts in the order of the sentence.
final class NoteDocument {
  private NoteDocument() {}

  static JsonValue write(Note note) {
    return JsonValue.object()
        .put("id", note.id())
        .put("arguments", JsonValue.texts(arguments(note)))
        .build();
  }

  private static List<String> arguments(Note note) {
    return switch (note) {
      case Note.CommandTimedOut(var command, var waited) ->
          List.of(command, Long.toString(waited.toMillis()));
      case Note.ProbeTimedOut(var probe) -> List.of(probe);
      case Note.ProbeFailed(var probe, var problem) -> List.of(probe, problem);
      case Note.NvidiaSmiFailed(var reason) -> List.of(reason.id());
      case Note.WslGpuOutOfReach _, Note.LinuxOnMac _ -> List.of();
      case Note.AdapterDisabled(var adapter, var code) -> List.of(adapter, Long.toString(code));
      case Note.SwapIsCompressedRam _ -> List.of();
      case Note.GpuNameShared(var typed, var model, var others) -> {
        var arguments = new ArrayList<String>(List.of(typed, model));
        arguments.addAll(others);
        yield arguments;
      }
      case Note.GpuKindGuessed(var model, var others) -> {
        var arguments = new ArrayList<String>(List.of(model));
        arguments.addAll(others);
        yield arguments;
      }
      case Note.DescribedChip(var chip, var share, var ram) ->
          List.of(chip, Long.toString(share.count()), Long.toString(ram.count()));
      case Note.AssumedProcessor(var processor) -> List.of(processor);
      case Note.AssumedFree(var total, var free) ->
          List.of(Long.toString(total.count()), Long.toString(free.count()));
      case Note.MemoryAssumed(var device, var size, var larger) -> {
        var arguments = new ArrayList<String>(List.of(device, Long.toString(size.count())));
        arguments.addAll(larger);
        yield arguments;
      }
      case Note.LoadedCountsAsFree(var model, var size, var context) ->
          context.isEmpty()
              ? List.of(model, Long.toString(size.count()))
              : List.of(
                  model, Long.toString(size.count()), Integer.toString(context.get().tokens()));
      case Note.ServerSilent(var url) -> List.of(url);
      case Note.ServerContextUnseen _ -> List.of();
      case Note.NoAnswerElsewhere(var url) -> List.of(url);
      case Note.OllamaHostElsewhere(var host) -> List.of(host);
      case Note.NoOllamaForArchitecture(var arch) -> List.of(arch);
      case Note.WslMemoryShare _ -> List.of();
      case Note.ContainerMemoryLimit(var file) -> List.of(file);
      case Note.AndroidMemory _ -> List.of();
      case Note.EnvironmentOfThisShell(var variables) -> variables;
      case Note.MemoryIsFloor(var device) -> List.of(device);
      case Note.MemoryIsCarveOut(var device) -> List.of(device);
      case Note.CudaIndexAmbiguous(var list) -> List.of(list);
      case Note.VulkanIndexAmbiguous(var list) -> List.of(list);
      case Note.MigOneInstance(var instances) -> List.of(Integer.toString(instances));
    };
  }

  /// The note, or empty where it follows from other facts, is of a later version or cannot be
  /// understood.
  static Optional<Note> read(String id, List<String> arguments) {
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    String second = arguments.size() < 2 ? "" : arguments.get(1);
    return switch (id) {
      case "command-timed-out" ->
          number(second).map(ms -> new Note.CommandTimedOut(first, Duration.ofMillis(ms)));
      case "loaded-counts-as-free" ->
          size(second)
              .map(
                  bytes ->
                      new Note.LoadedCountsAsFree(
                          first,
                          bytes,
                          ContextLength.parse(arguments.size() < 3 ? "" : arguments.get(2))));
      case "server-silent" -> Optional.of(new Note.ServerSilent(first));
      case "server-context-unseen" -> Optional.of(new Note.ServerContextUnseen());
      case "no-answer-elsewhere" -> Optional.of(new Note.NoAnswerElsewhere(first));
      case "probe-timed-out" -> Optional.of(new Note.ProbeTimedOut(first));
      case "probe-failed" -> Optional.of(new Note.ProbeFailed(first, second));
      case "nvidia-smi-failed" -> reason(first).map(Note.NvidiaSmiFailed::new);
      case "wsl-gpu-out-of-reach" -> Optional.of(new Note.WslGpuOutOfReach());
      case "linux-on-mac" -> Optional.of(new Note.LinuxOnMac());
      case "adapter-disabled" -> adapter(first, second);
      case "swap-is-compressed-ram" -> Optional.of(new Note.SwapIsCompressedRam());
      case "gpu-name-shared" ->
          Optional.of(
              new Note.GpuNameShared(
                  first,
                  second,
                  arguments.subList(Math.min(2, arguments.size()), arguments.size())));
      case "gpu-kind-guessed" ->
          Optional.of(
              new Note.GpuKindGuessed(
                  first, arguments.subList(Math.min(1, arguments.size()), arguments.size())));
      case "described-chip" -> {
        Optional<Bytes> share = size(second);
        Optional<Bytes> ram = size(arguments.size() < 3 ? "" : arguments.get(2));
        yield share.isPresent() && ram.isPresent()
            ? Optional.of(new Note.DescribedChip(first, share.get(), ram.get()))
            : Optional.empty();
      }
      case "assumed-processor" -> Optional.of(new Note.AssumedProcessor(first));
      case "assumed-free" -> {
        Optional<Bytes> total = size(first);
        Optional<Bytes> free = size(second);
        yield total.isPresent() && free.isPresent()
            ? Optional.of(new Note.AssumedFree(total.get(), free.get()))
            : Optional.empty();
      }
      case "memory-assumed" ->
          size(second)
              .map(
                  size ->
                      new Note.MemoryAssumed(
                          first,
                          size,
                          arguments.subList(Math.min(2, arguments.size()), arguments.size())));
      case "ollama-host-elsewhere" -> Optional.of(new Note.OllamaHostElsewhere(first));
      default -> Optional.empty();
    };
  }

  /// Whether a note of that id is known here, be it one that follows from other facts.
  static boolean isKnown(String id) {
    return switch (id) {
      case "command-timed-out",
          "probe-timed-out",
          "probe-failed",
          "nvidia-smi-failed",
          "wsl-gpu-out-of-reach",
          "linux-on-mac",
          "adapter-disabled",
          "swap-is-compressed-ram",
          "gpu-name-shared",
          "gpu-kind-guessed",
          "described-chip",
          "ollama-host-elsewhere",
          "memory-assumed",
          "assumed-processor",
          "assumed-free",
          "no-ollama-for-architecture",
          "wsl-memory-share",
          "container-memory-limit",
          "android-memory",
          "environment-of-this-shell",
          "server-silent",
          "server-context-unseen",
          "no-answer-elsewhere",
          "loaded-counts-as-free",
          "memory-is-floor",
          "memory-is-carve-out",
          "cuda-index-ambiguous",
          "vulkan-index-ambiguous",
          "mig-one-instance" ->
          true;
      default -> false;
    };
  }

  /// Documents of version 1 have the code behind the name.
  private static Optional<Note> adapter(String name, String code) {
    int open = name.lastIndexOf(" (");
    boolean joined = code.isEmpty() && open > 0 && name.endsWith(")");
    String plain = joined ? name.substring(0, open) : name;
    return number(joined ? name.substring(open + 2, name.length() - 1) : code)
        .map(number -> new Note.AdapterDisabled(plain, number));
  }

  private static Optional<Long> number(String text) {
    OptionalLong number = Text.whole(text);
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  /// Bytes, or as documents of version 1 have them, an amount for people.
  private static Optional<Bytes> size(String text) {
    Optional<Bytes> bytes = Text.bytes(text);
    return bytes.isPresent() ? bytes : Bytes.parseMemory(text);
  }

  /// By its own word, or by the code that several have.
  private static Optional<WhyNot> reason(String code) {
    for (WhyNot reason : WhyNot.values()) {
      if (reason.id().equals(code) || reason.code().equals(code)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
