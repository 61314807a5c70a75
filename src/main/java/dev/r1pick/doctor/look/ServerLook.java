package dev.r1pick.doctor.look;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.doctor.Presence;
import dev.r1pick.ollama.server.InstalledModel;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.ollama.server.Reply;
import dev.r1pick.ollama.server.ServerFailure;
import dev.r1pick.ollama.server.ShownModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Asks the server itself.
final class ServerLook {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /// A server that is not starting answers in milliseconds.
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final int MOST_SHOWN = 12;

  private ServerLook() {}

  static Presence read(OllamaServer server) {
    return switch (server.version(CONNECT, SILENCE)) {
      case Reply.Given<String>(var version) -> answers(server, version);
      case Reply.Missing<String>(var why) -> absent(why);
    };
  }

  private static Presence answers(OllamaServer server, String version) {
    List<InstalledModel> installed = server.installed().found().orElse(List.of());
    Map<String, ShownModel> shown = new HashMap<>();
    for (InstalledModel model : installed) {
      if (isR1(model) && shown.size() < MOST_SHOWN) {
        server.show(model.name()).found().ifPresent(found -> shown.put(model.name(), found));
      }
    }
    return new Presence.Answers(
        version, installed, server.loaded().found().orElse(List.of()), shown);
  }

  private static boolean isR1(InstalledModel model) {
    return model.name().startsWith(ModelTag.MODEL)
        || model.parent().filter(parent -> parent.startsWith(ModelTag.MODEL)).isPresent();
  }

  private static Presence absent(ServerFailure why) {
    return switch (why) {
      case ServerFailure.NoAnswer(var cause, var words) ->
          switch (cause) {
            case REFUSED -> new Presence.Down();
            case SILENT -> new Presence.Silent();
            case NOT_HTTP, CUT, TOO_LARGE -> new Presence.Another(words);
            case BAD_ADDRESS, UNKNOWN_HOST, UNREACHABLE, UNTRUSTED ->
                new Presence.Unreachable(words);
          };
      case ServerFailure.Refused(var status, var said) ->
          status == 403 ? new Presence.Refuses(status, said) : new Presence.Another(said);
      case ServerFailure.GaveUp(var said) -> new Presence.Another(said);
      case ServerFailure.NotOllama(var words) -> new Presence.Another(words);
      case ServerFailure.Ended _ -> new Presence.Another("");
    };
  }
}
