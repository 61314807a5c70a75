package dev.r1pick.json;

/// A text that is not YAML, or uses more of YAML than data needs.
public final class InvalidYaml extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final transient Place place;
  private final String detail;

  /// Says what and where.
  ///
  /// @param detail the parser's words, or the name in question; empty where there is nothing to add
  InvalidYaml(Problem problem, Place place, String detail) {
    super(problem + " at " + place + ": " + detail, null, false, false);
    this.problem = problem;
    this.place = place;
    this.detail = detail;
  }

  public Problem problem() {
    return problem;
  }

  public Place place() {
    return place;
  }

  public String detail() {
    return detail;
  }

  /// What can be wrong.
  public enum Problem {
    /// Not YAML; the detail has the parser's words.
    SYNTAX,
    /// A tab where only blanks may indent.
    TAB,
    /// A sign in front of an unquoted value that means something else in YAML; the detail is the
    /// sign.
    NEEDS_QUOTES,
    /// Nothing but blanks and comments.
    EMPTY,
    /// An alias (`*name`): a few lines of them can stand for gigabytes.
    ALIAS,
    /// A tag (`!!int`).
    TAG,
    /// The same name twice in one object; the detail is the name.
    DUPLICATE,
    /// A name that is not text.
    NAME,
    /// More than one document.
    SEVERAL,
    /// Deeper than any document of ours.
    DEEP
  }
}
