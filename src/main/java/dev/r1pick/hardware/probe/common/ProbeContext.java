package dev.r1pick.hardware.probe.common;

import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.HardwareSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a probe must know to judge a device.
///
/// @param os around the process
/// @param ram that a process here can have
/// @param ollama that would use the device
public record ProbeContext(Os os, Ram ram, HardwareSupport ollama) {
  /// An environment variable as it stands, blanks and quotes included, because drivers do not trim.
  public Optional<String> raw(String name) {
    return Optional.ofNullable(ollama.setup().environment().get(name));
  }

  /// The variables that hide devices from HIP, in the order in which they filter: ROCR's (Linux
  /// only, where an empty list hides all), then HIP's own or, where that is empty, CUDA's. Facts:
  /// ROCm's `clr`, `rocdevice.cpp` and `paldevice.cpp`; GPU_DEVICE_ORDINAL is OpenCL's alone.
  public List<String> hipVariables() {
    var variables = new ArrayList<String>();
    if (!isWindows() && raw("ROCR_VISIBLE_DEVICES").isPresent()) {
      variables.add("ROCR_VISIBLE_DEVICES");
    }
    for (String own : List.of("HIP_VISIBLE_DEVICES", "CUDA_VISIBLE_DEVICES")) {
      if (raw(own).filter(list -> !list.isEmpty()).isPresent()) {
        variables.add(own);
        return variables;
      }
    }
    return variables;
  }

  public boolean isWindows() {
    return os.family() == OsFamily.WINDOWS;
  }
}
