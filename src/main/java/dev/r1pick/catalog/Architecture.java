package dev.r1pick.catalog;

import java.util.Optional;

/// The dimensions of a variant, as in its `config.json`.
///
/// @param family the architecture name in the GGUF file
/// @param parameters all parameters that the file holds
/// @param layers transformer blocks; the output layer is not counted
/// @param embeddingLength width of the residual stream (`hidden_size`)
/// @param feedForwardLength inner width of a dense feed-forward block (`intermediate_size`)
/// @param vocabularySize rows of the embedding and of the output matrix
/// @param attention the layout that is planned with
/// @param otherAttention the other layout that a file of this variant may have, where it is not
///   known which one the published file has (671B only)
/// @param queryKeyValueBias whether Q, K and V have bias vectors
/// @param queryKeyNorm whether Q and K are normalized per head
/// @param experts the mixture-of-experts part, if there is one
public record Architecture(
    Family family,
    long parameters,
    int layers,
    int embeddingLength,
    int feedForwardLength,
    int vocabularySize,
    Attention attention,
    Optional<Attention> otherAttention,
    boolean queryKeyValueBias,
    boolean queryKeyNorm,
    Optional<Experts> experts) {

  /// Parameters that work on one token: all of them in a dense model.
  public long activeParameters() {
    return experts.map(Experts::activeParameters).orElse(parameters);
  }

  /// What `general.architecture` says.
  public enum Family {
    /// Qwen2.5 distills.
    QWEN2,
    /// R1-0528-Qwen3-8B.
    QWEN3,
    /// Llama distills.
    LLAMA,
    /// R1 itself.
    DEEPSEEK2
  }

  /// A mixture of experts.
  ///
  /// @param count routed experts per layer
  /// @param used routed experts per token
  /// @param shared experts that see every token
  /// @param leadingDenseLayers first layers without experts
  /// @param feedForwardLength inner width of one expert
  /// @param activeParameters parameters per token, embeddings and output included
  public record Experts(
      int count,
      int used,
      int shared,
      int leadingDenseLayers,
      int feedForwardLength,
      long activeParameters) {}
}
