package dev.r1pick.report;

import dev.r1pick.advice.Advice.Recommendation;
import dev.r1pick.advice.Candidate;

/// Answers that a shell reads.
public final class ScriptReport {
  private ScriptReport() {}

  /// `deepseek-r1:14b`.
  public static String tag(Recommendation advice) {
    return advice.best().candidate().tag().fullName() + "\n";
  }

  /// `ollama pull deepseek-r1:14b`.
  public static String command(Recommendation advice) {
    return advice.best().candidate().tag().pullCommand() + "\n";
  }

  /// Assignments for `eval` in a POSIX shell; the variables of Ollama's server are among them where
  /// the pick needs them.
  public static String environment(Recommendation advice) {
    Candidate pick = advice.best().candidate();
    var lines = new StringBuilder();
    export(lines, "R1PICK_TAG", pick.tag().fullName());
    export(lines, "R1PICK_PULL_COMMAND", pick.tag().pullCommand());
    export(lines, "R1PICK_CONTEXT_TOKENS", Integer.toString(pick.contextLength().tokens()));
    export(lines, "R1PICK_DOWNLOAD_BYTES", Long.toString(pick.tag().download().count()));
    for (String variable : Setup.variables(pick, advice.question().machine())) {
      int equals = variable.indexOf('=');
      export(lines, variable.substring(0, equals), variable.substring(equals + 1));
    }
    return lines.toString();
  }

  /// Quoted so that no value can be anything but a value.
  private static void export(StringBuilder lines, String name, String value) {
    lines
        .append("export ")
        .append(name)
        .append("='")
        .append(value.replace("'", "'\\''"))
        .append("'\n");
  }
}
