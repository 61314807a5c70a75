package dev.r1pick.cli.console;

import java.util.List;

/// What went wrong with the description of a machine, or with what a machine tells of itself.
public sealed interface MachineError extends CliError.OfMachine {
  /// No GPU has that name, or that name and that memory.
  sealed interface UnknownGpu extends MachineError {}

  record GpuUnknown(String name) implements UnknownGpu {}

  record GpuUnknownNear(String name, List<String> near) implements UnknownGpu {}

  record GpuWrongMemory(String name, String typed, List<String> sizes, List<String> near)
      implements UnknownGpu {}

  record GpuShare(String typed, String size, String option) implements UnknownGpu {}

  record GpuShareOf(String typed, String size, String option, List<String> cards)
      implements UnknownGpu {}

  record GpuNone(String typed) implements UnknownGpu {}

  record GpuNumber(String typed) implements UnknownGpu {}

  record GpuInside(String typed) implements UnknownGpu {}

  record GpuInsideNear(String typed, List<String> near) implements UnknownGpu {}

  record GpuNoDriver(String typed) implements UnknownGpu {}

  record GpuVirtualDisplay(String typed) implements UnknownGpu {}

  record GpuOtherAccelerator(String typed) implements UnknownGpu {}

  /// A name means several GPUs, or several sizes of memory.
  sealed interface AmbiguousGpu extends MachineError {}

  record GpuMemory(String name, List<String> sizes, List<String> choices) implements AmbiguousGpu {}

  record GpuSeveral(String typed, List<String> choices) implements AmbiguousGpu {}

  record GpuNoModel(String typed) implements AmbiguousGpu {}

  record GpuArchitecture(String typed, List<String> cards) implements AmbiguousGpu {}

  /// No such processor, and no such class of processors.
  sealed interface UnknownCpu extends MachineError {}

  record CpuUnknown(String text) implements UnknownCpu {}

  /// A chip shares the memory of a system of which nothing is said.
  sealed interface MissingRam extends MachineError {}

  record GpuNeedsRam(String chip) implements MissingRam {}

  record GpuNeedsRamOf(String chip, List<String> sizes, List<String> choices, String option)
      implements MissingRam {}

  /// The machine uses no GPU through that.
  sealed interface NoSuchBackend extends MachineError {}

  record NoSuchBackendHere(String backend) implements NoSuchBackend {}

  record NoSuchBackendOfGpu(String gpu, String backend, List<String> possible)
      implements NoSuchBackend {}

  record NoSuchBackendOfSystem(String backend) implements NoSuchBackend {}

  /// No Ollama runs on such a machine: an answer, and it ends like one.
  sealed interface NoOllama extends MachineError {}

  record NoOllamaForArchitecture(String arch) implements NoOllama {
    @Override
    public ExitCode exitCode() {
      return ExitCode.NOTHING_FITS;
    }
  }

  /// The memory of the machine could not be determined.
  sealed interface HardwareUnknown extends MachineError {}

  record MachineMemoryUnknown() implements HardwareUnknown {
    @Override
    public ExitCode exitCode() {
      return ExitCode.HARDWARE_UNKNOWN;
    }
  }

  record GpuSilent(String gpu) implements HardwareUnknown {
    @Override
    public ExitCode exitCode() {
      return ExitCode.HARDWARE_UNKNOWN;
    }
  }

  /// The memory could not be timed.
  sealed interface NotMeasured extends MachineError {}

  record MeasuredNot() implements NotMeasured {
    @Override
    public ExitCode exitCode() {
      return ExitCode.HARDWARE_UNKNOWN;
    }
  }
}
