package dev.r1pick.catalog.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Takes apart what people paste: lines of lspci and nvidia-smi, several names with a slash between
/// them, names of shares of a card.
final class TypedText {
  /// What may stand between two cards.
  private static final String BETWEEN_CARDS = "+,;&，；、＋和";

  private TypedText() {}

  /// The pieces between signs that can stand between two cards; one piece where there is none.
  static List<String> pieces(String text) {
    String plain = text.replace(" and ", " + ");
    var pieces = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i <= plain.length(); i++) {
      if (i == plain.length() || BETWEEN_CARDS.indexOf(plain.charAt(i)) >= 0) {
        String piece = plain.substring(start, i).strip();
        if (!piece.isEmpty()) {
          pieces.add(piece);
        }
        start = i + 1;
      }
    }
    return pieces;
  }

  /// Shorter words with letters and digits are names of cards.
  private static final int SHORTEST_PART_NUMBER = 8;

  /// Without words such as `GV-R76XTGAMING` and `VCNRTX4000ADA-PB`, of letters and digits with
  /// hyphens between; all of it where nothing else is left.
  static String withoutPartNumbers(String text) {
    var left = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!isPartNumber(word)) {
        left.append(left.isEmpty() ? "" : " ").append(word);
      }
    }
    return left.toString().isBlank() ? text : left.toString();
  }

  private static boolean isPartNumber(String word) {
    boolean digit = false;
    boolean letter = false;
    for (int i = 0; i < word.length(); i++) {
      digit |= word.charAt(i) >= '0' && word.charAt(i) <= '9';
      letter |= word.charAt(i) >= 'a' && word.charAt(i) <= 'z';
    }
    return digit && letter && word.length() >= SHORTEST_PART_NUMBER && word.indexOf('-') > 0;
  }

  /// Whether a piece behind a comma says something of a card and names none: `Graphics Card`, `HDMI
  /// 2.1`. It has a word of letters, and none that stands before the number of a card.
  static boolean describes(String piece, GpuWords vocabulary) {
    boolean letters = false;
    for (String word : NameWords.of(piece, vocabulary)) {
      int run = 0;
      while (run < word.length() && Character.isLetter(word.charAt(run))) {
        run++;
      }
      letters |= run >= SHORTEST_WORD;
      if (vocabulary.vendors().containsKey(word) || vocabulary.families().containsKey(word)) {
        return false;
      }
    }
    return letters;
  }

  private static final int SHORTEST_WORD = 3;

  /// The names that a text holds: those parted by slashes in what lspci puts in brackets.
  static List<String> names(String text, GpuWords vocabulary) {
    String name = withoutNotes(NameWords.plain(text));
    name = marketing(name, vocabulary);
    if (name.indexOf('/') < 0) {
      return List.of(name);
    }
    var all = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i == name.length() || name.charAt(i) == '/') {
        String part = name.substring(start, i).strip();
        start = i + 1;
        if (!part.isEmpty()) {
          all.add(part);
        }
      }
    }
    return all.isEmpty() ? List.of(name) : all;
  }

  /// Without the revision, the UUID, the number of the device, and the processor before `w/`.
  private static String withoutNotes(String text) {
    String name = text.strip();
    int with = name.indexOf(" w/ ");
    if (with >= 0) {
      name = name.substring(with + 4);
    }
    for (String note : List.of("(uuid", "(rev ", "[uuid")) {
      int at = name.indexOf(note);
      name = at > 0 ? name.substring(0, at) : name;
    }
    int colon = name.indexOf(": ");
    return name.startsWith("gpu ") && colon > 0 ? name.substring(colon + 2) : name;
  }

  /// What stands in brackets, unless it is an id or a vendor: `GA102 [GeForce RTX 3090]
  /// [10de:2204]`.
  private static String marketing(String name, GpuWords vocabulary) {
    int open = name.indexOf('[');
    String found = name;
    while (open >= 0) {
      int close = name.indexOf(']', open);
      if (close < 0) {
        return found;
      }
      String inside = name.substring(open + 1, close);
      boolean says = !GpuName.of(inside.replace('/', ' '), vocabulary).atoms().isEmpty();
      if (inside.contains("graphics") || (says && !isId(inside))) {
        found = inside;
      }
      open = name.indexOf('[', close);
    }
    return found;
  }

  /// `0300`, `10de:2204`.
  private static boolean isId(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789abcdef:".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return text.length() == 4 || text.length() == 9;
  }

  private static final int LONGEST_COUNT = 2;

  /// Whether a number of cards in front or behind is negative or not whole: `-1x RTX 4090`, `RTX
  /// 4090 x1.5`.
  static boolean hasBrokenNumber(String text) {
    String name = NameWords.plain(text).strip();
    int times = name.lastIndexOf(" x");
    return isBrokenFront(name)
        || (times > 0 && isBroken(name.substring(times + 2).strip(), name.length()));
  }

  private static boolean isBrokenFront(String name) {
    int end = 0;
    while (end < name.length() && "-−.,0123456789".indexOf(name.charAt(end)) >= 0) {
      end++;
    }
    String number = name.substring(0, end);
    String rest = name.substring(end);
    boolean times = rest.stripLeading().startsWith("x");
    return times
        ? isBroken(number, name.length())
        : rest.startsWith(" ") && isSigned(number) && isBroken(number, 1 + LONGEST_COUNT);
  }

  /// A sign or a fraction, and nothing but a number.
  private static boolean isBroken(String number, int longest) {
    boolean signed = isSigned(number);
    String digits = signed ? number.substring(1) : number;
    boolean fraction = false;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      boolean point = c == '.' || c == ',';
      if ((point && (fraction || i == 0 || i == digits.length() - 1))
          || (!point && !Character.isDigit(c))) {
        return false;
      }
      fraction |= point;
    }
    return !digits.isEmpty() && number.length() <= longest && (signed || fraction);
  }

  private static boolean isSigned(String number) {
    return !number.isEmpty() && (number.charAt(0) == '-' || number.charAt(0) == '−');
  }

  /// The bare number behind a name, which may be its memory in GB: `RTX 4090 24`.
  static OptionalInt bareSize(String text) {
    String name = text.strip();
    int blank = name.lastIndexOf(' ');
    String last = name.substring(blank + 1);
    return blank > 0 && last.length() <= LONGEST_SIZE && GpuName.isDigits(last)
        ? OptionalInt.of(Integer.parseInt(last))
        : OptionalInt.empty();
  }

  private static final int LONGEST_SIZE = 3;

  /// A share of a card: a vGPU profile such as `GRID T4-8Q`, or a MIG profile such as `1g.10gb`.
  ///
  /// @param card the name of the card it is a share of
  /// @param gib its memory
  record Share(String card, int gib) {}

  /// Empty where the text names no share.
  static Optional<Share> share(String text) {
    String plain = NameWords.plain(text).strip();
    int point = plain.indexOf("g.");
    if (point > 0 && Character.isDigit(plain.charAt(point - 1))) {
      OptionalInt gib = number(plain, point + 2);
      if (gib.isPresent()) {
        String before = plain.substring(0, point - 1);
        int mig = before.indexOf("mig");
        return Optional.of(new Share(mig >= 0 ? before.substring(0, mig) : before, gib.getAsInt()));
      }
    }
    int dash = plain.lastIndexOf('-');
    if (dash > 0 && "qcab".indexOf(plain.charAt(plain.length() - 1)) >= 0) {
      OptionalInt gib = number(plain, dash + 1);
      boolean whole = gib.isPresent() && dash + 2 + digits(gib.getAsInt()) == plain.length();
      return whole
          ? Optional.of(new Share(plain.substring(0, dash), gib.getAsInt()))
          : Optional.empty();
    }
    return Optional.empty();
  }

  /// Up to three digits there.
  private static OptionalInt number(String text, int from) {
    int end = from;
    while (end < text.length() && end < from + 3 && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end == from
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(text.substring(from, end)));
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }
}
