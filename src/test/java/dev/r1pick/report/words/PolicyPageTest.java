package dev.r1pick.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.json.YamlReader;
import dev.r1pick.report.json.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The policy of docs/policy.md is one that the schema and the program take.
class PolicyPageTest {
  private static String example() throws IOException {
    String page = Files.readString(Path.of("docs/policy.md"));
    int start = page.indexOf("```yaml\n") + "```yaml\n".length();
    return page.substring(start, page.indexOf("```", start));
  }

  @Test
  void theExampleFollowsTheSchema() throws IOException {
    String json = JsonWriter.pretty(YamlReader.read(example()).value());
    assertEquals(List.of(), Schemas.published().faults("policy", json));
    assertTrue(
        !Schemas.published()
            .schema("policy")
            .validate("{\"require\": [{\"ram\": \"32GiB\", \"vram\": \"1GiB\"}]}", InputFormat.JSON)
            .isEmpty(),
        "the schema sees what the reader refuses");
  }

  @Test
  void theExampleRuns(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve(".r1pick.yml"), example());
    Run run = Run.on("nvidia-rtx3060-linux", "check", "--policy", file.toString());
    assertEquals(ExitCode.NOTHING_FITS, run.code(), run.err());
    assertEquals("", run.err());
    assertTrue(run.out().contains("the review bot was tuned on it"), run.out());
    assertTrue(run.out().contains("of 7 rules met"), run.out());
  }
}
