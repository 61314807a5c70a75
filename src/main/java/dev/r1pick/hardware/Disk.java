package dev.r1pick.hardware;

import dev.r1pick.units.Bytes;
import java.util.Optional;

/// The file system that holds Ollama's models.
///
/// @param modelsPath the folder, or the nearest one above it that exists
/// @param free usable bytes there; empty where it cannot be known
public record Disk(String modelsPath, Optional<Bytes> free) {}
