import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program of docs/fleet.md in a real Spark (local mode): a partition that fails on the way is
/// tried again, and all answers together are those of one process.
class FleetOnSparkIT {
  private static final int MACHINES = 10_000;
  private static final int PARTITIONS = 8;
  private static final Path GRID = Path.of("src/test/resources/documents/grid");
  private static final String R1PICK = Path.of("target/r1pick/bin/r1pick").toAbsolutePath().toString();

  /// The first process that comes answers some of its machines and dies; every start leaves a line.
  private static final String FAILS_ONCE =
      """
      #!/bin/sh
      here=$1; shift
      echo started >> "$here/starts"
      if mkdir "$here/failed" 2> "$here/no-error"; then
        head -n 100 | "$@"
        exit 1
      fi
      exec "$@"
      """;

  @TempDir Path folder;

  @AfterEach
  void forget() {
    for (String name : List.of("spark.master", "spark.ui.enabled", "spark.local.dir")) {
      System.clearProperty(name);
    }
  }

  @Test
  void aFailedPartitionIsTriedAgainAndAllAnswersAreThoseOfOneProcess() throws Exception {
    Path machines = machines();
    Path policy = folder.resolve("policy.yml");
    Files.writeString(
        policy,
        """
        require:
          - {use_case: coding, min_size: 14b}
          - {ram: 32GiB}
        """);
    List<String> command =
        List.of(
            R1PICK, "check", "--machines", "-", "--policy", policy.toString(),
            "--format", "json", "--fail-on", "never");
    List<String> alone = alone(machines, command);

    Path script = folder.resolve("fails-once");
    Files.writeString(script, FAILS_ONCE);
    assertTrue(script.toFile().setExecutable(true));
    Path answers = folder.resolve("answers");
    var arguments =
        new ArrayList<>(
            List.of(
                machines.toString(),
                answers.toString(),
                String.valueOf(PARTITIONS),
                script.toString(),
                folder.toString()));
    arguments.addAll(command);
    // Two at a time, and as on a cluster a task may fail before the job does.
    System.setProperty("spark.master", "local[2,2]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.local.dir", folder.resolve("spark").toString());
    FleetOnSpark.main(arguments.toArray(String[]::new));

    List<String> together = lines(answers);
    assertEquals(machines(alone), machines(together));
    List<String> summaries = together.stream().filter(FleetOnSpark::isSummary).toList();
    assertEquals(PARTITIONS, summaries.size());
    Map<String, Long> total = FleetOnSpark.total(summaries);
    assertEquals(FleetOnSpark.total(alone.stream().filter(FleetOnSpark::isSummary).toList()), total);
    assertEquals(MACHINES, total.get("machines"));
    assertEquals(
        PARTITIONS + 1,
        Files.readAllLines(folder.resolve("starts")).size(),
        "one partition was tried twice");
    System.out.println("FleetOnSparkIT: " + total);
  }

  /// In one order, without their places in the input of the process that answered.
  private static List<String> machines(List<String> answers) {
    return answers.stream()
        .filter(line -> !FleetOnSpark.isSummary(line))
        .map(FleetOnSparkIT::withoutNumber)
        .sorted()
        .toList();
  }

  private static String withoutNumber(String line) {
    var members = new LinkedHashMap<String, JsonValue>();
    if (JsonReader.read("answer", line) instanceof JsonValue.Members(var all)) {
      members.putAll(all);
    }
    assertTrue(members.remove("number") != null, line);
    return JsonWriter.compact(new JsonValue.Members(members));
  }

  private List<String> alone(Path machines, List<String> command) throws Exception {
    Path answers = folder.resolve("alone");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(machines.toFile())
            .redirectOutput(answers.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals(0, process.waitFor());
    return Files.readAllLines(answers);
  }

  private static List<String> lines(Path answers) throws IOException {
    var lines = new ArrayList<String>();
    try (var parts = Files.list(answers)) {
      for (Path part : parts.filter(p -> p.getFileName().toString().startsWith("part-")).toList()) {
        lines.addAll(Files.readAllLines(part));
      }
    }
    return lines;
  }

  /// Varied from the documents of the grid, by how much memory is free.
  private Path machines() throws IOException {
    var grid = new ArrayList<JsonValue>();
    try (var files = Files.list(GRID)) {
      for (Path file : files.sorted().toList()) {
        grid.add(JsonReader.read(file.toString(), Files.readString(file)));
      }
    }
    Path machines = folder.resolve("machines.ndjson");
    try (var writer = Files.newBufferedWriter(machines)) {
      for (int i = 0; i < MACHINES; i++) {
        JsonValue document = grid.get(i % grid.size());
        JsonValue machine = varied(document.member("machine").orElse(document), 0.5 + (i % 97) / 194.0);
        writer.write(
            JsonWriter.compact(
                JsonValue.object().put("name", "machine-" + i).put("machine", machine).build()));
        writer.write('\n');
      }
    }
    return machines;
  }

  private static JsonValue varied(JsonValue value, double share) {
    return switch (value) {
      case JsonValue.Members(var members) -> {
        var varied = new LinkedHashMap<String, JsonValue>();
        members.forEach(
            (name, member) -> {
              boolean free = name.equals("available_bytes") || name.equals("memory_free_bytes");
              varied.put(
                  name,
                  free && member instanceof JsonValue.Whole(var bytes)
                      ? new JsonValue.Whole(Math.round(bytes * share))
                      : varied(member, share));
            });
        yield new JsonValue.Members(varied);
      }
      case JsonValue.Items(var items) ->
          new JsonValue.Items(items.stream().map(item -> varied(item, share)).toList());
      default -> value;
    };
  }
}
