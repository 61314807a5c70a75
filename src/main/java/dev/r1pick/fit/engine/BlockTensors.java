package dev.r1pick.fit.engine;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.Architecture.Experts;
import dev.r1pick.catalog.Architecture.Family;
import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.Attention.FullHeads;
import dev.r1pick.catalog.Attention.GroupedHeads;
import dev.r1pick.catalog.Attention.Latent;
import dev.r1pick.catalog.Attention.LatentSizes;
import dev.r1pick.catalog.Quantization;
import java.util.Optional;

/// Goes through the tensors of a file block by block and adds up their bytes.
///
/// The mix of Q4_K_M is that of llama.cpp's quantizer (llama-quant.cpp): Q4_K everywhere, Q6_K for
/// the output matrix and, in the first and last eighth of the blocks and in every third between,
/// for `attn_v` and `ffn_down`; 80-block models give the other `attn_v` Q5_K; rows that are no
/// whole block of 256 fall back to Q5_0. Vectors and the expert router are F32.
final class BlockTensors {
  /// Block count by which the quantizer knows a 70B.
  private static final int BLOCKS_OF_THE_70B = 80;

  private final Architecture architecture;
  private final Attention attention;
  private final Optional<Quantization> valueTensors;
  private final TensorType base;
  private final boolean mixed;

  /// Blocks are of up to four kinds; each is measured once.
  private final long[][] kinds = new long[4][];

  private long plain;
  private long padded;
  private long routed;
  private long largest;
  private long repacked;

  BlockTensors(
      Architecture architecture,
      Attention attention,
      Quantization quantization,
      Optional<Quantization> valueTensors) {
    this.architecture = architecture;
    this.attention = attention;
    this.valueTensors = valueTensors;
    this.base = typeOf(quantization);
    this.mixed = quantization == Quantization.Q4_K_M;
  }

  private static TensorType typeOf(Quantization quantization) {
    return switch (quantization) {
      case Q4_K_M -> TensorType.Q4_K;
      case Q8_0 -> TensorType.Q8_0;
      case F16 -> TensorType.F16;
    };
  }

  Architecture architecture() {
    return architecture;
  }

  Attention attention() {
    return attention;
  }

  long embedding() {
    return base.bytes(architecture.embeddingLength(), architecture.vocabularySize());
  }

  /// Norm and matrix.
  long output() {
    int width = architecture.embeddingLength();
    TensorType type = mixed ? TensorType.Q6_K : base;
    return TensorType.F32.bytes(width, 1) + type.bytes(width, architecture.vocabularySize());
  }

  /// The frequency factors of Llama 3.1: one F32 for each pair of values in a head.
  long ropeFactors() {
    return architecture.family() == Family.LLAMA && attention instanceof GroupedHeads heads
        ? TensorType.F32.bytes(heads.headSize() / 2, 1)
        : 0;
  }

  long gate() {
    return base.bytes(architecture.embeddingLength(), architecture.feedForwardLength());
  }

  long plain() {
    return plain;
  }

  long padded() {
    return padded;
  }

  long experts() {
    return routed;
  }

  /// Bytes of the matrices that an AMX processor repacks.
  long repacked() {
    return repacked;
  }

  /// What AMX adds to that many bytes of such matrices: four to each block.
  long addedByAmx(long bytes) {
    return bytes / base.blockBytes() * 4;
  }

  private boolean isRepacked(TensorType type) {
    return type == base && (type == TensorType.Q4_K || type == TensorType.Q8_0);
  }

  long outputRepacked() {
    int width = architecture.embeddingLength();
    return !mixed && isRepacked(base) ? base.bytes(width, architecture.vocabularySize()) : 0;
  }

  long largest() {
    return largest;
  }

  /// Goes to a block; its sums are then to be read.
  void select(int block) {
    boolean higher = takesMoreBits(block, architecture.layers());
    Optional<Experts> experts = architecture.experts().filter(e -> block >= e.leadingDenseLayers());
    int kind = (higher ? 1 : 0) + (experts.isPresent() ? 2 : 0);
    if (kinds[kind] == null) {
      measure(higher, experts);
      kinds[kind] = new long[] {plain, padded, routed, largest, repacked};
    }
    plain = kinds[kind][0];
    padded = kinds[kind][1];
    routed = kinds[kind][2];
    largest = kinds[kind][3];
    repacked = kinds[kind][4];
  }

  private void measure(boolean higher, Optional<Experts> experts) {
    plain = 0;
    padded = 0;
    routed = 0;
    largest = 0;
    repacked = 0;
    int width = architecture.embeddingLength();
    vector(width);
    vector(width);
    // instanceof instead of a pattern switch, whose first use costs milliseconds at start-up
    if (attention instanceof GroupedHeads heads) {
      groupedHeads(heads, higher);
    } else if (attention instanceof FullHeads full) {
      latentHeads(full.sizes(), false);
    } else if (attention instanceof Latent latent) {
      latentHeads(latent.sizes(), true);
    }
    TensorType down = mixed && higher ? TensorType.Q6_K : base;
    if (experts.isPresent()) {
      mixtureOfExperts(experts.get(), down);
    } else {
      feedForward(architecture.feedForwardLength(), 1, down);
    }
  }

  /// llama-quant.cpp, use_more_bits.
  private static boolean takesMoreBits(int block, int blocks) {
    int eighth = blocks / 8;
    return block < eighth || block >= 7 * blocks / 8 || (block - eighth) % 3 == 2;
  }

  private void groupedHeads(GroupedHeads heads, boolean higher) {
    int width = architecture.embeddingLength();
    int queryWidth = heads.heads() * heads.headSize();
    matrix(base, width, queryWidth);
    matrix(base, width, heads.keyWidth());
    matrix(valueType(higher), width, heads.valueWidth());
    matrix(base, queryWidth, width);
    if (architecture.queryKeyValueBias()) {
      vector(queryWidth);
      vector(heads.keyWidth());
      vector(heads.valueWidth());
    }
    if (architecture.queryKeyNorm()) {
      vector(heads.headSize());
      vector(heads.headSize());
    }
  }

  private TensorType valueType(boolean higher) {
    if (valueTensors.isPresent()) {
      return typeOf(valueTensors.get());
    }
    if (!mixed) {
      return base;
    }
    if (higher) {
      return TensorType.Q6_K;
    }
    return architecture.layers() == BLOCKS_OF_THE_70B ? TensorType.Q5_K : base;
  }

  private void latentHeads(LatentSizes sizes, boolean compressed) {
    int width = architecture.embeddingLength();
    int heads = sizes.heads();
    vector(sizes.queryRank());
    vector(sizes.kvRank());
    matrix(base, width, sizes.queryRank());
    matrix(
        base,
        sizes.queryRank(),
        (long) heads * (sizes.noPositionHeadSize() + sizes.ropeHeadSize()));
    matrix(base, width, sizes.kvRank() + sizes.ropeHeadSize());
    matrix(base, (long) heads * sizes.valueHeadSize(), width);
    if (compressed) {
      matrix(base, sizes.noPositionHeadSize(), (long) sizes.kvRank() * heads);
      matrix(base, sizes.kvRank(), (long) sizes.valueHeadSize() * heads);
    } else {
      matrix(
          base,
          sizes.kvRank(),
          (long) heads * (sizes.noPositionHeadSize() + sizes.valueHeadSize()));
    }
  }

  private void mixtureOfExperts(Experts experts, TensorType down) {
    int width = architecture.embeddingLength();
    matrix(TensorType.F32, width, experts.count());
    vector(experts.count());
    long before = plain;
    feedForward(experts.feedForwardLength(), experts.count(), down);
    routed = plain - before;
    feedForward(experts.feedForwardLength() * experts.shared(), 1, down);
  }

  private void feedForward(int inner, int copies, TensorType down) {
    int width = architecture.embeddingLength();
    matrix(base, width, (long) inner * copies);
    matrix(base, width, (long) inner * copies);
    matrix(down, inner, (long) width * copies);
  }

  private void vector(int length) {
    matrix(TensorType.F32, length, 1);
  }

  private void matrix(TensorType wanted, long rowLength, long rows) {
    TensorType type = wanted.holdsRowsOf(rowLength) ? wanted : TensorType.Q5_0;
    long bytes = type.bytes(rowLength, rows);
    plain += bytes;
    repacked += isRepacked(type) ? bytes : 0;
    padded += type.bytesOnCuda(rowLength, rows);
    largest = Math.max(largest, bytes);
  }
}
