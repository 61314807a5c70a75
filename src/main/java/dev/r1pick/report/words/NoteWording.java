package dev.r1pick.report.words;

import dev.r1pick.hardware.Note;
import java.util.ArrayList;
import java.util.List;

/// Notes of a machine as sentences.
public final class NoteWording {
  private NoteWording() {}

  /// The remark of a note.
  public static String sentence(Note note, Messages messages) {
    return text("hardware.note.", note, messages);
  }

  /// A note in the words of one kind of message.
  ///
  /// @param kind what the keys begin with
  static String text(String kind, Note note, Messages messages) {
    return switch (note) {
      case Note.MigOneInstance(int instances) ->
          messages.counted(kind + "mig-one-instance", instances);
      case Note.MemoryAssumed(_, _, var larger) when larger.isEmpty() ->
          messages.text(kind + "memory-assumed.one", figures(note, messages));
      case Note.LoadedCountsAsFree(_, _, var context) when context.isPresent() ->
          messages.text(kind + "loaded-counts-as-free.with-context", figures(note, messages));
      default -> messages.text(kind + note.id(), figures(note, messages));
    };
  }

  private static Object[] figures(Note note, Messages messages) {
    return switch (note) {
      case Note.CommandTimedOut(var command, var waited) ->
          new Object[] {command, Long.toString(waited.toMillis())};
      case Note.ProbeTimedOut(var probe) -> new Object[] {probe};
      case Note.ProbeFailed(var probe, var problem) -> new Object[] {probe, problem};
      case Note.NvidiaSmiFailed(var reason) ->
          new Object[] {messages.text("hardware.why-not." + reason.id())};
      case Note.AdapterDisabled(var adapter, var code) ->
          new Object[] {adapter, Long.toString(code)};
      case Note.GpuNameShared(var typed, var model, var others) ->
          new Object[] {typed, model, quoted(others)};
      case Note.GpuKindGuessed(var model, var others) -> new Object[] {model, quoted(others)};
      case Note.DescribedChip(var chip, var share, var ram) ->
          new Object[] {chip, Amounts.memory(share), Amounts.memory(ram)};
      case Note.AssumedProcessor(var processor) ->
          new Object[] {new Wording(messages).processor(processor)};
      case Note.AssumedFree(var total, var free) ->
          new Object[] {Amounts.memory(total), Amounts.memory(free)};
      case Note.MemoryAssumed(var device, var size, var larger) ->
          new Object[] {device, Amounts.memory(size), quoted(larger)};
      case Note.LoadedCountsAsFree(var model, var size, var context) ->
          context.isEmpty()
              ? new Object[] {model, Amounts.memory(size)}
              : new Object[] {model, Amounts.memory(size), context.get()};
      case Note.ServerSilent(var url) -> new Object[] {url};
      case Note.NoAnswerElsewhere(var url) -> new Object[] {url};
      case Note.OllamaHostElsewhere(var host) -> new Object[] {host};
      case Note.NoOllamaForArchitecture(var arch) -> new Object[] {arch};
      case Note.ContainerMemoryLimit(var file) -> new Object[] {file};
      case Note.EnvironmentOfThisShell(var variables) -> new Object[] {variables};
      case Note.MemoryIsFloor(var device) -> new Object[] {device};
      case Note.MemoryIsCarveOut(var device) -> new Object[] {device};
      case Note.CudaIndexAmbiguous(var list) -> new Object[] {list};
      case Note.VulkanIndexAmbiguous(var list) -> new Object[] {list};
      case Note.ServerContextUnseen _,
          Note.WslGpuOutOfReach _,
          Note.LinuxOnMac _,
          Note.MigOneInstance _,
          Note.SwapIsCompressedRam _,
          Note.WslMemoryShare _,
          Note.AndroidMemory _ ->
          new Object[] {};
    };
  }

  /// Names in quotation marks, as a shell takes them: they are there to be pasted.
  private static List<String> quoted(List<String> names) {
    var quoted = new ArrayList<String>(names.size());
    for (String name : names) {
      quoted.add('"' + name + '"');
    }
    return quoted;
  }
}
