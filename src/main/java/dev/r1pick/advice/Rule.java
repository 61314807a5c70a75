package dev.r1pick.advice;

import dev.r1pick.text.Kebab;
import java.util.List;

/// The rules of the book, in the order in which they judge; docs/rules.md gives each one's reason
/// and source.
public enum Rule {
  FITS_MEMORY(Kind.HARD),
  WITHIN_TRAINED_CONTEXT(Kind.HARD),
  OLLAMA_NEW_ENOUGH(Kind.HARD),
  WITHIN_DOWNLOAD_LIMIT(Kind.HARD),
  FITS_DISK(Kind.HARD),
  LICENSE_ALLOWED(Kind.HARD),
  FAST_ENOUGH(Kind.HARD),
  SOON_ENOUGH(Kind.HARD),
  WORTH_THE_DOWNLOAD(Kind.SOFT),
  ENDURABLE_WAIT(Kind.SOFT),
  GOOD_ENOUGH(Kind.SOFT),
  ROOM_FOR_THINKING(Kind.SOFT),
  READABLE_SPEED(Kind.SOFT),
  BEARABLE_WAIT(Kind.SOFT),
  WHOLE_OR_SOON(Kind.SOFT),
  QUALITY(Kind.PREFERENCE),
  TOOLS(Kind.PREFERENCE),
  SPEED(Kind.PREFERENCE),
  CONTEXT(Kind.PREFERENCE),
  KV_CACHE_LOSS(Kind.PREFERENCE),
  PLACEMENT(Kind.PREFERENCE),
  HEADROOM(Kind.PREFERENCE),
  NO_SETTINGS(Kind.PREFERENCE),
  PRECISION(Kind.PREFERENCE),
  SMALL_DOWNLOAD(Kind.PREFERENCE);

  /// All of them.
  public static final List<Rule> BOOK = List.of(values());

  /// How many rules are soft. They are dropped one by one, the last of the book first, until a tag
  /// is left: rather slow than cut short, rather cut short than of no help.
  static final int SOFT_RULES = countSoft();

  private final Kind kind;

  Rule(Kind kind) {
    this.kind = kind;
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
    return switch (this) {
      case FITS_MEMORY -> Rules.fitsMemory(candidate, question);
      case WITHIN_TRAINED_CONTEXT -> Rules.withinTrainedContext(candidate, question);
      case OLLAMA_NEW_ENOUGH -> Rules.ollamaNewEnough(candidate, question);
      case WITHIN_DOWNLOAD_LIMIT -> Limits.withinDownloadLimit(candidate, question);
      case FITS_DISK -> Limits.fitsDisk(candidate, question);
      case LICENSE_ALLOWED -> Limits.licenseAllowed(candidate, question);
      case FAST_ENOUGH -> Limits.fastEnough(candidate, question);
      case SOON_ENOUGH -> Limits.soonEnough(candidate, question);
      case WORTH_THE_DOWNLOAD -> WaitRules.worthTheDownload(candidate, question);
      case ENDURABLE_WAIT -> WaitRules.endurableWait(candidate, question);
      case GOOD_ENOUGH -> Rules.goodEnough(candidate, question);
      case ROOM_FOR_THINKING -> Rules.roomForThinking(candidate, question);
      case READABLE_SPEED -> WaitRules.readableSpeed(candidate, question);
      case BEARABLE_WAIT -> WaitRules.bearableWait(candidate, question);
      case WHOLE_OR_SOON -> WaitRules.wholeOrSoon(candidate, question);
      case QUALITY -> Rules.quality(candidate, question);
      case TOOLS -> Rules.tools(candidate, question);
      case SPEED -> Rules.speed(candidate, question);
      case CONTEXT -> Rules.context(candidate, question);
      case KV_CACHE_LOSS -> Rules.kvCacheLoss(candidate, question);
      case PLACEMENT -> Rules.placement(candidate, question);
      case HEADROOM -> Rules.headroom(candidate, question);
      case NO_SETTINGS -> Rules.noSettings(candidate, question);
      case PRECISION -> Rules.precision(candidate, question);
      case SMALL_DOWNLOAD -> Rules.smallDownload(candidate, question);
    };
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
