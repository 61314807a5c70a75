package dev.r1pick.install;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.ollama.server.ServerFailure;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.units.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Why a tag is not there in the end.
public sealed interface PullProblem {
  /// The server does not answer.
  record NoServer(ServerUrl url, ServerFailure why) implements PullProblem {}

  /// The server is older than the model.
  record TooOld(ModelTag tag, OllamaVersion version, OllamaVersion needed) implements PullProblem {}

  /// There is no room for what is left.
  ///
  /// @param removable what would come free by deleting older R1 models, none of the tag's own
  record NoRoom(ModelTag tag, Bytes left, Bytes free, Path place, List<String> removable)
      implements PullProblem {}

  /// A folder of the store belongs to somebody else than the store: the whole tag would be loaded
  /// before the server finds that out.
  ///
  /// @param owner of the store
  record Closed(Path folder, Optional<String> owner) implements PullProblem {}

  /// A blob of the tag is damaged, and what has to be deleted for it is for the user to say.
  ///
  /// @param models that use it
  record Damaged(ModelTag tag, List<String> models) implements PullProblem {}

  /// Something had to be deleted, and was not.
  record NotDeleted(String what, String said) implements PullProblem {}

  /// The pull failed.
  record Failed(ModelTag tag, PullFailure failure, Optional<Path> place) implements PullProblem {}

  /// It ended with success, and what is there is not what was pulled.
  record NotThere(ModelTag tag) implements PullProblem {}

  /// The tag is there, and the variant could not be made.
  record NoVariant(ModelTag tag, String name, String said) implements PullProblem {}
}
