package dev.r1pick.ollama.server;

import dev.r1pick.units.Bytes;
import java.util.Optional;

/// A model of `/api/tags`.
///
/// @param name with its tag
/// @param digest sha256 of the manifest in 64 hex digits; models with the same one are the same
/// @param size of all its blobs, also of those that it shares with others
/// @param parent what it was made from by `/api/create`; empty where it was pulled
/// @param elsewhere the host that runs it, for a model of Ollama's cloud
/// @param quantization for example `Q4_K_M`
public record InstalledModel(
    String name,
    String digest,
    Bytes size,
    Optional<String> parent,
    Optional<String> elsewhere,
    Optional<String> quantization) {}
