package dev.r1pick.report.ci;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Candidate;
import dev.r1pick.fit.Placement;
import dev.r1pick.report.json.JsonReport;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import dev.r1pick.text.Escaping;
import java.util.OptionalDouble;

/// A recommendation as CI reads it: a table for a summary page or a spreadsheet, an annotation of a
/// GitHub workflow.
public final class AdviceTables {
  private final Messages messages;
  private final Wording words;

  /// Tables whose sentences are in one language.
  public AdviceTables(Messages messages) {
    this.messages = messages;
    this.words = new Wording(messages);
  }

  /// A heading and a table of the pick and its alternatives; only the heading where nothing fits.
  public String markdown(Advice advice) {
    var text =
        new StringBuilder("### r1pick: ").append(Escaping.markdown(sum(advice))).append('\n');
    if (advice instanceof Advice.Recommendation recommendation) {
      text.append("\n|");
      for (String column : new String[] {"tag", "role", "download", "context", "where", "speed"}) {
        text.append(' ').append(messages.text("report.column." + column)).append(" |");
      }
      text.append("\n|---|---|---|---|---|---|\n");
      row(text, recommendation.best().candidate(), messages.text("report.column.pick"));
      for (Advice.Alternative other : recommendation.alternatives()) {
        row(text, other.judged().candidate(), words.trade(other.trade()));
      }
    }
    return text.toString();
  }

  private void row(StringBuilder text, Candidate candidate, String role) {
    text.append("| ")
        .append(Escaping.markdown(candidate.tag().fullName()))
        .append(" | ")
        .append(Escaping.markdown(role))
        .append(" | ")
        .append(Amounts.download(candidate.tag().download()))
        .append(" | ")
        .append(candidate.contextLength().shortText())
        .append(" | ")
        .append(Escaping.markdown(words.placement(candidate)))
        .append(" | ")
        .append(Escaping.markdown(words.rate(candidate.speed())))
        .append(" |\n");
  }

  /// A line of names, then a line for the pick and each alternative; no further line where nothing
  /// fits.
  public static String csv(Advice advice) {
    var text =
        new StringBuilder(
            "tag,role,download_bytes,context_tokens,kv_cache_type,placement,tokens_per_second,quality\r\n");
    if (advice instanceof Advice.Recommendation recommendation) {
      line(text, recommendation.best().candidate(), "pick");
      for (Advice.Alternative other : recommendation.alternatives()) {
        line(text, other.judged().candidate(), JsonReport.trade(other.trade()));
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
        .append(JsonReport.kind(placement))
        .append(',')
        .append(rate.isPresent() ? Amounts.decimal(rate.getAsDouble(), 1) : "")
        .append(',')
        .append(Amounts.decimal(candidate.quality().score(), 1))
        .append("\r\n");
  }

  /// A notice with the pick, or an error where nothing fits; then the same for the log.
  public String github(Advice advice) {
    String command = advice instanceof Advice.Recommendation ? "notice" : "error";
    String sum = sum(advice);
    return "::"
        + command
        + " title=r1pick::"
        + Escaping.workflowMessage(sum)
        + "\n"
        + Escaping.line(sum)
        + "\n";
  }

  private String sum(Advice advice) {
    return switch (advice) {
      case Advice.Recommendation recommendation -> {
        Candidate pick = recommendation.best().candidate();
        yield messages.text(
            "report.column.sum",
            pick.tag().fullName(),
            pick.contextLength().shortText(),
            words.placement(pick),
            words.rate(pick.speed()));
      }
      case Advice.NothingFits _ -> messages.text("report.nothing-fits");
    };
  }
}
