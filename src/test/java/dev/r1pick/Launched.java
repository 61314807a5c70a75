package dev.r1pick;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a process that was started left behind.
record Launched(int exitCode, String output, String errors) {
  /// The packaged image.
  static final Path IMAGE = Path.of("target", "r1pick").toAbsolutePath();

  static final String R1PICK = IMAGE.resolve("bin/r1pick").toString();

  /// Variables of this process that would change what r1pick says.
  private static final List<String> OURS =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "XDG_CACHE_HOME", "XDG_CONFIG_HOME");

  /// A recorded machine, for an answer that is the same everywhere.
  static String machine(String name) {
    return Path.of("src", "test", "resources", "machines", name).toAbsolutePath().toString();
  }

  /// A process with its output in files below that folder and the home there.
  ///
  /// @param variables to set; an empty text unsets
  static ProcessBuilder builder(Path folder, Map<String, String> variables, String... command) {
    var builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("output").toFile())
            .redirectError(folder.resolve("errors").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> OURS.contains(name) || name.startsWith("R1PICK_"));
    environment.put("HOME", folder.toString());
    variables.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            environment.remove(name);
          } else {
            environment.put(name, value);
          }
        });
    return builder;
  }

  /// How a started process of [#builder] ended.
  static Launched ended(Path folder, Process process) throws IOException, InterruptedException {
    int exitCode = process.waitFor();
    return new Launched(
        exitCode,
        Files.readString(folder.resolve("output"), UTF_8),
        Files.readString(folder.resolve("errors"), UTF_8));
  }

  static Launched run(Path folder, Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    return ended(folder, builder(folder, variables, command).start());
  }
}
