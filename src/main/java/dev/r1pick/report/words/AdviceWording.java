package dev.r1pick.report.words;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.advice.Advice.NextUp;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Caveat;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.Fit;
import dev.r1pick.units.Bytes;
import java.util.Locale;
import java.util.Optional;

/// What an advice says of its pick and of what else there is, in words.
public final class AdviceWording {
  /// Less than this part of what a tag needs is little to be missing.
  private static final int LITTLE = 8;

  private final Messages messages;
  private final Wording words;

  /// Words of one language.
  public AdviceWording(Messages messages) {
    this.messages = messages;
    this.words = new Wording(messages);
  }

  /// `deepseek-r1:14b is the best R1 for everyday chat on your RTX 3060.`
  ///
  /// @param stopgap whether the pick only serves until a GPU is put to use
  public String verdict(Advice.Recommendation advice, boolean stopgap) {
    Candidate pick = advice.best().candidate();
    String useCase = words.useCase(advice.question().useCase());
    String where = words.place(pick.fit().plan());
    String key;
    if (stopgap) {
      key = "stopgap";
    } else if (isWeak(advice)) {
      key = "weak";
    } else {
      key =
          switch (advice.question().priority()) {
            case QUALITY -> advice.bestThatFits() ? "quality" : "quality-in-time";
            case BALANCED -> "balanced";
            case SPEED -> "speed";
          };
    }
    return messages.text("report.verdict." + key, pick.tag().fullName(), useCase, where);
  }

  private static boolean isWeak(Advice.Recommendation advice) {
    for (Caveat caveat : advice.caveats()) {
      if (caveat instanceof Caveat.WeakForThisUse || caveat instanceof Caveat.WeakBesideTwin) {
        return true;
      }
    }
    return false;
  }

  /// By whose questions the models were judged; empty where they are English.
  public Optional<String> prompts(Advice advice) {
    String language = advice.question().language();
    return language.equals("en")
        ? Optional.empty()
        : Optional.of(messages.text("report.prompts", Locale.of(language)));
  }

  /// What the model is, in plain words.
  public String model(ModelTag tag) {
    double parameters = tag.variant().architecture().parameters();
    String label = tag.variant().sizeLabel();
    String size = label.substring(0, label.length() - 1); // without the b
    String bits =
        messages.text(
            switch (tag.quantization()) {
              case Q4_K_M -> "report.bits.4";
              case Q8_0 -> "report.bits.8";
              case F16 -> "report.bits.16";
            });
    var experts = tag.variant().architecture().experts();
    return experts.isPresent()
        ? messages.text(
            "report.model-of-experts",
            size,
            Amounts.hundredMillions(parameters),
            bits,
            tag.quantization().label(),
            Amounts.download(tag.download()),
            billions((double) experts.get().activeParameters()),
            Amounts.hundredMillions((double) experts.get().activeParameters()))
        : messages.text(
            "report.model",
            size,
            Amounts.hundredMillions(parameters),
            bits,
            tag.quantization().label(),
            Amounts.download(tag.download()));
  }

  private static String billions(double parameters) {
    return Amounts.about(parameters / 1e9).replace(".0", "");
  }

  /// How fast the pick answers, and how long that takes.
  public String speed(Advice.Recommendation advice) {
    Candidate pick = advice.best().candidate();
    boolean fillAsked = advice.question().wishes().atTokens().isPresent();
    return words.speed(pick.speed(), pick.answerTime(), fillAsked);
  }

  /// The context of the pick, and what Ollama would do by itself.
  public String context(Advice.Recommendation advice) {
    Candidate pick = advice.best().candidate();
    String context = pick.contextLength().shortText();
    if (pick.changes().kvCacheType()) {
      context =
          messages.text(
              "report.context-with-cache", context, pick.settings().kvCacheType().label());
    }
    for (Caveat caveat : advice.caveats()) {
      switch (caveat) {
        case Caveat.OwnContextSmaller(var own) -> {
          return messages.text("report.context.own-smaller", context, own);
        }
        case Caveat.OwnContextSpills(var own, var spilled) -> {
          return messages.text("report.context.own-spills", context, own, Amounts.memory(spilled));
        }
        case Caveat.OwnContextDoesNotFit(var own, _) -> {
          return messages.text("report.context.own-does-not-fit", context, own);
        }
        default -> {
          // said elsewhere
        }
      }
    }
    return messages.text(
        "report.context.words",
        context,
        Amounts.roundedWords(pick.contextLength(), Amounts.WORDS_PER_TOKEN),
        Amounts.tenThousands(pick.contextLength(), Amounts.HAN_PER_TOKEN));
  }

  /// What an alternative gains and loses against the pick; what lies within the doubt is no loss.
  public String trade(Alternative alternative, Advice.Recommendation advice) {
    Candidate other = alternative.judged().candidate();
    String tie = advice.tiesWith(other.tag()) ? "tie-" : "";
    String rate = words.rate(other.speed());
    String context = other.contextLength().shortText();
    return switch (alternative.trade()) {
      case BETTER_BUT_SLOWER -> timed("report.or." + tie + "better", other, rate);
      case FASTER_BUT_WEAKER -> timed("report.or." + tie + "faster", other, rate);
      case LONGER_CONTEXT -> messages.text("report.or.longer", rate, context);
      case NEXT_BEST -> messages.text("report.or.next", rate, context);
    };
  }

  private String timed(String key, Candidate other, String rate) {
    return other
        .answerTime()
        .map(time -> messages.text(key + "-timed", rate, time.typical().expected()))
        .orElseGet(() -> messages.text(key, rate));
  }

  /// What the next better tag needs; empty where it is an alternative already, or where too much is
  /// missing.
  public Optional<String> nextUp(Advice.Recommendation advice) {
    if (advice.nextUp().isEmpty()) {
      return Optional.empty();
    }
    NextUp next = advice.nextUp().get();
    for (Alternative alternative : advice.alternatives()) {
      if (alternative.judged().candidate().tag().equals(next.tag())) {
        return Optional.empty();
      }
    }
    if (next.remedy().isPresent()) {
      String remedy = new RemedyWording(messages).sentence(next.remedy().get());
      return Optional.of(messages.text("report.or.needs", remedy));
    }
    Bytes shortfall =
        switch (next.fit()) {
          case Fit.Whole _ -> Bytes.ZERO;
          case Fit.Partly(_, var missing) -> missing;
          case Fit.DoesNotFit(_, var missing, _) -> missing;
        };
    boolean little =
        !shortfall.isZero() && shortfall.times(LITTLE).atMost(next.fit().plan().total());
    return little
        ? Optional.of(messages.text("report.or.lacks", Amounts.memory(shortfall)))
        : Optional.empty();
  }
}
