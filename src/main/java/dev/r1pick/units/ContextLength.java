package dev.r1pick.units;

import java.math.BigDecimal;
import java.util.Optional;

/// How many tokens of prompt, thinking and answer a model holds at once (`num_ctx`).
///
/// @param tokens 1 to 2^24
public record ContextLength(int tokens) implements Comparable<ContextLength> {
  /// Below this a model that thinks before it answers is of no use; Ollama's own default was never
  /// smaller.
  public static final int LEAST_USEFUL = 2048;

  private static final int MOST = 1 << 24;

  /// Checks the range.
  ///
  /// @throws IllegalArgumentException if out of range
  public ContextLength {
    if (tokens < 1 || tokens > MOST) {
      throw new IllegalArgumentException("context length out of range: " + tokens);
    }
  }

  /// That many tokens.
  ///
  /// @param tokens 1 to 2^24
  public static ContextLength of(int tokens) {
    return new ContextLength(tokens);
  }

  /// Reads `16384` or `16k` (k = 1024, as in model names and Ollama's documents), and the Chinese
  /// thousands and ten thousands of `1.6万`, which are decimal.
  ///
  /// @return empty if the text is neither, or out of range
  public static Optional<ContextLength> parse(String text) {
    String trimmed = text.strip();
    if (trimmed.endsWith("万") || trimmed.endsWith("千")) {
      return counted(
          trimmed.substring(0, trimmed.length() - 1), trimmed.endsWith("万") ? 10_000 : 1000);
    }
    boolean thousands = trimmed.endsWith("k") || trimmed.endsWith("K");
    String digits = thousands ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
    try {
      long tokens = Math.multiplyExact(Long.parseLong(digits), thousands ? 1024L : 1L);
      return tokens >= 1 && tokens <= MOST ? Optional.of(of((int) tokens)) : Optional.empty();
    } catch (NumberFormatException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  /// A decimal fraction of a number of tokens; what it says is a whole number of them.
  private static Optional<ContextLength> counted(String digits, int unit) {
    try {
      BigDecimal tokens = new BigDecimal(digits.strip()).multiply(BigDecimal.valueOf(unit));
      return tokens.signum() > 0 && tokens.compareTo(BigDecimal.valueOf(MOST)) <= 0
          ? Optional.of(of(tokens.intValueExact()))
          : Optional.empty();
    } catch (NumberFormatException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  /// Whether a model that thinks before it answers can do anything in it.
  public boolean isUseful() {
    return tokens >= LEAST_USEFUL;
  }

  /// What was meant by a number that is too small, as `16` for `16k`; empty where that is nothing
  /// that a model holds.
  ///
  /// @param most what any model holds
  public Optional<ContextLength> meantInK(ContextLength most) {
    return tokens < LEAST_USEFUL && tokens * 1024L <= most.tokens && tokens >= 2
        ? Optional.of(of(tokens * 1024))
        : Optional.empty();
  }

  /// The smaller of the two: a model cannot hold more than it was trained for.
  public ContextLength clampedTo(ContextLength limit) {
    return tokens <= limit.tokens ? this : limit;
  }

  /// The largest multiple of 1024 tokens in it, at least 1024 where there is one: what people type.
  public ContextLength inWholeK() {
    return tokens < 1024 ? this : new ContextLength(tokens / 1024 * 1024);
  }

  /// `16k` where it is whole, else the plain number.
  public String shortText() {
    return tokens % 1024 == 0 ? tokens / 1024 + "k" : Integer.toString(tokens);
  }

  @Override
  public int compareTo(ContextLength other) {
    return Integer.compare(tokens, other.tokens);
  }
}
