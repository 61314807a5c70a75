package dev.r1pick.install;

import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.ollama.server.Reply;
import dev.r1pick.ollama.server.ServerFailure;
import dev.r1pick.ollama.server.StatusStream;
import dev.r1pick.ollama.server.StreamLine;
import java.util.Optional;

/// Makes a variant by `/api/create`: some 350 bytes on the disk, and the weights of the tag.
final class VariantMaker {
  private VariantMaker() {}

  /// Makes it.
  ///
  /// @return why it is not there; empty where it is
  static Optional<ServerFailure> make(OllamaServer server, VariantPlan wanted) {
    JsonValue.Members parameters =
        JsonValue.object().put("num_ctx", wanted.context().tokens()).build();
    return switch (server.create(wanted.name(), wanted.from(), parameters)) {
      case Reply.Missing<StatusStream>(var why) -> Optional.of(why);
      case Reply.Given<StatusStream>(var lines) -> {
        try (lines) {
          yield follow(lines);
        }
      }
    };
  }

  private static Optional<ServerFailure> follow(StatusStream lines) {
    while (true) {
      switch (lines.next()) {
        case StreamLine.Progress _ -> {}
        case StreamLine.Success _ -> {
          return Optional.empty();
        }
        case StreamLine.Failure(var why) -> {
          return Optional.of(why);
        }
      }
    }
  }
}
