package dev.r1pick.hardware;

import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.HardwareSupport;
import dev.r1pick.ollama.ServerSettings;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;

/// The notes that follow from a machine's facts and Ollama's settings.
final class DerivedNotes {
  private DerivedNotes() {}

  /// All notes of a machine: those that were found, with those that follow written anew.
  static List<Note> renewed(Machine machine) {
    var notes = new ArrayList<Note>();
    for (Note note : machine.notes()) {
      if (note instanceof Note.OllamaHostElsewhere) {
        notes.add(note);
      }
    }
    follow(machine, notes);
    for (Note note : machine.notes()) {
      if (!(note instanceof Note.Derived || note instanceof Note.OllamaHostElsewhere)) {
        notes.add(note);
      }
    }
    return notes;
  }

  private static void follow(Machine machine, List<Note> notes) {
    Os os = machine.os();
    if (!HardwareSupport.existsFor(os.arch())) {
      notes.add(new Note.NoOllamaForArchitecture(os.arch()));
    }
    if (os.wsl()) {
      notes.add(new Note.WslMemoryShare());
    }
    if (machine.ram().basis().startsWith("/sys/fs/cgroup")) {
      notes.add(new Note.ContainerMemoryLimit(Text.clean(machine.ram().basis())));
    }
    if (os.family() == OsFamily.ANDROID) {
      notes.add(new Note.AndroidMemory());
    }
    var variables = new ArrayList<String>();
    for (String name : ServerSettings.VISIBILITY) {
      if (machine.ollama().environment().containsKey(name)) {
        variables.add(name);
      }
    }
    if (!variables.isEmpty()) {
      notes.add(new Note.EnvironmentOfThisShell(variables));
    }
    ofDevices(machine, notes);
  }

  private static void ofDevices(Machine machine, List<Note> notes) {
    int instances = 0;
    for (Accelerator device : machine.accelerators()) {
      if (device.memory().totalIsLowerBound()) {
        notes.add(new Note.MemoryIsFloor(device.name()));
      } else if (device.memory().pool() == Pool.CARVE_OUT) {
        notes.add(new Note.MemoryIsCarveOut(device.name()));
      }
      instances += device.kind() == Kind.MIG_INSTANCE ? 1 : 0;
    }
    if (new DeviceVisibility(machine.os(), machine.ollama())
        .isAmbiguousForCuda(machine.accelerators())) {
      notes.add(new Note.CudaIndexAmbiguous(value(machine, DeviceVisibility.CUDA)));
    }
    if (instances > 1) {
      notes.add(new Note.MigOneInstance(instances));
    }
    if (VulkanVisibility.isGuessed(machine.os(), machine.ollama(), machine.accelerators())) {
      notes.add(new Note.VulkanIndexAmbiguous(value(machine, VulkanVisibility.VARIABLE)));
    }
  }

  private static String value(Machine machine, String variable) {
    return Text.clean(machine.ollama().environment().getOrDefault(variable, ""));
  }
}
