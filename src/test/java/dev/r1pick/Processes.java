package dev.r1pick;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Starts programs as a user would, and waits for their end.
record Processes(Path folder) {

  /// What a program said and how it ended.
  record Answer(int exitCode, String output, String errors) {}

  /// Runs a program without what the build's environment says to every Java.
  Answer run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", "");
    Path errors = Files.createTempFile(folder, "errors", "");
    var builder =
        new ProcessBuilder(List.of(command))
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Answer(exitCode, Files.readString(output, UTF_8), Files.readString(errors, UTF_8));
  }
}
