package dev.r1pick.doctor;

import dev.r1pick.ollama.server.InstalledModel;
import dev.r1pick.ollama.server.LoadedModel;
import dev.r1pick.ollama.server.ShownModel;
import java.util.List;
import java.util.Map;

/// Whether a server is there.
public sealed interface Presence {
  /// It answers.
  ///
  /// @param version as it says it
  /// @param installed what it can run
  /// @param loaded what it runs now
  /// @param shown details of the R1 models among them, by name
  record Answers(
      String version,
      List<InstalledModel> installed,
      List<LoadedModel> loaded,
      Map<String, ShownModel> shown)
      implements Presence {
    public Answers {
      installed = List.copyOf(installed);
      loaded = List.copyOf(loaded);
      shown = Map.copyOf(shown);
    }
  }

  /// It takes connections and says nothing: it looks for GPUs, or a probe of one hangs.
  record Silent() implements Presence {}

  /// Nothing listens.
  record Down() implements Presence {}

  /// It cannot be reached.
  record Unreachable(String words) implements Presence {}

  /// It refuses to talk to this program.
  record Refuses(int status, String said) implements Presence {}

  /// Something else is there.
  record Another(String words) implements Presence {}
}
