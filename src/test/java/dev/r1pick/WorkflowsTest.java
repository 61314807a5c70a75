package dev.r1pick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What runs on other people's machines is checked here as far as it can be: files, goals and
/// profiles that are named exist, versions are pinned, and the parts name the same archives.
class WorkflowsTest {
  private static final Path WORKFLOWS = Path.of(".github/workflows");
  private static final Path RELEASER = Path.of("src/release/jreleaser.yml");
  private static final Pattern PINNED = Pattern.compile("actions/[a-z-]+@[0-9a-f]{40}");
  private static final Pattern ACTION = Pattern.compile("uses: (.*)");
  private static final Pattern PINNED_WITH_VERSION =
      Pattern.compile("actions/[a-z-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");
  private static final Set<String> PHASES = Set.of("package", "verify");

  /// The archive that each machine makes, by the profiles of pom.xml.
  private static final Map<String, String> ARCHIVES =
      Map.of(
          "ubuntu-24.04", "linux-x86_64",
          "ubuntu-24.04-arm", "linux-aarch64",
          "macos-15", "macos-aarch64",
          "macos-15-intel", "macos-x86_64",
          "windows-2025", "windows-x86_64");

  @Test
  void everyCommandNamesFilesProfilesAndGoalsThatAreThere() throws IOException {
    var commands = new ArrayList<String>();
    for (Map<?, ?> step : steps()) {
      if (step.get("run") instanceof String lines) {
        lines.lines().forEach(commands::add);
      }
    }
    assertTrue(commands.size() >= 8, commands.toString());
    var wrong = new ArrayList<String>();
    for (String command : commands) {
      wrong.addAll(wrongIn(command));
    }
    assertEquals(List.of(), wrong);
  }

  private static List<String> wrongIn(String command) throws IOException {
    var wrong = new ArrayList<String>();
    List<String> words = List.of(command.replace('\\', '/').split(" "));
    for (String word : words) {
      if (word.startsWith("src/") || word.startsWith(".ci/")) {
        if (!Files.isExecutable(Path.of(word))) {
          wrong.add(command + ": no program " + word);
        }
      } else if (word.startsWith("target/") && !isBuilt(word)) {
        wrong.add(command + ": nothing makes " + word);
      }
    }
    if (words.getFirst().equals("mvn")) {
      for (String word : words.subList(1, words.size())) {
        if (!isKnownToMaven(word)) {
          wrong.add(command + ": no profile, phase or goal " + word);
        }
      }
    }
    return wrong;
  }

  private static boolean isBuilt(String file) throws IOException {
    if (file.equals("target/install.sh")) {
      return Files.readString(Path.of("src/build/ReleaseFiles.java"))
          .contains("target.resolve(\"install.sh\")");
    }
    String name = file.substring(file.lastIndexOf('/') + 1);
    return file.equals("target/r1pick/bin/" + name)
        && Files.exists(Path.of("src/main/launcher", name));
  }

  private static boolean isKnownToMaven(String word) throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    if (word.startsWith("-P")) {
      return pom.contains("<id>" + word.substring(2) + "</id>");
    }
    if (word.contains(":")) {
      String prefix = word.substring(0, word.indexOf(':'));
      return pom.contains("<artifactId>" + prefix + "-maven-plugin</artifactId>");
    }
    return PHASES.contains(word) || Set.of("-B", "-ntp").contains(word);
  }

  @Test
  void everyActionMachineAndJavaIsPinned() throws IOException {
    for (Map<?, ?> step : steps()) {
      if (step.get("uses") instanceof String action) {
        assertTrue(PINNED.matcher(action).matches(), action);
        if (action.contains("/setup-java@") && step.get("with") instanceof Map<?, ?> with) {
          assertEquals("25.0.3", with.get("java-version"));
        }
      }
    }
    for (String name : List.of("ci.yml", "release.yml")) {
      String text = Files.readString(WORKFLOWS.resolve(name));
      assertFalse(text.contains("latest"), name + " runs on what changes by itself");
      Matcher action = ACTION.matcher(text);
      while (action.find()) {
        assertTrue(PINNED_WITH_VERSION.matcher(action.group(1)).matches(), action.group(1));
      }
    }
  }

  @Test
  void theArchivesOfAllMachinesArePublishedAndNoOthers() throws IOException {
    assertEquals(ARCHIVES.keySet(), machines("ci.yml", "verify"));
    assertEquals(ARCHIVES.keySet(), machines("release.yml", "archive"));
    var expected = new TreeSet<String>();
    for (String platform : ARCHIVES.values()) {
      expected.add("target/release/r1pick-{{projectVersion}}-" + platform + ".zip");
      if (!platform.startsWith("windows")) {
        expected.add("target/release/r1pick-{{projectVersion}}-" + platform + ".tar.gz");
      }
    }
    var published = new TreeSet<String>();
    Map<?, ?> distribution = map(map(map(read(RELEASER)).get("distributions")).get("r1pick"));
    for (Object artifact : list(distribution.get("artifacts"))) {
      String path = String.valueOf(map(artifact).get("path"));
      String platform = String.valueOf(map(artifact).get("platform"));
      assertTrue(
          path.contains(platform.replace("osx", "macos").replace("aarch_64", "aarch64")), path);
      published.add(path);
    }
    assertEquals(expected, published);
    assertTrue(
        Files.readString(Path.of("pom.xml"))
            .contains("r1pick-${project.version}-${release.os}-${release.arch}"));
  }

  /// A checksum from the same address finds damage; only a signature finds a forger.
  @Test
  void everythingThatIsPublishedIsSignedBefore() throws IOException {
    Map<?, ?> jobs = map(map(read(WORKFLOWS.resolve("release.yml"))).get("jobs"));
    Map<?, ?> publish = map(jobs.get("publish"));
    for (String permission : List.of("id-token", "attestations")) {
      assertEquals("write", map(publish.get("permissions")).get(permission), permission);
    }
    String signed = "";
    for (Object step : list(publish.get("steps"))) {
      if (String.valueOf(map(step).get("uses")).startsWith("actions/attest-build-provenance@")) {
        signed = String.valueOf(map(map(step).get("with")).get("subject-path"));
      } else if (String.valueOf(map(step).get("run")).contains("jreleaser:full-release")) {
        for (String kind :
            List.of("r1pick-*.tar.gz", "r1pick-*.zip", "r1pick-*.cdx.json", "install.sh")) {
          assertTrue(signed.contains("target/release/" + kind), kind);
        }
        return;
      }
    }
    fail("nothing is published");
  }

  /// JReleaser itself reads its file in the workflow `ci`; here is what it cannot know.
  @Test
  void theReleaseStartsTheProgramThatIsShippedAndReadsFilesThatAreThere() throws IOException {
    Map<?, ?> releaser = map(read(RELEASER));
    Map<?, ?> distribution = map(map(releaser.get("distributions")).get("r1pick"));
    Map<?, ?> executable = map(distribution.get("executable"));
    assertTrue(Files.exists(Path.of("src/main/launcher", String.valueOf(executable.get("name")))));
    assertTrue(
        Files.exists(
            Path.of(
                "src/main/launcher",
                executable.get("name") + "." + executable.get("windowsExtension"))));
    Map<?, ?> github = map(map(releaser.get("release")).get("github"));
    String changelog = String.valueOf(map(github.get("changelog")).get("external"));
    assertTrue(Files.exists(Path.of(changelog)), changelog);
    assertEquals("v{{projectVersion}}", github.get("tagName"));
    for (String packager : List.of("brew", "scoop")) {
      assertEquals("RELEASE", map(distribution.get(packager)).get("active"));
    }
  }

  private static Set<String> machines(String workflow, String job) throws IOException {
    Map<?, ?> jobs = map(map(read(WORKFLOWS.resolve(workflow))).get("jobs"));
    Map<?, ?> strategy = map(map(jobs.get(job)).get("strategy"));
    var machines = new TreeSet<String>();
    for (Object machine : list(map(strategy.get("matrix")).get("os"))) {
      machines.add(String.valueOf(machine));
    }
    return machines;
  }

  private static List<Map<?, ?>> steps() throws IOException {
    var steps = new ArrayList<Map<?, ?>>();
    try (var workflows = Files.newDirectoryStream(WORKFLOWS)) {
      for (Path workflow : workflows) {
        Map<?, ?> document = map(read(workflow));
        assertEquals(Map.of("contents", "read"), document.get("permissions"), workflow.toString());
        for (Object job : map(document.get("jobs")).values()) {
          assertTrue(map(job).containsKey("timeout-minutes"), workflow.toString());
          for (Object step : list(map(job).get("steps"))) {
            steps.add(map(step));
          }
        }
      }
    }
    return steps;
  }

  private static Object read(Path file) throws IOException {
    var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    return new Load(settings).loadFromString(Files.readString(file));
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : new LinkedHashMap<>();
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
