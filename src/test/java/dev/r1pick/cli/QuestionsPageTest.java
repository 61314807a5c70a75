package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.command.Command;
import dev.r1pick.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Each question of docs/questions.md has a command that answers it, or why none does.
class QuestionsPageTest {
  private static final Path PAGE = Path.of("docs/questions.md");
  private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (.+) \\| (.+) \\|");
  private static final Pattern COMMAND = Pattern.compile("`r1pick ([^`]+)`");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /// A question and what answers it.
  private record Row(String question, String answer) {}

  private static List<Row> rows() throws IOException {
    var rows = new ArrayList<Row>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !row.group(1).equals("question")) {
        rows.add(new Row(row.group(1), row.group(3)));
      }
    }
    return rows;
  }

  @Test
  void everyQuestionIsAnsweredOrSaysWhyNot() throws IOException {
    List<Row> rows = rows();
    assertEquals(107, rows.size());
    long without = rows.stream().filter(row -> !COMMAND.matcher(row.answer()).matches()).count();
    assertTrue(without <= 5, without + " questions without a command");
  }

  @Test
  void theCommandsAnswer() throws IOException {
    Set<String> known = new TreeSet<>();
    for (Command command : R1Pick.commands()) {
      known.add(command.name());
    }
    var silent = new ArrayList<String>();
    for (Row row : rows()) {
      Matcher command = COMMAND.matcher(row.answer());
      if (command.matches()) {
        var words = new ArrayList<String>();
        Matcher word = WORD.matcher(command.group(1));
        while (word.find()) {
          words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        if (known.contains(words.getFirst())) {
          Run run = Run.on("nvidia-rtx3060-linux", words.toArray(String[]::new));
          boolean unexplained = run.err().contains("nothing is known of");
          if (unexplained || run.code() == ExitCode.USAGE || run.code() == ExitCode.BUG) {
            silent.add(row.answer() + ": " + run.err());
          }
        }
      }
    }
    assertEquals(List.of(), silent);
  }
}
