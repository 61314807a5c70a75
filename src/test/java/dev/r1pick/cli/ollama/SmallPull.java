package dev.r1pick.cli.ollama;

import dev.r1pick.cli.Run;
import dev.r1pick.ollama.server.FakeOllama;
import dev.r1pick.ollama.server.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Pulls of the smallest tag, whose weights are those of the recordings.
///
/// @param home of the user, in which the store is
/// @param catalog the value of `--catalog`
record SmallPull(Path home, String catalog) {
  static final String MACHINE = "nvidia-rtx3060-linux";
  static final String PULL = "POST /api/pull";

  static SmallPull in(Path home) throws IOException {
    return new SmallPull(home, SmallCatalog.in(home));
  }

  OllamaMachine machine(FakeOllama fake) {
    return new OllamaMachine(MACHINE, home).with(fake);
  }

  Run run(FakeOllama fake, String... more) {
    return run(machine(fake), more);
  }

  Run run(OllamaMachine machine, String... more) {
    var args = new ArrayList<>(List.of("pull", "1.5b", "--catalog", catalog));
    args.addAll(List.of(more));
    return machine.run(args.toArray(String[]::new));
  }

  /// A server without a model, until one was pulled.
  static FakeOllama empty() {
    return new FakeOllama()
        .plays("version", "show")
        .on("GET /api/tags", Recording.of("tags-empty"), Recording.of("tags"));
  }

  static String weights(long completed) {
    return Recording.progress(SmallCatalog.WEIGHTS, SmallCatalog.WEIGHTS_SIZE, completed);
  }

  static Recording cutAt(long completed) {
    return Recording.stream("{\"status\":\"pulling manifest\"}", weights(0), weights(completed))
        .ending(Recording.Ends.CUT);
  }

  static Recording whole() {
    return Recording.stream(
        "{\"status\":\"pulling manifest\"}",
        weights(3_600_000),
        weights(4_200_000),
        "{\"status\":\"verifying sha256 digest\"}",
        "{\"status\":\"writing manifest\"}",
        "{\"status\":\"success\"}");
  }
}
