package dev.r1pick.report.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.cli.config.HomeHost;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.layout.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Report files as files, and the names of files inside them.
class ReportFilesTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  @TempDir Path folder;

  private Run report(Path file) {
    return Run.on(MACHINE, "check", "8b", "--report", "csv=" + file);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /// Under the umask of whoever runs the test, as any file that is made here.
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aReportCouldBeReadByItsOwnerAlone() throws IOException {
    Path usual = Files.createFile(folder.resolve("usual"));
    Path report = folder.resolve("r.csv");
    assertEquals(ExitCode.OK, report(report).code());
    assertEquals(permissions(usual), permissions(report));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aReportChangedThePermissionsOfTheFileThatItReplaced() throws IOException {
    Path report = Files.writeString(folder.resolve("r.csv"), "old");
    Files.setPosixFilePermissions(report, PosixFilePermissions.fromString("rw-rw-r-x"));
    assertEquals(ExitCode.OK, report(report).code());
    assertEquals("rw-rw-r-x", permissions(report));
    assertFalse(Files.readString(report).contains("old"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisabledOnOs(OS.WINDOWS)
  void aReportReplacedTheLinkInsteadOfItsTarget(boolean there) throws IOException {
    Path target = Files.createDirectory(folder.resolve("other")).resolve("target.csv");
    if (there) {
      Files.writeString(target, "old");
    }
    Path link = folder.resolve("link.csv");
    Files.createSymbolicLink(link, Path.of("other", "target.csv"));
    assertEquals(ExitCode.OK, report(link).code());
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.readString(target).startsWith("rule,"));
    try (var entries = Files.list(folder.resolve("other"))) {
      assertEquals(List.of(target), entries.toList(), "no part is left");
    }
  }

  @Test
  void aFolderIsNoReport() {
    Run run = report(folder);
    assertEquals(ExitCode.DISK, run.code());
    assertTrue(run.err().contains("cannot be written: it is a folder"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"check 8b", "recommend", "list", "check --machines -"})
  void linesOfCsvEndedAsOnWindows(String command) {
    String[] words = (command + " --format csv").split(" ");
    if (command.contains("--machines")) {
      words = ("check --use-case chat --format csv --machines " + Run.MACHINES).split(" ");
    }
    String out = Run.on(MACHINE, words).out();
    assertTrue(out.lines().count() > 1, out);
    assertFalse(out.contains("\r"), out);
  }

  private String policy(Path below) throws IOException {
    Files.createDirectories(below);
    return Files.writeString(below.resolve("my policy.yml"), "require: [{tag: 671b}]\n").toString();
  }

  private static String uri(String sarif) {
    JsonValue result =
        JsonReader.read("sarif", sarif)
            .member("runs")
            .orElseThrow()
            .items()
            .getFirst()
            .member("results")
            .orElseThrow()
            .items()
            .getFirst();
    List<JsonValue> locations = result.member("locations").orElseThrow().items();
    return locations.isEmpty()
        ? "nowhere"
        : locations
            .getFirst()
            .member("physicalLocation")
            .orElseThrow()
            .member("artifactLocation")
            .orElseThrow()
            .textAt("uri")
            .orElseThrow();
  }

  private static Run check(Map<String, String> variables, String policy, String format) {
    var host = new HomeHost(Run.host(MACHINE), OsFamily.LINUX, variables);
    return Run.on(host, Style.PLAIN, "check", "--policy", policy, "--format", format);
  }

  private static void assertPlace(String expected, Map<String, String> variables, String policy) {
    assertEquals(expected.replace(" ", "%20"), uri(check(variables, policy, "sarif").out()));
    String github = check(variables, policy, "github").out();
    assertTrue(github.startsWith("::error file=" + expected + ",line=1,col="), github);
  }

  @Test
  void annotationsNamedThePolicyFromTheWorkingDirectory() throws IOException {
    String policy = policy(folder.resolve("repository/ci"));
    Files.createDirectory(folder.resolve("repository/.git"));
    assertPlace("ci/my policy.yml", Map.of(), policy);
  }

  @Test
  void aWorktreeIsARepositoryToo() throws IOException {
    String policy = policy(folder.resolve("tree"));
    Files.writeString(folder.resolve("tree/.git"), "gitdir: elsewhere\n");
    assertPlace("my policy.yml", Map.of(), policy);
  }

  @Test
  void theWorkspaceOfGithubIsTheRootAlsoWithoutGit() throws IOException {
    String policy = policy(folder.resolve("a/b"));
    assertPlace("a/b/my policy.yml", Map.of("GITHUB_WORKSPACE", folder.toString()), policy);
  }

  @Test
  void aPolicyOutsideTheWorkspaceHasItsOwnRoot() throws IOException {
    String policy = policy(folder.resolve("common/policies"));
    Files.createDirectory(folder.resolve("common/.git"));
    String workspace = Files.createDirectory(folder.resolve("work")).toString();
    assertPlace("policies/my policy.yml", Map.of("GITHUB_WORKSPACE", workspace), policy);
  }

  @Test
  void aPolicyInNoRepositoryWasNamedAllTheSame() throws IOException {
    String policy = policy(folder);
    assertEquals("nowhere", uri(check(Map.of(), policy, "sarif").out()));
    String github = check(Map.of(), policy, "github").out();
    assertTrue(github.startsWith("::error title="), github);
    assertFalse(github.contains("file="), github);
  }

  @Test
  void aTagOnTheCommandLineWasNamedAsAFile() {
    String github = Run.on(MACHINE, "check", "671b", "--format", "github").out();
    assertTrue(github.startsWith("::error title="), github);
    assertEquals("nowhere", uri(Run.on(MACHINE, "check", "671b", "--format", "sarif").out()));
  }
}
