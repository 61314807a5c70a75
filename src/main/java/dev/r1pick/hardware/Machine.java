package dev.r1pick.hardware;

import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.HardwareSupport;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.ServerAddress;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One machine as far as it is known: detected, recorded or described by its user.
///
/// @param os operating system and what is around the process
/// @param cpu the processor
/// @param ram system memory that a process here can have
/// @param accelerators every GPU that was seen, in the order of the tool that listed them, also
///   those that cannot be used
/// @param disk the file system of Ollama's model folder, where it is known
/// @param ollama the Ollama of this machine and its settings
/// @param notes what a reader should know about how this was found out
public record Machine(
    Os os,
    Cpu cpu,
    Ram ram,
    List<Accelerator> accelerators,
    Optional<Disk> disk,
    OllamaSetup ollama,
    List<Note> notes) {

  public Machine {
    accelerators = List.copyOf(accelerators);
    notes = List.copyOf(notes);
  }

  /// The GPUs that one load of Ollama can use, in order.
  ///
  /// Of MIG instances a process gets one, the first, and beside it no other CUDA device (NVIDIA's
  /// MIG user guide, "CUDA device enumeration"): instances are never added up.
  public List<Accelerator> usableAccelerators() {
    var usable = new ArrayList<Accelerator>();
    boolean instance = false;
    for (Accelerator accelerator : accelerators) {
      if (accelerator.usability() instanceof Usability.Usable) {
        boolean first = accelerator.kind() == Kind.MIG_INSTANCE && !instance;
        if (first) {
          usable.removeIf(Machine::isCuda);
          instance = true;
        }
        if (first || !instance || !isCuda(accelerator)) {
          usable.add(accelerator);
        }
      }
    }
    return List.copyOf(usable);
  }

  private static boolean isCuda(Accelerator accelerator) {
    return accelerator.usability() instanceof Usability.Usable(var backend)
        && backend == Backend.CUDA;
  }

  public Machine withCpu(Cpu other) {
    return new Machine(os, other, ram, accelerators, disk, ollama, notes);
  }

  /// What hardware its Ollama drives.
  public HardwareSupport support() {
    return new HardwareSupport(ollama, os.family(), os.arch());
  }

  /// How its Ollama was installed, as far as anything tells.
  public Installation installation() {
    return ollama
        .installation()
        .orElseGet(() -> Installation.by(os.family(), os.container(), disk.map(Disk::modelsPath)));
  }

  public Machine withOs(Os other) {
    return new Machine(other, cpu, ram, accelerators, disk, ollama, notes);
  }

  public Machine withRam(Ram other) {
    return new Machine(os, cpu, other, accelerators, disk, ollama, notes);
  }

  public Machine withAccelerators(List<Accelerator> others) {
    return new Machine(os, cpu, ram, others, disk, ollama, notes);
  }

  public Machine withDisk(Optional<Disk> other) {
    return new Machine(os, cpu, ram, accelerators, other, ollama, notes);
  }

  /// The same with more notes.
  public Machine withNotes(List<Note> more) {
    var all = new ArrayList<Note>(notes);
    all.addAll(more);
    return new Machine(os, cpu, ram, accelerators, disk, ollama, all);
  }

  /// The same with another Ollama or other settings: its devices are judged anew. Of a folder that
  /// another `OLLAMA_MODELS` names nothing is known.
  public Machine withOllama(OllamaSetup other) {
    if (other.equals(ollama)) {
      return this;
    }
    Optional<String> models = other.variable("OLLAMA_MODELS");
    Optional<Disk> space =
        models.equals(ollama.variable("OLLAMA_MODELS"))
            ? disk
            : models.flatMap(Text::cleaned).map(path -> new Disk(path, Optional.empty()));
    var told = new ArrayList<Note>();
    boolean elsewhere = !other.variable("OLLAMA_HOST").equals(ollama.variable("OLLAMA_HOST"));
    for (Note note : notes) {
      if (!elsewhere || !(note instanceof Note.OllamaHostElsewhere)) {
        told.add(note);
      }
    }
    if (elsewhere) {
      other
          .variable("OLLAMA_HOST")
          .flatMap(ServerAddress::otherMachine)
          .ifPresent(host -> told.add(new Note.OllamaHostElsewhere(host)));
    }
    return new Machine(os, cpu, ram, accelerators, space, other, told).judged();
  }

  /// The same with its devices judged, and the notes that follow from the facts, by the rules of
  /// its Ollama and its settings.
  public Machine judged() {
    Machine judged = new Machine(os, cpu, ram, UsabilityRules.judged(this), disk, ollama, notes);
    return new Machine(
        os, cpu, ram, judged.accelerators(), disk, ollama, DerivedNotes.renewed(judged));
  }
}
