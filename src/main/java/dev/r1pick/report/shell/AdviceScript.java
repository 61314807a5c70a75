package dev.r1pick.report.shell;

import dev.r1pick.advice.Advice.Recommendation;
import dev.r1pick.advice.Candidate;
import java.util.List;

/// Answers that a shell reads.
public final class AdviceScript {
  private static final String TAG = "R1PICK_TAG";
  private static final String PULL_COMMAND = "R1PICK_PULL_COMMAND";
  private static final String CONTEXT_TOKENS = "R1PICK_CONTEXT_TOKENS";
  private static final String DOWNLOAD_BYTES = "R1PICK_DOWNLOAD_BYTES";

  /// The variables of every answer to a shell. Those of Ollama's server come to them where the pick
  /// needs them.
  public static final List<String> VARIABLES =
      List.of(TAG, PULL_COMMAND, CONTEXT_TOKENS, DOWNLOAD_BYTES);

  /// Notes of what answers have set.
  public static final List<String> NOTES =
      List.of(EvaluatedShell.SETTINGS, EvaluatedShell.SETTINGS_BEFORE);

  private AdviceScript() {}

  /// `deepseek-r1:14b`.
  public static String tag(Recommendation advice) {
    return advice.best().candidate().tag().fullName() + "\n";
  }

  /// `ollama pull deepseek-r1:14b`.
  public static String command(Recommendation advice) {
    return advice.best().candidate().tag().pullCommand() + "\n";
  }

  /// Assignments for a shell; the variables of Ollama's server are among them where the pick needs
  /// them.
  ///
  /// @param before the shell that evaluates them
  public static String assignments(Recommendation advice, Shell shell, EvaluatedShell before) {
    Candidate pick = advice.best().candidate();
    var lines = new StringBuilder();
    lines.append(shell.assignment(TAG, pick.tag().fullName()));
    lines.append(shell.assignment(PULL_COMMAND, pick.tag().pullCommand()));
    lines.append(shell.assignment(CONTEXT_TOKENS, Integer.toString(pick.contextLength().tokens())));
    lines.append(shell.assignment(DOWNLOAD_BYTES, Long.toString(pick.tag().download().count())));
    return lines
        .append(before.exchange(shell, Setup.variables(pick, advice.question().machine())))
        .toString();
  }

  /// Where there is no answer: lines that withdraw what an earlier answer set, so that a script
  /// that reads on meets no old one, and leave the exit code as the shell's status.
  ///
  /// @param before the shell that evaluates them
  public static String noAnswer(Shell shell, int exitCode, EvaluatedShell before) {
    var lines = new StringBuilder();
    for (String variable : VARIABLES) {
      lines.append(shell.withdrawal(variable));
    }
    return lines
        .append(before.exchange(shell, List.of()))
        .append(shell.failure(exitCode))
        .toString();
  }
}
