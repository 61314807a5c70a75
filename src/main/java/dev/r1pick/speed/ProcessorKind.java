package dev.r1pick.speed;

import java.util.Locale;

/// What a processor is built for: how large a share of its memory's peak it reaches depends on it.
public enum ProcessorKind {
  DESKTOP,
  LAPTOP,
  SERVER,
  /// A small board, such as a Raspberry Pi.
  BOARD,
  /// Nothing tells.
  UNKNOWN;

  /// As the catalog writes it, such as `desktop`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
