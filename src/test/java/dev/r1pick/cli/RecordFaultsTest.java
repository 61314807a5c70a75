package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.host.ForwardingHost;
import dev.r1pick.host.Http;
import dev.r1pick.host.LocalHost;
import dev.r1pick.host.PendingFile;
import dev.r1pick.host.UserFiles;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.json.Schemas;
import dev.r1pick.report.layout.Style;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `--record` refuses and prints, and documents on standard input.
class RecordFaultsTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  @TempDir Path folder;

  private static Run record(String place, String... more) {
    var words = new ArrayList<>(List.of("hardware", "--record", place));
    words.addAll(List.of(more));
    return Run.on(MACHINE, words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--gpu=RTX 4090",
        "--vram=24GiB",
        "--ram=64GB",
        "--backend=cuda",
        "--cpu-only",
        "--ollama-version=0.5.7",
        "--ollama-env=OLLAMA_NUM_PARALLEL=2",
        "--machine=src/test/resources/machines/nvidia-rtx3060-linux"
      })
  void aDescribedMachineWasIgnoredAndThisOneRecorded(String option) {
    Path place = folder.resolve("r");
    Run run = record(place.toString(), option);
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(
        run.err()
            .contains(
                option.substring(
                    0, option.indexOf('=') < 0 ? option.length() : option.indexOf('='))),
        run.err());
    assertFalse(Files.exists(place));
  }

  @Test
  void aRecordingWasMixedWithWhatLayThere() throws IOException {
    Files.createDirectories(folder.resolve("fs/proc"));
    Run run = record(folder.toString());
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("not an empty folder"), run.err());
    assertFalse(Files.exists(folder.resolve("commands.json")));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aRecordingWasWrittenThroughALinkInItsFolder() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path place = Files.createDirectory(folder.resolve("r"));
    Files.createSymbolicLink(place.resolve("fs"), elsewhere);
    assertEquals(ExitCode.USAGE, record(place.toString()).code());
    try (var entries = Files.list(elsewhere)) {
      assertEquals(0, entries.count());
    }
  }

  @Test
  void anEmptyFolderIsTaken() throws IOException {
    assertEquals(ExitCode.OK, record(folder.toString()).code());
    assertEquals(ExitCode.OK, Run.on(MACHINE, "recommend", "--machine", folder.toString()).code());
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(ExitCode.USAGE, record(file.toString()).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void anEmptyNameRecordedIntoTheWorkingDirectory(String name) {
    Run run = record(name);
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("--record"), run.err());
    assertFalse(Files.exists(Path.of("commands.json")));
  }

  @Test
  void jsonOfARecordingWasNothing() {
    Path place = folder.resolve("r");
    Run run = record(place.toString(), "--format", "json");
    assertEquals(ExitCode.OK, run.code());
    JsonValue answer = JsonReader.read("stdout", run.out());
    assertEquals(List.of(), Schemas.closed().faults("hardware", run.out()));
    JsonValue recording = answer.member("recording").orElseThrow();
    assertEquals(place.toString(), recording.textAt("folder").orElseThrow());
    List<JsonValue> files = recording.member("files").orElseThrow().items();
    assertTrue(files.size() > 5, files.toString());
    for (JsonValue file : files) {
      String name = ((JsonValue.Text) file).value();
      assertTrue(Files.isRegularFile(place.resolve(name)), name);
    }
    assertEquals("", record(folder.resolve("other").toString()).out());
  }

  /// The machine of [Run] with a document on standard input.
  private record Piped(LocalHost host, String text) implements ForwardingHost, LocalHost {
    @Override
    public UserFiles files() {
      return new PipedFiles(host.files(), text);
    }

    @Override
    public Http http() {
      return host.http();
    }

    @Override
    public void pause(Duration time) {
      host.pause(time);
    }

    @Override
    public void lastWords(Optional<String> sentence) {
      host.lastWords(sentence);
    }

    @Override
    public int workers() {
      return 1;
    }

    @Override
    public Optional<Bandwidth> memoryRead(int threads) {
      return Optional.empty();
    }
  }

  private record PipedFiles(UserFiles files, String text) implements UserFiles {
    @Override
    public Path workingDirectory() {
      return files.workingDirectory();
    }

    @Override
    public Kind kind(Path path) {
      return files.kind(path);
    }

    @Override
    public Bytes size(Path file) throws IOException {
      return files.size(file);
    }

    @Override
    public Optional<Ownership> ownership(Path path) {
      return files.ownership(path);
    }

    @Override
    public void delete(Path file) throws IOException {
      files.delete(file);
    }

    @Override
    public InputStream open(Path file) throws IOException {
      return files.open(file);
    }

    @Override
    public InputStream standardInput() {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<Path> list(Path place) throws IOException {
      return files.list(place);
    }

    @Override
    public List<Path> tree(Path place) throws IOException {
      return files.tree(place);
    }

    @Override
    public void createFolders(Path place) throws IOException {
      files.createFolders(place);
    }

    @Override
    public PendingFile replace(Path file) throws IOException {
      return files.replace(file);
    }

    @Override
    public void append(Path file, String more) throws IOException {
      files.append(file, more);
    }
  }

  private static Run piped(String text, String... args) {
    var local = new LocalRecording(Run.host("ci-linux-runner-no-gpu"), Optional.empty());
    return Run.on(new Piped(local, text), Style.PLAIN, args);
  }

  @Test
  void aDocumentOnStandardInputWasAFileCalledMinus() {
    String document = Run.on(MACHINE, "hardware", "--format", "json").out();
    Run there = Run.on(MACHINE, "recommend", "--format", "json");
    Run run = piped(document, "recommend", "--machine", "-", "--format", "json");
    assertEquals(there.out(), run.out());
    assertEquals(ExitCode.OK, run.code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"machine\": {}}"})
  void whatIsNoDocumentOnStandardInputIsRefused(String text) {
    Run run = piped(text, "recommend", "--machine", "-");
    assertEquals(ExitCode.USAGE, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
  }
}
