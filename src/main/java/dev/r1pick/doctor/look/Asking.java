package dev.r1pick.doctor.look;

import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Puts commands to a machine, each with a deadline of its own.
record Asking(Host host) {
  /// Tools that look at processes and logs take longer than those that list hardware.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// What a command printed, whatever became of it; empty where there is no such program.
  Optional<Finished> ask(String id, String... command) {
    return host.run(id, List.of(command), PATIENCE) instanceof Finished finished
        ? Optional.of(finished)
        : Optional.empty();
  }

  /// The output of one that succeeded.
  Optional<String> output(String id, String... command) {
    return ask(id, command).filter(done -> done.exitCode() == 0).map(Finished::output);
  }

  /// The output as JSON.
  Optional<JsonValue> json(String id, String... command) {
    return output(id, command).flatMap(Text::json);
  }
}
