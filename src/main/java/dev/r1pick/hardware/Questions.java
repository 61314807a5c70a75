package dev.r1pick.hardware;

import java.util.List;

/// Puts a command to the machine; the deadline is that of the detection.
@FunctionalInterface
interface Questions {
  Host.CommandResult ask(String id, List<String> command);
}
