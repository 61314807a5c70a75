package dev.r1pick.catalog.read;

import dev.r1pick.json.InvalidJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;

/// Opens the files inside the program.
public final class Resources {
  private Resources() {}

  /// Reads a shipped file.
  ///
  /// @param file its path on the class path and in the source tree, for example `catalog/gpus.json`
  /// @throws InvalidJson if it is not there or broken
  public static <T> T read(String file, BiFunction<String, Reader, T> reader) {
    try (InputStream stream = Resources.class.getResourceAsStream("/" + file)) {
      if (stream == null) {
        throw new InvalidJson(file, "$", InvalidJson.Problem.MISSING, "");
      }
      return reader.apply(
          file, new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The text of a shipped file.
  ///
  /// @param file its path on the class path
  /// @throws InvalidJson if it is not there
  public static String text(String file) {
    return read(
        file,
        (_, reader) -> {
          try {
            return reader.readAllAsString();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
