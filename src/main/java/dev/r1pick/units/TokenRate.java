package dev.r1pick.units;

/// Tokens per second.
///
/// @param tokensPerSecond above 0, finite
public record TokenRate(double tokensPerSecond) implements Comparable<TokenRate> {
  /// Checks the figure.
  ///
  /// @throws IllegalArgumentException if it is not positive and finite
  public TokenRate {
    if (!(tokensPerSecond > 0) || Double.isInfinite(tokensPerSecond)) {
      throw new IllegalArgumentException("token rate must be positive: " + tokensPerSecond);
    }
  }

  /// From the time of one token.
  ///
  /// @param seconds time of one token, above 0
  public static TokenRate ofSecondsPerToken(double seconds) {
    return new TokenRate(1 / seconds);
  }

  /// Seconds that this many tokens take.
  public double secondsFor(double tokens) {
    return tokens / tokensPerSecond;
  }

  /// The rate, faster or slower by a factor above 0.
  public TokenRate times(double factor) {
    return new TokenRate(tokensPerSecond * factor);
  }

  @Override
  public int compareTo(TokenRate other) {
    return Double.compare(tokensPerSecond, other.tokensPerSecond);
  }
}
