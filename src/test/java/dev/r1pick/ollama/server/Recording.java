package dev.r1pick.ollama.server;

import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An answer of a running Ollama, or one put together from its sources and from public issues.
///
/// In the file a run of progress lines of one blob is written as that blob with the numbers of its
/// lines, `[number, times]` where one repeats; all other lines are as they were.
///
/// @param call method and path
/// @param status of the answer
/// @param type its content type
/// @param lines of a stream, without their line ends; a single one for any other body
/// @param stream whether each line was sent as it came
/// @param ends how it ends
public record Recording(
    String name,
    String call,
    int status,
    String type,
    List<String> lines,
    boolean stream,
    Ends ends) {
  private static final Path FILE = Path.of("src/test/resources/ollama/recordings.json");

  public Recording {
    lines = List.copyOf(lines);
  }

  /// How a body ends.
  public enum Ends {
    NORMALLY,
    /// The connection is closed without a word.
    CUT,
    /// The client left: the last line goes on and on.
    NEVER
  }

  /// All of them, by name.
  public static Map<String, Recording> all() {
    var all = new LinkedHashMap<String, Recording>();
    for (JsonValue entry : JsonReader.read("recordings", text()).items()) {
      Recording recording = read(entry);
      all.put(recording.name(), recording);
    }
    return all;
  }

  /// The one of that name.
  public static Recording of(String name) {
    Recording found = all().get(name);
    if (found == null) {
      throw new IllegalArgumentException("no recording " + name);
    }
    return found;
  }

  /// An answer that a test makes up.
  public static Recording stream(String... lines) {
    return new Recording(
        "made up", "", 200, "application/x-ndjson", List.of(lines), true, Ends.NORMALLY);
  }

  /// An answer of one piece that a test makes up.
  public static Recording plain(int status, String body) {
    return new Recording(
        "made up", "", status, "application/json", List.of(body), false, Ends.NORMALLY);
  }

  /// The same with another end.
  public Recording ending(Ends other) {
    return new Recording(name, call, status, type, lines, stream, other);
  }

  /// The same with only so many lines.
  public Recording cutAfter(int count) {
    return new Recording(name, call, status, type, lines.subList(0, count), stream, Ends.CUT);
  }

  private static String text() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Recording read(JsonValue entry) {
    var lines = new ArrayList<String>();
    entry.textAt("body").ifPresent(lines::add);
    for (JsonValue line : entry.member("lines").map(JsonValue::items).orElse(List.of())) {
      if (line instanceof JsonValue.Text(var text)) {
        lines.add(text);
      } else {
        addProgress(line, lines);
      }
    }
    return new Recording(
        entry.textAt("name").orElseThrow(),
        entry.textAt("call").orElseThrow(),
        (int) entry.wholeAt("status").orElse(200),
        entry.textAt("type").orElseThrow(),
        lines,
        entry.member("lines").isPresent(),
        switch (entry.textAt("ends").orElse("")) {
          case "never" -> Ends.NEVER;
          case "cut" -> Ends.CUT;
          default -> Ends.NORMALLY;
        });
  }

  private static void addProgress(JsonValue run, List<String> lines) {
    String blob = run.textAt("blob").orElseThrow();
    for (JsonValue item : run.member("completed").orElseThrow().items()) {
      List<JsonValue> repeated = item.items();
      JsonValue number = repeated.isEmpty() ? item : repeated.getFirst();
      long times = repeated.isEmpty() ? 1 : ((JsonValue.Whole) repeated.getLast()).value();
      String completed =
          number instanceof JsonValue.Whole(var there) ? ",\"completed\":" + there : "";
      for (long i = 0; i < times; i++) {
        lines.add(progress(blob, run.wholeAt("total").orElseThrow(), completed));
      }
    }
  }

  /// A line about a blob.
  public static String progress(String blob, long total, long completed) {
    return progress(blob, total, ",\"completed\":" + completed);
  }

  private static String progress(String blob, long total, String completed) {
    return "{\"status\":\"pulling "
        + blob.substring(0, 12)
        + "\",\"digest\":\"sha256:"
        + blob
        + "\",\"total\":"
        + total
        + completed
        + "}";
  }
}
