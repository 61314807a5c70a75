package dev.r1pick.cli.option;

import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Os;
import dev.r1pick.host.OsFamily;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A chip whose GPU shares the system's memory, as its user describes it: it is the machine, so its
/// processor and system go with it.
///
/// @param model the catalog's entry
/// @param ram of the machine
/// @param share what the GPU was said to have of it; empty: what the platform gives
record DescribedChip(GpuModel model, Bytes ram, Optional<Bytes> share) {
  /// Apple's Metal allows about two thirds of RAM up to 36 GB and three quarters above: the safe
  /// floor where the machine itself cannot be asked (recommendedMaxWorkingSetSize of older macOS).
  private static final Bytes APPLE_SMALL = Bytes.ofGiB(36);

  /// What firmware leaves of the memory on the label of NVIDIA's chips: 121.7 of 128 GiB of a DGX
  /// Spark, 7.4 of 8 GiB of an Orin Nano (MemTotal of recorded machines; the smaller share).
  private static final double COUNTED_OF_NVIDIA = 0.93;

  /// The memory that the system counts.
  Bytes counted() {
    return model.vendor().equals("NVIDIA") ? ram.scaledBy(COUNTED_OF_NVIDIA) : ram;
  }

  /// What the system has to leave to the GPU; nothing where both may have all of it.
  Bytes keptForGpu() {
    return gpuMemory().compareTo(counted()) < 0 ? gpuMemory() : Bytes.ZERO;
  }

  /// What the GPU can have of the system's memory.
  ///
  /// AMD's and Intel's drivers give half of RAM unless told otherwise (the kernel's default limit
  /// of GTT, Windows' limit of shared GPU memory); NVIDIA's chips and AMD's accelerators for
  /// servers reach all of it.
  Bytes gpuMemory() {
    if (share.isPresent()) {
      return share.get().min(counted());
    }
    return switch (model.vendor()) {
      case "Apple" -> ram.atMost(APPLE_SMALL) ? ram.scaledBy(2.0 / 3) : ram.scaledBy(0.75);
      case "NVIDIA" -> counted();
      default -> isServerChip() ? ram : ram.scaledBy(0.5);
    };
  }

  /// Whether Ollama takes its GPU for one inside a processor. It tells them by memory of their own
  /// (`mem_info_vram_vendor`, `board_info`), which AMD's chips for servers have.
  boolean isInsideProcessor() {
    return !isServerChip();
  }

  private boolean isServerChip() {
    return model.generation().startsWith("CDNA");
  }

  /// The machine around the chip. Of the processor only the kind is known; its threads stay those
  /// of the machine that is changed.
  Machine around(Machine machine) {
    String arch =
        switch (model.vendor()) {
          case "AMD", "Intel" -> "x86_64";
          default -> "aarch64";
        };
    OsFamily family =
        switch (model.vendor()) {
          case "Apple" -> OsFamily.MACOS;
          case "NVIDIA" -> OsFamily.LINUX;
          default -> machine.os().family() == OsFamily.WINDOWS ? OsFamily.WINDOWS : OsFamily.LINUX;
        };
    var cpu =
        new Cpu(
            processor(),
            arch,
            Optional.empty(),
            Optional.empty(),
            machine.cpu().logicalCpus(),
            machine.cpu().usableCpus(),
            arch.equals("aarch64") ? List.of("neon") : machine.cpu().features());
    var notes = new ArrayList<Note>();
    if (share.isEmpty()) {
      notes.add(new Note.DescribedChip(model.name(), gpuMemory(), counted()));
    }
    return new Machine(
        new Os(family, arch, false, false, false),
        cpu,
        machine.ram(),
        List.of(),
        machine.disk(),
        machine.ollama(),
        notes);
  }

  /// A system on chip has one processor; a GPU such as the Radeon 780M is in many.
  private Optional<String> processor() {
    return switch (model.form()) {
      case SOC -> Optional.of(model.name());
      case APU, IGPU, DISCRETE, LAPTOP, ACCELERATOR ->
          model.gfxTarget().equals(Optional.of("gfx1151"))
              ? Optional.of("AMD Ryzen AI Max")
              : Optional.empty();
    };
  }
}
