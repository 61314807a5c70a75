package dev.r1pick.fit;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;

/// One change that alone makes a tag fit whole.
public sealed interface Remedy {

  /// Ask for less context.
  ///
  /// @param largest the longest context that fits whole, in steps of 256
  record SmallerContext(ContextLength largest) implements Remedy {}

  /// Store the KV cache in fewer bits (`OLLAMA_KV_CACHE_TYPE`).
  ///
  /// @param type the largest type that fits
  record SmallerKvCache(KvCacheType type) implements Remedy {}

  /// Close programs that hold GPU memory.
  ///
  /// @param perGpu what has to become free on each GPU that takes part
  record FreeGpuMemory(Bytes perGpu) implements Remedy {}

  /// Close programs that hold RAM.
  ///
  /// @param amount what has to become available
  record FreeRam(Bytes amount) implements Remedy {}

  /// Let macOS give its GPU more of the RAM (`sysctl iogpu.wired_limit_mb`).
  ///
  /// @param mebibytes the limit to set, units of 2^20 bytes
  record RaiseWiredLimit(int mebibytes) implements Remedy {}

  /// Pull another tag of the same variant.
  ///
  /// @param tag the largest one that fits
  record SmallerQuantization(ModelTag tag) implements Remedy {}

  /// Add a card.
  ///
  /// @param like a card of this kind
  record OneMoreGpu(Accelerator like) implements Remedy {}

  /// Add RAM.
  ///
  /// @param amount at least this much, in whole GiB
  record MoreRam(Bytes amount) implements Remedy {}
}
