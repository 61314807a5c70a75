package dev.r1pick.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/// Every code that an error can have: those of the sentences about errors.
public final class ErrorCodes {
  private static final Path SENTENCES = Path.of("src/main/resources/dev/r1pick/messages");

  private ErrorCodes() {}

  public static Set<String> all() throws IOException {
    var codes = new TreeSet<String>();
    try (var files = Files.list(SENTENCES)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          if (line.contains(".error.") && line.indexOf(".error.") < line.indexOf('=')) {
            codes.add(ErrorCode.of(line.substring(0, line.indexOf('='))));
          }
        }
      }
    }
    codes.add(ErrorCode.of("cli.measured-not"));
    codes.add(ErrorCode.of("cli.measured-nowhere"));
    codes.add(ErrorCode.of("cli.measured-not-kept"));
    return codes;
  }
}
