package dev.r1pick.cli.option;

import dev.r1pick.catalog.gpu.GpuLookup;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.catalog.gpu.GpuWords.Sense;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.MachineError;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;

/// What is said of a GPU name that means no one card. Every name it offers can be pasted: the
/// number of cards stays in it.
///
/// @param typed the name as it was typed
/// @param number of cards
record NamedGpuError(String typed, int number) {

  CliFailure of(GpuLookup lookup) {
    return switch (lookup) {
      case GpuLookup.Several(var choices) ->
          new CliFailure(new MachineError.GpuSeveral(typed, offered(choices)));
      case GpuLookup.WrongMemory(var model, var memory, var sizes, var suggestions) ->
          new CliFailure(
              new MachineError.GpuWrongMemory(
                  withoutSize(model.name(), sizes.size()),
                  gb(memory),
                  sizes(sizes),
                  offered(suggestions)));
      case GpuLookup.Share(var memory, var cards) ->
          new CliFailure(
              cards.isEmpty()
                  ? new MachineError.GpuShare(typed, gb(memory), plain(memory))
                  : new MachineError.GpuShareOf(typed, gb(memory), plain(memory), offered(cards)));
      case GpuLookup.NoCard(var sense, var suggestions) -> noCard(sense, suggestions);
      case GpuLookup.Unknown(var nearest) ->
          nearest.isEmpty()
              ? new CliFailure(new MachineError.GpuUnknown(typed))
              : new CliFailure(new MachineError.GpuUnknownNear(typed, offered(nearest)));
      case GpuLookup.AmbiguousMemory(var model, var sizes, var choices) ->
          ambiguous(model, sizes, choices);
      case GpuLookup.Found(var model, _, _) ->
          throw new IllegalStateException(model.name() + " is one card");
    };
  }

  CliFailure ambiguous(GpuModel model, List<Bytes> sizes, List<String> choices) {
    return new CliFailure(
        model.unified()
            ? new MachineError.GpuNeedsRamOf(
                model.name(), sizes(sizes), offered(choices), plain(sizes.getLast()))
            : new MachineError.GpuMemory(typed, sizes(sizes), offered(choices)));
  }

  private CliFailure noCard(Sense sense, List<String> suggestions) {
    return new CliFailure(
        switch (sense) {
          case NO_GPU -> new MachineError.GpuNone(typed);
          case INSIDE_PROCESSOR ->
              suggestions.isEmpty()
                  ? new MachineError.GpuInside(typed)
                  : new MachineError.GpuInsideNear(typed, offered(suggestions));
          case NO_DRIVER -> new MachineError.GpuNoDriver(typed);
          case VIRTUAL_DISPLAY -> new MachineError.GpuVirtualDisplay(typed);
          case OTHER_ACCELERATOR -> new MachineError.GpuOtherAccelerator(typed);
          case NO_NUMBER -> new MachineError.GpuNumber(typed);
          case NO_MODEL -> new MachineError.GpuNoModel(typed);
          case ARCHITECTURE -> new MachineError.GpuArchitecture(typed, offered(suggestions));
        });
  }

  /// Kinds of several sizes that share a name are meant by what they share: `GTX 1060`.
  private static String withoutSize(String name, int sizes) {
    int last = name.lastIndexOf(' ');
    return sizes > 1 && name.endsWith("GB") && Character.isDigit(name.charAt(last + 1))
        ? name.substring(0, last)
        : name;
  }

  /// In the quotation marks of a shell.
  private List<String> offered(List<String> names) {
    var offered = new ArrayList<String>(names.size());
    for (String name : names) {
      offered.add("\"" + (number > 1 ? number + "x " : "") + name + "\"");
    }
    return offered;
  }

  private static List<String> sizes(List<Bytes> sizes) {
    var texts = new ArrayList<String>(sizes.size());
    for (Bytes size : sizes) {
      texts.add(gb(size));
    }
    return texts;
  }

  /// As a graphics card's box says it.
  private static String gb(Bytes size) {
    return Amounts.decimal(size.inGiB(), size.inGiB() % 1 == 0 ? 0 : 1) + " GB";
  }

  /// As an option takes it.
  private static String plain(Bytes size) {
    return (size.count() >> 30) + "GB";
  }
}
