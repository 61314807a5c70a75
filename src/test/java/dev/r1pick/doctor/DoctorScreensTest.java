package dev.r1pick.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.report.json.Schemas;
import dev.r1pick.text.Kebab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What doctor says, word for word, in both languages. `-Dapprove=true` writes the screens anew.
class DoctorScreensTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden-doctor");
  private static final boolean APPROVE = Boolean.getBoolean("approve");

  private static Map<String, Ailing> machines() {
    var machines = new TreeMap<String, Ailing>();
    machines.put(
        "well",
        Ailing.usual()
            .stored("14b", 9_000_000_000L)
            .answers(
                "/api/tags",
                "{\"models\":[{\"name\":\"deepseek-r1:14b\",\"size\":8988124069,\"digest\":\"c0\"}]}")
            .answers(
                "/api/ps",
                "{\"models\":[{\"name\":\"deepseek-r1:14b\",\"size\":10500000000,"
                    + "\"size_vram\":10500000000,\"context_length\":4096}]}")
            .answers("/api/show", "{\"capabilities\":[\"completion\",\"thinking\"]}"));
    machines.put(
        "down",
        Ailing.usual()
            .stop()
            .fails("")
            .command(
                "systemctl-show-ollama",
                "LoadState=loaded\nActiveState=inactive\nNRestarts=0\nEnvironment=\n"));
    machines.put("starting", Ailing.usual().fails("silent"));
    machines.put(
        "gpu-lost",
        Ailing.blind("nvidia-rtx3060-linux")
            .start("OLLAMA_KV_CACHE_TYPE:q8 OLLAMA_NUM_PARALLEL:4")
            .logs(
                "msg=\"inference compute\" id=cpu library=cpu total=\"15 GiB\"",
                "level=WARN msg=\"llama-server GPU discovery watchdog timed out\" error=\"x\"")
            .variable("OLLAMA_CONTEXT_LENGTH", "8192")
            .variable("OLLAMA_NUM_CTX", "8192")
            .program("chrome", 5L << 30));
    machines.put(
        "not-root",
        Ailing.usual()
            .forgetLog()
            .command(
                "journal-ollama",
                "-- No entries --\n",
                "Hint: You are currently not seeing messages from other users and the system."));
    machines.put(
        "elsewhere", Ailing.usual().variable("OLLAMA_HOST", "http://big.example.test:11434"));
    machines.put(
        "store-full-of-trouble",
        Ailing.usual()
            .stored("7b", 4_000_000_000L)
            .size(Ailing.MODELS + "/blobs/sha256-" + Ailing.BLOB, 3_000_000_000L)
            .file(Ailing.MODELS + "/manifests/registry.ollama.ai/library/deepseek-r1/14b", "{\"con")
            .file(Ailing.MODELS + "/blobs/sha256-" + "ef".repeat(32) + "-partial-0", "")
            .system("\"file_systems\":[{\"mount\":\"/usr/share\",\"options\":\"ro,relatime\"}]"));
    return machines;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void theScreensAreTheApprovedOnes(String language, @TempDir Path folder) throws IOException {
    for (Map.Entry<String, Ailing> machine : machines().entrySet()) {
      Path place = machine.getValue().in(folder.resolve(machine.getKey()));
      Run run =
          Run.on(
              "nvidia-rtx3060-linux", "doctor", "--lang", language, "--machine", place.toString());
      String text =
          "$ r1pick doctor\n" + run.out() + run.err() + "# exit " + run.code().code() + "\n";
      Path approved = GOLDEN.resolve(machine.getKey() + "." + language + ".txt");
      if (APPROVE) {
        Files.createDirectories(GOLDEN);
        Files.writeString(approved, text);
      }
      assertEquals(Files.readString(approved), text);
      assertTrue(
          text.lines().allMatch(line -> line.length() <= 80 || line.contains("/blobs/")), text);
    }
  }

  @Test
  void noApprovedScreenIsLeftOver() throws IOException {
    var expected = new TreeSet<String>();
    for (String machine : machines().keySet()) {
      for (String language : List.of("en", "zh")) {
        expected.add(machine + "." + language + ".txt");
      }
    }
    var found = new ArrayList<String>();
    try (var files = Files.list(GOLDEN)) {
      files.forEach(file -> found.add(file.getFileName().toString()));
    }
    assertEquals(expected, new TreeSet<>(found));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everyCauseHasItsSentencesAndNoneIsLeftOver(String language) throws IOException {
    var sentences = new Properties();
    Path file = Path.of("src/main/resources/dev/r1pick/messages", language, "doctor.properties");
    try (var reader = Files.newBufferedReader(file)) {
      sentences.load(reader);
    }
    var left = new TreeSet<String>();
    for (Object key : sentences.keySet()) {
      String name = key.toString().replaceFirst("\\.(means|do)$", "");
      boolean other = name.matches("doctor\\.(sum|hidden|topic|line|seen|systemd).*");
      String id = name.substring("doctor.".length()).replaceFirst("\\..*", "");
      if (!other && !causes().contains(id)) {
        left.add(name);
      }
    }
    assertEquals(new TreeSet<>(), left, "sentences of no cause");
    for (Cause cause : Cause.values()) {
      String id = "doctor." + Kebab.of(cause);
      boolean any =
          sentences.keySet().stream()
              .anyMatch(key -> key.equals(id) || key.toString().startsWith(id + "."));
      assertTrue(any, id);
      boolean todo =
          sentences.keySet().stream()
              .map(Object::toString)
              .anyMatch(key -> key.startsWith(id + ".") && key.endsWith(".do"));
      assertEquals(cause.mark() != Mark.GOOD, todo, id + " has something to do");
    }
  }

  private static Set<String> causes() {
    var ids = new TreeSet<String>();
    for (Cause cause : Cause.values()) {
      ids.add(Kebab.of(cause));
    }
    return ids;
  }

  @Test
  void theSchemaListsEveryCauseAndEveryScreenFollowsIt(@TempDir Path folder) throws IOException {
    String schema = Files.readString(Path.of("docs/schema/doctor.schema.json"));
    for (String id : causes()) {
      assertTrue(schema.contains("\"" + id + "\""), id);
    }
    for (Map.Entry<String, Ailing> machine : machines().entrySet()) {
      Path place = machine.getValue().in(folder.resolve(machine.getKey()));
      Run run =
          Run.on(
              "nvidia-rtx3060-linux", "doctor", "--format", "json", "--machine", place.toString());
      assertEquals(List.of(), Schemas.closed().faults("doctor", run.out()), run.out());
    }
  }
}
