package dev.r1pick.report.words;

import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;

/// Figures as people read them. Memory in GiB, downloads in GB, each with one decimal.
public final class Amounts {
  /// English words in a token (DeepSeek API docs, "Token & Token Usage": a character is about 0.3
  /// tokens; with 4.5 letters and a blank a word is 1.65). Rounded down for text with code.
  public static final double WORDS_PER_TOKEN = 0.6;

  /// Chinese characters in a token (the same page: a character is about 0.6 tokens).
  public static final double HAN_PER_TOKEN = 1.6;

  private Amounts() {}

  /// `12.3 GiB`, `512 MiB` below one tenth of a GiB.
  public static String memory(Bytes bytes) {
    return bytes.inGiB() < 0.1 && !bytes.isZero()
        ? Math.max(1, Math.round(bytes.inMiB())) + " MiB"
        : gib(bytes) + " GiB";
  }

  /// `12.3`: GiB without the unit, for a line that names it once.
  public static String gib(Bytes bytes) {
    return decimal(bytes.inGiB(), 1);
  }

  /// `9.0 GB`, or without decimals from 100 GB up.
  public static String download(Bytes bytes) {
    return bytes.inGB() >= 100
        ? Math.round(bytes.inGB()) + " GB"
        : decimal(bytes.inGB(), 1) + " GB";
  }

  /// How many words a context holds, to two digits.
  ///
  /// @param wordsPerToken above 0
  public static String roundedWords(ContextLength context, double wordsPerToken) {
    long rounded = rounded(context, wordsPerToken);
    return rounded < 1000 ? Long.toString(rounded) : grouped(rounded);
  }

  /// The same as Chinese counts: `5.2 万`, and `6,500 ` below ten thousand, for a measure word to
  /// follow.
  public static String tenThousands(ContextLength context, double charactersPerToken) {
    long rounded = rounded(context, charactersPerToken);
    return rounded < 10_000
        ? roundedWords(context, charactersPerToken) + " "
        : (rounded < 100_000 ? decimal(rounded / 1e4, 1) : decimal(rounded / 1e4, 0)) + " 万";
  }

  private static long rounded(ContextLength context, double perToken) {
    double words = context.tokens() * perToken;
    double scale = Math.pow(10, Math.floor(Math.log10(words)) - 1);
    return (long) (Math.floor(words / scale) * scale);
  }

  /// Parameters as Chinese counts them, in units of 10^8: `147.7`, `6710`.
  public static String hundredMillions(double parameters) {
    double count = parameters / 1e8;
    return decimal(count, count < 1000 ? 1 : 0);
  }

  /// `78,000`.
  private static String grouped(long number) {
    String digits = Long.toString(number);
    var text = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        text.append(',');
      }
      text.append(digits.charAt(i));
    }
    return text.toString();
  }

  /// A number with that many decimals (0 to 3), rounded half up, without the cost of a formatter.
  public static String decimal(double value, int decimals) {
    long scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10;
    }
    long scaled = Math.round(Math.abs(value) * scale);
    var text = new StringBuilder(12);
    if (value < 0 && scaled > 0) {
      text.append('-');
    }
    text.append(scaled / scale);
    if (decimals > 0) {
      String fraction = Long.toString(scaled % scale);
      text.append('.');
      for (int i = fraction.length(); i < decimals; i++) {
        text.append('0');
      }
      text.append(fraction);
    }
    return text.toString();
  }

  /// `1,500`: a whole number with its thousands told apart.
  public static String thousands(int number) {
    var digits = new StringBuilder(Integer.toString(number));
    for (int i = digits.length() - 3; i > 0; i -= 3) {
      digits.insert(i, ',');
    }
    return digits.toString();
  }

  /// A rate that somebody asked for, as it was typed: `20`, `7.5`.
  public static String asked(double value) {
    return value == Math.rint(value) ? decimal(value, 0) : decimal(value, 1);
  }

  /// A rate or score with the precision it deserves: `0.4`, `7.3`, `38`.
  public static String about(double value) {
    return value < 9.95 ? decimal(value, 1) : Long.toString(Math.round(value));
  }
}
