package dev.r1pick.fit;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.units.Bytes;
import java.util.Optional;

/// What one GPU would hold, and what it has.
///
/// @param device the GPU
/// @param layers layers placed there, the output layer included where it is there
/// @param weights bytes of model weights
/// @param kvCache bytes of KV cache
/// @param compute bytes of the compute buffer
/// @param free what can be had now; empty where it cannot be known
/// @param margin what the engine leaves free
/// @param driverShare what the driver takes before anything is loaded, counted only where free
///   memory is not known and the total stands in for it; else zero
public record DeviceLoad(
    Accelerator device,
    int layers,
    Bytes weights,
    Bytes kvCache,
    Bytes compute,
    Optional<Bytes> free,
    Bytes margin,
    Bytes driverShare) {

  /// What the engine allocates there.
  public Bytes total() {
    return weights.plus(kvCache).plus(compute);
  }

  /// What the engine may allocate there: free memory (or the total less the driver's share) without
  /// the margin. Zero where nothing is known of its memory.
  public Bytes budget() {
    return (free.isPresent() ? free : device.memory().total())
        .orElse(Bytes.ZERO)
        .minusOrZero(driverShare)
        .minusOrZero(margin);
  }

  /// What is left of the budget; zero where it is exceeded.
  public Bytes headroom() {
    return budget().minusOrZero(total());
  }

  /// What is missing; zero where it fits.
  public Bytes shortfall() {
    return total().minusOrZero(budget());
  }
}
