package dev.r1pick.cli;

import dev.r1pick.catalog.GpuLookup;
import dev.r1pick.catalog.GpuModel;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Identity;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Backend;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.OllamaSupport;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Usability;
import dev.r1pick.report.Amounts;
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

  /// Apple's Metal allows about two thirds of RAM up to 36 GB and three quarters above: the safe
  /// floor where the machine itself cannot be asked (recommendedMaxWorkingSetSize of older macOS).
  private static final Bytes APPLE_SMALL = Bytes.ofGiB(36);

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
    Machine machine = typedRam.map(this::withRam).orElse(base);
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

  private Machine withRam(Bytes total) {
    return base.withRam(
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
    String vendor =
        switch (chosen) {
          case CUDA -> "nvidia";
          case ROCM -> "amd";
          case METAL -> "apple";
          case VULKAN -> "other";
        };
    return new Accelerator(
        Amounts.memory(vram) + " GPU",
        vendor,
        Kind.DISCRETE,
        memory(vram, Pool.DEDICATED, false),
        new Usability.Usable(chosen),
        Identity.UNKNOWN);
  }

  private Machine named(
      Machine machine, List<String> names, Optional<Bytes> vram, Optional<Bytes> typedRam) {
    var accelerators = new ArrayList<Accelerator>();
    Machine whole = machine;
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
        case GpuLookup.Found(var found, var size) -> {
          model = found;
          memory = vram.or(() -> size);
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
      if (model.unified()) {
        whole = unified(whole, model, typedRam);
      }
      Accelerator accelerator = accelerator(model, memory, whole);
      for (int i = 0; i < count.number(); i++) {
        accelerators.add(accelerator);
      }
    }
    if (accelerators.size() > MOST_GPUS) {
      throw CliFailure.usage("cli.error.too-many-gpus", MOST_GPUS);
    }
    return whole.withAccelerators(accelerators);
  }

  /// For a chip that shares the system's memory the size that tells its kinds apart is the RAM.
  private GpuLookup look(String name, Optional<Bytes> vram, Optional<Bytes> typedRam) {
    GpuLookup found = data.gpus().named(name, vram);
    boolean unified =
        switch (found) {
          case GpuLookup.Found(var model, _) -> model.unified();
          case GpuLookup.AmbiguousMemory(var model, _) -> model.unified();
          case GpuLookup.WrongMemory _, GpuLookup.Unknown _ -> false;
        };
    return unified && typedRam.isPresent() ? data.gpus().named(name, typedRam) : found;
  }

  /// A chip that shares its memory with the system is the system: its RAM must be given.
  private static Machine unified(Machine machine, GpuModel model, Optional<Bytes> typedRam) {
    if (typedRam.isEmpty()) {
      throw CliFailure.usage("cli.error.gpu-needs-ram", model.name());
    }
    if (!model.vendor().equals("Apple")) {
      return machine;
    }
    var os = new Os(Os.Family.MACOS, "aarch64", false, false, false);
    var cpu =
        new Cpu(
            Optional.of(model.name()),
            "aarch64",
            Optional.empty(),
            Optional.empty(),
            machine.cpu().logicalCpus(),
            machine.cpu().usableCpus(),
            List.of("neon"));
    return new Machine(
        os,
        cpu,
        machine.ram(),
        List.of(),
        machine.disk(),
        machine.ollama(),
        List.of(Note.of("described-apple")));
  }

  private Accelerator accelerator(GpuModel model, Optional<Bytes> size, Machine machine) {
    Identity identity =
        new Identity(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            model.computeCapability(),
            model.gfxTarget(),
            model.gpuCores());
    Memory memory =
        model.unified()
            ? unifiedMemory(model, machine.ram().total().orElseThrow())
            : memory(size.orElseThrow(), Pool.DEDICATED, false);
    Kind kind = model.unified() ? Kind.INTEGRATED : Kind.DISCRETE;
    return new Accelerator(
        model.name(),
        model.vendor().toLowerCase(Locale.ROOT),
        kind,
        memory,
        usability(model),
        identity);
  }

  private static Memory unifiedMemory(GpuModel model, Bytes ram) {
    if (!model.vendor().equals("Apple")) {
      return memory(ram, Pool.SHARED, true);
    }
    Bytes limit = ram.atMost(APPLE_SMALL) ? ram.scaledBy(2.0 / 3) : ram.scaledBy(0.75);
    return memory(limit, Pool.SHARED, true);
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

  private Usability usability(GpuModel model) {
    if (backend.isPresent()) {
      return new Usability.Usable(backend.get());
    }
    return new OllamaSupport(base.ollama(), base.os().family())
        .ofDataSheet(model.vendor(), model.computeCapability(), model.gfxTarget(), model.unified());
  }

  private static String sizes(List<Bytes> sizes) {
    return String.join(", ", sizes.stream().map(MachineDescription::gb).toList());
  }

  /// As a graphics card's box says it.
  private static String gb(Bytes size) {
    return Amounts.decimal(size.inGiB(), size.inGiB() % 1 == 0 ? 0 : 1) + " GB";
  }

  private static String quoted(List<String> names) {
    return String.join(", ", names.stream().map(name -> "\"" + name + "\"").toList());
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
