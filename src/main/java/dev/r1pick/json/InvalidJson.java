package dev.r1pick.json;

/// A file that is not what it should be: says which file, where in it and what is wrong there.
public final class InvalidJson extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final String path;
  private final Problem problem;
  private final String detail;

  /// Says where and what.
  ///
  /// @param file the name of the file as the user knows it
  /// @param path where in the file, for example `tags[3].size_bytes`; `$` for the whole file
  /// @param problem what is wrong
  /// @param detail what was expected or found, in the file's own words; several names have a comma
  ///   and a blank between them
  public InvalidJson(String file, String path, Problem problem, String detail) {
    super(file + ": " + path + ": " + problem + (detail.isEmpty() ? "" : " (" + detail + ")"));
    this.file = file;
    this.path = path;
    this.problem = problem;
    this.detail = detail;
  }

  /// Says where another kind of value must stand.
  ///
  /// @param problem [Problem#NULL] or [Problem#WRONG_KIND]
  /// @param kind what must stand there
  public InvalidJson(String file, String path, Problem problem, Kind kind) {
    this(file, path, problem, kind.name());
  }

  /// The same, with the place in the file beside its name.
  public InvalidJson in(String place) {
    return new InvalidJson(place, path, problem, detail);
  }

  public String file() {
    return file;
  }

  public String path() {
    return path;
  }

  public Problem problem() {
    return problem;
  }

  public String detail() {
    return detail;
  }

  /// What must stand there, of a [Problem#NULL] or a [Problem#WRONG_KIND].
  public Kind kind() {
    return Kind.valueOf(detail);
  }

  /// Kinds of values.
  public enum Kind {
    OBJECT,
    ARRAY,
    TEXT,
    NUMBER,
    WHOLE_NUMBER,
    /// True or false.
    FLAG,
    /// A name that goes into commands.
    IDENTIFIER,
    /// As many as there are sizes of memory.
    ONE_FOR_EACH_MEMORY
  }

  /// What can be wrong at one place of a file.
  public enum Problem {
    /// Not JSON at all; the detail has line, column and the parser's words.
    SYNTAX,
    /// The field must be there.
    MISSING,
    /// No such field; the detail names those that were expected.
    UNKNOWN,
    /// The same field or id twice.
    DUPLICATE,
    /// `null` where a value of a kind must stand; leave the field out instead.
    NULL,
    /// Another kind of value than must stand there.
    WRONG_KIND,
    /// A number outside the range in the detail.
    OUT_OF_RANGE,
    /// A number above another one that bounds it; the detail is that one's name.
    MORE_THAN,
    /// A word that is none of those in the detail.
    NOT_ALLOWED,
    /// The name of something that is not known; the detail has those that come nearest.
    NO_SUCH_ID,
    /// A reference to something that the file does not define.
    DANGLING
  }
}
