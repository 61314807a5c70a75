package dev.r1pick.hardware.record;

import java.util.List;

/// Names of users and hosts that tell nothing of anybody and stand in many other texts.
final class CommonNames {
  private CommonNames() {}

  /// Names that many machines share, and that other lines need: boards come with the user `nvidia`.
  static final List<String> ALL =
      List.of(
          "root",
          "user",
          "host",
          "localhost",
          "nvidia",
          "amd",
          "intel",
          "apple",
          "ollama",
          "ubuntu",
          "debian",
          "jetson",
          "admin",
          "docker",
          "gpu",
          "cpu",
          "linux",
          "windows");
}
