package dev.r1pick.speed;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.Certainty;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Quantization;
import dev.r1pick.catalog.Variant;
import dev.r1pick.catalog.gpu.GpuMarket;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.HostLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Plans as the fit package makes them, for R1 variants in Q4_K_M.
final class Plans {
  private static final Catalog CATALOG = CatalogReader.readDefault();

  private static final int CONTEXT = 32768;

  /// A variant with what a token reads of its Q4_K_M file.
  record Size(String label, Architecture architecture, long read) {
    static final Size SEVEN = of("7b", 28, 3584, 28, 4, 152064, 7.62e9, 4374953328L);
    static final Size EIGHT = of("8b-llama", 32, 4096, 32, 8, 128256, 8.03e9, 4622235729L);
    static final Size FOURTEEN = of("14b", 48, 5120, 40, 8, 152064, 14.77e9, 8549274746L);
    static final Size THIRTY_TWO = of("32b", 64, 5120, 40, 8, 152064, 32.76e9, 19404804587L);
    static final Size SEVENTY = of("70b", 80, 8192, 64, 8, 128256, 70.55e9, 41918435164L);

    private static Size of(
        String label,
        int layers,
        int width,
        int heads,
        int kvHeads,
        int vocabulary,
        double parameters,
        long read) {
      return new Size(
          label,
          new Architecture(
              Architecture.Family.QWEN2,
              (long) parameters,
              layers,
              width,
              4 * width,
              vocabulary,
              new Attention.GroupedHeads(heads, kvHeads, 128),
              Optional.empty(),
              true,
              false,
              Optional.empty()),
          read);
    }

    /// Bytes that stay in RAM and are not read: Q4_K has 144 bytes per 256 values.
    long embedding() {
      return (long) architecture.vocabularySize() * architecture.embeddingLength() * 144 / 256;
    }

    long kvCache() {
      Attention attention = architecture.attention();
      return 2L * (attention.keyWidth() + attention.valueWidth()) * architecture.layers() * CONTEXT;
    }
  }

  private Plans() {}

  /// Everything on these GPUs, the same share on each.
  static LoadPlan whole(Size size, int gpus) {
    int layers = size.architecture.layers() + 1;
    Placement placement =
        gpus == 1 ? new Placement.AllOnGpu(layers) : new Placement.SplitAcrossGpus(layers, gpus);
    return plan(size, placement, gpus, 1.0);
  }

  /// A share of the layers on one GPU, the rest in RAM.
  static LoadPlan partly(Size size, double onGpu) {
    int layers = size.architecture.layers() + 1;
    int gpuLayers = (int) Math.round(layers * onGpu);
    return plan(
        size,
        new Placement.PartlyOffloaded(gpuLayers, layers - gpuLayers),
        1,
        (double) gpuLayers / layers);
  }

  /// Everything in RAM.
  static LoadPlan cpu(Size size) {
    return plan(size, new Placement.CpuOnly(size.architecture.layers() + 1), 0, 0);
  }

  private static LoadPlan plan(Size size, Placement placement, int gpus, double onGpu) {
    List<DeviceLoad> devices = new ArrayList<>();
    for (int i = 0; i < gpus; i++) {
      devices.add(
          new DeviceLoad(
              accelerator(Backend.CUDA),
              placement.gpuLayers() / gpus + (i < placement.gpuLayers() % gpus ? 1 : 0),
              Bytes.of(Math.round(size.read * onGpu / gpus)),
              Bytes.of(Math.round(size.kvCache() * onGpu / gpus)),
              Bytes.ofMiB(300),
              Optional.empty(),
              Bytes.ZERO,
              Bytes.ZERO));
    }
    var host =
        new HostLoad(
            Bytes.of(Math.round(size.read * (1 - onGpu)) + size.embedding()),
            Bytes.of(Math.round(size.kvCache() * (1 - onGpu))),
            Bytes.ofMiB(20),
            Bytes.ZERO,
            Optional.empty(),
            Bytes.ZERO);
    return new LoadPlan(tag(size.label, size.architecture), settings(), placement, devices, host);
  }

  static RunSettings settings() {
    return new RunSettings(ContextLength.of(CONTEXT), 1, KvCacheType.F16, true, 512);
  }

  /// The same plan with other GPUs.
  static LoadPlan on(Backend backend, LoadPlan plan) {
    List<DeviceLoad> devices = new ArrayList<>();
    for (DeviceLoad load : plan.devices()) {
      devices.add(
          new DeviceLoad(
              accelerator(backend),
              load.layers(),
              load.weights(),
              load.kvCache(),
              load.compute(),
              load.free(),
              load.margin(),
              load.driverShare()));
    }
    return new LoadPlan(plan.tag(), plan.settings(), plan.placement(), devices, plan.host());
  }

  static ModelTag tag(String label, Architecture architecture) {
    Variant known = CATALOG.variants().getFirst();
    var variant =
        new Variant(
            "distill-" + label,
            "DeepSeek-R1-Distill",
            label,
            "base",
            true,
            "2025-01-20",
            "MIT",
            "MIT",
            ContextLength.of(131072),
            architecture,
            List.of(),
            true,
            known.tools(),
            Optional.empty(),
            Map.of());
    return new ModelTag(
        label,
        variant,
        Quantization.Q4_K_M,
        Optional.empty(),
        Bytes.of(1),
        Certainty.DERIVED,
        Bytes.ZERO,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  /// A card whose driver tells its compute capability.
  static Accelerator accelerator(Backend backend, Optional<String> computeCapability) {
    Accelerator plain = accelerator(backend);
    return plain.withIdentity(plain.identity().withComputeCapability(computeCapability));
  }

  static Accelerator accelerator(Backend backend) {
    return Accelerator.told(
        "GPU",
        Vendor.NVIDIA,
        Accelerator.Kind.DISCRETE,
        new Accelerator.Memory(
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Accelerator.Pool.DEDICATED,
            false,
            Optional.empty()),
        backend,
        Identity.UNKNOWN);
  }

  static GpuModel gpu(String name, String generation, double bandwidth, double tflops) {
    boolean apple = name.startsWith("Apple");
    return new GpuModel(
        name,
        List.of(),
        apple ? "Apple" : "NVIDIA",
        apple ? GpuModel.Form.SOC : GpuModel.Form.DISCRETE,
        List.of(),
        List.of(),
        Bandwidth.ofGBPerSecond(bandwidth),
        Certainty.EXACT,
        OptionalDouble.of(tflops),
        generation,
        apple ? Optional.empty() : Optional.of("8.6"),
        Optional.empty(),
        apple,
        Optional.empty(),
        List.of(),
        List.of(),
        1,
        Certainty.EXACT,
        new GpuMarket(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty()),
        List.of());
  }

  static Cpu cpu(String name, String arch, int cores) {
    return new Cpu(
        name.isEmpty() ? Optional.empty() : Optional.of(name),
        arch,
        Optional.of(cores),
        Optional.empty(),
        2 * cores,
        2 * cores,
        List.of());
  }

  static final Os LINUX = new Os(OsFamily.LINUX, "x86_64", false, false, false);

  static Machine machine() {
    return machine(cpu("", "x86_64", 8), LINUX);
  }

  static Machine machine(Cpu cpu, Os os) {
    return new Machine(
        os,
        cpu,
        new Ram(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "test"),
        List.of(),
        Optional.empty(),
        new OllamaSetup(Optional.empty(), Map.of()),
        List.of());
  }
}
