package dev.r1pick.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Many machines, some of which are broken.
@Timeout(60)
class FleetFaultsTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  @TempDir Path folder;

  /// A document as `hardware` prints it, over many lines.
  private static List<String> document() {
    return Run.on(MACHINE, "hardware", "--format", "json").out().lines().toList();
  }

  private static Run check(Path machines) {
    return Run.on(
        MACHINE,
        "check",
        "--use-case",
        "chat",
        "--machines",
        machines.toString(),
        "--format",
        "json");
  }

  /// What became of each machine, and the count of those that could not be read.
  private static List<String> outcomes(Run run) {
    var outcomes = new ArrayList<String>();
    for (String line : run.out().lines().toList()) {
      JsonValue answer = JsonReader.read("line", line);
      outcomes.add(
          answer.member("summary").isPresent()
              ? "unreadable: " + answer.member("summary").get().wholeAt("unreadable").orElseThrow()
              : answer.wholeAt("number").orElseThrow()
                  + " "
                  + answer
                      .textAt("problem")
                      .orElseGet(() -> answer.textAt("outcome").orElseThrow()));
    }
    return outcomes;
  }

  private Run check(List<String> lines) throws IOException {
    return check(Files.write(folder.resolve("m.ndjson"), lines));
  }

  private static List<String> join(List<String> first, List<String> second) {
    var lines = new ArrayList<>(first);
    lines.addAll(second);
    return lines;
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "40"})
  void aDocumentWithoutItsEndTookTheNextOneWithIt(int left) throws IOException {
    Run run = check(join(document().subList(0, left), document()));
    assertEquals(
        List.of("1 is cut off", left + 1 + " met", "unreadable: 1"), outcomes(run), run.out());
    assertEquals(ExitCode.USAGE, run.code());
  }

  @Test
  void theLastDocumentWithoutItsEndIsCounted() throws IOException {
    int whole = document().size();
    Run run = check(join(document(), document().subList(0, 12)));
    assertEquals(
        List.of("1 met", whole + 1 + " is cut off", "unreadable: 1"), outcomes(run), run.out());
  }

  @ParameterizedTest
  @CsvSource({"1", "7", "40"})
  void aDocumentWithoutItsBeginningWasAMachineALine(int missing) throws IOException {
    List<String> rest = document().subList(missing, document().size());
    Run run = check(join(rest, document()));
    assertEquals(
        List.of("1 is cut off", rest.size() + 1 + " met", "unreadable: 1"),
        outcomes(run),
        run.out());
  }

  @Test
  void aDocumentOfOneLineAfterOneThatIsCutOffIsRead() throws IOException {
    String line = String.join("", document()).replace("\n", "");
    Run run = check(join(document().subList(0, 9), List.of(line, " " + line, line)));
    assertEquals(
        List.of("1 is cut off", "10 met", "11 met", "12 met", "unreadable: 1"),
        outcomes(run),
        run.out());
  }

  @Test
  void documentsThatAreIndentedAreRead() throws IOException {
    List<String> indented = document().stream().map(line -> "  " + line).toList();
    Run run = check(join(indented, indented));
    assertEquals(
        List.of("1 met", indented.size() + 1 + " met", "unreadable: 0"), outcomes(run), run.out());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPipeInAFolderOfMachinesHungTheRun() throws Exception {
    Path machines = Files.createDirectory(folder.resolve("machines"));
    String pipe = machines.resolve("a.json").toString();
    assertEquals(0, new ProcessBuilder("mkfifo", pipe).start().waitFor());
    Files.write(machines.resolve("b.json"), document());
    Run run = check(machines);
    assertEquals(List.of("1 is not a file", "2 met", "unreadable: 1"), outcomes(run), run.out());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aLinkToARecordingWasNoRecording() throws IOException {
    Path machines = Files.createDirectory(folder.resolve("machines"));
    Files.createSymbolicLink(
        machines.resolve("linked"), Run.MACHINES.resolve(MACHINE).toAbsolutePath());
    assertEquals(List.of("1 met", "unreadable: 0"), outcomes(check(machines)));
    Run alone =
        Run.on(MACHINE, "recommend", "-q", "--machine", machines.resolve("linked").toString());
    assertEquals(ExitCode.OK, alone.code());
    assertTrue(alone.out().startsWith("deepseek-r1:"), alone.err());
  }
}
