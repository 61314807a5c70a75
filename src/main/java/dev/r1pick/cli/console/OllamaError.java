package dev.r1pick.cli.console;

import dev.r1pick.install.PullCause;
import dev.r1pick.text.Kebab;
import java.util.List;
import java.util.Locale;

/// What went wrong with Ollama's server, its store, or a pull. The sentence is `pull.error.` and
/// the error's own name.
public sealed interface OllamaError extends CliError.OfOllama {
  @Override
  default String key() {
    return "pull.error." + Kebab.of(getClass());
  }

  @Override
  default ExitCode exitCode() {
    return ExitCode.PULL_FAILED;
  }

  /// The server is needed and does not answer.
  sealed interface OllamaMissing extends OllamaError {
    @Override
    default ExitCode exitCode() {
      return ExitCode.OLLAMA_MISSING;
    }
  }

  /// Nothing listens.
  record Refused(String url) implements OllamaMissing {}

  /// It takes the connection and says nothing.
  record Silent(String url) implements OllamaMissing {}

  /// Its machine cannot be reached.
  record Unreachable(String url, String words) implements OllamaMissing {}

  /// Its name has no address.
  record UnknownHost(String url) implements OllamaMissing {}

  /// Its certificate is not trusted.
  record Untrusted(String url, String words) implements OllamaMissing {}

  /// `OLLAMA_HOST` is no address.
  record BadAddress(String url) implements OllamaMissing {}

  /// Something else answers.
  record Other(String url) implements OllamaMissing {}

  /// It answers with an error.
  record Refuses(String url, int status, String said) implements OllamaMissing {}

  /// The server is older than the model.
  sealed interface OllamaTooOld extends OllamaError {}

  record TooOld(String tag, String version, String needed) implements OllamaTooOld {}

  /// The store has no room, or is closed to its own server.
  sealed interface StoreUnusable extends OllamaError {
    @Override
    default ExitCode exitCode() {
      return ExitCode.DISK;
    }
  }

  record NoRoom(String tag, String left, String free, String place) implements StoreUnusable {}

  record NoRoomBut(String tag, String left, String free, String place, List<String> models)
      implements StoreUnusable {}

  record Closed(String folder, String owner) implements StoreUnusable {}

  /// A file of the model is damaged, and the pull does not mend it.
  sealed interface DamagedModel extends OllamaError {}

  record Damaged(String tag, List<String> models) implements DamagedModel {}

  record NotDeleted(String model, String said) implements DamagedModel {}

  /// The pull came to no good end.
  sealed interface PullFailed extends OllamaError {}

  /// With the cause that the server's words tell.
  record Pull(PullCause cause, String tag, String host, String said, String place)
      implements PullFailed {
    @Override
    public String key() {
      return "pull.cause." + cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ExitCode exitCode() {
      return cause.isOfDisk() ? ExitCode.DISK : ExitCode.PULL_FAILED;
    }
  }

  record NotThere(String tag) implements PullFailed {}

  record NoVariant(String tag, String name, String said) implements PullFailed {}

  /// Nothing could be measured.
  sealed interface NotBenched extends OllamaError {
    @Override
    default ExitCode exitCode() {
      return ExitCode.HARDWARE_UNKNOWN;
    }
  }

  record NotInstalled(String tag) implements NotBenched {}

  record NothingInstalled() implements NotBenched {}

  record Busy(String load, int cores) implements NotBenched {}

  record NotRun(String tag, String said) implements NotBenched {}

  record NoRate(String tag) implements NotBenched {}
}
