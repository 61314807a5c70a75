package dev.r1pick.report.html;

import dev.r1pick.cli.LocalRecording;
import dev.r1pick.cli.R1Pick;
import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.Console;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.report.layout.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Pages as a user gets them.
final class Pages {
  static final String MACHINE = "nvidia-rtx3060-linux";

  /// The version that the sample pages are told to be of.
  private static final String VERSION = "0.1.0";

  private static final Path GRID = Path.of("src/test/resources/documents/grid");

  private static final String POLICY =
      """
      require:
        - use_case: coding
          min_size: 14b
          min_speed: 15
        - ram: 16GiB
        - vram: 12GiB
      warn:
        - ollama: ">=0.30"
      forbid:
        - license: llama
      """;

  private Pages() {}

  /// What the options ask for, as a page.
  static String of(String... options) {
    return in(Locale.ENGLISH, options);
  }

  /// The same for a reader of that language.
  static String in(Locale language, String... options) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var words = new ArrayList<>(List.of(options));
    words.addAll(List.of("--format", "html"));
    ExitCode code =
        R1Pick.run(
            words,
            new Console(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                Style.PLAIN),
            new LocalRecording(Run.host(MACHINE), Optional.empty()),
            language,
            VERSION);
    if (code == ExitCode.USAGE || out.size() == 0) {
      throw new IllegalStateException(code + " " + err.toString(StandardCharsets.UTF_8));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /// So many machines held against a policy.
  ///
  /// @param folder for its files
  static String fleet(Path folder, int machines) throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.yml"), POLICY);
    List<String> documents;
    try (var files = Files.list(GRID)) {
      documents = files.sorted().map(Pages::line).toList();
    }
    var lines = new ArrayList<String>();
    for (int i = 0; i < machines; i++) {
      // in another order than that of the folder, where the small machines come first
      String document = documents.get(i * 7 % documents.size());
      lines.add(
          "{\"name\":\"%s-%03d\",\"machine\":%s}"
              .formatted(List.of("desk", "lab", "build", "home").get(i % 4), i + 1, document));
    }
    Path file = Files.write(folder.resolve("machines.ndjson"), lines);
    return of("check", "--machines", file.toString(), "--policy", policy.toString());
  }

  /// The machine of a document, on one line.
  static String line(Path file) {
    try {
      JsonValue document = JsonReader.read(file.toString(), Files.readString(file));
      return JsonWriter.compact(document.member("machine").orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
