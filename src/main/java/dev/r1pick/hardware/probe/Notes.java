package dev.r1pick.hardware.probe;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.probe.system.MemoryProbe;
import dev.r1pick.hardware.probe.system.OllamaProbe;
import dev.r1pick.host.Host;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.ServerSettings;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a reader should know of a machine beside its figures.
public final class Notes {
  /// The server that answers is on another machine.
  public static final String ELSEWHERE = "ollama-host-elsewhere";

  private Notes() {}

  static List<Note> of(
      Host host, Os os, Ram ram, OllamaSetup ollama, List<Accelerator> accelerators) {
    var notes = new ArrayList<Note>();
    OllamaProbe.elsewhere(host, ollama).ifPresent(other -> notes.add(Note.of(ELSEWHERE, other)));
    if (os.wsl()) {
      notes.add(Note.of("wsl-memory-share"));
    }
    if (ram.basis().startsWith("/sys/fs/cgroup")) {
      notes.add(Note.of("container-memory-limit", Text.clean(ram.basis())));
    }
    if (os.family() == OsFamily.ANDROID) {
      notes.add(Note.of("android-memory"));
    }
    if (os.family() == OsFamily.LINUX && MemoryProbe.swapIsCompressedRam(host)) {
      notes.add(Note.of("swap-is-compressed-ram"));
    }
    visibility(ollama).ifPresent(names -> notes.add(Note.of("environment-of-this-shell", names)));
    for (Accelerator device : accelerators) {
      if (device.memory().totalIsLowerBound()) {
        notes.add(Note.of("memory-is-floor", device.name()));
      } else if (device.memory().pool() == Pool.CARVE_OUT) {
        notes.add(Note.of("memory-is-carve-out", device.name()));
      }
    }
    return notes;
  }

  private static Optional<String> visibility(OllamaSetup ollama) {
    var names = new ArrayList<String>();
    for (String name : ServerSettings.VISIBILITY) {
      if (ollama.environment().containsKey(name)) {
        names.add(name);
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
  }
}
