package dev.r1pick.cli.option;

import dev.r1pick.catalog.gpu.GpuLookup;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.catalog.gpu.GpuWords.Sense;
import dev.r1pick.cli.console.CliFailure;
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
          CliFailure.usage("cli.error.gpu-several", typed, offered(choices));
      case GpuLookup.WrongMemory(var model, var memory, var sizes, var suggestions) ->
          CliFailure.usage(
              "cli.error.gpu-wrong-memory",
              model.name(),
              gb(memory),
              sizes(sizes),
              offered(suggestions));
      case GpuLookup.Share(var memory, var cards) ->
          CliFailure.usage(
              cards.isEmpty() ? "cli.error.gpu-share" : "cli.error.gpu-share-of",
              typed,
              gb(memory),
              plain(memory),
              offered(cards));
      case GpuLookup.NoCard(var sense, var suggestions) -> noCard(sense, suggestions);
      case GpuLookup.Unknown(var nearest) ->
          nearest.isEmpty()
              ? CliFailure.usage("cli.error.gpu-unknown", typed)
              : CliFailure.usage("cli.error.gpu-unknown-near", typed, offered(nearest));
      case GpuLookup.AmbiguousMemory(var model, var sizes, var choices) ->
          ambiguous(model, sizes, choices);
      case GpuLookup.Found(var model, _, _) ->
          throw new IllegalStateException(model.name() + " is one card");
    };
  }

  CliFailure ambiguous(GpuModel model, List<Bytes> sizes, List<String> choices) {
    return CliFailure.usage(
        model.unified() ? "cli.error.gpu-needs-ram-of" : "cli.error.gpu-memory",
        model.name(),
        sizes(sizes),
        offered(choices),
        plain(sizes.getLast()));
  }

  private CliFailure noCard(Sense sense, List<String> suggestions) {
    String key =
        switch (sense) {
          case NO_GPU -> "cli.error.gpu-none";
          case INSIDE_PROCESSOR ->
              suggestions.isEmpty() ? "cli.error.gpu-inside" : "cli.error.gpu-inside-near";
          case NO_DRIVER -> "cli.error.gpu-no-driver";
          case VIRTUAL_DISPLAY -> "cli.error.gpu-virtual-display";
          case OTHER_ACCELERATOR -> "cli.error.gpu-other-accelerator";
          case NO_MODEL -> "cli.error.gpu-no-model";
          case ARCHITECTURE -> "cli.error.gpu-architecture";
        };
    return CliFailure.usage(key, typed, offered(suggestions));
  }

  private String offered(List<String> names) {
    var offered = new ArrayList<String>(names.size());
    for (String name : names) {
      offered.add("\"" + (number > 1 ? number + "x " : "") + name + "\"");
    }
    return String.join(", ", offered);
  }

  private static String sizes(List<Bytes> sizes) {
    var texts = new ArrayList<String>(sizes.size());
    for (Bytes size : sizes) {
      texts.add(gb(size));
    }
    return String.join(", ", texts);
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
