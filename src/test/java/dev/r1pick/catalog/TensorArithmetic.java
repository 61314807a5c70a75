package dev.r1pick.catalog;

import dev.r1pick.catalog.Attention.GroupedHeads;

/// Computes what a tag must weigh from the dimensions of its variant: tensors by llama.cpp's block
/// sizes and mixing rule, plus header and the small layers of the manifest.
public final class TensorArithmetic {
  /// Alignment between tensors and small differences of the tokenizer.
  public static final long TOLERANCE_BYTES = 4096;

  /// Template, license, parameters and config since mid 2025.
  private static final long SMALL_LAYERS = 2256;

  /// The 671B's header is known only as a remainder, to about 10 kB.
  private static final long LARGE_HEADER = 5_300_000;

  private static final long LARGE_TOLERANCE = 40_000;

  private static final double Q4_K = 144 / 256.0;
  private static final double Q5_K = 176 / 256.0;
  private static final double Q6_K = 210 / 256.0;
  private static final double Q8_0 = 34 / 32.0;
  private static final double F16 = 2;
  private static final double F32 = 4;

  private final ModelTag tag;
  private final Architecture architecture;
  private double bytes;

  private TensorArithmetic(ModelTag tag) {
    this.tag = tag;
    this.architecture = tag.variant().architecture();
  }

  public static long manifestBytes(ModelTag tag) {
    var arithmetic = new TensorArithmetic(tag);
    arithmetic.add();
    long tensors = Math.round(arithmetic.bytes);
    if (tag.variant().fileHeader().isPresent()) {
      return tensors + tag.variant().fileHeader().get().count() + SMALL_LAYERS;
    }
    long computed = tensors + LARGE_HEADER + SMALL_LAYERS;
    long off = tag.download().count() - computed;
    return Math.abs(off) <= LARGE_TOLERANCE ? tag.download().count() : computed;
  }

  private void add() {
    long width = architecture.embeddingLength();
    long vocabulary = architecture.vocabularySize();
    bytes += vocabulary * width * plain();
    bytes += vocabulary * width * mixed(Q6_K);
    bytes += width * F32;
    for (int layer = 0; layer < architecture.layers(); layer++) {
      bytes += 2 * width * F32;
      if (architecture.attention() instanceof GroupedHeads heads) {
        addGrouped(heads, layer);
      } else if (architecture.attention() instanceof Attention.FullHeads(var sizes)) {
        addLatent(sizes);
      }
      addFeedForward(layer);
    }
  }

  private void addGrouped(GroupedHeads heads, int layer) {
    long width = architecture.embeddingLength();
    long queries = (long) heads.heads() * heads.headSize();
    long keys = (long) heads.kvHeads() * heads.headSize();
    bytes += 2 * width * queries * plain();
    bytes += width * keys * plain();
    double valueType = important(layer) ? Q6_K : architecture.layers() >= 80 ? Q5_K : Q4_K;
    bytes += width * keys * (tag.valueTensors().isPresent() ? F16 : mixed(valueType));
    bytes += architecture.queryKeyValueBias() ? (queries + 2 * keys) * F32 : 0;
    bytes += architecture.queryKeyNorm() ? 2 * heads.headSize() * F32 : 0;
  }

  private void addLatent(Attention.LatentSizes sizes) {
    long width = architecture.embeddingLength();
    long headSize = (long) sizes.noPositionHeadSize() + sizes.ropeHeadSize();
    bytes += width * sizes.queryRank() * plain() + sizes.queryRank() * F32;
    bytes += (long) sizes.queryRank() * sizes.heads() * headSize * plain();
    bytes += width * (sizes.kvRank() + sizes.ropeHeadSize()) * plain() + sizes.kvRank() * F32;
    bytes +=
        (long) sizes.kvRank()
            * sizes.heads()
            * (sizes.noPositionHeadSize() + sizes.valueHeadSize())
            * plain();
    bytes += (long) sizes.heads() * sizes.valueHeadSize() * width * plain();
  }

  private void addFeedForward(int layer) {
    long width = architecture.embeddingLength();
    double down = mixed(important(layer) ? Q6_K : Q4_K);
    long inner = architecture.feedForwardLength();
    if (architecture.experts().isPresent()
        && layer >= architecture.experts().get().leadingDenseLayers()) {
      Architecture.Experts experts = architecture.experts().get();
      inner = (long) experts.feedForwardLength() * (experts.count() + experts.shared());
      bytes += (width + 1) * experts.count() * F32;
    }
    bytes += width * inner * (2 * plain() + down);
  }

  /// Layers whose value and down tensors llama.cpp keeps finer in Q4_K_M.
  private boolean important(int layer) {
    int layers = architecture.layers();
    return layer < layers / 8 || layer >= 7 * layers / 8 || (layer - layers / 8) % 3 == 2;
  }

  private double plain() {
    return mixed(Q4_K);
  }

  private double mixed(double inQ4KM) {
    return switch (tag.quantization()) {
      case Q4_K_M -> inQ4KM;
      case Q8_0 -> Q8_0;
      case F16 -> F16;
    };
  }
}
