package dev.r1pick.hardware.probe;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.probe.nvidia.NvidiaProbe;
import dev.r1pick.hardware.probe.nvidia.NvidiaProbe.State;
import dev.r1pick.host.Host;
import dev.r1pick.text.Text;
import java.util.List;

/// GPUs of the computer around this Linux that it does not get, so that Ollama computes on the
/// processor without a word.
final class OutOfReach {
  /// Apple, in the numbers that ARM gives to makers of processors.
  private static final String APPLE = "0x61";

  private OutOfReach() {}

  /// What is to be said of them; nothing where a device is there after all.
  static List<Note> notes(Host host, Os os, List<Accelerator> devices, NvidiaProbe.State nvidia) {
    for (Accelerator device : devices) {
      if (device.kind() != Accelerator.Kind.VIRTUAL) {
        return List.of();
      }
    }
    // Windows shares all its GPUs, and puts NVIDIA's tool beside where there is one of NVIDIA's.
    if (os.wsl() && host.exists("/dev/dxg") && nvidia instanceof State.NoTool) {
      return List.of(new Note.WslGpuOutOfReach());
    }
    return os.arch().equals("aarch64") && isApple(host)
        ? List.of(new Note.LinuxOnMac())
        : List.of();
  }

  /// By the processor; on the bare metal there would be its GPU.
  private static boolean isApple(Host host) {
    for (String line : Text.lines(host.read("/proc/cpuinfo").orElse(""))) {
      if (line.startsWith("CPU implementer")) {
        return line.endsWith(APPLE);
      }
    }
    return false;
  }
}
