package dev.r1pick.report.ci;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Candidate;
import dev.r1pick.fit.Placement;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Codes;
import dev.r1pick.text.Escaping;
import java.util.OptionalDouble;

/// A recommendation as CSV.
public final class AdviceCsv {
  private AdviceCsv() {}

  /// A line of names, then a line for the pick and each alternative; no further line where nothing
  /// fits.
  public static String advice(Advice advice) {
    var text =
        new StringBuilder(
            "tag,role,download_bytes,context_tokens,kv_cache_type,placement,tokens_per_second,quality\n");
    if (advice instanceof Advice.Recommendation recommendation) {
      line(text, recommendation.best().candidate(), "pick");
      for (Advice.Alternative other : recommendation.alternatives()) {
        line(text, other.judged().candidate(), Codes.trade(other.trade()));
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, Candidate candidate, String role) {
    Placement placement = candidate.fit().plan().placement();
    OptionalDouble rate = candidate.generationRate();
    text.append(Escaping.csv(candidate.tag().fullName()))
        .append(',')
        .append(role)
        .append(',')
        .append(candidate.tag().download().count())
        .append(',')
        .append(candidate.contextLength().tokens())
        .append(',')
        .append(candidate.settings().kvCacheType().label())
        .append(',')
        .append(Codes.placement(placement))
        .append(',')
        .append(rate.isPresent() ? Amounts.decimal(rate.getAsDouble(), 1) : "")
        .append(',')
        .append(Amounts.decimal(candidate.quality().score(), 1))
        .append("\n");
  }
}
