package dev.r1pick.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.json.InvalidYaml;
import dev.r1pick.policy.InvalidPolicy;
import dev.r1pick.policy.PolicyError;
import dev.r1pick.policy.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// What is said of a policy that cannot be read: a policy for each thing that can be wrong.
class PolicyErrorsTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  static final List<String> BROKEN =
      List.of(
          "require: [",
          "require:\n  - ram: 8GiB\n ram: 3",
          "require: {a: b",
          "require:\n\t- ram: 8GiB",
          "require:\n  - ollama: >=0.30",
          "require:\n  - ram: @x",
          "# nothing",
          "require: *all",
          "require:\n  - ram: !!str 8GiB",
          "require:\n  - ram: 8GiB\n    ram: 9GiB",
          "require: []\nrequire: []",
          "? [a]\n: b",
          "require: []\n---\nrequire: []",
          "require: " + "[".repeat(120) + "]".repeat(120),
          "require: []",
          "[]",
          "require:\n  - color: red",
          "requires: []",
          "require: [{ram: }]",
          "require: [{tag: 8b, why: }]",
          "require: {ram: 8GiB}",
          "require: [ram]",
          "require: [{use_case: chat, min_speed: x}]",
          "require: [{use_case: chat, min_speed: 0}]",
          "require: [{use_case: chat, min_speed: -3}]",
          "require: [{tag: 8b, min_speed: 2000000}]",
          "require: [{tag: 8b, placement: cpu}]",
          "require: [{}]",
          "require: [{ram: 8GiB, vram: 8GiB}]",
          "forbid: [{ram: 8GiB}]",
          "require: [{license: mit}]",
          "require: [{tag: 70b}]\nforbid: [{license: llama}]",
          "require: [{use_case: codding}]",
          "require: [{tag: 13b}]",
          "require: [{tag: 8b, context: 1024k}]",
          "require: [{use_case: chat, min_size: big}]",
          "require: [{use_case: chat, min_size: 700b}]",
          "require: [{use_case: chat, context: much}]",
          "require: [{use_case: chat, context: 1000}]",
          "require: [{use_case: chat, context: 16}]",
          "require: [{use_case: chat, language: x1}]",
          "require: [{use_case: chat, max_wait: 3d}]",
          "require: [{ram: 32}]",
          "require: [{ram: lots}]",
          "require：\n  - ram: 8GiB",
          "require: [{use_case: gardening}]",
          "require: [{disk_free: lots}]",
          "require: [{ollama: new}]",
          "forbid: [{license: lama}]");

  /// Words of the program, such as `WRONG_KIND` and `SYNTAX`, of the parser, such as `<block end>`,
  /// and figures that no person writes.
  private static final Pattern INTERNAL =
      Pattern.compile(
          "\\b[A-Z]+_[A-Z_]+\\b|\\b(SYNTAX|DUPLICATE|ALIAS|TAB|EMPTY|SEVERAL|DEEP|NAME|OBJECT|ARRAY"
              + "|TEXT|NUMBER|FLAG)\\b|<[a-z ]+>|E-?\\d{2,}|\\{\\d}");

  private static Run check(String language, Path folder, String policy) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yml"), policy);
    return Run.in(
        Locale.of(language), MACHINE, "check", "--policy", file.toString(), "--lang", language);
  }

  @ParameterizedTest
  @FieldSource("BROKEN")
  void anErrorToldAWordOfTheProgram(String policy, @TempDir Path folder) throws IOException {
    for (String language : List.of("en", "zh")) {
      Run run = check(language, folder, policy);
      String said = run.err().replace(folder.toString(), "");
      assertEquals(ExitCode.USAGE, run.code(), run.toString());
      assertEquals(1, run.err().lines().count(), run.err());
      assertFalse(INTERNAL.matcher(said).find(), said);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "require:~  - ollama: >=0.30 | a value that begins with > needs quotes",
        "require:~  - ram: 8GiB~    ram: 9GiB | ram is there twice; keep one.",
        "require: [{tag: 8b, min_speed: 0}] | min_speed \"0\" is not a speed; write tokens/s above 0",
        "require: [ | this is not YAML: ",
        "require: *all | aliases (*name) are not supported",
      })
  void theSentenceNamesWhatIsInTheFile(String policy, String said, @TempDir Path folder)
      throws IOException {
    Run run = check("en", folder, policy.replace('~', '\n'));
    assertTrue(run.err().contains(said), run.err());
  }

  @Test
  void everyErrorOfAPolicyIsProvokedAbove() {
    var keys = new TreeSet<String>();
    for (String policy : BROKEN) {
      try {
        PolicyReader.read(
            "p.yml", policy, CatalogReader.readDefault(), UseCaseReader.readDefault());
      } catch (InvalidPolicy e) {
        keys.add(
            e.error() instanceof PolicyError.Yaml(_, var problem)
                ? problem.name()
                : e.error().getClass().getSimpleName());
      }
    }
    var all = new TreeSet<String>();
    for (InvalidYaml.Problem problem : InvalidYaml.Problem.values()) {
      all.add(problem.name());
    }
    for (Class<?> error : PolicyError.class.getPermittedSubclasses()) {
      all.add(error.getSimpleName());
    }
    all.remove(PolicyError.Yaml.class.getSimpleName());
    all.removeAll(keys);
    // what a rule of a kind lacks is told by that kind
    assertEquals(Set.of("Missing"), all);
  }
}
