package dev.r1pick.catalog.gpu;

import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;

/// Cuts names into words: lower case, full-width forms made plain, marks of trade left out, Chinese
/// by the words that the catalog knows, and phrases replaced by what they stand for.
final class NameWords {
  /// The longest Chinese word of the vocabulary, in characters.
  private static final int LONGEST_CHINESE = 6;

  /// The longest phrase, in words.
  private static final int LONGEST_PHRASE = 5;

  private static final List<String> MARKS = List.of("(r)", "(tm)", "(c)");

  private final GpuWords vocabulary;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();

  private NameWords(GpuWords vocabulary) {
    this.vocabulary = vocabulary;
  }

  /// The words of a name.
  static List<String> of(String text, GpuWords vocabulary) {
    var cutter = new NameWords(vocabulary);
    cutter.cut(plain(text));
    return phrased(cutter.words, vocabulary);
  }

  /// Lower case, with the full-width forms of Chinese and Japanese keyboards and typographic signs
  /// made plain.
  static String plain(String text) {
    String narrow = Text.narrow(text);
    var plain = new StringBuilder(narrow.length());
    for (int i = 0; i < narrow.length(); i++) {
      char c = narrow.charAt(i);
      switch (c) {
        case '×', '✕', '✖', '*', '⨯' -> plain.append(" x ");
        case '®', '™', '©' -> plain.append(' ');
        case '【' -> plain.append('[');
        case '】' -> plain.append(']');
        case 'o', 'O' -> plain.append(isZero(narrow, i) ? '0' : 'o');
        default -> plain.append(Character.toLowerCase(c));
      }
    }
    return plain.toString();
  }

  /// An O between two digits is a slip of the finger: `4O90`.
  private static boolean isZero(String text, int at) {
    return at > 0
        && at + 1 < text.length()
        && isDigit(text.charAt(at - 1))
        && isDigit(text.charAt(at + 1));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void cut(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' && markAt(text, i) > 0) {
        end();
        i += markAt(text, i) - 1;
      } else if (Character.isIdeographic(c)) {
        end();
        i += chineseAt(text, i) - 1;
      } else if (Character.isLetterOrDigit(c) || isPoint(text, i)) {
        word.append(c);
      } else {
        end();
      }
    }
    end();
  }

  private void end() {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static int markAt(String text, int at) {
    for (String mark : MARKS) {
      if (text.startsWith(mark, at)) {
        return mark.length();
      }
    }
    return 0;
  }

  /// A decimal point, not a full stop.
  private boolean isPoint(String text, int at) {
    return text.charAt(at) == '.'
        && !word.isEmpty()
        && at + 1 < text.length()
        && Character.isDigit(text.charAt(at + 1));
  }

  /// Adds the longest known word that starts there; a character of no known word says nothing.
  ///
  /// @return its length
  private int chineseAt(String text, int at) {
    for (int length = Math.min(LONGEST_CHINESE, text.length() - at); length > 0; length--) {
      String candidate = text.substring(at, at + length);
      if (vocabulary.knows(candidate)) {
        words.add(candidate);
        return length;
      }
    }
    return 1;
  }

  /// The words with each phrase replaced by its meaning, longest first.
  private static List<String> phrased(List<String> words, GpuWords vocabulary) {
    var phrased = new ArrayList<String>(words.size());
    for (int i = 0; i < words.size(); ) {
      int length = Math.min(LONGEST_PHRASE, words.size() - i);
      while (length > 0 && !vocabulary.phrases().containsKey(joined(words, i, length))) {
        length--;
      }
      if (length == 0) {
        phrased.add(words.get(i));
        i++;
      } else {
        String meaning = vocabulary.phrases().getOrDefault(joined(words, i, length), "");
        addWords(meaning, phrased);
        i += length;
      }
    }
    return phrased;
  }

  private static void addWords(String text, List<String> to) {
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf(' ', start);
      end = end < 0 ? text.length() : end;
      to.add(text.substring(start, end));
      start = end + 1;
    }
  }

  /// That many words from there on, parted by blanks.
  static String joined(List<String> words, int from, int length) {
    if (length == 1) {
      return words.get(from);
    }
    var joined = new StringBuilder();
    for (int i = from; i < from + length; i++) {
      joined.append(i == from ? "" : " ").append(words.get(i));
    }
    return joined.toString();
  }
}
