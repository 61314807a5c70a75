package dev.r1pick.catalog.gpu;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the words in names of GPUs are good for. All words are lower case and as [NameWords] cuts
/// them; several words of one entry are parted by a blank.
///
/// @param vendors a word that says who makes the chip, and that vendor as the catalog writes it
/// @param families words before the model number that people leave out, and the vendor they belong
///   to; an empty text where several have them
/// @param kinds every other word that the catalog knows by itself
/// @param counts words that are a number of cards
/// @param phrases what stands for other words: the maker's own or another language's
/// @param meanings words that stand for something that is not a card of this list
public record GpuWords(
    Map<String, String> vendors,
    Map<String, String> families,
    Map<String, Kind> kinds,
    Map<String, Integer> counts,
    Map<String, String> phrases,
    Map<String, Meaning> meanings) {

  public GpuWords {
    vendors = Collections.unmodifiableMap(new LinkedHashMap<>(vendors));
    families = Collections.unmodifiableMap(new LinkedHashMap<>(families));
    kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    phrases = Collections.unmodifiableMap(new LinkedHashMap<>(phrases));
    meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
  }

  /// No words at all.
  public static GpuWords none() {
    return new GpuWords(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  /// Whether the word stands in any of the lists.
  boolean knows(String word) {
    return kinds.containsKey(word)
        || vendors.containsKey(word)
        || families.containsKey(word)
        || counts.containsKey(word)
        || phrases.containsKey(word)
        || meanings.containsKey(word);
  }

  boolean is(String word, Kind kind) {
    return kinds.get(word) == kind;
  }

  /// What a word does in a name.
  public enum Kind {
    /// Tells no two GPUs apart.
    FILLER,
    /// Who makes the board.
    BOARD_MAKER,
    /// A board maker's word for a cooler or a series; letters and small numbers behind it are its.
    SERIES,
    /// A build of a GPU, behind its number: `PCIe`, `Ada`.
    BUILD,
    /// A build by its socket or bus, which may be said of any card.
    BUS,
    /// The card of a laptop.
    LAPTOP,
    /// Tells GPUs of one number apart: `Ti`, `XTX`.
    CARD,
    /// Stands between a number of cards and their name: `张`, `pcs`.
    MEASURE_WORD
  }

  /// What is meant by words that name no card of the list.
  ///
  /// @param sense of them
  /// @param suggestions cards to name instead, as people write them
  public record Meaning(Sense sense, List<String> suggestions) {
    public Meaning {
      suggestions = List.copyOf(suggestions);
    }
  }

  /// Why words name no card.
  public enum Sense {
    /// The asker has no GPU, or wants none.
    NO_GPU,
    /// The GPU inside a processor.
    INSIDE_PROCESSOR,
    /// What a system prints where the real card's driver is missing.
    NO_DRIVER,
    /// A screen of a virtual machine or a remote session.
    VIRTUAL_DISPLAY,
    /// An accelerator that Ollama has no backend for.
    OTHER_ACCELERATOR,
    /// A vendor or a family, and no card of it.
    NO_MODEL,
    /// An architecture, which many cards have.
    ARCHITECTURE,
    /// A number of cards that is not a whole one, or less than none.
    NO_NUMBER
  }
}
