package dev.r1pick.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.host.LiveHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {
  @TempDir Path folder;

  @Test
  void theNearestPolicyAboveIsFound() throws IOException {
    Path below = Files.createDirectories(folder.resolve("a/b"));
    assertEquals(Optional.empty(), PolicyFile.find(new LiveHost().files(), below));
    Path far = Files.createFile(folder.resolve(".r1pick.yaml"));
    assertEquals(Optional.of(far), PolicyFile.find(new LiveHost().files(), below));
    Path near = Files.createFile(folder.resolve("a/.r1pick.json"));
    assertEquals(Optional.of(near), PolicyFile.find(new LiveHost().files(), below));
  }

  @Test
  void twoInOneFolderAreRefusedRatherThanOneTaken() throws IOException {
    Files.createFile(folder.resolve(".r1pick.yml"));
    Files.createFile(folder.resolve(".r1pick.json"));
    assertThrows(CliFailure.class, () -> PolicyFile.find(new LiveHost().files(), folder));
  }
}
