package dev.r1pick.advice;

import dev.r1pick.text.Kebab;
import java.util.List;
import java.util.function.BiFunction;

/// The rules of the book, in the order in which they judge; docs/rules.md gives each one's reason
/// and source.
public enum Rule {
  FITS_MEMORY(Kind.HARD, Rules::fitsMemory),
  WITHIN_TRAINED_CONTEXT(Kind.HARD, Rules::withinTrainedContext),
  OLLAMA_NEW_ENOUGH(Kind.HARD, Rules::ollamaNewEnough),
  WITHIN_DOWNLOAD_LIMIT(Kind.HARD, Limits::withinDownloadLimit),
  FITS_DISK(Kind.HARD, Limits::fitsDisk),
  LICENCE_ALLOWED(Kind.HARD, Limits::licenceAllowed),
  FAST_ENOUGH(Kind.HARD, Limits::fastEnough),
  SOON_ENOUGH(Kind.HARD, Limits::soonEnough),
  GOOD_ENOUGH(Kind.SOFT, Rules::goodEnough),
  ROOM_FOR_THINKING(Kind.SOFT, Rules::roomForThinking),
  READABLE_SPEED(Kind.SOFT, Rules::readableSpeed),
  BEARABLE_WAIT(Kind.SOFT, Rules::bearableWait),
  QUALITY(Kind.PREFERENCE, Rules::quality),
  SPEED(Kind.PREFERENCE, Rules::speed),
  CONTEXT(Kind.PREFERENCE, Rules::context),
  KV_CACHE_LOSS(Kind.PREFERENCE, Rules::kvCacheLoss),
  PLACEMENT(Kind.PREFERENCE, Rules::placement),
  HEADROOM(Kind.PREFERENCE, Rules::headroom),
  NO_SETTINGS(Kind.PREFERENCE, Rules::noSettings),
  SMALL_DOWNLOAD(Kind.PREFERENCE, Rules::smallDownload);

  /// All of them.
  public static final List<Rule> BOOK = List.of(values());

  /// How many rules are soft. They are dropped one by one, the last of the book first, until a tag
  /// is left: rather slow than cut short, rather cut short than of no help.
  static final int SOFT_RULES = countSoft();

  private final Kind kind;
  private final BiFunction<Candidate, Question, Verdict> judge;

  Rule(Kind kind, BiFunction<Candidate, Question, Verdict> judge) {
    this.kind = kind;
    this.judge = judge;
  }

  private static int countSoft() {
    int soft = 0;
    for (Rule rule : BOOK) {
      soft += rule.kind == Kind.SOFT ? 1 : 0;
    }
    return soft;
  }

  /// Kebab-case, the same in `--explain`, JSON and docs/rules.md.
  public String id() {
    return Kebab.of(this);
  }

  /// Whether it can put a candidate out.
  public Kind kind() {
    return kind;
  }

  /// What it says of a candidate; reads nothing else.
  public Verdict judge(Candidate candidate, Question question) {
    return judge.apply(candidate, question);
  }

  /// Whether it is about how long an answer takes, as the asker limits it.
  boolean isAboutTime() {
    return this == FAST_ENOUGH || this == SOON_ENOUGH;
  }

  /// Whether a rule can put a candidate out.
  public enum Kind {
    /// A candidate that breaks it is out.
    HARD,
    /// A candidate that breaks it is out as long as another one keeps it.
    SOFT,
    /// It only adds or takes points.
    PREFERENCE
  }
}
