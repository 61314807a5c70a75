package dev.r1pick.hardware;

import java.util.List;
import java.util.Optional;

/// The memory modules that the firmware tells of.
///
/// @param count how many are fitted, 1 or more; a chip that is soldered on counts as one
/// @param transfers that each makes in a second, in 10^6, as it is set to run; of the slowest
/// @param bits of data that all of them together carry at once
public record MemoryModules(int count, int transfers, int bits) {
  private static final int FEWEST_TRANSFERS = 200;
  private static final int MOST_TRANSFERS = 20_000;

  /// What a module of DDR carries (JEDEC); firmware that leaves the width out means such.
  private static final int USUAL_BITS = 64;

  private static final int MOST_BITS = 512;
  private static final int MOST_MODULES = 256;

  /// One that is fitted.
  ///
  /// @param transfers 0 where nothing tells
  /// @param bits 0 where nothing tells
  public record Module(long transfers, long bits) {}

  /// All of them; empty where there is none, or where one does not tell its speed.
  public static Optional<MemoryModules> of(List<Module> modules) {
    if (modules.isEmpty() || modules.size() > MOST_MODULES) {
      return Optional.empty();
    }
    long slowest = MOST_TRANSFERS;
    long bits = 0;
    for (Module module : modules) {
      if (module.transfers() < FEWEST_TRANSFERS || module.transfers() > MOST_TRANSFERS) {
        return Optional.empty();
      }
      slowest = Math.min(slowest, module.transfers());
      boolean told = module.bits() > 0 && module.bits() <= MOST_BITS;
      bits += told ? module.bits() : USUAL_BITS;
    }
    return Optional.of(new MemoryModules(modules.size(), (int) slowest, (int) bits));
  }
}
