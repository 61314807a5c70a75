package dev.r1pick.doctor;

import dev.r1pick.ollama.log.ServerLog;
import java.util.Optional;

/// The log, as far as it can be read.
///
/// @param log what it says; nothing where it cannot be read
/// @param place where it is: a file or a command; empty where there is none
/// @param closed whether it is there and this user may not read it
public record LogSeen(ServerLog log, Optional<String> place, boolean closed) {}
