package dev.r1pick.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertTrue(run(place, "hardware").out().contains("says nothing"), run(place, "hardware").out());
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
}
