package dev.r1pick.catalog.gpu;

import dev.r1pick.catalog.gpu.GpuWords.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A GPU's own name in three parts: what people leave out at the front, what makes it this GPU, and
/// what may be left out behind: the build, and all that stands in brackets.
///
/// @param front family words, such as `quadro`, `rtx`
/// @param core never empty, such as `4070`, `ti`
/// @param tail such as `pcie`, or `40`, `core`
/// @param whole the name with its memory size
record ModelName(List<String> front, List<String> core, List<String> tail, GpuName whole) {
  /// How near a typed name is; the first is nearest.
  enum Nearness {
    /// All of the name, but perhaps the memory.
    EXACT,
    /// Words left out at the front, or the build behind.
    SHORTENED,
    /// Words left out in between.
    GAPPED,
    /// The end left out, where several GPUs go on differently: `RX 7900`.
    BEGUN,
    /// Another one.
    NONE
  }

  ModelName {
    front = List.copyOf(front);
    core = List.copyOf(core);
    tail = List.copyOf(tail);
  }

  static ModelName of(String text, GpuWords vocabulary) {
    int open = bracket(text);
    GpuName whole = GpuName.of(text, vocabulary);
    List<String> atoms =
        open < 0 ? whole.atoms() : GpuName.of(text.substring(0, open), vocabulary).atoms();
    int coreStart = 0;
    while (coreStart < atoms.size() && vocabulary.families().containsKey(atoms.get(coreStart))) {
      coreStart++;
    }
    int coreEnd = atoms.size();
    while (coreEnd > coreStart && isBuild(atoms.get(coreEnd - 1), vocabulary)) {
      coreEnd--;
    }
    if (coreStart == coreEnd && coreStart > 0) {
      coreStart--;
    }
    var tail = new ArrayList<String>(atoms.subList(coreEnd, atoms.size()));
    if (open >= 0) {
      tail.addAll(GpuName.of(text.substring(open), vocabulary).atoms());
    }
    return new ModelName(
        atoms.subList(0, coreStart), atoms.subList(coreStart, coreEnd), tail, whole);
  }

  /// Where a bracket opens that is no mark of trade.
  private static int bracket(String text) {
    int at = text.indexOf('(');
    while (at >= 0) {
      String rest = text.substring(at, Math.min(text.length(), at + 4)).toLowerCase(Locale.ROOT);
      if (at > 0 && !rest.startsWith("(r)") && !rest.startsWith("(tm)")) {
        return at;
      }
      at = text.indexOf('(', at + 1);
    }
    return -1;
  }

  private static boolean isBuild(String atom, GpuWords vocabulary) {
    return vocabulary.is(atom, Kind.BUILD) || vocabulary.is(atom, Kind.BUS) || isSoft(atom);
  }

  /// Memory types may be said of any card.
  static boolean isSoft(String atom) {
    return atom.startsWith("gddr") || atom.startsWith("hbm") || atom.startsWith("lpddr");
  }

  /// How near a typed name is to this one.
  ///
  /// @param ignorable words beside it that say nothing
  Nearness nearness(GpuName typed, Ignorable ignorable) {
    List<String> atoms = typed.atoms();
    Nearness best = Nearness.NONE;
    for (int at = 0; at + core.size() <= atoms.size() && !core.isEmpty(); at++) {
      if (atoms.subList(at, at + core.size()).equals(core)) {
        Nearness nearness = around(atoms, at, ignorable);
        best = nearness.compareTo(best) < 0 ? nearness : best;
      }
    }
    return best == Nearness.NONE && isBegun(atoms) ? Nearness.BEGUN : best;
  }

  private Nearness around(List<String> atoms, int at, Ignorable ignorable) {
    int next = 0;
    int first = -1;
    int matched = 0;
    for (int i = 0; i < at; i++) {
      int found = indexOf(front, atoms.get(i), next);
      if (found >= 0) {
        first = first < 0 ? found : first;
        matched++;
        next = found + 1;
      } else if (!ignorable.test(atoms.get(i))) {
        return Nearness.NONE;
      }
    }
    var left = new ArrayList<String>(tail);
    boolean other = false;
    for (int i = at + core.size(); i < atoms.size(); i++) {
      String atom = atoms.get(i);
      if (!left.remove(atom)) {
        if (!isSoft(atom) && !ignorable.test(atom)) {
          return Nearness.NONE;
        }
        other |= isSoft(atom);
      }
    }
    if (!other && matched == front.size() && left.isEmpty()) {
      return Nearness.EXACT;
    }
    return matched == 0 || first + matched == front.size() ? Nearness.SHORTENED : Nearness.GAPPED;
  }

  private static int indexOf(List<String> list, String atom, int from) {
    for (int i = from; i < list.size(); i++) {
      if (list.get(i).equals(atom)) {
        return i;
      }
    }
    return -1;
  }

  /// Whether the typed atoms are the start of this name, and enough of it to mean something.
  private boolean isBegun(List<String> atoms) {
    int at = 0;
    while (at < atoms.size() && front.contains(atoms.get(at))) {
      at++;
    }
    List<String> begun = atoms.subList(at, atoms.size());
    if (begun.isEmpty() || begun.size() >= core.size()) {
      return false;
    }
    boolean telling = false;
    for (String atom : begun) {
      telling |= GpuName.isDigits(atom) ? atom.length() > 1 : atom.length() > 2;
    }
    return telling && core.subList(0, begun.size()).equals(begun);
  }
}
