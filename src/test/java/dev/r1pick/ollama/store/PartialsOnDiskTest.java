package dev.r1pick.ollama.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.r1pick.host.LiveHost;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The part files that lay in the store of a real server after each way to end a pull of two parts.
/// They are counted as the next pull counts them: a part that was running is fetched again but for
/// what its file says.
class PartialsOnDiskTest {
  private static final Path STATES = Path.of("src/test/resources/ollama/partials.json");

  @TempDir private Path folder;

  private Partial partial(String when) throws IOException {
    for (JsonValue state : JsonReader.read("partials", Files.readString(STATES)).items()) {
      if (state.textAt("when").orElseThrow().startsWith(when)
          && state.member("files").orElseThrow() instanceof JsonValue.Members(var files)) {
        Path blobs = Files.createDirectories(folder.resolve("blobs"));
        for (var file : files.entrySet()) {
          Path place = blobs.resolve(file.getKey());
          if (file.getKey().endsWith("-partial")) {
            // of its final size from the first second, and mostly holes
            try (var sparse = new RandomAccessFile(place.toFile(), "rw")) {
              sparse.setLength(file.getValue().wholeAt("size").orElseThrow());
            }
          } else {
            Files.writeString(place, JsonWriter.compact(file.getValue()) + "\n");
          }
        }
      }
    }
    return read();
  }

  private Partial read() {
    return assertInstanceOf(
            StoreReader.Reading.Read.class, new StoreReader(new LiveHost().files()).read(folder))
        .store()
        .partials()
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "download running, 0",
    "after the client closed, 45891584",
    "after kill -9, 0",
    "after SIGTERM, 40602112",
    "after disk full, 24316416"
  })
  void whatIsThereIsWhatTheFilesOfThePartsSay(String when, long completed) throws IOException {
    Partial partial = partial(when);
    assertEquals(124_316_416, partial.total().count());
    assertEquals(completed, partial.completed().count());
    assertEquals(124_316_416 - completed, partial.left().count());
    assertEquals(List.of(), partial.broken());
  }

  @Test
  void aPartForWhichNotEvenItsFileHadRoomIsDead() throws IOException {
    partial("after disk full");
    Path first = folder.resolve("blobs/sha256-" + "ab".repeat(32) + "-partial-0");
    Files.writeString(first, "");
    Partial partial = read();
    assertEquals(List.of(first.getFileName().toString()), partial.broken());
  }
}
