package dev.r1pick.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `r1pick doctor TAG`: the same machine, against what that tag needs.
class DoctorTagTest {
  private static final String RTX3060 = "nvidia-rtx3060-linux";

  @TempDir private Path folder;

  @BeforeEach
  void record() throws IOException {
    Ailing.on(RTX3060)
        .start("OLLAMA_CONTEXT_LENGTH:65536")
        .logs(
            "msg=\"inference compute\" id=0 library=CUDA description=\"NVIDIA GeForce RTX 3060\""
                + " total=\"11.6 GiB\" available=\"11.6 GiB\"")
        .in(folder);
  }

  private Run doctor(String words) {
    return Run.on(RTX3060, ("doctor" + words + " --machine " + folder).split(" "));
  }

  private static String flat(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void theContextOfTheServerIsTooLongForOneTagAndRightForAnother() {
    Run large = doctor(" 14b");
    assertTrue(
        flat(large.out()).contains("opens 64k of context for deepseek-r1:14b,"), large.out());
    assertTrue(flat(large.out()).contains("more than fits on the GPU"), large.out());
    assertEquals(ExitCode.NOTHING_FITS, large.code());
    Run small = doctor(" 1.5b");
    assertTrue(
        flat(small.out()).contains("opens 64k of context for deepseek-r1:1.5b."), small.out());
    assertFalse(small.out().contains("14b"), small.out());
    assertEquals(ExitCode.OK, small.code(), small.out());
  }

  @Test
  void withoutATagItIsTheOneThatRecommendPicks() {
    String pick = Run.on(RTX3060, "recommend", "-q", "--machine", folder.toString()).out().strip();
    assertTrue(doctor("").out().contains(pick), doctor("").out());
  }

  @Test
  void aTagThatDoesNotRunHereIsSaidAndTheRestIsLookedAt() {
    Run run = doctor(" 671b");
    assertTrue(flat(run.err()).contains("deepseek-r1:671b does not"), run.err());
    assertTrue(run.out().contains("Ollama 0.32.15 answers"), run.out());
    assertFalse(run.out().contains("of context for"), run.out());
  }

  @Test
  void aTagThatDoesNotExistIsRefusedBeforeAnythingIsLookedAt() {
    Run run = doctor(" 13b");
    assertEquals(ExitCode.USAGE, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("14b"), run.err());
  }

  @Test
  void aFileOfOnesOwnInTheMlaLayoutIsSaid() throws IOException {
    Ailing.usual()
        .answers("/api/tags", "{\"models\":[{\"name\":\"deepseek-r1:671b\",\"size\":1}]}")
        .answers("/api/show", "{\"model_info\":{\"deepseek2.attention.key_length_mla\":192}}")
        .in(folder);
    String out = flat(doctor("").out());
    assertTrue(out.contains("The file of deepseek-r1:671b has the MLA layout"), out);
  }
}
