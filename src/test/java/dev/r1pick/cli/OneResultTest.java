package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.option.CheckFormat;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// `check` makes one result: its verdict and the exit code are the same in every format, and
/// `--report` adds a file and changes nothing.
class OneResultTest {
  private static final String MACHINE = "ci-linux-runner-no-gpu";
  private static final String TOO_OLD = "check 8b --gpu RTX4090 --ram 16GB --ollama-version 0.5.7";

  /// A question and what it comes to.
  private record Case(String name, String line, int code, String outcome) {}

  /// What a format prints.
  private record Answer(CheckFormat format, Run run) {}

  /// A recorded machine of which nothing could be read.
  private static Path nothingKnown(Path folder) throws IOException {
    Files.writeString(folder.resolve("commands.json"), "[]");
    return folder;
  }

  private static List<Case> cases(Path unknown) {
    String blind = "check 8b --machine " + unknown;
    return List.of(
        new Case("the tag needs a newer Ollama", TOO_OLD, 1, "not-met"),
        new Case("the memory is not known", blind, 3, "unknown"),
        new Case(
            "it fits", "check 8b --gpu RTX4090 --ram 16GB --context 16k --at-tokens 0", 0, "met"),
        new Case("it fits partly", "check 32b --gpu RTX4090 --use-case coding", 1, "not-met"),
        new Case("that is allowed", "check 32b --gpu RTX4090 --allow partial", 0, "met"),
        new Case("it does not fit", "check 671b", 1, "not-met"),
        new Case("nothing is to fail", blind + " --fail-on never", 0, "unknown"));
  }

  @TestFactory
  Stream<DynamicTest> everyFormatSaysTheSameWithAndWithoutAReport(
      @TempDir Path folder, @TempDir Path empty) throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (Case asked : cases(nothingKnown(empty))) {
      var plain = new ArrayList<Answer>();
      for (CheckFormat format : CheckFormat.values()) {
        plain.add(new Answer(format, run(asked, "--format", format.word())));
      }
      for (Answer answer : plain) {
        tests.add(
            DynamicTest.dynamicTest(
                asked.name() + ", " + answer.format().word(),
                () -> saysTheSame(asked, answer, plain, folder)));
      }
    }
    return tests.stream();
  }

  private static void saysTheSame(Case asked, Answer answer, List<Answer> plain, Path folder)
      throws IOException {
    CheckFormat format = answer.format();
    Run run = answer.run();
    assertEquals(asked.code(), run.code().code(), run.out() + run.err());
    assertEquals(asked.outcome(), verdict(asked, format, run.out()), run.out());
    var words = new ArrayList<>(List.of("--format", format.word()));
    for (Answer other : plain) {
      String word = other.format().word();
      words.addAll(List.of("--report", word + "=" + folder.resolve(word)));
    }
    assertEquals(
        run, run(asked, words.toArray(String[]::new)), "the reports changed the first output");
    for (Answer other : plain) {
      assertEquals(
          other.run().out(),
          Files.readString(folder.resolve(other.format().word())),
          "the file is not what the format prints");
    }
  }

  private static Run run(Case asked, String... more) {
    var words = new ArrayList<>(List.of(asked.line().split(" ")));
    words.addAll(List.of(more));
    return Run.on(MACHINE, words.toArray(String[]::new));
  }

  /// What an answer says, read as its reader would.
  private static String verdict(Case asked, CheckFormat format, String answer) {
    return switch (format) {
      case TEXT ->
          switch (answer.charAt(0)) {
            case '?' -> "unknown";
            case '✓' -> "met";
            case '!' -> asked.line().contains("--allow") ? "met" : "not-met";
            default -> "not-met";
          };
      case JSON -> JsonReader.read("answer", answer).textAt("outcome").orElseThrow();
      case JUNIT ->
          answer.contains("<failure") ? "not-met" : answer.contains("<error") ? "unknown" : "met";
      case SARIF ->
          answer.contains("\"kind\" : \"fail\"")
              ? "not-met"
              : answer.contains("\"kind\" : \"open\"") ? "unknown" : "met";
      case GITHUB ->
          answer.contains("title=not met")
              ? "not-met"
              : answer.contains("title=unknown") ? "unknown" : "met";
      case MARKDOWN ->
          answer.contains("\n| not met |")
              ? "not-met"
              : answer.contains("\n| unknown |") ? "unknown" : "met";
      case CSV ->
          answer.contains(",not-met,")
              ? "not-met"
              : answer.contains(",unknown,") ? "unknown" : "met";
      case HTML ->
          answer.contains("\"tone\":\"bad\",\"mark\"")
              ? "not-met"
              : answer.contains("\"tone\":\"unknown\",\"mark\"") ? "unknown" : "met";
    };
  }

  @Test
  void aTagThatNeedsANewerOllamaSaysWhyAndWhatHelps() {
    String text = Run.on(MACHINE, TOO_OLD.split(" ")).out();
    assertTrue(text.startsWith("✗ deepseek-r1:8b needs Ollama 0.6.6 or newer"), text);
    assertTrue(text.contains("install Ollama >=0.6.6"), text);
    JsonValue json =
        JsonReader.read("json", Run.on(MACHINE, (TOO_OLD + " --format json").split(" ")).out());
    assertEquals("does-not-run", json.textAt("verdict").orElseThrow());
    assertEquals("ollama-too-old", json.textAt("reason").orElseThrow());
    assertEquals(
        "install-ollama",
        json.member("remedies").orElseThrow().items().getFirst().textAt("kind").orElseThrow());
  }

  @Test
  void aReportHonorsTheUseCaseAndTheFillThatWereAskedFor() {
    String full = "check 8b --gpu RTX4090 --context 32k --at-tokens 32k --format csv";
    String empty = "check 8b --gpu RTX4090 --context 32k --at-tokens 0 --format csv";
    assertFalse(
        Run.on(MACHINE, full.split(" ")).out().equals(Run.on(MACHINE, empty.split(" ")).out()),
        "the speed in the CSV is that of another fill");
  }
}
