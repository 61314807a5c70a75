package dev.r1pick.cli.option;

import dev.r1pick.catalog.gpu.GpuLookup;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.catalog.gpu.GpuRequest;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.MachineError;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.DeviceCondition;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Usability;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A machine changed by the parts that are described of it.
final class MachineDescription {
  private static final int MOST_GPUS = 64;

  /// Four modules of 48 GB, or of 64 GB.
  private static final Bytes MOST_IN_A_DESKTOP = Bytes.ofGiB(256);

  /// A desktop system with a browser takes 2 to 3 GiB of 4 to 16: seen are 2.2 GiB free of 4 and
  /// about 5 of 8. Not measured on large machines.
  private static final Bytes ALWAYS_TAKEN = Bytes.ofMiB(1280);

  private static final Bytes SMALL = Bytes.ofGiB(8);
  private static final double SHARE_OF_SMALL = 0.18;
  private static final double SHARE_BEYOND = 0.03;

  /// The GPU's share and the reserve beside it.
  private static final double ROOM_FOR_GPU = 1.15;

  private final DescribedParts parts;
  private final Machine base;
  private final Data data;

  MachineDescription(DescribedParts parts, Machine base, Data data) {
    this.parts = parts;
    this.base = base;
    this.data = data;
  }

  Machine apply() {
    List<String> names = parts.gpus();
    Optional<Bytes> vram = parts.vram();
    Machine machine = around(!names.isEmpty() || vram.isPresent());
    if (parts.cpuOnly()) {
      return machine.withAccelerators(List.of());
    }
    if (names.isEmpty() && vram.isEmpty()) {
      return parts.backend().isPresent() ? onlyWith(machine, parts.backend().get()) : machine;
    }
    return names.isEmpty()
        ? machine.withAccelerators(List.of(unnamed(vram.orElseThrow())))
        : named(machine, names);
  }

  /// The machine with GPUs of which nothing has to be looked up any more.
  Machine apply(List<Gpus> gpus) {
    return with(around(true), gpus).judged();
  }

  /// The base with other GPUs in its own processor and RAM: what an upgrade makes of it.
  ///
  /// @param added whether its own ones stay
  Machine upgraded(boolean added) {
    Machine other = named(base, parts.gpus());
    if (!added) {
      return other;
    }
    var all = new ArrayList<Accelerator>(base.accelerators());
    all.addAll(other.accelerators());
    return other.withAccelerators(all).judged();
  }

  /// Everything but the GPUs.
  ///
  /// @param otherGpus whether they are described
  private Machine around(boolean otherGpus) {
    boolean other = parts.ram().isPresent() || otherGpus;
    Machine machine = parts.ram().map(total -> withRam(base, total)).orElse(base);
    if (other) {
      machine = machine.withDisk(Optional.empty());
      if (!parts.recorded()) {
        Os here = machine.os();
        // what is around this process is not around the computer that is described
        machine = machine.withOs(new Os(here.family(), here.arch(), false, false, false));
      }
    }
    return withProcessor(machine, other);
  }

  /// A described machine has the processor that is named, or a usual one: never this one's.
  private Machine withProcessor(Machine machine, boolean other) {
    Optional<String> named = parts.cpu();
    if (named.isPresent()) {
      Cpu cpu =
          data.cpus()
              .described(named.get())
              .orElseThrow(() -> new CliFailure(new MachineError.CpuUnknown(named.get())));
      return withoutModules(machine).withCpu(cpu);
    }
    if (!other || parts.recorded()) {
      return machine;
    }
    boolean large =
        machine.ram().total().map(total -> !total.atMost(MOST_IN_A_DESKTOP)).orElse(false);
    String assumed = large ? "server DDR5" : "desktop DDR5";
    return withoutModules(machine)
        .withCpu(data.cpus().described(assumed).orElse(machine.cpu()))
        .withNotes(List.of(new Note.AssumedProcessor(assumed)));
  }

  /// Those of this machine say nothing of another processor's.
  private static Machine withoutModules(Machine machine) {
    return machine.withRam(machine.ram().withModules(Optional.empty()));
  }

  /// Not all of the memory that is described is free: a system and what runs beside take about a
  /// quarter of a small machine and little of a large one.
  private static Machine withRam(Machine machine, Bytes total) {
    return withRam(machine, total, Bytes.ZERO);
  }

  /// With a chip that shares the memory the system makes room for what its GPU may have.
  private static Machine withRam(Machine machine, Bytes total, Bytes ofGpu) {
    Bytes usual = total.minusOrZero(takenBySystem(total));
    Bytes free = usual.max(ofGpu.scaledBy(ROOM_FOR_GPU)).min(total);
    return machine
        .withRam(
            new Ram(
                Optional.of(total),
                Optional.of(free),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "given"))
        .withNotes(List.of(new Note.AssumedFree(total, free)));
  }

  private static Bytes takenBySystem(Bytes total) {
    double shared = Math.min(total.count(), SMALL.count()) * SHARE_OF_SMALL;
    double beyond = Math.max(0, total.count() - SMALL.count()) * SHARE_BEYOND;
    return Bytes.of(Math.round(ALWAYS_TAKEN.count() + shared + beyond)).min(total);
  }

  /// The machine with the accelerators of other backends left out.
  private static Machine onlyWith(Machine machine, Backend backend) {
    List<Accelerator> left =
        machine.accelerators().stream()
            .filter(a -> a.usability() instanceof Usability.Usable(var b) && b == backend)
            .toList();
    if (left.isEmpty()) {
      throw new CliFailure(new MachineError.NoSuchBackendHere(backend.label()));
    }
    return machine.withAccelerators(left);
  }

  /// A GPU of which only the memory is known.
  private Accelerator unnamed(Bytes vram) {
    Backend chosen = parts.backend().orElse(Backend.CUDA);
    if (chosen == Backend.METAL && base.os().family() != OsFamily.MACOS) {
      throw new CliFailure(new MachineError.NoSuchBackendOfSystem(chosen.label()));
    }
    Vendor vendor =
        switch (chosen) {
          case CUDA -> Vendor.NVIDIA;
          case ROCM -> Vendor.AMD;
          case METAL -> Vendor.APPLE;
          case VULKAN -> Vendor.OTHER;
        };
    return Accelerator.told(
        Amounts.memory(vram) + " GPU",
        vendor,
        Kind.DISCRETE,
        memory(vram, Pool.DEDICATED, false),
        chosen,
        Identity.UNKNOWN);
  }

  private Machine named(Machine machine, List<String> names) {
    var notes = new ArrayList<Note>();
    return with(machine, meant(names, notes)).withNotes(notes).judged();
  }

  /// GPUs of one kind.
  ///
  /// @param memory of one, as its driver reports it; empty where it is the machine's RAM
  record Gpus(int number, GpuModel model, Optional<Bytes> memory) {}

  /// The machine with those GPUs in place of its own; RAM and processor stay, but for a chip that
  /// is a machine of its own.
  private Machine with(Machine machine, List<Gpus> gpus) {
    var accelerators = new ArrayList<Accelerator>();
    Machine whole = machine;
    boolean chip = false;
    for (Gpus kind : gpus) {
      Accelerator accelerator;
      if (kind.model().unified()) {
        if (chip || kind.number() > 1) {
          throw new CliFailure(new CliError.OneChip(kind.model().name()));
        }
        chip = true;
        var described = chip(kind.model(), kind.memory());
        whole = described.around(withRam(whole, described.counted(), described.keptForGpu()));
        accelerator = accelerator(described);
      } else {
        whole = hostOfCard(whole);
        accelerator = card(kind.model(), kind.memory().orElseThrow());
      }
      for (int i = 0; i < kind.number(); i++) {
        accelerators.add(accelerator);
      }
    }
    if (accelerators.size() > MOST_GPUS) {
      throw new CliFailure(new CliError.TooManyGpus(MOST_GPUS));
    }
    return whole.withAccelerators(accelerators);
  }

  /// What the names mean, one by one.
  private List<Gpus> meant(List<String> names, List<Note> notes) {
    var gpus = new ArrayList<Gpus>();
    for (String name : singly(names)) {
      GpuRequest request = look(name, parts.vram(), parts.ram());
      switch (request.gpu()) {
        case GpuLookup.Found(var found, var size, var others) -> {
          shared(name, found, others).ifPresent(notes::add);
          Optional<Bytes> memory =
              found.unified() ? size : parts.vram().or(() -> size.map(found::reported));
          gpus.add(new Gpus(request.number(), found, memory));
        }
        case GpuLookup.AmbiguousMemory(var found, var sizes, var choices) -> {
          if (!found.unified() || parts.ram().isEmpty()) {
            throw new NamedGpuError(name, request.number()).ambiguous(found, sizes, choices);
          }
          gpus.add(new Gpus(request.number(), found, Optional.empty()));
        }
        case GpuLookup.Several _,
            GpuLookup.WrongMemory _,
            GpuLookup.Share _,
            GpuLookup.NoCard _,
            GpuLookup.Unknown _ ->
            throw new NamedGpuError(name, request.number()).of(request.gpu());
      }
    }
    return gpus;
  }

  /// That several kinds of GPU share a name, and which of them is meant.
  private static Optional<Note> shared(String typed, GpuModel model, List<String> others) {
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(new Note.GpuNameShared(typed, model.name(), others));
  }

  /// The names one by one: `3090 + 3060` is two.
  private List<String> singly(List<String> names) {
    var singly = new ArrayList<String>();
    for (String name : names) {
      singly.addAll(data.gpus().parts(name));
    }
    return singly;
  }

  /// For a chip that shares the system's memory the size that tells its kinds apart is the RAM.
  private GpuRequest look(String name, Optional<Bytes> vram, Optional<Bytes> typedRam) {
    if (name.isBlank()) {
      throw new CliFailure(new CliError.GpuEmpty());
    }
    GpuRequest request = data.gpus().request(name, Optional.empty());
    if (request.number() > MOST_GPUS) {
      throw new CliFailure(new CliError.TooManyGpus(MOST_GPUS));
    }
    boolean unified =
        switch (request.gpu()) {
          case GpuLookup.Found(var model, _, _) -> model.unified();
          case GpuLookup.AmbiguousMemory(var model, _, _) -> model.unified();
          case GpuLookup.WrongMemory(var model, _, _, _) -> model.unified();
          case GpuLookup.Several _, GpuLookup.Share _, GpuLookup.NoCard _, GpuLookup.Unknown _ ->
              false;
        };
    Optional<Bytes> memory = unified ? typedRam : vram;
    return memory.isEmpty() ? request : data.gpus().request(name, memory);
  }

  /// A chip that shares its memory with the system is the system: its RAM is what was typed, the
  /// only size it was sold with, or for a GPU inside processors of any RAM that of this machine.
  private DescribedChip chip(GpuModel model, Optional<Bytes> size) {
    Bytes ram =
        parts
            .ram()
            .or(() -> size)
            .or(() -> base.ram().total())
            .orElseThrow(() -> new CliFailure(new MachineError.GpuNeedsRam(model.name())));
    return new DescribedChip(model, ram, parts.vram());
  }

  private Accelerator accelerator(DescribedChip chip) {
    return described(
        chip.model(),
        chip.isInsideProcessor() ? Kind.INTEGRATED : Kind.DISCRETE,
        memory(chip.gpuMemory(), Pool.SHARED, true));
  }

  private Accelerator card(GpuModel model, Bytes size) {
    return described(model, Kind.DISCRETE, memory(size, Pool.DEDICATED, false));
  }

  /// A GPU that only its data sheet describes; its driver is taken to be new enough.
  private Accelerator described(GpuModel model, Kind kind, Memory memory) {
    Identity identity =
        Identity.UNKNOWN
            .withComputeCapability(model.computeCapability())
            .withGfxTarget(model.gfxTarget())
            .withGpuCores(model.gpuCores());
    Vendor vendor = Vendor.named(model.vendor());
    parts.backend().ifPresent(backend -> refuseImpossible(model, vendor, backend));
    return parts.backend().isPresent()
        ? Accelerator.told(model.name(), vendor, kind, memory, parts.backend().get(), identity)
        : new Accelerator(
            model.name(), vendor, kind, memory, DeviceCondition.Working.FINE, identity);
  }

  private static void refuseImpossible(GpuModel model, Vendor vendor, Backend backend) {
    if (!vendor.backends().contains(backend)) {
      var possible = new ArrayList<String>();
      vendor.backends().forEach(one -> possible.add(one.label()));
      throw new CliFailure(
          new MachineError.NoSuchBackendOfGpu(model.name(), backend.label(), possible));
    }
  }

  private static Memory memory(Bytes total, Pool pool, boolean unified) {
    return new Memory(
        Optional.of(total),
        false,
        Optional.empty(),
        Optional.empty(),
        pool,
        unified,
        Optional.of("given"));
  }

  /// A card that no build for this system could drive is meant for another computer: one with Linux
  /// on x86-64.
  private static Machine hostOfCard(Machine machine) {
    boolean cards =
        machine.os().family() == OsFamily.LINUX || machine.os().family() == OsFamily.WINDOWS;
    return cards ? machine : machine.withOs(new Os(OsFamily.LINUX, "x86_64", false, false, false));
  }
}
