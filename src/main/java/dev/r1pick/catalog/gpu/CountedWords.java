package dev.r1pick.catalog.gpu;

import dev.r1pick.catalog.gpu.GpuWords.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The words of a name without the number of cards that stands among them: `2x`, `x2`, `2 x`,
/// `dual`, `双卡`.
///
/// @param number of cards, 0 where the name says so
/// @param words the others
record CountedWords(int number, List<String> words) {
  /// Longer numbers directly before an x are models: `7900xtx`.
  private static final int LONGEST_GLUED = 2;

  private static final int LONGEST_NUMBER = 4;

  /// A bare number in front is a number of cards up to here.
  private static final int MOST_BARE = 16;

  CountedWords {
    words = List.copyOf(words);
  }

  /// Empty where no number of cards stands there.
  static Optional<CountedWords> of(List<String> words, GpuWords vocabulary) {
    // In front, else from behind: MLU370-X4 x2 are two.
    for (int step = 0; step < words.size(); step++) {
      int i = step == 0 ? 0 : words.size() - step;
      Optional<CountedWords> counted = at(i, words, vocabulary);
      if (counted.isPresent()) {
        return counted;
      }
    }
    String first = words.isEmpty() ? "" : words.getFirst();
    if (words.size() > 1 && first.length() <= 2 && GpuName.isDigits(first)) {
      int number = Integer.parseInt(first);
      return number <= MOST_BARE
          ? Optional.of(new CountedWords(number, words.subList(1, words.size())))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<CountedWords> at(int i, List<String> words, GpuWords vocabulary) {
    String word = words.get(i);
    String next = i + 1 < words.size() ? words.get(i + 1) : "";
    Integer counted = vocabulary.counts().get(word);
    if (counted != null) {
      boolean cooler = word.charAt(0) < 128 && hasMaker(words, vocabulary);
      return without(
          i, vocabulary.is(next, Kind.MEASURE_WORD) ? 2 : 1, cooler ? 1 : counted, words);
    }
    if (i > 0 && isSeries(words.get(i - 1), vocabulary)) {
      return isTimes(word) || isTimesBehind(word) ? without(i, 1, 1, words) : Optional.empty();
    }
    int digits = leadingDigits(word);
    String rest = word.substring(digits);
    if (digits > 0 && digits <= LONGEST_NUMBER) {
      int number = Integer.parseInt(word.substring(0, digits));
      boolean behind = i > 0 && (i + 1 == words.size() || number <= MOST_BARE);
      if (rest.isEmpty() && vocabulary.is(next, Kind.MEASURE_WORD)) {
        int from = i > 0 && words.get(i - 1).equals("x") ? i - 1 : i;
        return without(from, i + 2 - from, number, words);
      }
      boolean model = digits > LONGEST_GLUED && words.size() > 2 && isShortNumber(words.get(2));
      if (rest.isEmpty() && i == 0 && next.equals("x") && words.size() > 2 && !model) {
        return without(0, 2, number, words);
      }
      if (rest.equals("x")
          && ((i == 0 && words.size() > 1) || (behind && digits <= LONGEST_GLUED))) {
        return without(i, 1, number, words);
      }
      if (i == 0 && digits <= LONGEST_GLUED && rest.length() > 1 && rest.charAt(0) == 'x') {
        var others = new ArrayList<String>(words);
        others.set(0, rest.substring(1));
        return Optional.of(new CountedWords(number, others));
      }
    }
    return behind(i, words, vocabulary);
  }

  /// `x2`, `x 2` and the `x2` of `3090x2`.
  private static Optional<CountedWords> behind(int i, List<String> words, GpuWords vocabulary) {
    String word = words.get(i);
    if (i > 0 && isTimesBehind(word)) {
      // INNO3D's X3 is a cooler with three fans.
      String next = i + 1 < words.size() ? words.get(i + 1) : "";
      boolean cooler = hasMaker(words, vocabulary) && vocabulary.is(next, Kind.FILLER);
      return without(i, 1, cooler ? 1 : Integer.parseInt(word.substring(1)), words);
    }
    if (i > 0 && word.equals("x") && i + 1 < words.size()) {
      String next = words.get(i + 1);
      if (isShortNumber(next)) {
        boolean measure =
            i + 2 < words.size() && vocabulary.is(words.get(i + 2), Kind.MEASURE_WORD);
        return without(i, measure ? 3 : 2, Integer.parseInt(next), words);
      }
    }
    int x = word.lastIndexOf('x');
    if (x > 0 && Character.isDigit(word.charAt(x - 1)) && isTimesBehind(word.substring(x))) {
      var others = new ArrayList<String>(words);
      others.set(i, word.substring(0, x));
      return Optional.of(new CountedWords(Integer.parseInt(word.substring(x + 1)), others));
    }
    return Optional.empty();
  }

  private static Optional<CountedWords> without(
      int from, int length, int number, List<String> words) {
    var others = new ArrayList<String>(words.subList(0, from));
    others.addAll(words.subList(from + length, words.size()));
    return Optional.of(new CountedWords(number, others));
  }

  /// `3x` behind a series names the fans.
  private static boolean isTimes(String word) {
    int digits = leadingDigits(word);
    return digits > 0 && digits <= LONGEST_GLUED && word.substring(digits).equals("x");
  }

  private static boolean isTimesBehind(String word) {
    return word.length() >= 2
        && word.length() <= 1 + LONGEST_GLUED
        && word.charAt(0) == 'x'
        && GpuName.isDigits(word.substring(1));
  }

  private static boolean isShortNumber(String word) {
    return word.length() <= LONGEST_GLUED && GpuName.isDigits(word);
  }

  private static int leadingDigits(String word) {
    int digits = 0;
    while (digits < word.length() && word.charAt(digits) >= '0' && word.charAt(digits) <= '9') {
      digits++;
    }
    return digits;
  }

  private static boolean isSeries(String word, GpuWords vocabulary) {
    return vocabulary.is(word, Kind.SERIES);
  }

  /// A board maker's `Dual` is a cooler with two fans.
  private static boolean hasMaker(List<String> words, GpuWords vocabulary) {
    for (String word : words) {
      boolean asus =
          word.length() > 2 && word.charAt(0) == 'o' && Character.isDigit(word.charAt(1));
      if (asus || vocabulary.is(word, Kind.BOARD_MAKER) || isSeries(word, vocabulary)) {
        return true;
      }
    }
    return false;
  }
}
