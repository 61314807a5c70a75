package dev.r1pick.fit;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.Attention.FullHeads;
import dev.r1pick.catalog.Attention.Latent;
import dev.r1pick.catalog.Quantization;
import dev.r1pick.catalog.Variant;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.fit.engine.ComputeBuffers.DevicePosition;
import dev.r1pick.fit.engine.ComputeForm;
import dev.r1pick.fit.engine.LayerSplit;
import dev.r1pick.fit.engine.LoadShape;
import dev.r1pick.fit.engine.LoadShape.AttentionPath;
import dev.r1pick.fit.engine.MemoryEstimator;
import dev.r1pick.fit.engine.Weights;
import dev.r1pick.ollama.KvCacheType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One measured load of `measured/memory.csv`, and what the estimator says of the same load.
record MeasuredRow(Map<String, String> cells, MemoryEstimator estimator) {

  private static final List<Map<String, String>> MEMORY = table("/measured/memory.csv");

  static List<MeasuredRow> all() {
    Map<String, MemoryEstimator> estimators = new HashMap<>();
    List<MeasuredRow> rows = new ArrayList<>();
    for (Map<String, String> cells : MEMORY) {
      String file = cell(cells, "variant") + " " + cell(cells, "quantization");
      MemoryEstimator estimator =
          estimators.computeIfAbsent(
              file,
              _ ->
                  new MemoryEstimator(
                      weights(cell(cells, "variant"), cell(cells, "quantization"))));
      rows.add(new MeasuredRow(cells, estimator));
    }
    return rows;
  }

  static List<Map<String, String>> table(String resource) {
    try (InputStream stream = MeasuredRow.class.getResourceAsStream(resource)) {
      List<String> lines =
          new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      String[] names = lines.getFirst().split(",", -1);
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] values = line.split(",", -1);
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
          cells.put(names[i], values[i]);
        }
        rows.add(cells);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String cell(Map<String, String> cells, String column) {
    return Objects.requireNonNull(cells.get(column), column);
  }

  static Weights weights(String variant, String quantization) {
    Variant r1 = Objects.requireNonNull(VARIANTS.get(variantId(variant)), variant);
    Architecture architecture = r1.architecture();
    Attention attention = architecture.attention();
    if (variant.startsWith("r1-671b")) {
      var sizes =
          switch (attention) {
            case FullHeads(var s) -> s;
            case Latent(var s) -> s;
            case Attention.GroupedHeads _ -> throw new AssertionError("671B without MLA");
          };
      attention = variant.endsWith("old") ? new FullHeads(sizes) : new Latent(sizes);
    }
    Optional<Quantization> values =
        quantization.equals("Q4_K_M-ollama") ? Optional.of(Quantization.F16) : Optional.empty();
    return Weights.of(
        architecture, attention, Quantization.valueOf(quantization.replace("-ollama", "")), values);
  }

  private static final Map<String, Variant> VARIANTS = variants();

  private static Map<String, Variant> variants() {
    Map<String, Variant> byId = new HashMap<>();
    for (Variant variant : CatalogReader.readDefault().variants()) {
      byId.put(variant.id(), variant);
    }
    return byId;
  }

  private static String variantId(String name) {
    return switch (name) {
      case "qwen3-8b" -> "r1-0528-qwen3-8b";
      case "r1-671b-old", "r1-671b-mla" -> "r1-671b";
      default -> "distill-" + name;
    };
  }

  String text(String column) {
    return cell(cells, column);
  }

  long number(String column) {
    return Long.parseLong(cells.get(column));
  }

  boolean server() {
    return text("outputs").equals("server");
  }

  int gpus() {
    return (int) number("gpus");
  }

  ComputeForm form() {
    return ComputeForm.valueOf(text("backend").toUpperCase(java.util.Locale.ROOT));
  }

  int layers() {
    return estimator.weights().layers();
  }

  /// Layers on GPUs, the output layer counted.
  int gpuLayers() {
    return text("gpu_layers").equals("all") ? layers() + 1 : (int) number("gpu_layers");
  }

  int hostBlocks() {
    return layers() - Math.max(0, gpuLayers() - 1);
  }

  boolean wholeOnGpu() {
    return gpus() > 0 && gpuLayers() > layers();
  }

  LoadShape shape() {
    boolean unified = text("unified").equals("yes");
    long sequences = number("parallel");
    long context = (number("context") + 255) / 256 * 256;
    long tokens = unified ? number("context") : number("context") * sequences;
    long batch = Math.min(number("micro_batch"), tokens);
    boolean flash = text("flash_resolved").equals("on");
    AttentionPath path =
        flash
            ? AttentionPath.FLASH
            : text("flash").equals("auto") ? AttentionPath.FLASH_IMPOSSIBLE : AttentionPath.PLAIN;
    return new LoadShape(
        context,
        unified ? context : context * sequences,
        batch,
        sequences,
        server() ? sequences : batch,
        KvCacheType.valueOf(text("kv_type").toUpperCase(java.util.Locale.ROOT)),
        path);
  }

  /// Blocks on each GPU: an even split, as every measured one is.
  int[] blocksPerGpu() {
    return LayerSplit.proportional(layers(), evenly());
  }

  private long[] evenly() {
    long[] shares = new long[gpus()];
    java.util.Arrays.fill(shares, 1L << 30);
    return shares;
  }

  long estimatedDeviceWeights() {
    long sum = 0;
    int from = hostBlocks();
    int[] counts = gpus() <= 1 ? new int[] {layers() - from} : blocksPerGpu();
    if (gpus() == 0) {
      return 0;
    }
    for (int gpu = 0; gpu < counts.length; gpu++) {
      boolean last = gpu == counts.length - 1;
      sum +=
          estimator.weights().onDevice(form(), from, from + counts[gpu], last && gpuLayers() > 0);
      from += counts[gpu];
    }
    return sum;
  }

  long estimatedDeviceKv() {
    return gpus() == 0 ? 0 : estimator.kvCache(form(), shape(), layers() - hostBlocks());
  }

  long estimatedDeviceCompute() {
    LoadShape shape = shape();
    if (!wholeOnGpu()) {
      return estimator.partlyDeviceCompute(form(), shape, hostBlocks());
    }
    if (gpus() == 1) {
      return estimator.deviceCompute(form(), shape, DevicePosition.ONLY, layers());
    }
    long sum = 0;
    int[] counts = blocksPerGpu();
    for (int gpu = 0; gpu < counts.length; gpu++) {
      sum +=
          estimator.deviceCompute(
              form(), shape, LayerSplit.position(gpu, counts.length), counts[gpu]);
    }
    return sum;
  }

  long estimatedHostWeights() {
    return gpus() == 0
        ? estimator.weights().onHost(layers(), true)
        : estimator.weights().onHost(hostBlocks(), gpuLayers() == 0);
  }

  long estimatedHostKv() {
    ComputeForm form = ComputeForm.CPU;
    return estimator.kvCache(form, shape(), hostBlocks());
  }

  long estimatedHostCompute() {
    return gpus() == 0
        ? estimator.cpuCompute(shape())
        : estimator.hostCompute(form(), shape(), hostBlocks(), gpus());
  }

  long deviceTotal() {
    return number("device_model") + number("device_kv") + number("device_compute");
  }

  long estimatedDeviceTotal() {
    return estimatedDeviceWeights() + estimatedDeviceKv() + estimatedDeviceCompute();
  }

  long hostTotal() {
    return number("host_model") + number("host_kv") + number("host_compute") + number("output");
  }

  long estimatedHostTotal() {
    return estimatedHostWeights()
        + estimatedHostKv()
        + estimatedHostCompute()
        + estimator.output(shape());
  }
}
