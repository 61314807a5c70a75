package dev.r1pick.ollama.store;

import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;

/// A model that has a manifest in the store; whether its blobs are there is another question.
///
/// @param name as Ollama shows it, `deepseek-r1:7b`
/// @param digest sha256 of the manifest in 64 hex digits, as `/api/tags` tells it
/// @param blobs its layers in the order of the manifest, then its configuration
public record StoredModel(String name, String digest, List<Blob> blobs) {
  private static final String WEIGHTS = "application/vnd.ollama.image.model";

  public StoredModel {
    blobs = List.copyOf(blobs);
  }

  /// A part of a model.
  ///
  /// @param mediaType what it holds
  /// @param digest sha256 in 64 hex digits
  /// @param size as the manifest says it
  public record Blob(String mediaType, String digest, Bytes size) {
    /// Whether it is the model's weights.
    public boolean isWeights() {
      return mediaType.equals(WEIGHTS);
    }
  }

  /// Its weights; a model of Ollama's cloud has none.
  public Optional<Blob> weights() {
    for (Blob blob : blobs) {
      if (blob.isWeights()) {
        return Optional.of(blob);
      }
    }
    return Optional.empty();
  }

  /// Bytes of all its blobs, also of those that it shares with others.
  public Bytes size() {
    Bytes size = Bytes.ZERO;
    for (Blob blob : blobs) {
      size = size.plus(blob.size());
    }
    return size;
  }
}
