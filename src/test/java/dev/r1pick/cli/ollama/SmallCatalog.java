package dev.r1pick.cli.ollama;

import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// The catalog with the sizes and digests of the small stand-ins that the recordings were made of.
final class SmallCatalog {
  /// Of the manifest of `1.5b` in the recordings.
  static final String DIGEST = "8cc215eb69bdfa4090080bf9186838b4632df1ce4647073e324081cbfe1b4106";

  /// Of its weights.
  static final String WEIGHTS = "5cf4708d553f340dd47b648db300f6010bbf3e14d794699d4ff8fc9160ceb295";

  static final long WEIGHTS_SIZE = 4_316_416;
  static final long SIZE = 4_317_717;

  private SmallCatalog() {}

  /// Writes it.
  ///
  /// @return the value of `--catalog`
  static String in(Path folder) throws IOException {
    JsonValue catalog =
        JsonReader.read("catalog", Files.readString(Path.of("catalog/deepseek-r1.json")));
    JsonValue.Builder copy = JsonValue.object();
    ((JsonValue.Members) catalog)
        .values()
        .forEach((name, value) -> copy.put(name, name.equals("tags") ? small(value) : value));
    Path file = folder.resolve("small-catalog.json");
    Files.writeString(file, JsonWriter.pretty(copy.build()));
    return file.toString();
  }

  private static JsonValue small(JsonValue tags) {
    var changed = new ArrayList<JsonValue>();
    for (JsonValue tag : tags.items()) {
      boolean ours =
          tag.textAt("name").filter(name -> name.startsWith("1.5b")).isPresent()
              && tag.textAt("quantization").filter("q4_k_m"::equals).isPresent();
      JsonValue.Builder copy = JsonValue.object();
      ((JsonValue.Members) tag)
          .values()
          .forEach(
              (name, value) -> {
                switch (ours ? name : "") {
                  case "size_bytes" -> copy.put(name, SIZE);
                  case "digest" -> copy.put(name, DIGEST);
                  default -> copy.put(name, value);
                }
              });
      changed.add(copy.build());
    }
    return new JsonValue.Items(changed);
  }
}
