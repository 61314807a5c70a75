package dev.r1pick.cli.option;

import dev.r1pick.catalog.gpu.GpuLookup;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.catalog.gpu.GpuRequest;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Identity;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.DeviceCondition;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A machine changed by `--gpu`, `--vram`, `--ram`, `--backend` and `--cpu-only`.
final class MachineDescription {
  private static final Map<String, Backend> BACKENDS =
      Map.of(
          "cuda",
          Backend.CUDA,
          "rocm",
          Backend.ROCM,
          "metal",
          Backend.METAL,
          "vulkan",
          Backend.VULKAN);

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

  private final Arguments arguments;
  private final Machine base;
  private final Data data;
  private final boolean cpuOnly;
  private final Optional<Backend> backend;

  MachineDescription(Arguments arguments, Machine base, Data data) {
    this.arguments = arguments;
    this.base = base;
    this.data = data;
    Optional<String> typed = arguments.text("--backend").map(t -> t.toLowerCase(Locale.ROOT));
    boolean cpu = typed.filter("cpu"::equals).isPresent();
    this.cpuOnly = arguments.flag("--cpu-only") || cpu;
    this.backend = cpu ? Optional.empty() : arguments.oneOf(Option.BACKEND, BACKENDS);
  }

  Machine apply() {
    List<String> names = arguments.all("--gpu");
    Optional<Bytes> vram = arguments.memory("--vram");
    if (cpuOnly && (!names.isEmpty() || vram.isPresent())) {
      throw new CliFailure(new CliError.CpuOnlyWithGpu());
    }
    Optional<Bytes> typedRam = arguments.memory("--ram");
    boolean other = typedRam.isPresent() || !names.isEmpty() || vram.isPresent();
    Machine machine = typedRam.map(total -> withRam(base, total)).orElse(base);
    if (other) {
      machine = machine.withDisk(Optional.empty());
    }
    machine = withProcessor(machine, other);
    if (cpuOnly) {
      return machine.withAccelerators(List.of());
    }
    if (names.isEmpty() && vram.isEmpty()) {
      return backend.isPresent() ? onlyWith(machine, backend.get()) : machine;
    }
    return names.isEmpty()
        ? machine.withAccelerators(List.of(unnamed(vram.orElseThrow())))
        : named(machine, names, vram, typedRam);
  }

  /// A described machine has the processor that is named, or a usual one: never this one's.
  private Machine withProcessor(Machine machine, boolean other) {
    Optional<String> named = arguments.text("--cpu");
    if (named.isPresent()) {
      Cpu cpu =
          data.cpus()
              .described(named.get())
              .orElseThrow(() -> new CliFailure(new CliError.CpuUnknown(named.get())));
      return withoutModules(machine).withCpu(cpu);
    }
    if (!other || arguments.text("--machine").isPresent()) {
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
      throw new CliFailure(new CliError.NoSuchBackendHere(backend.label()));
    }
    return machine.withAccelerators(left);
  }

  /// A GPU of which only the memory is known.
  private Accelerator unnamed(Bytes vram) {
    Backend chosen = backend.orElse(Backend.CUDA);
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

  private Machine named(
      Machine machine, List<String> names, Optional<Bytes> vram, Optional<Bytes> typedRam) {
    var accelerators = new ArrayList<Accelerator>();
    var notes = new ArrayList<Note>();
    Machine whole = machine;
    boolean chip = false;
    for (String name : parts(names)) {
      GpuRequest request = look(name, vram, typedRam);
      GpuModel model;
      Optional<Bytes> memory;
      switch (request.gpu()) {
        case GpuLookup.Found(var found, var size, var others) -> {
          shared(name, found, others).ifPresent(notes::add);
          model = found;
          memory = found.unified() ? size : vram.or(() -> size.map(found::reported));
        }
        case GpuLookup.AmbiguousMemory(var found, var sizes, var choices) -> {
          if (!found.unified() || typedRam.isEmpty()) {
            throw new NamedGpuError(name, request.number()).ambiguous(found, sizes, choices);
          }
          model = found;
          memory = Optional.empty();
        }
        case GpuLookup.Several _,
            GpuLookup.WrongMemory _,
            GpuLookup.Share _,
            GpuLookup.NoCard _,
            GpuLookup.Unknown _ ->
            throw new NamedGpuError(name, request.number()).of(request.gpu());
      }
      Accelerator accelerator;
      if (model.unified()) {
        if (chip || request.number() > 1) {
          throw new CliFailure(new CliError.OneChip(model.name()));
        }
        chip = true;
        var described = chip(model, vram, typedRam, memory);
        whole = described.around(withRam(whole, described.ram(), described.gpuMemory()));
        accelerator = accelerator(described);
      } else {
        whole = hostOfCard(whole);
        accelerator = card(model, memory.orElseThrow());
      }
      for (int i = 0; i < request.number(); i++) {
        accelerators.add(accelerator);
      }
    }
    if (accelerators.size() > MOST_GPUS) {
      throw new CliFailure(new CliError.TooManyGpus(MOST_GPUS));
    }
    return whole.withAccelerators(accelerators).withNotes(notes).judged();
  }

  /// That several kinds of GPU share a name, and which of them is meant.
  private static Optional<Note> shared(String typed, GpuModel model, List<String> others) {
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(new Note.GpuNameShared(typed, model.name(), others));
  }

  /// The names one by one: `3090 + 3060` is two.
  private List<String> parts(List<String> names) {
    var parts = new ArrayList<String>();
    for (String name : names) {
      parts.addAll(data.gpus().parts(name));
    }
    return parts;
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
  private DescribedChip chip(
      GpuModel model, Optional<Bytes> vram, Optional<Bytes> typedRam, Optional<Bytes> size) {
    Bytes ram =
        typedRam
            .or(() -> size)
            .or(() -> base.ram().total())
            .orElseThrow(() -> new CliFailure(new CliError.GpuNeedsRam(model.name())));
    return new DescribedChip(model, ram, vram);
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
    return backend.isPresent()
        ? Accelerator.told(model.name(), vendor, kind, memory, backend.get(), identity)
        : new Accelerator(
            model.name(), vendor, kind, memory, DeviceCondition.Working.FINE, identity);
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
