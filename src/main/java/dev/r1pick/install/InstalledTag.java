package dev.r1pick.install;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.RunningServer;
import java.util.List;
import java.util.Optional;

/// Whether the server that answers has a tag. A name tells the tag and the digest of the manifest
/// what it is: names move to new files, and one file has several names.
public sealed interface InstalledTag {
  /// No server was asked, or none answers.
  record Unknown() implements InstalledTag {}

  /// It is not there.
  record Absent() implements InstalledTag {}

  /// Its name is there with what it meant before.
  ///
  /// @param name as Ollama lists it
  record Older(String name) implements InstalledTag {}

  /// It is there.
  ///
  /// @param name as Ollama lists it: the tag, or another one with the same files
  record Here(String name) implements InstalledTag {}

  /// What the server of a setup has.
  static InstalledTag of(ModelTag tag, OllamaSetup ollama) {
    return ollama.server().isEmpty() ? new Unknown() : of(tag, ollama.server().get().installed());
  }

  /// The same, of what a server has.
  static InstalledTag of(ModelTag tag, List<RunningServer.Installed> installed) {
    Optional<String> alias = Optional.empty();
    Optional<String> older = Optional.empty();
    for (RunningServer.Installed model : installed) {
      boolean named = model.name().equals(tag.fullName());
      if (named && !isFormer(tag, model.digest())) {
        return new Here(model.name());
      }
      if (named) {
        older = Optional.of(model.name());
      } else if (isOf(tag.digest(), model.digest())) {
        alias = Optional.of(model.name());
      }
    }
    if (alias.isPresent()) {
      return new Here(alias.get());
    }
    return older.isPresent() ? new Older(older.get()) : new Absent();
  }

  private static boolean isFormer(ModelTag tag, String digest) {
    for (ModelTag.Former former : tag.formerly()) {
      if (isOf(former.digest(), digest)) {
        return true;
      }
    }
    return false;
  }

  /// The catalog knows some digests by their first digits only.
  private static boolean isOf(Optional<String> known, String digest) {
    return known.isPresent() && !known.get().isEmpty() && digest.startsWith(known.get());
  }

  /// The name to give to `ollama run`; empty where it has to be pulled.
  default Optional<String> runAs() {
    return this instanceof Here(var name) ? Optional.of(name) : Optional.empty();
  }
}
