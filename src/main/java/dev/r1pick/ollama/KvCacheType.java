package dev.r1pick.ollama;

import java.util.Optional;

/// The number format of the KV cache (`OLLAMA_KV_CACHE_TYPE`).
public enum KvCacheType {
  /// 2 bytes a value; what Ollama uses unless told otherwise.
  F16("f16", 1, 2),
  /// 34 bytes per block of 32 values (ggml-common.h, block_q8_0).
  Q8_0("q8_0", 32, 34),
  /// 18 bytes per block of 32 values (ggml-common.h, block_q4_0).
  Q4_0("q4_0", 32, 18);

  private final String label;
  private final int blockValues;
  private final int blockBytes;

  KvCacheType(String label, int blockValues, int blockBytes) {
    this.label = label;
    this.blockValues = blockValues;
    this.blockBytes = blockBytes;
  }

  /// The type of that name, in either case; empty where it is none that is known here.
  public static Optional<KvCacheType> named(String name) {
    for (KvCacheType type : values()) {
      if (type.label.equalsIgnoreCase(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /// As Ollama writes it.
  public String label() {
    return label;
  }

  /// Bytes of that many values, a whole number of blocks.
  public long bytesOf(long values) {
    return Math.multiplyExact(values, (long) blockBytes) / blockValues;
  }
}
