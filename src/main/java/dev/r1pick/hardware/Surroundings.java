package dev.r1pick.hardware;

import java.util.Optional;

/// What a probe must know to judge a device.
///
/// @param os around the process
/// @param ram that a process here can have
/// @param ollama that would use the device
record Surroundings(Os os, Ram ram, OllamaSupport ollama) {
  /// An environment variable as it stands, blanks and quotes included, because drivers do not trim.
  Optional<String> raw(String name) {
    return Optional.ofNullable(ollama.setup().environment().get(name));
  }

  boolean isWindows() {
    return os.family() == Os.Family.WINDOWS;
  }
}
