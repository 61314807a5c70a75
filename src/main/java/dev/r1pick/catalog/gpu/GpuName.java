package dev.r1pick.catalog.gpu;

import dev.r1pick.text.Spelling;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A GPU name cut into words that compare: lower case, without vendor and filler words, the memory
/// size apart.
///
/// @param words what is left, in order
/// @param memory the size in the name, if one stands there
/// @param whole all letters and digits with the size
record GpuName(List<String> words, Optional<Bytes> memory, String whole) {
  /// Words that tell no two GPUs apart.
  private static final Set<String> FILLERS =
      Set.of(
          "nvidia",
          "geforce",
          "amd",
          "ati",
          "radeon",
          "intel",
          "apple",
          "qualcomm",
          "graphics",
          "gpu",
          "corporation",
          "r",
          "tm",
          "mobile",
          "notebook",
          "laptop");

  /// Words that stand for a laptop part.
  private static final Set<String> LAPTOP = Set.of("laptop", "mobile", "notebook");

  /// Words at the front that people leave out.
  private static final Set<String> FAMILIES =
      Set.of("rtx", "gtx", "rx", "arc", "quadro", "tesla", "instinct", "jetson", "pro");

  /// Words at the end that name a build of the same GPU, not another GPU.
  private static final Set<String> BUILDS =
      Set.of(
          "pcie",
          "sxm",
          "nvl",
          "hbm3",
          "hbm3e",
          "ada",
          "generation",
          "blackwell",
          "edition",
          "workstation",
          "server",
          "max",
          "q",
          "sff",
          "laptop",
          "core",
          "class");

  GpuName {
    words = List.copyOf(words);
  }

  static GpuName of(String text) {
    List<String> all = split(text);
    var words = new ArrayList<String>();
    Optional<Bytes> memory = Optional.empty();
    var whole = new StringBuilder();
    boolean laptop = false;
    for (int i = 0; i < all.size(); i++) {
      String word = all.get(i);
      boolean twoWords = i + 1 < all.size() && isNumber(word) && isUnit(all.get(i + 1));
      String size = twoWords ? word + all.get(i + 1) : word;
      if (memory.isEmpty() && i > 0 && isMemory(size)) {
        memory = Bytes.parseMemory(size);
        whole.append(size.replace("gib", "gb"));
        i += twoWords ? 1 : 0;
        continue;
      }
      laptop |= LAPTOP.contains(word);
      if (!FILLERS.contains(word)) {
        words.add(word.startsWith("sxm") ? "sxm" : word);
        whole.append(word);
      }
    }
    if (laptop) {
      words.add("laptop");
      whole.append("laptop");
    }
    return new GpuName(words, memory, whole.toString());
  }

  private static List<String> split(String text) {
    String low = text.toLowerCase(Locale.ROOT).replace("(r)", " ").replace("(tm)", " ");
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    for (int i = 0; i <= low.length(); i++) {
      char c = i < low.length() ? low.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c) || c == '+' || (c == '.' && !word.isEmpty())) {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }

  private static boolean isNumber(String word) {
    for (int i = 0; i < word.length(); i++) {
      if ((word.charAt(i) < '0' || word.charAt(i) > '9') && word.charAt(i) != '.') {
        return false;
      }
    }
    return !word.isEmpty();
  }

  private static boolean isUnit(String word) {
    return word.equals("g") || word.equals("gb") || word.equals("gib");
  }

  /// `12gb`, not `780m`: a bare M is a letter of names.
  private static boolean isMemory(String word) {
    int letters = word.length();
    while (letters > 0 && Character.isLetter(word.charAt(letters - 1))) {
      letters--;
    }
    return isNumber(word.substring(0, letters)) && isUnit(word.substring(letters));
  }

  /// All words without the size, as one: `rtx3060`.
  String key() {
    return String.join("", words);
  }

  /// The digits alone: the model number.
  String digits() {
    var digits = new StringBuilder();
    String key = key();
    for (int i = 0; i < key.length(); i++) {
      if (Character.isDigit(key.charAt(i))) {
        digits.append(key.charAt(i));
      }
    }
    return digits.toString();
  }

  /// Whether the digits stand in that text in their order: a quick look that spares cutting up most
  /// names.
  static boolean hasDigits(String text, String digits) {
    return Spelling.isAbbreviation(digits, text);
  }

  /// Whether the name says enough to leave out a part of it: `RTX` alone does not.
  boolean isSpecific() {
    return words.size() > 1 || !digits().isEmpty();
  }

  boolean laptop() {
    return words.contains("laptop");
  }

  /// Whether this name, which is a GPU's own, may be meant by `typed`: family words left out at the
  /// front, or the build left out at the end.
  boolean extendsTyped(String typed) {
    for (int from = 0; from < words.size(); from++) {
      var start = new StringBuilder();
      for (int to = from; to < words.size(); to++) {
        start.append(words.get(to));
        if (start.toString().equals(typed) && onlyBuilds(to + 1)) {
          return true;
        }
      }
      if (!FAMILIES.contains(words.get(from))) {
        return false;
      }
    }
    return false;
  }

  private boolean onlyBuilds(int from) {
    for (String word : words.subList(from, words.size())) {
      if (!BUILDS.contains(word) && !isCores(word)) {
        return false;
      }
    }
    return true;
  }

  /// Counts in brackets such as `40-core`.
  private static boolean isCores(String word) {
    return isNumber(word) && word.length() <= 2;
  }
}
