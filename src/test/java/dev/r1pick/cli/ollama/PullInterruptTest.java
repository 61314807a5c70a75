package dev.r1pick.cli.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.Interrupts;
import dev.r1pick.ollama.server.FakeOllama;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C in the middle of a pull, in a process of its own.
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class PullInterruptTest {
  private static final String PULL = "POST /api/pull";

  @TempDir private Path folder;

  @Test
  void closesTheRequestSaysSoAndEndsWith130() throws Exception {
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    try (var fake = new FakeOllama().plays("version", "tags-empty", "pull-cancelled")) {
      var builder =
          new ProcessBuilder(
                  Interrupts.reach(
                      List.of(
                          ProcessHandle.current().info().command().orElseThrow(),
                          "-XX:TieredStopAtLevel=1",
                          "-XX:+UseSerialGC",
                          "--enable-native-access=ALL-UNNAMED",
                          "-cp",
                          System.getProperty("java.class.path"),
                          "dev.r1pick.cli.Main",
                          "pull",
                          "1.5b",
                          "--no-variant")))
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("R1PICK_"));
      builder.environment().put("OLLAMA_HOST", fake.address());
      builder.environment().put("HOME", folder.toString());
      builder.environment().put("LC_ALL", "C.UTF-8");
      Process process = builder.start();
      while (process.isAlive() && !Files.readString(output).contains(" %  ")) {
        Thread.sleep(20);
      }
      assertEquals(List.of(), fake.left(), "the request is open until then");
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      assertEquals(130, process.waitFor(), Files.readString(errors));
      assertEquals(
          "r1pick: interrupted. The server keeps what is loaded; the same command goes on from"
              + " there.",
          Files.readString(errors).strip());
      while (fake.left().isEmpty()) {
        Thread.sleep(20);
      }
      assertEquals(List.of(PULL), fake.left());
      assertTrue(Files.readString(output).contains("asking the registry"));
    }
  }
}
