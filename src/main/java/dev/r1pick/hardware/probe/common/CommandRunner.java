package dev.r1pick.hardware.probe.common;

import dev.r1pick.host.Host;
import java.util.List;

/// Puts a command to the machine; the deadline is that of the detection.
@FunctionalInterface
public interface CommandRunner {
  Host.CommandResult ask(String id, List<String> command);
}
