package dev.r1pick.fit.engine;

import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.ContextLength;

/// What a model is loaded with, every default resolved.
///
/// @param contextLength tokens per sequence (`num_ctx`), within the trained limit
/// @param parallel sequences served at once; the KV cache multiplies by it; 1 or more
/// @param kvCacheType number format of the KV cache that the engine really uses
/// @param flashAttention whether the engine uses flash attention
/// @param microBatch tokens of a prompt that are computed at once (`n_ubatch`); drives the compute
///   buffer
public record RunSettings(
    ContextLength contextLength,
    int parallel,
    KvCacheType kvCacheType,
    boolean flashAttention,
    int microBatch) {}
