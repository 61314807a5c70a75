package dev.r1pick.fit;

import dev.r1pick.units.Bytes;
import java.util.Optional;

/// What system RAM would hold, and what it has.
///
/// @param weights bytes of model weights that must be resident there
/// @param kvCache bytes of KV cache
/// @param compute bytes of compute buffers
/// @param output bytes of the logits buffer
/// @param free RAM that can be had now, without what GPUs of the same memory take; empty where it
///   cannot be known
/// @param reserve what is left to the rest of the system
public record HostLoad(
    Bytes weights,
    Bytes kvCache,
    Bytes compute,
    Bytes output,
    Optional<Bytes> free,
    Bytes reserve) {

  /// What the engine allocates there.
  public Bytes total() {
    return weights.plus(kvCache).plus(compute).plus(output);
  }

  /// What the engine may allocate there; zero where nothing is known of RAM.
  public Bytes budget() {
    return free.orElse(Bytes.ZERO).minusOrZero(reserve);
  }

  /// What is left of the budget; zero where it is exceeded.
  public Bytes headroom() {
    return budget().minusOrZero(total());
  }

  /// What is missing; zero where it fits.
  public Bytes shortfall() {
    return total().plus(reserve).minusOrZero(free.orElse(Bytes.ZERO));
  }
}
