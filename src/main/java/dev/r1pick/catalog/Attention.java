package dev.r1pick.catalog;

/// How a variant attends to earlier tokens: decides what the KV cache holds per token and layer.
public sealed interface Attention {

  /// Query heads.
  int heads();

  /// Values of the K cache per token and layer.
  int keyWidth();

  /// Values of the V cache per token and layer.
  int valueWidth();

  /// Several query heads share one head of keys and values (GQA): every dense distill.
  ///
  /// @param heads query heads
  /// @param kvHeads key and value heads
  /// @param headSize values per head
  record GroupedHeads(int heads, int kvHeads, int headSize) implements Attention {
    @Override
    public int keyWidth() {
      return kvHeads * headSize;
    }

    @Override
    public int valueWidth() {
      return kvHeads * headSize;
    }
  }

  /// Latent attention (MLA) of the 671B written out to full heads, as in GGUF files with
  /// `attn_kv_b` (before spring 2025): the cache holds every head.
  record FullHeads(LatentSizes sizes) implements Attention {
    @Override
    public int heads() {
      return sizes.heads();
    }

    @Override
    public int keyWidth() {
      return sizes.heads() * (sizes.noPositionHeadSize() + sizes.ropeHeadSize());
    }

    @Override
    public int valueWidth() {
      return sizes.heads() * sizes.valueHeadSize();
    }
  }

  /// Latent attention (MLA) of the 671B kept compressed, as in GGUF files with `attn_k_b` and
  /// `attn_v_b`: the cache holds one latent vector per token, and no V.
  record Latent(LatentSizes sizes) implements Attention {
    @Override
    public int heads() {
      return sizes.heads();
    }

    @Override
    public int keyWidth() {
      return sizes.kvRank() + sizes.ropeHeadSize();
    }

    @Override
    public int valueWidth() {
      return 0;
    }
  }

  /// The dimensions of multi-head latent attention.
  ///
  /// @param heads query heads
  /// @param queryRank `q_lora_rank`
  /// @param kvRank `kv_lora_rank`
  /// @param noPositionHeadSize `qk_nope_head_dim`
  /// @param ropeHeadSize `qk_rope_head_dim`
  /// @param valueHeadSize `v_head_dim`
  record LatentSizes(
      int heads,
      int queryRank,
      int kvRank,
      int noPositionHeadSize,
      int ropeHeadSize,
      int valueHeadSize) {}
}
