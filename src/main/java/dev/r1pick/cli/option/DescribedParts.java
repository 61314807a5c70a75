package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is described of a machine; the rest is that of the machine it is described from.
///
/// @param gpus names as `--gpu` takes them
/// @param vram memory of each GPU
/// @param ram of the whole machine
/// @param cpu name or class of the processor
/// @param backend what drives the GPUs
/// @param cpuOnly whether GPUs are left out
/// @param recorded whether it is described from a recorded machine, whose processor then stays
record DescribedParts(
    List<String> gpus,
    Optional<Bytes> vram,
    Optional<Bytes> ram,
    Optional<String> cpu,
    Optional<Backend> backend,
    boolean cpuOnly,
    boolean recorded) {
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

  DescribedParts {
    gpus = List.copyOf(gpus);
  }

  /// Those of the options of a run.
  ///
  /// @throws CliFailure if they contradict one another
  static DescribedParts read(Arguments arguments) {
    Optional<String> typed = arguments.text("--backend").map(t -> t.toLowerCase(Locale.ROOT));
    boolean cpu = typed.filter("cpu"::equals).isPresent();
    boolean cpuOnly = arguments.flag("--cpu-only") || cpu;
    Optional<Backend> backend = cpu ? Optional.empty() : arguments.oneOf(Option.BACKEND, BACKENDS);
    List<String> gpus = arguments.all("--gpu");
    Optional<Bytes> vram = arguments.memory("--vram");
    if (cpuOnly && (!gpus.isEmpty() || vram.isPresent())) {
      throw new CliFailure(new CliError.CpuOnlyWithGpu());
    }
    return new DescribedParts(
        gpus,
        vram,
        arguments.memory("--ram"),
        arguments.text("--cpu"),
        backend,
        cpuOnly,
        arguments.text("--machine").isPresent());
  }
}
