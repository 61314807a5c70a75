package dev.r1pick.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of the context of a server whose environment is closed.
class ServerContextTest {
  private static final String MAC = "apple-m3-16gb-metal";
  private static final String RTX3060 = "nvidia-rtx3060-linux";
  private static final String LOG = "/Users/user/.ollama/logs/server.log";
  private static final String UNSEEN = "Which context the running server is set to cannot be seen";
  private static final String ENGINE =
      "\"/usr/lib/ollama/llama-server\",\"--model\",\"/srv/models/blobs/sha256-"
          + "ab".repeat(32)
          + "\",\"-c\",\"65536\",\"-np\",\"4\",\"--cache-type-k\",\"q8_0\"";

  private static Run run(Path machine, String line) {
    return Run.on(RTX3060, (line + " --machine " + machine).split(" "));
  }

  private static String flat(Run run) {
    return run.out().replaceAll("\\s+", " ");
  }

  private static JsonValue json(Path machine, String line) {
    return JsonReader.read("json", run(machine, line + " --format json").out());
  }

  private static String settingsFrom(Path machine) {
    return json(machine, "check 7b")
        .member("machine")
        .flatMap(known -> known.member("ollama"))
        .flatMap(known -> known.member("server"))
        .flatMap(known -> known.textAt("settings_from"))
        .orElse("-");
  }

  private static long context(Path machine) {
    return json(machine, "check 7b").wholeAt("default_context_tokens").orElse(0);
  }

  private static String start(String host, String version, String variables) {
    return "time=2026-11-27T21:59:03.123Z level=INFO msg=\"server config\" env=\"map[OLLAMA_HOST:"
        + host
        + " OLLAMA_NUM_PARALLEL:1 "
        + variables
        + " OLLAMA_FLASH_ATTENTION:false]\"\nmsg=\"Listening on 127.0.0.1:11434 (version "
        + version
        + ")\"\n";
  }

  private static Ailing mac() {
    return Ailing.on(MAC).variable("HOME", "/Users/user").drop("systemctl-show-ollama");
  }

  @Test
  void theLogOfTheApplicationTellsTheContextThatWasTakenForTheDefault(@TempDir Path folder)
      throws IOException {
    String old = start("http://127.0.0.1:11434", "0.32.15", "OLLAMA_CONTEXT_LENGTH:8192");
    String now = start("http://127.0.0.1:11434", "0.32.15", "OLLAMA_CONTEXT_LENGTH:16384");
    Path place =
        mac()
            .variable("OLLAMA_CONTEXT_LENGTH", "2048")
            .file(LOG, old + "msg=other\n" + now + "[GIN] 200\n")
            .in(folder);
    assertEquals("log", settingsFrom(place));
    assertEquals(16_384, context(place));
    assertFalse(flat(run(place, "recommend")).contains(UNSEEN));
    assertTrue(
        flat(run(place, "hardware")).contains("as its log has it: OLLAMA_CONTEXT_LENGTH=16384"),
        run(place, "hardware").out());
  }

  /// The last case has the default of the line, which says that nothing was set.
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9000,  0.32.15, OLLAMA_CONTEXT_LENGTH:16384, nobody, 2048",
    "http://127.0.0.1:11434, 0.31.0,  OLLAMA_CONTEXT_LENGTH:16384, nobody, 2048",
    "http://127.0.0.1:11434, 0.32.15, OLLAMA_CONTEXT_LENGTH:0,     log,    4096",
  })
  void theLogOfAnotherServerOrOfAnOldOneTellsNothing(
      String host, String version, String variables, String from, long tokens, @TempDir Path folder)
      throws IOException {
    Path place =
        mac()
            .variable("OLLAMA_CONTEXT_LENGTH", "2048")
            .file(LOG, start(host, version, variables))
            .in(folder);
    assertEquals(from, settingsFrom(place));
    assertEquals(tokens, context(place));
  }

  @Test
  void onWindowsTheLogLiesWithTheApplication(@TempDir Path folder) throws IOException {
    Path place =
        Ailing.on("windows-rtx3080-wddm-old-driver")
            .variable("LOCALAPPDATA", "C:\\Users\\user\\AppData\\Local")
            .file(
                "/C/Users/user/AppData/Local/Ollama/server.log",
                start("http://127.0.0.1:11434", "0.32.15", "OLLAMA_CONTEXT_LENGTH:16384"))
            .in(folder);
    assertEquals("log", settingsFrom(place));
    assertEquals(16_384, context(place));
  }

  @Test
  void theContextOfALoadedModelWasTheClientsAndIsNotTakenForTheServers(@TempDir Path folder)
      throws IOException {
    Path place =
        mac()
            .answers(
                "/api/ps",
                "{\"models\":[{\"name\":\"deepseek-r1:7b\",\"size\":9000000000,"
                    + "\"size_vram\":9000000000,\"context_length\":32768}]}")
            .in(folder);
    assertEquals("nobody", settingsFrom(place));
    assertEquals(4096, context(place));
    assertTrue(flat(run(place, "recommend")).contains(UNSEEN), run(place, "recommend").out());
    assertTrue(
        run(place, "recommend --format json").out().contains("\"server-context-unseen\""),
        run(place, "recommend --format json").out());
    String hardware = flat(run(place, "hardware"));
    assertTrue(hardware.contains("is set to cannot be seen"), hardware);
    assertTrue(hardware.contains("deepseek-r1:7b is loaded with 32k"), hardware);
    String check = flat(run(place, "check 7b"));
    assertTrue(check.contains("is set to cannot be seen"), check);
  }

  @Test
  void withoutAServerNothingIsSaidOfItsContext(@TempDir Path folder) throws IOException {
    Path place = mac().fails("").in(folder);
    assertFalse(flat(run(place, "check 7b")).contains("cannot be seen"));
    Path told = Ailing.on(RTX3060).in(folder.resolve("told"));
    assertFalse(flat(run(place, "recommend")).contains(UNSEEN));
    assertEquals("nobody", settingsFrom(told), "the recording has no processes");
  }

  // --- doctor

  private static Ailing closed(String... engines) {
    Ailing server =
        Ailing.on(RTX3060)
            .drop("systemctl-show-ollama")
            .variable("OLLAMA_CONTEXT_LENGTH", "16384")
            .variable("OLLAMA_KV_CACHE_TYPE", "q4_0")
            .file("/srv/models/blobs/x", "");
    for (String engine : engines) {
      server.engine(engine);
    }
    return server;
  }

  @Test
  void doctorReadsTheEngineWhereTheServersEnvironmentIsClosed(@TempDir Path folder)
      throws IOException {
    String out = flat(run(closed(ENGINE).in(folder), "doctor"));
    assertTrue(out.contains("are known, from the command line of its engine"), out);
    assertTrue(out.contains("OLLAMA_NUM_PARALLEL=4: the memory"), out);
    assertTrue(out.contains("OLLAMA_KV_CACHE_TYPE=q4_0 is set in this shell and not"), out);
    assertFalse(out.contains("OLLAMA_CONTEXT_LENGTH=16384 is set in this shell and not"), out);
    assertTrue(out.contains("Which context the server opens by itself cannot be seen"), out);
    assertTrue(out.contains("Not seen as this user: the variables of the server's process"), out);
  }

  @Test
  void withoutAnEngineDoctorSaysThatTheSettingsCannotBeSeen(@TempDir Path folder)
      throws IOException {
    String out = flat(run(closed().in(folder), "doctor"));
    assertTrue(out.contains("The settings of the server cannot be seen"), out);
    assertFalse(out.contains("of context for"), "of it nothing is known: " + out);
  }
}
