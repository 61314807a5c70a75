package dev.r1pick.hardware;

import dev.r1pick.units.Bytes;
import java.util.Optional;

/// System memory that a process here can have: after container limits, without memory that belongs
/// to a GPU.
///
/// @param total the most a process can have; empty where it cannot be known
/// @param available how much of it can be had now without swapping; empty where it cannot be known
/// @param installed what is fitted, where it differs from the total
/// @param swapTotal swap space, for the report only: it is never budget
/// @param swapFree unused swap space
/// @param basis how total and available were found out, in a few words
/// @param modules how it is filled; empty where nothing tells
public record Ram(
    Optional<Bytes> total,
    Optional<Bytes> available,
    Optional<Bytes> installed,
    Optional<Bytes> swapTotal,
    Optional<Bytes> swapFree,
    String basis,
    Optional<MemoryModules> modules) {

  /// Memory of which nothing tells how it is filled.
  public Ram(
      Optional<Bytes> total,
      Optional<Bytes> available,
      Optional<Bytes> installed,
      Optional<Bytes> swapTotal,
      Optional<Bytes> swapFree,
      String basis) {
    this(total, available, installed, swapTotal, swapFree, basis, Optional.empty());
  }

  /// The same modules and swap space with other figures.
  public Ram with(Optional<Bytes> total, Optional<Bytes> available, String basis) {
    return new Ram(total, available, installed, swapTotal, swapFree, basis, modules);
  }

  public Ram withModules(Optional<MemoryModules> others) {
    return new Ram(total, available, installed, swapTotal, swapFree, basis, others);
  }
}
