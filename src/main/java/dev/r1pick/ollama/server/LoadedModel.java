package dev.r1pick.ollama.server;

import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.Optional;

/// A model of `/api/ps`. It may be listed although its engine has died, until it is asked again.
///
/// @param name with its tag
/// @param digest sha256 of the manifest in 64 hex digits
/// @param size all memory; where every layer is on a GPU, without what stays on the host
/// @param vram that of GPUs
/// @param context of one slot; empty before Ollama 0.10
/// @param expires when it will be unloaded, as the server writes it
public record LoadedModel(
    String name,
    String digest,
    Bytes size,
    Bytes vram,
    Optional<ContextLength> context,
    Optional<String> expires) {}
