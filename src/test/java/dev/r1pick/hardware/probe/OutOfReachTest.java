package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.WhyNot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A GPU that Ollama does not reach without saying so.
class OutOfReachTest {
  private static Machine detected(String name) {
    return RecordedMachines.detector().detect(RecordedMachines.host(name));
  }

  private static List<String> said(Machine machine) {
    return machine.notes().stream()
        .filter(Note.OutOfReach.class::isInstance)
        .map(Note::id)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "wsl2-amd-7900xtx-dxg, wsl-gpu-out-of-reach",
    "wsl2-l40s-nvml-blocked, nvidia-smi-failed",
    "docker-desktop-on-m3, linux-on-mac"
  })
  void isSaid(String name, String note) {
    assertEquals(List.of(note), said(detected(name)));
  }

  @ParameterizedTest
  @CsvSource({
    "wsl2-rtx5090",
    "nvidia-wsl2-rtx4090",
    "asahi-m2-air-linux",
    "container-cgroup1-1g",
    "raspberry-pi-5-8gb",
    "hyperv-gpupv-linux-guest-1080ti"
  })
  void isNotSaidWhereThereIsNone(String name) {
    assertEquals(List.of(), said(detected(name)));
  }

  @Test
  void nvmlThatWindowsBlocksIsNoDriverToInstall() {
    assertEquals(
        List.of(new Note.NvidiaSmiFailed(WhyNot.BLOCKED_BY_WINDOWS)),
        detected("wsl2-l40s-nvml-blocked").notes().stream()
            .filter(Note.NvidiaSmiFailed.class::isInstance)
            .toList());
  }

  @ParameterizedTest
  @CsvSource({"':opengl', ''", "'-', snap-without-interface"})
  void aSnapReachesGpusOnlyThroughItsPlug(String slot, String reason) {
    SmallHost host =
        SmallHost.linux()
            .file("/var/snap/ollama/common/models/x", "")
            .amdCard(0, "0000:03:00.0", "1002:744c", 24L << 30)
            .command(
                "snap-connections-ollama",
                0,
                """
                Interface  Plug                Slot      Notes
                home       ollama:home         :home     -
                opengl     ollama:opengl       %s  -
                """
                    .formatted(slot));
    assertEquals(reason, reason(host.machine()));
  }

  @Test
  void homebrewsOllamaForLinuxHasNoGpu() {
    assertEquals("brew-without-gpu", reason(detected("linuxbrew-rtx3060")));
    SmallHost own =
        SmallHost.linux()
            .file("/usr/share/ollama/.ollama/id", "")
            .file("/home/linuxbrew/.linuxbrew/opt/ollama/bin/ollama", "")
            .amdCard(0, "0000:03:00.0", "1002:744c", 24L << 30);
    assertEquals("", reason(own.machine()), "the service of the installer is the server");
  }

  private static String reason(Machine machine) {
    return machine.accelerators().getFirst().usability() instanceof NotUsable not
        ? not.reason().id()
        : "";
  }
}
