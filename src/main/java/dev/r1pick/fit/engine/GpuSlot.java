package dev.r1pick.fit.engine;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;

/// A usable GPU as the planner sees it.
///
/// @param device the GPU
/// @param backend what drives it
/// @param form its buffer rules
/// @param free what can be had now, or stands for it
/// @param driverShare taken off where the total stands for free memory
/// @param margin what is left free
public record GpuSlot(
    Accelerator device,
    Backend backend,
    ComputeForm form,
    long free,
    long driverShare,
    long margin) {

  long budget() {
    return Math.max(0, available() - margin);
  }

  /// Free memory without the driver's share.
  long available() {
    return Math.max(0, free - driverShare);
  }

  public long total() {
    return device.memory().total().orElse(Bytes.ZERO).count();
  }

  public boolean integrated() {
    return device.kind() == Kind.INTEGRATED;
  }

  public boolean sharesRam() {
    return device.memory().pool() == Pool.SHARED;
  }

  public GpuSlot withMargin(long other) {
    return new GpuSlot(device, backend, form, free, driverShare, other);
  }
}
