package dev.r1pick.install;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.OllamaPs;
import dev.r1pick.ollama.server.LoadedModel;
import dev.r1pick.ollama.server.ServerFailure;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.ollama.store.Partial;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What of R1 is installed, loaded and begun.
///
/// @param server where it was asked
/// @param version of the server; empty where it does not answer
/// @param silent why it does not
/// @param place folder of the models; empty where the server is another machine, or nothing tells
/// @param storeSeen whether what lies there could be read
/// @param free what the file system has room for
/// @param used bytes of all R1 models, each file once; empty where the store cannot be seen
/// @param models that are installed, by name
/// @param loaded that are in memory
/// @param partials downloads that have begun, of whatever model
public record R1Status(
    ServerUrl server,
    Optional<String> version,
    Optional<ServerFailure> silent,
    Optional<Path> place,
    boolean storeSeen,
    Optional<Bytes> free,
    Optional<Bytes> used,
    List<Model> models,
    List<Loaded> loaded,
    List<Partial> partials) {
  public R1Status {
    models = List.copyOf(models);
    loaded = List.copyOf(loaded);
    partials = List.copyOf(partials);
  }

  /// An installed model.
  ///
  /// @param name as Ollama lists it
  /// @param kind what it is
  /// @param size of all its files, also of those that it shares
  /// @param alone bytes that come free when it alone is deleted; empty where the store cannot be
  ///   seen
  /// @param sameAs other names with the same manifest
  /// @param broken whether a file of it is missing, or not as long as it should be
  public record Model(
      String name,
      Kind kind,
      Bytes size,
      Optional<Bytes> alone,
      List<String> sameAs,
      boolean broken) {
    public Model {
      sameAs = List.copyOf(sameAs);
    }
  }

  /// What an installed model is.
  public sealed interface Kind {
    /// A tag as the catalog describes it.
    record Current(ModelTag tag) implements Kind {}

    /// What a tag meant before.
    record Older(ModelTag tag, ModelTag.Former former) implements Kind {}

    /// Made of another model on this machine.
    ///
    /// @param context that it opens; empty where it has none of its own
    record Made(String from, Optional<ContextLength> context) implements Kind {}

    /// A build that the catalog does not know.
    ///
    /// @param latentCache whether the server says that its KV cache is that of the MLA layout
    record Unknown(boolean latentCache) implements Kind {}
  }

  /// A model in memory.
  ///
  /// @param model as the server tells it
  /// @param tag whose weights it has
  /// @param planned what the server should show of it with that context; empty where nothing can be
  ///   said
  public record Loaded(LoadedModel model, Optional<ModelTag> tag, Optional<OllamaPs> planned) {
    /// The share on GPUs in percent.
    public int gpuPercent() {
      return model.size().isZero()
          ? 0
          : (int) Math.round(100.0 * model.vram().min(model.size()).count() / model.size().count());
    }
  }
}
