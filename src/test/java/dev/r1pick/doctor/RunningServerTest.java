package dev.r1pick.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.json.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `recommend`, `check` and `hardware` did not know of a server that runs.
class RunningServerTest {
  private static final String RTX3060 = "nvidia-rtx3060-linux";

  private static Run run(Path machine, String line) {
    return Run.on(RTX3060, (line + " --machine " + machine).split(" "));
  }

  private static JsonValue machine(Path machine) {
    return JsonReader.read("json", run(machine, "hardware --format json").out())
        .member("machine")
        .orElseThrow();
  }

  @Test
  void aServiceWithoutItsProgramOnThePathWasNotFound(@TempDir Path folder) throws IOException {
    Path place = Ailing.on(RTX3060).drop("ollama-version").in(folder);
    JsonValue ollama = machine(place).member("ollama").orElseThrow();
    assertEquals("0.32.15", ollama.textAt("version").orElse(""));
  }

  @Test
  void aServerThatLooksForGpusWasTakenForNone(@TempDir Path folder) throws IOException {
    Path place = Ailing.on(RTX3060).fails("silent").in(folder);
    String out = run(place, "hardware").out();
    assertTrue(out.replaceAll("\\s+", " ").contains("says nothing"), out);
  }

  @Test
  void whatIsInstalledWasToBePulledAgain(@TempDir Path folder) throws IOException {
    Path none = Ailing.on(RTX3060).in(folder.resolve("none"));
    String tag = run(none, "recommend -q").out().strip();
    Path here =
        Ailing.on(RTX3060)
            .answers("/api/tags", "{\"models\":[{\"name\":\"" + tag + "\",\"size\":1}]}")
            .in(folder.resolve("here"));
    assertEquals("ollama pull " + tag, run(none, "recommend").lastLine());
    assertEquals("ollama run " + tag, run(here, "recommend").lastLine());
    assertEquals("ollama pull " + tag, run(here, "recommend --format command").lastLine());
  }

  @Test
  void aModelThatWasLoadedFiveMinutesAgoTurnedTheAdvice(@TempDir Path folder) throws IOException {
    String busy = "nvidia-rtx3080-nearly-full";
    Path taken = Ailing.on(busy).in(folder.resolve("taken"));
    Path ours =
        Ailing.on(busy)
            .answers(
                "/api/ps",
                "{\"models\":[{\"name\":\"deepseek-r1:14b\",\"size\":10200000000,"
                    + "\"size_vram\":10200000000}]}")
            .in(folder.resolve("ours"));
    assertNotEquals(run(taken, "recommend -q").out(), run(ours, "recommend -q").out());
    assertTrue(run(ours, "hardware").out().contains("count as free"), run(ours, "hardware").out());
    JsonValue gpu = machine(ours).member("accelerators").orElseThrow().items().getFirst();
    long free = gpu.wholeAt("memory_free_bytes").orElse(0);
    assertTrue(free > 9L << 30, gpu.toString());
    assertTrue(free <= gpu.wholeAt("memory_total_bytes").orElse(0), gpu.toString());
  }

  @Test
  void theShellsVariablesStoodForThoseOfTheService(@TempDir Path folder) throws IOException {
    Ailing service =
        Ailing.on(RTX3060)
            .file("/etc/systemd/system/ollama.service", "")
            .variable("OLLAMA_NUM_PARALLEL", "8")
            .command(
                "systemctl-show-ollama",
                "LoadState=loaded\nEnvironment=PATH=/bin \"OLLAMA_CONTEXT_LENGTH=16384\"\n");
    String check = run(service.in(folder), "check 7b --format json").out();
    assertTrue(check.contains("16384"), check);
    JsonValue environment =
        machine(folder).member("ollama").orElseThrow().member("environment").orElseThrow();
    assertEquals("16384", environment.textAt("OLLAMA_CONTEXT_LENGTH").orElse(""));
    assertTrue(environment.textAt("OLLAMA_NUM_PARALLEL").isEmpty(), environment.toString());
  }

  @Test
  void aMachineWithoutAServerIsAskedNothingMore(@TempDir Path folder) throws IOException {
    Path place = Ailing.on(RTX3060).in(folder);
    Files.delete(place.resolve("http.json"));
    assertFalse(run(place, "recommend").out().contains("already"));
  }

  private static final String ENGINE =
      "\"/usr/lib/ollama/llama-server\",\"--model\",\"/srv/models/blobs/sha256-"
          + "ab".repeat(32)
          + "\",\"-c\",\"65536\",\"-np\",\"4\",\"--cache-type-k\",\"q8_0\"";

  private static String process(String command, String environment) {
    return "{\"pid\":7,\"command\":[" + command + "]" + environment + "}";
  }

  private static String server(String host, String variables) {
    return process(
        "\"/usr/bin/ollama\",\"serve\"",
        ",\"environment\":{\"OLLAMA_HOST\":\"" + host + "\"" + variables + "}");
  }

  private static JsonValue ollama(Path machine) {
    return machine(machine).member("ollama").orElseThrow();
  }

  private static String variable(JsonValue ollama, String name) {
    return ollama.member("environment").orElseThrow().textAt(name).orElse("-");
  }

  private static String from(JsonValue ollama) {
    return ollama.member("server").orElseThrow().textAt("settings_from").orElse("-");
  }

  @Test
  void ofTwoServersTheOneThatListensAtThatPortIsTold(@TempDir Path folder) throws IOException {
    String others = server("127.0.0.1:9000", ",\"OLLAMA_NUM_PARALLEL\":\"9\"");
    String own =
        server("0.0.0.0", ",\"OLLAMA_CONTEXT_LENGTH\":\"16384\",\"OLLAMA_MODELS\":\"/srv/own\"");
    Path place =
        Ailing.on(RTX3060)
            .variable("OLLAMA_KV_CACHE_TYPE", "q4_0")
            .command("ollama-processes-json", "[" + others + "," + own + "]")
            .in(folder);
    JsonValue ollama = ollama(place);
    assertEquals("process", from(ollama));
    assertEquals("16384", variable(ollama, "OLLAMA_CONTEXT_LENGTH"));
    assertEquals("-", variable(ollama, "OLLAMA_NUM_PARALLEL"));
    assertEquals("-", variable(ollama, "OLLAMA_KV_CACHE_TYPE"), "that of the shell");
    assertTrue(run(place, "hardware").out().contains("/srv/own"), run(place, "hardware").out());
    assertTrue(run(place, "check 7b").out().contains("at 16k"), run(place, "check 7b").out());
  }

  @Test
  void theEngineTellsTypeAndRequestsWhereTheServersEnvironmentIsClosed(@TempDir Path folder)
      throws IOException {
    String closed = process("\"/usr/bin/ollama\",\"serve\"", "");
    Path place =
        Ailing.on(RTX3060)
            .file("/srv/models/blobs/x", "")
            .command("ollama-processes-json", "[" + closed + "," + process(ENGINE, "") + "]")
            .in(folder.resolve("one"));
    JsonValue ollama = ollama(place);
    assertEquals("engine", from(ollama));
    assertEquals("q8_0", variable(ollama, "OLLAMA_KV_CACHE_TYPE"));
    assertEquals("4", variable(ollama, "OLLAMA_NUM_PARALLEL"));
    assertEquals("/srv/models", variable(ollama, "OLLAMA_MODELS"));
    assertEquals("-", variable(ollama, "OLLAMA_CONTEXT_LENGTH"), "a client may have asked for it");
    Path two =
        Ailing.on(RTX3060)
            .command(
                "ollama-processes-json",
                "[" + closed + "," + closed + "," + process(ENGINE, "") + "]")
            .in(folder.resolve("two"));
    assertEquals("nobody", from(ollama(two)), "nobody knows whose engine it is");
  }

  @Test
  void aServerOnAnotherMachineWasNotAsked(@TempDir Path folder) throws IOException {
    Path place =
        Ailing.on("nvidia-rtx3080-nearly-full")
            .variable("OLLAMA_HOST", "big.example.test")
            .answers(
                "/api/ps",
                "{\"models\":[{\"name\":\"deepseek-r1:14b\",\"size\":10200000000,"
                    + "\"size_vram\":10200000000}]}")
            .in(folder.resolve("up"));
    JsonValue ollama = ollama(place);
    assertEquals("0.32.15", ollama.textAt("version").orElse(""));
    assertEquals("nobody", from(ollama));
    assertFalse(
        run(place, "hardware").out().contains("count as free"), "memory there is none of here");
    String check = run(place, "check 8b").out().replaceAll("\\s+", " ");
    assertTrue(
        check.startsWith("! OLLAMA_HOST points to big.example.test: the models run there"), check);
    Path down =
        Ailing.on(RTX3060)
            .variable("OLLAMA_HOST", "big.example.test")
            .fails("")
            .in(folder.resolve("down"));
    String hardware = run(down, "hardware").out().replaceAll("\\s+", " ");
    assertTrue(hardware.contains("does not answer from here"), hardware);
  }

  @Test
  void aTagIsKnownByItsDigestUnderEveryName(@TempDir Path folder) throws IOException {
    String today = "e0979632db5a88d1a53884cb2a941772d10ff5d055aabaa6801c4e36f3a6c2d7";
    Path alias = tags(folder, "my-r1:latest", today);
    assertTrue(run(alias, "check 1.5b").out().contains("here already: ollama run my-r1:latest"));
    assertEquals("here my-r1:latest", installed(alias, "check 1.5b"));
    Path older = tags(folder, "deepseek-r1:1.5b", "a42b25d8c10a" + "0".repeat(52));
    assertEquals("older null", installed(older, "check 1.5b"));
    Path other = tags(folder, "deepseek-r1:14b", "0".repeat(64));
    assertEquals("absent null", installed(other, "check 1.5b"));
    Path none = Ailing.on(RTX3060).fails("").in(folder.resolve("none"));
    assertEquals("null null", installed(none, "check 1.5b"));
  }

  private static Path tags(Path folder, String name, String digest) throws IOException {
    return Ailing.on(RTX3060)
        .answers(
            "/api/tags",
            "{\"models\":[{\"name\":\"" + name + "\",\"size\":1,\"digest\":\"" + digest + "\"}]}")
        .in(folder.resolve(name.replace(':', '-')));
  }

  private static String installed(Path machine, String line) {
    JsonValue answer = JsonReader.read("json", run(machine, line + " --format json").out());
    return answer.textAt("installed").orElse("null")
        + " "
        + answer.textAt("installed_as").orElse("null");
  }

  @Test
  void recommendSaysInJsonWhatIsHereAndWhatIsOnlyCalledSo(@TempDir Path folder) throws IOException {
    String tag = run(Ailing.on(RTX3060).in(folder.resolve("none")), "recommend -q").out().strip();
    Path here = tags(folder, tag, "1".repeat(64));
    JsonValue answer = JsonReader.read("json", run(here, "recommend --format json").out());
    JsonValue pick = answer.member("recommendation").orElseThrow();
    assertEquals("here", pick.textAt("installed").orElse(""));
    assertEquals(tag, pick.textAt("installed_as").orElse(""));
    assertEquals(
        List.of(),
        Schemas.closed().faults("recommend", run(here, "recommend --format json").out()));
  }
}
