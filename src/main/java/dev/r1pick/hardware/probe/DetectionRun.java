package dev.r1pick.hardware.probe;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Disk;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.probe.Detector.Limits;
import dev.r1pick.hardware.probe.amd.AmdDevices;
import dev.r1pick.hardware.probe.amd.AmdProbe;
import dev.r1pick.hardware.probe.amd.AmdTool;
import dev.r1pick.hardware.probe.apple.AppleProbe;
import dev.r1pick.hardware.probe.common.ProbeContext;
import dev.r1pick.hardware.probe.intel.IntelProbe;
import dev.r1pick.hardware.probe.nvidia.NvidiaDevices;
import dev.r1pick.hardware.probe.nvidia.NvidiaProbe;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.hardware.probe.pci.PciProbe;
import dev.r1pick.hardware.probe.system.CpuProbe;
import dev.r1pick.hardware.probe.system.MemoryProbe;
import dev.r1pick.hardware.probe.system.ModuleProbe;
import dev.r1pick.hardware.probe.system.OllamaProbe;
import dev.r1pick.hardware.probe.system.ServerProbe;
import dev.r1pick.hardware.probe.system.SystemProbe;
import dev.r1pick.hardware.probe.windows.WindowsDevices;
import dev.r1pick.hardware.probe.windows.WindowsProbe;
import dev.r1pick.host.Host;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/// One detection: starts the probes, waits for them until the deadline, joins what they found.
final class DetectionRun {
  private final Host host;
  private final ProbeRunner runner;
  private Future<List<VulkanProbe.Listed>> vulkan = CompletableFuture.completedFuture(List.of());

  DetectionRun(Host host, Limits limits, Executor executor, Detector.Waiting waiting) {
    this.host = host;
    this.runner = new ProbeRunner(host, limits, executor, waiting);
  }

  /// What is found out about system, processor and memory.
  private record Basics(Os os, Cpu cpu, Ram ram) {}

  /// The devices, once it is known what is around them.
  private interface Devices {
    List<Accelerator> found(ProbeContext around, Optional<String> chip, List<Note> notes);
  }

  Machine machine() {
    var environment = OllamaProbe.environment(host);
    var settings = new OllamaSetup(Optional.empty(), environment);
    // first, as its answers have to be waited for
    Future<ServerProbe.Answer> server =
        runner.begin(() -> ServerProbe.ask(host, settings, runner::ask));
    vulkan =
        VulkanProbe.countsDevices(host)
            ? runner.begin(() -> VulkanProbe.ask(runner::ask))
            : CompletableFuture.completedFuture(List.of());
    Future<Optional<String>> version =
        runner.begin(
            () ->
                OllamaProbe.version(
                    (id, command) -> runner.ask(id, command, OllamaProbe.askedHere(settings))));
    Future<Optional<Disk>> disk = runner.begin(() -> OllamaProbe.disk(host, settings));
    Machine machine =
        switch (host.family()) {
          case LINUX ->
              joined(
                  settings,
                  version,
                  disk,
                  runner.begin(this::linux),
                  runner.begin(this::linuxGpus));
          case ANDROID ->
              joined(
                  settings,
                  version,
                  disk,
                  runner.begin(this::linux),
                  runner.begin(() -> (_, _, _) -> List.of()));
          case MACOS -> apple(settings, version, disk);
          case WINDOWS -> windows(settings, version, disk);
        };
    return ServerProbe.applied(
        host, machine, runner.end(server, "ollama-server", new ServerProbe.Answer.None()));
  }

  // --- systems

  private Basics linux() {
    CpuProbe.Cpuinfo cpuinfo = CpuProbe.cpuinfo(host);
    Os os = SystemProbe.read(host, cpuinfo);
    Optional<String> chip =
        host.family() == OsFamily.ANDROID
            ? Text.cleaned(runner.output("getprop-soc", List.of("getprop", "ro.soc.model")))
            : Optional.empty();
    Ram ram = MemoryProbe.read(host).withModules(ModuleProbe.read(host, runner::output));
    return new Basics(os, CpuProbe.read(host, cpuinfo, chip), ram);
  }

  private Devices linuxGpus() {
    PciProbe.Sysfs sysfs = PciProbe.read(host);
    boolean namesInstances =
        host.environment("CUDA_VISIBLE_DEVICES").filter(v -> v.contains("MIG-")).isPresent();
    boolean onBus = sysfs.has(PciGpu.NVIDIA);
    Future<NvidiaProbe.Answer> nvidia =
        NvidiaProbe.isWorthAsking(host, sysfs, SystemProbe.isWsl(host))
            ? runner.begin(
                () -> NvidiaProbe.ask(onBus ? runner::askPatiently : runner::ask, namesInstances))
            : CompletableFuture.completedFuture(NvidiaProbe.Answer.NONE);
    if (onBus) {
      runner.putOffFor(nvidia);
    }
    Future<String> lspci =
        sysfs.wantsNames()
            ? runner.begin(() -> runner.output("lspci", List.of("lspci", "-D", "-nn", "-vmm")))
            : CompletableFuture.completedFuture("");
    var intelTool = new ArrayList<Future<List<IntelProbe.Managed>>>();
    for (int i = 0; i < IntelProbe.toAsk(sysfs.gpus()); i++) {
      int device = i;
      intelTool.add(runner.begin(() -> IntelProbe.ask(runner::ask, device)));
    }
    AmdProbe.Reading amd = AmdProbe.read(host, sysfs.gpus());
    Future<List<AmdTool.Row>> amdTool =
        AmdTool.isWorthAsking(sysfs, amd)
            ? runner.begin(() -> AmdTool.ask(runner::ask))
            : CompletableFuture.completedFuture(List.of());
    Optional<NvidiaProbe.Jetson> jetson = NvidiaProbe.jetson(host);
    List<PciGpu> gpus = PciProbe.named(sysfs.gpus(), runner.endInside(lspci, "lspci", ""));
    if (gpus.size() > sysfs.gpus().size() || !gpus.equals(sysfs.gpus())) {
      amd = AmdProbe.read(host, gpus);
    }
    List<IntelProbe.Card> intel = IntelProbe.read(host, gpus);
    NvidiaProbe.Answer answer =
        runner.endInside(
            nvidia, "nvidia-smi", onBus ? NvidiaProbe.Answer.SILENT : NvidiaProbe.Answer.NONE);
    var managed = new ArrayList<IntelProbe.Managed>();
    for (Future<List<IntelProbe.Managed>> device : intelTool) {
      managed.addAll(runner.endInside(device, "xpu-smi", List.of()));
    }
    AmdProbe.Reading amdReading =
        AmdTool.joined(amd, runner.endInside(amdTool, "rocm-smi", List.of()));
    return (around, chip, notes) -> {
      var ofNvidia = new ArrayList<PciGpu>();
      for (PciGpu gpu : gpus) {
        if (gpu.vendor() == PciGpu.NVIDIA) {
          ofNvidia.add(gpu);
        }
      }
      var nvidiaDevices =
          new NvidiaDevices(around, answer, ofNvidia, jetson, SystemProbe.isJob(host));
      notes.addAll(nvidiaDevices.notes());
      var devices = new ArrayList<Accelerator>(nvidiaDevices.all());
      devices.addAll(new AmdDevices(around.ram(), amdReading).all());
      devices.addAll(IntelProbe.devices(intel, managed));
      devices.addAll(OtherDevices.onBus(gpus, around.os().wsl()));
      devices.addAll(OtherDevices.embedded(sysfs.embedded(), chip));
      notes.addAll(OutOfReach.notes(host, around.os(), devices, answer.state()));
      return devices;
    };
  }

  private Machine apple(
      OllamaSetup settings, Future<Optional<String>> version, Future<Optional<Disk>> disk) {
    Future<String> sysctl =
        runner.begin(
            () ->
                runner.output(
                    "sysctl",
                    List.of(
                        "sysctl",
                        "hw",
                        "machdep.cpu.brand_string",
                        "iogpu.wired_limit_mb",
                        "debug.iogpu.wired_limit",
                        "kern.hv_vmm_present")));
    Future<String> vmStat = runner.begin(() -> runner.output("vm-stat", List.of("vm_stat")));
    Future<String> metal =
        runner.begin(
            () -> runner.output("metal-device-json", List.of("<MTLCreateSystemDefaultDevice>")));
    Future<String> profiler =
        runner.begin(
            () ->
                runner.output(
                    "system-profiler-json",
                    List.of(
                        "system_profiler", "-json", "SPHardwareDataType", "SPDisplaysDataType")));
    var probe =
        new AppleProbe(
            runner.end(sysctl, "sysctl", ""),
            runner.end(vmStat, "vm-stat", ""),
            runner.end(metal, "metal-device-json", ""),
            runner.end(profiler, "system-profiler-json", ""));
    Os os = probe.os(host.arch());
    var basics = new Basics(os, probe.cpu(host.arch(), host.processors()), probe.ram());
    return joined(
        settings,
        version,
        disk,
        CompletableFuture.completedFuture(basics),
        CompletableFuture.completedFuture((around, _, _) -> probe.devices(around)));
  }

  private Machine windows(
      OllamaSetup settings, Future<Optional<String>> version, Future<Optional<Disk>> disk) {
    Future<NvidiaProbe.Answer> nvidia =
        runner.begin(() -> NvidiaProbe.ask(runner::askPatiently, false));
    Future<String> cim =
        runner.begin(() -> runner.output("win-cim-json", List.of("<CIM classes>")));
    Future<String> registry =
        runner.begin(
            () -> runner.output("win-registry-json", List.of("<display class of the registry>")));
    Future<String> dxgi =
        runner.begin(() -> runner.output("win-dxgi-json", List.of("<DXGI adapters>")));
    var probe =
        new WindowsProbe(
            runner.end(cim, "win-cim-json", ""),
            runner.end(registry, "win-registry-json", ""),
            runner.end(dxgi, "win-dxgi-json", ""));
    boolean onBus = probe.hasAdapterOf(PciGpu.NVIDIA);
    if (onBus) {
      runner.putOffFor(nvidia);
    }
    NvidiaProbe.Answer answer =
        runner.end(
            nvidia, "nvidia-smi", onBus ? NvidiaProbe.Answer.SILENT : NvidiaProbe.Answer.NONE);
    Os os = probe.os(host.arch());
    OptionalInt processors = host.processors();
    var basics = new Basics(os, probe.cpu(os, processors), probe.ram());
    return joined(
        settings,
        version,
        disk,
        CompletableFuture.completedFuture(basics),
        CompletableFuture.completedFuture(
            (around, _, notes) -> {
              notes.addAll(probe.failed());
              return new WindowsDevices(around, probe.adapters(), answer).all();
            }));
  }

  // --- joining

  private Machine joined(
      OllamaSetup settings,
      Future<Optional<String>> version,
      Future<Optional<Disk>> disk,
      Future<Basics> basics,
      Future<Devices> gpus) {
    Os unknownOs = new Os(host.family(), host.arch(), false, false, false);
    Basics known = runner.end(basics, "memory", new Basics(unknownOs, unknownCpu(), unknownRam()));
    Devices devices = runner.end(gpus, "gpu", (_, _, _) -> List.of());
    var ollama =
        new OllamaSetup(
            runner.end(version, "ollama-version", Optional.empty()),
            settings.environment(),
            OllamaProbe.installation(host, runner::ask));
    Optional<Disk> space = runner.end(disk, "disk", Optional.empty());
    var notes = new ArrayList<Note>();
    OllamaProbe.elsewhere(host, ollama)
        .ifPresent(other -> notes.add(new Note.OllamaHostElsewhere(other)));
    if (host.family() == OsFamily.LINUX && MemoryProbe.swapIsCompressedRam(host)) {
      notes.add(new Note.SwapIsCompressedRam());
    }
    List<Accelerator> found = found(devices, known, notes);
    notes.addAll(runner.mishaps());
    // Vulkan counts devices in the order in which Windows lists them, so they are judged in it.
    Machine judged =
        new Machine(
                withSignsOf(known.os(), found),
                known.cpu(),
                known.ram(),
                found,
                space,
                ollama,
                notes)
            .judged();
    var accelerators = new ArrayList<Accelerator>(judged.accelerators());
    accelerators.sort((a, b) -> Integer.compare(rank(a), rank(b)));
    return judged.withAccelerators(accelerators);
  }

  private List<Accelerator> found(Devices devices, Basics known, List<Note> notes) {
    try {
      List<VulkanProbe.Listed> listed = runner.end(vulkan, "vulkaninfo", List.of());
      var around = new ProbeContext(known.os(), known.ram());
      return VulkanProbe.placed(devices.found(around, known.cpu().name(), notes), listed);
    } catch (RuntimeException e) {
      runner.failed("gpu", e);
      return List.of();
    }
  }

  /// What is planned with stands first; the order of the tools is kept within each.
  private static int rank(Accelerator device) {
    return switch (device.kind()) {
      case DISCRETE, MIG_INSTANCE, VGPU, PARTITION -> 0;
      case INTEGRATED -> 1;
      case VIRTUAL, BMC -> 2;
    };
  }

  /// A virtual display or GPU is a sure sign of a virtual machine.
  private static Os withSignsOf(Os os, List<Accelerator> devices) {
    boolean virtual = os.virtualMachine();
    for (Accelerator device : devices) {
      virtual |= device.kind() == Kind.VIRTUAL || device.kind() == Kind.VGPU;
    }
    return new Os(os.family(), os.arch(), os.wsl(), os.container(), virtual && !os.wsl());
  }

  private Cpu unknownCpu() {
    int processors = Math.max(1, host.processors().orElse(1));
    return new Cpu(
        Optional.empty(),
        host.arch(),
        Optional.empty(),
        Optional.empty(),
        processors,
        processors,
        List.of());
  }

  private static Ram unknownRam() {
    return new Ram(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "");
  }
}
