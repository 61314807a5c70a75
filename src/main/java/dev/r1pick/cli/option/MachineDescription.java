package dev.r1pick.cli.option;

import dev.r1pick.catalog.gpu.GpuLookup;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Identity;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
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
import dev.r1pick.report.words.NoteWording;
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
    this.backend =
        cpu
            ? Optional.empty()
            : arguments.oneOf(
                "--backend", BACKENDS, List.of("cuda", "rocm", "metal", "vulkan", "cpu"));
  }

  Machine apply() {
    List<String> names = arguments.all("--gpu");
    Optional<Bytes> vram = arguments.memory("--vram");
    if (cpuOnly && (!names.isEmpty() || vram.isPresent())) {
      throw CliFailure.usage("cli.error.cpu-only-with-gpu");
    }
    Optional<Bytes> typedRam = arguments.memory("--ram");
    boolean other = typedRam.isPresent() || !names.isEmpty() || vram.isPresent();
    Machine machine = typedRam.map(total -> withRam(base, total)).orElse(base);
    if (other) {
      machine = machine.withDisk(Optional.empty());
    }
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

  private static Machine withRam(Machine machine, Bytes total) {
    return machine.withRam(
        new Ram(
            Optional.of(total),
            Optional.of(total),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "given"));
  }

  /// The machine with the accelerators of other backends left out.
  private static Machine onlyWith(Machine machine, Backend backend) {
    List<Accelerator> left =
        machine.accelerators().stream()
            .filter(a -> a.usability() instanceof Usability.Usable(var b) && b == backend)
            .toList();
    if (left.isEmpty()) {
      throw CliFailure.usage("cli.error.no-such-backend-here", backend.label());
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
    for (String name : names) {
      Count count = Count.of(name);
      if (count.name().isEmpty()) {
        throw CliFailure.usage("cli.error.gpu-empty");
      }
      if (count.number() > MOST_GPUS) {
        throw CliFailure.usage("cli.error.too-many-gpus", MOST_GPUS);
      }
      GpuModel model;
      Optional<Bytes> memory;
      switch (look(count.name(), vram, typedRam)) {
        case GpuLookup.Found(var found, var size, var others) -> {
          shared(count.name(), found, others).ifPresent(notes::add);
          model = found;
          memory = found.unified() ? size : vram.or(() -> size);
        }
        case GpuLookup.AmbiguousMemory(var found, var sizes) -> {
          if (!found.unified()) {
            throw CliFailure.usage(
                "cli.error.gpu-memory",
                found.name(),
                sizes(sizes),
                count.name(),
                gb(sizes.getLast()));
          }
          model = found;
          memory = Optional.empty();
        }
        case GpuLookup.WrongMemory(var found, var typed, var sizes, var suggestions) ->
            throw CliFailure.usage(
                "cli.error.gpu-wrong-memory",
                found.name(),
                gb(typed),
                sizes(sizes),
                quoted(suggestions));
        case GpuLookup.Unknown(var nearest) ->
            throw nearest.isEmpty()
                ? CliFailure.usage("cli.error.gpu-unknown", count.name())
                : CliFailure.usage("cli.error.gpu-unknown-near", count.name(), quoted(nearest));
      }
      Accelerator accelerator;
      if (model.unified()) {
        if (chip || count.number() > 1) {
          throw CliFailure.usage("cli.error.one-chip", model.name());
        }
        chip = true;
        var described = chip(model, vram, typedRam, memory);
        whole = described.around(withRam(whole, described.ram()));
        accelerator = accelerator(described);
      } else {
        whole = hostOfCard(whole);
        accelerator = card(model, memory.orElseThrow());
      }
      for (int i = 0; i < count.number(); i++) {
        accelerators.add(accelerator);
      }
    }
    if (accelerators.size() > MOST_GPUS) {
      throw CliFailure.usage("cli.error.too-many-gpus", MOST_GPUS);
    }
    return whole.withAccelerators(accelerators).withNotes(notes).judged();
  }

  /// That several kinds of GPU share a name, and which of them is meant.
  private static Optional<Note> shared(String typed, GpuModel model, List<String> others) {
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(new Note.GpuNameShared(typed, model.name(), others));
  }

  /// For a chip that shares the system's memory the size that tells its kinds apart is the RAM.
  private GpuLookup look(String name, Optional<Bytes> vram, Optional<Bytes> typedRam) {
    boolean unified =
        switch (data.gpus().named(name)) {
          case GpuLookup.Found(var model, _, _) -> model.unified();
          case GpuLookup.AmbiguousMemory(var model, _) -> model.unified();
          case GpuLookup.WrongMemory(var model, _, _, _) -> model.unified();
          case GpuLookup.Unknown _ -> false;
        };
    return data.gpus().named(name, unified ? typedRam : vram);
  }

  /// A chip that shares its memory with the system is the system: its RAM must be given, where the
  /// chip is not sold with one size only.
  private static DescribedChip chip(
      GpuModel model, Optional<Bytes> vram, Optional<Bytes> typedRam, Optional<Bytes> size) {
    Bytes ram =
        typedRam
            .or(() -> size)
            .orElseThrow(() -> CliFailure.usage("cli.error.gpu-needs-ram", model.name()));
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

  private static String sizes(List<Bytes> sizes) {
    return String.join(", ", sizes.stream().map(MachineDescription::gb).toList());
  }

  /// As a graphics card's box says it.
  private static String gb(Bytes size) {
    return Amounts.decimal(size.inGiB(), size.inGiB() % 1 == 0 ? 0 : 1) + " GB";
  }

  private static String quoted(List<String> names) {
    return NoteWording.quoted(names);
  }

  /// `2x RTX 3090` is two of them.
  ///
  /// @param number 1 or more
  /// @param name without the number
  private record Count(int number, String name) {
    static Count of(String text) {
      String trimmed = text.strip();
      int digits = 0;
      while (digits < trimmed.length() && Character.isDigit(trimmed.charAt(digits))) {
        digits++;
      }
      boolean counted =
          digits > 0
              && digits <= 4
              && digits + 1 < trimmed.length()
              && "xX×".indexOf(trimmed.charAt(digits)) >= 0;
      if (!counted) {
        return new Count(1, trimmed);
      }
      int number = Integer.parseInt(trimmed.substring(0, digits));
      if (number < 1) {
        throw CliFailure.usage("cli.error.no-gpus", text);
      }
      return new Count(number, trimmed.substring(digits + 1).strip());
    }
  }
}
