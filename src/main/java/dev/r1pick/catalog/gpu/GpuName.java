package dev.r1pick.catalog.gpu;

import dev.r1pick.catalog.gpu.GpuWords.Kind;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A GPU name in parts that compare: runs of letters and of digits, without words that tell no two
/// GPUs apart; vendor, memory size and the word for a laptop apart.
///
/// @param atoms what is left, in order: `rtx`, `4070`, `ti`
/// @param vendors who makes the chip, as far as the name says it
/// @param memory the size in the name, if one stands there
/// @param roughMemory whether it is a driver's count of MiB, a little below the size on the box
/// @param laptop whether the card of a laptop is meant
/// @param words as it was cut, fillers included
record GpuName(
    List<String> atoms,
    List<String> vendors,
    Optional<Bytes> memory,
    boolean roughMemory,
    boolean laptop,
    List<String> words) {

  GpuName {
    atoms = List.copyOf(atoms);
    vendors = List.copyOf(vendors);
    words = List.copyOf(words);
  }

  /// How a name may be read where it means nothing as it stands.
  enum Reading {
    /// As it stands.
    PLAIN,
    /// A size may stand inside a word, as in `2080ti22g`.
    SIZE_INSIDE,
    /// Letters and small numbers behind a board maker's series are the series': `GAMING X`.
    SERIES_TAKES_MORE
  }

  static GpuName of(String text, GpuWords vocabulary) {
    return of(NameWords.of(text, vocabulary), vocabulary, Reading.PLAIN);
  }

  static GpuName of(List<String> words, GpuWords vocabulary, Reading reading) {
    return new Builder(words, vocabulary, reading).build();
  }

  GpuName withAtoms(List<String> others, boolean forLaptop) {
    return new GpuName(others, vendors, memory, roughMemory, laptop || forLaptop, words);
  }

  /// The atom that says most: the longest with digits, else the longest.
  String mostTelling() {
    String best = "";
    for (String atom : atoms) {
      boolean digits = isDigits(atom);
      boolean bestDigits = isDigits(best);
      if (digits == bestDigits ? atom.length() > best.length() : digits) {
        best = atom;
      }
    }
    return best;
  }

  /// All atoms as one word.
  String key() {
    return String.join("", atoms);
  }

  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /// Puts a name together from its words.
  private static final class Builder {
    /// A word of cards this long is no chance start of another word: `titanx`.
    private static final int TELLING = 4;

    private static final int TELLING_FILLER = 6;

    private final List<String> words;
    private final GpuWords vocabulary;
    private final Reading reading;
    private final List<String> atoms = new ArrayList<>();
    private final List<String> vendors = new ArrayList<>();
    private Optional<Bytes> memory = Optional.empty();
    private boolean rough;
    private boolean laptop;
    private boolean inSeries;

    Builder(List<String> words, GpuWords vocabulary, Reading reading) {
      this.words = words;
      this.vocabulary = vocabulary;
      this.reading = reading;
    }

    GpuName build() {
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        if (i > 0 && size(word)) {
          continue;
        }
        if (i > 0
            && i + 1 < words.size()
            && isDigits(word)
            && Character.isLetter(words.get(i + 1).charAt(0))
            && size(word + words.get(i + 1))) {
          i++;
          continue;
        }
        if (reading == Reading.SERIES_TAKES_MORE
            && inSeries
            && isSeries(word)
            && !vocabulary.is(word, Kind.CARD)
            && !vocabulary.families().containsKey(word)) {
          continue;
        }
        add(word);
      }
      return new GpuName(atoms, vendors, memory, rough, laptop, words);
    }

    /// What board makers put behind the name of a series: `X`, `3X`, `310`, `X3`.
    private static boolean isSeries(String word) {
      return word.length() <= 2 || (word.length() == 3 && isDigits(word.substring(1)));
    }

    private boolean size(String text) {
      // ASUS writes O24G: its overclocked card of 24 GB.
      boolean asus =
          text.length() > 2 && text.charAt(0) == 'o' && Character.isDigit(text.charAt(1));
      String word = asus ? text.substring(1) : text;
      int digits = 0;
      while (digits < word.length() && Character.isDigit(word.charAt(digits))) {
        digits++;
      }
      String unit = word.substring(digits);
      boolean gib =
          unit.equals("g") || unit.equals("gb") || unit.equals("gib") || unit.equals("gd");
      boolean mib = digits >= 4 && (unit.equals("mb") || unit.equals("mib"));
      if (digits == 0 || !(gib || mib)) {
        return false;
      }
      if (memory.isEmpty()) {
        memory = Bytes.parseMemory(word);
        rough = mib;
      }
      return true;
    }

    private void add(String word) {
      if (isMemoryType(word)) {
        atoms.add(word);
        return;
      }
      inSeries = vocabulary.is(word, Kind.SERIES) || (inSeries && vocabulary.is(word, Kind.FILLER));
      if (whole(word)) {
        return;
      }
      for (int i = 0; i < word.length(); ) {
        int end = i + 1;
        boolean digit = Character.isDigit(word.charAt(i));
        while (end < word.length() && Character.isDigit(word.charAt(end)) == digit) {
          end++;
        }
        if (digit) {
          end = digits(word, i, end);
        } else {
          letters(word.substring(i, end));
        }
        i = end;
      }
    }

    /// `gddr6x`, `hbm3e`: tells apart only what has it in its name.
    private static boolean isMemoryType(String word) {
      return word.startsWith("gddr") || word.startsWith("hbm") || word.startsWith("lpddr");
    }

    private int digits(String word, int from, int to) {
      if (reading == Reading.SIZE_INSIDE && from > 0) {
        String rest = word.substring(from);
        if (size(rest)) {
          return word.length();
        }
      }
      // Which SXM it is goes by the chip.
      if (atoms.isEmpty() || !atoms.getLast().equals("sxm")) {
        atoms.add(word.substring(from, to));
      }
      return to;
    }

    /// A run of letters, cut where it is known words put together: `geforcertx`, `tisuper`.
    private void letters(String run) {
      String rest = run;
      while (!rest.isEmpty() && !whole(rest)) {
        int known = knownStart(rest);
        if (known == 0) {
          atoms.add(rest);
          return;
        }
        whole(rest.substring(0, known));
        rest = rest.substring(known);
      }
    }

    /// How long a known word at the start is, behind which something is left that makes sense: more
    /// known words, or behind a vendor, a family or a long word of cards anything.
    private int knownStart(String run) {
      for (int length = run.length() - 1; length > 0; length--) {
        String start = run.substring(0, length);
        if (vocabulary.vendors().containsKey(start)
            || vocabulary.families().containsKey(start)
            || (vocabulary.kinds().containsKey(start)
                && length >= (vocabulary.is(start, Kind.CARD) ? TELLING : TELLING_FILLER))
            || (vocabulary.kinds().containsKey(start) && isKnown(run.substring(length)))) {
          return length;
        }
      }
      return 0;
    }

    private boolean isKnown(String run) {
      return vocabulary.kinds().containsKey(run)
          || vocabulary.families().containsKey(run)
          || knownStart(run) > 0;
    }

    /// Takes a word that is known as a whole.
    private boolean whole(String word) {
      String vendor = vocabulary.vendors().get(word);
      if (vendor != null) {
        vendors.add(vendor);
        return true;
      }
      if (vocabulary.families().containsKey(word)) {
        atoms.add(word);
        return true;
      }
      Kind kind = vocabulary.kinds().get(word);
      if (kind == null) {
        return false;
      }
      switch (kind) {
        case FILLER, BOARD_MAKER, SERIES, MEASURE_WORD -> {}
        case LAPTOP -> laptop = true;
        case BUILD, BUS, CARD -> atoms.add(word);
      }
      return true;
    }
  }
}
