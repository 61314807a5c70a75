package dev.r1pick.fit;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.units.Bytes;
import java.util.List;

/// What Ollama would do with a tag on a machine: where its layers go and what that takes.
///
/// @param tag the tag
/// @param settings what it is loaded with
/// @param placement where its layers go
/// @param devices the GPUs that take part, in the engine's order
/// @param host what stays in system RAM
public record LoadPlan(
    ModelTag tag,
    RunSettings settings,
    Placement placement,
    List<DeviceLoad> devices,
    HostLoad host) {

  public LoadPlan {
    devices = List.copyOf(devices);
  }

  /// The whole need, GPUs and RAM together.
  public Bytes total() {
    Bytes total = host.total();
    for (DeviceLoad device : devices) {
      total = total.plus(device.total());
    }
    return total;
  }

  /// Headroom where it is smallest: on the GPUs, or in RAM where no GPU takes part.
  public Bytes headroom() {
    Bytes least = devices.isEmpty() ? host.headroom() : devices.getFirst().headroom();
    for (DeviceLoad device : devices) {
      least = least.min(device.headroom());
    }
    return least;
  }
}
