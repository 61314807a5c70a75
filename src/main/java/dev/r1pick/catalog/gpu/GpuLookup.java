package dev.r1pick.catalog.gpu;

import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;

/// What a GPU name typed by a person means.
public sealed interface GpuLookup {

  /// It is this one.
  ///
  /// @param model the kind of GPU; where several share the name and the memory, the slowest
  /// @param memory of one device: as typed, or the only size it was sold with; empty where it is
  ///   the machine's RAM
  /// @param others names of the faster ones that share the name and the memory; none where one is
  ///   meant
  record Found(GpuModel model, Optional<Bytes> memory, List<String> others) implements GpuLookup {
    public Found {
      others = List.copyOf(others);
    }
  }

  /// The name exists with several memory sizes and none was typed.
  ///
  /// @param model one of them, the slowest
  /// @param sizes all of them, small to large
  /// @param choices names to type instead, one for each
  record AmbiguousMemory(GpuModel model, List<Bytes> sizes, List<String> choices)
      implements GpuLookup {
    public AmbiguousMemory {
      sizes = List.copyOf(sizes);
      choices = List.copyOf(choices);
    }
  }

  /// The name is the start of several names, or several names.
  ///
  /// @param choices names to type instead
  record Several(List<String> choices) implements GpuLookup {
    public Several {
      choices = List.copyOf(choices);
    }
  }

  /// The name exists, but never with that much memory.
  ///
  /// @param model the one of that name
  /// @param typed the memory that was asked for
  /// @param sizes the sizes it was sold with, small to large
  /// @param suggestions names to type instead, nearest first
  record WrongMemory(GpuModel model, Bytes typed, List<Bytes> sizes, List<String> suggestions)
      implements GpuLookup {
    public WrongMemory {
      sizes = List.copyOf(sizes);
      suggestions = List.copyOf(suggestions);
    }
  }

  /// A share of a card: a vGPU or a MIG instance.
  ///
  /// @param memory of the share
  /// @param cards names of the whole card
  record Share(Bytes memory, List<String> cards) implements GpuLookup {
    public Share {
      cards = List.copyOf(cards);
    }
  }

  /// The words mean something, but no card of the list.
  ///
  /// @param sense what they mean
  /// @param suggestions cards to name instead
  record NoCard(GpuWords.Sense sense, List<String> suggestions) implements GpuLookup {
    public NoCard {
      suggestions = List.copyOf(suggestions);
    }
  }

  /// No such name.
  ///
  /// @param nearest names to type instead, nearest first
  record Unknown(List<String> nearest) implements GpuLookup {
    public Unknown {
      nearest = List.copyOf(nearest);
    }
  }
}
