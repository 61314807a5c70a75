package dev.r1pick.cli.command;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.OllamaError;
import dev.r1pick.install.PullProblem;
import dev.r1pick.ollama.server.ServerFailure;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.PullWording;

/// What stands between a user and a tag, as the errors of the command line.
final class PullErrors {
  private PullErrors() {}

  static CliError of(PullProblem problem) {
    return switch (problem) {
      case PullProblem.NoServer(var url, var why) -> unanswered(url, why);
      case PullProblem.TooOld(var tag, var version, var needed) ->
          new OllamaError.TooOld(tag.fullName(), version.toString(), needed.toString());
      case PullProblem.NoRoom no -> noRoom(no);
      case PullProblem.Closed(var folder, var owner) ->
          new OllamaError.Closed(folder.toString(), owner.orElse("ollama"));
      case PullProblem.Damaged(var tag, var models) ->
          new OllamaError.Damaged(tag.fullName(), models);
      case PullProblem.NotDeleted(var what, var said) -> new OllamaError.NotDeleted(what, said);
      case PullProblem.Failed(var tag, var failure, var place) ->
          new OllamaError.Pull(
              failure.cause(),
              tag.fullName(),
              PullWording.host(failure),
              failure.said(),
              place.map(Object::toString).orElse("~/.ollama/models"));
      case PullProblem.NotThere(var tag) -> new OllamaError.NotThere(tag.fullName());
      case PullProblem.NoVariant(var tag, var name, var said) ->
          new OllamaError.NoVariant(tag.fullName(), name, said);
    };
  }

  private static CliError noRoom(PullProblem.NoRoom no) {
    String left = Amounts.download(no.left());
    String free = Amounts.download(no.free());
    String place = no.place().toString();
    return no.removable().isEmpty()
        ? new OllamaError.NoRoom(no.tag().fullName(), left, free, place)
        : new OllamaError.NoRoomBut(no.tag().fullName(), left, free, place, no.removable());
  }

  /// Why the server does not answer.
  static CliError unanswered(ServerUrl url, ServerFailure why) {
    String at = url.toString();
    return switch (why) {
      case ServerFailure.NoAnswer(var cause, var words) ->
          switch (cause) {
            case REFUSED -> new OllamaError.Refused(at);
            case SILENT -> new OllamaError.Silent(at);
            case UNKNOWN_HOST -> new OllamaError.UnknownHost(at);
            case UNREACHABLE, CUT -> new OllamaError.Unreachable(at, words);
            case UNTRUSTED -> new OllamaError.Untrusted(at, words);
            case BAD_ADDRESS -> new OllamaError.BadAddress(at);
            case NOT_HTTP, TOO_LARGE -> new OllamaError.Other(at);
          };
      case ServerFailure.Refused(var status, var said) ->
          status == NOT_FOUND
              ? new OllamaError.Other(at)
              : new OllamaError.Refuses(at, status, said);
      case ServerFailure.GaveUp(var said) -> new OllamaError.Refuses(at, OK, said);
      case ServerFailure.Ended _, ServerFailure.NotOllama _ -> new OllamaError.Other(at);
    };
  }

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
}
