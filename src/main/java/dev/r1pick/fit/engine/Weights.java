package dev.r1pick.fit.engine;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Quantization;
import dev.r1pick.units.Bytes;
import java.util.Optional;

/// The exact bytes of the tensors of one file, summed once so that any split is a subtraction.
///
/// Sizes follow the engine's own quantizer: they equal the measured buffers of every file to the
/// byte, on CUDA with its padding of odd rows.
public final class Weights {
  private final Architecture architecture;
  private final Attention attention;
  private final long embedding;
  private final long output;
  private final long shared;
  private final long gate;
  private final long addedByAmx;

  /// Sums over the blocks before the index: as in the file, on CUDA, of the routed experts.
  private final long[] plain;

  private final long[] padded;
  private final long[] experts;

  /// The largest tensor among the blocks before the index.
  private final long[] largest;

  private Weights(BlockTensors tensors) {
    this.architecture = tensors.architecture();
    this.attention = tensors.attention();
    this.embedding = tensors.embedding();
    this.output = tensors.output();
    this.shared = tensors.ropeFactors();
    this.gate = tensors.gate();
    int layers = architecture.layers();
    plain = new long[layers + 1];
    padded = new long[layers + 1];
    experts = new long[layers + 1];
    largest = new long[layers + 1];
    long repacked = 0;
    for (int block = 0; block < layers; block++) {
      tensors.select(block);
      plain[block + 1] = plain[block] + tensors.plain();
      padded[block + 1] = padded[block] + tensors.padded();
      experts[block + 1] = experts[block] + tensors.experts();
      largest[block + 1] = Math.max(largest[block], tensors.largest());
      repacked += tensors.repacked();
    }
    addedByAmx = tensors.addedByAmx(repacked + tensors.outputRepacked());
  }

  /// The weights of a tag, in the layout that the catalog plans with.
  public static Weights of(ModelTag tag) {
    Architecture architecture = tag.variant().architecture();
    return of(architecture, architecture.attention(), tag.quantization(), tag.valueTensors());
  }

  /// The weights of any file of a variant.
  ///
  /// @param attention the layout of the file, which for the 671B can be the other one
  /// @param valueTensors the type of `attn_v` where it departs from the recipe
  public static Weights of(
      Architecture architecture,
      Attention attention,
      Quantization quantization,
      Optional<Quantization> valueTensors) {
    return new Weights(new BlockTensors(architecture, attention, quantization, valueTensors));
  }

  /// All tensors of the file.
  public Bytes total() {
    return Bytes.of(embedding + output + shared + plain[layers()]);
  }

  /// `token_embd`, which stays in system memory whatever is offloaded.
  public Bytes tokenEmbedding() {
    return Bytes.of(embedding);
  }

  /// The output norm and matrix: the layer after the last block.
  public Bytes outputLayer() {
    return Bytes.of(output);
  }

  /// What a processor with AMX takes beside it where no GPU takes part: it repacks Q4_K and Q8_0
  /// matrices to 148 bytes a block instead of 144, and 38 instead of 34 (seen in 97 loads).
  public long addedByAmx() {
    return addedByAmx;
  }

  /// One block.
  ///
  /// @param index 0 to layers - 1
  public Bytes block(int index) {
    return Bytes.of(plain[index + 1] - plain[index]);
  }

  /// The feed-forward matrices of the routed experts of one block; zero in a dense one.
  ///
  /// @param index 0 to layers - 1
  public Bytes routedExperts(int index) {
    return Bytes.of(experts[index + 1] - experts[index]);
  }

  Architecture architecture() {
    return architecture;
  }

  Attention attention() {
    return attention;
  }

  /// Blocks, without the output layer.
  public int layers() {
    return plain.length - 1;
  }

  /// Bytes in one GPU's buffer of blocks `from` (included) to `to` (excluded), and of the output
  /// layer; every GPU that has a block has its own copy of the rope factors.
  public long onDevice(ComputeForm form, int from, int to, boolean withOutput) {
    long[] sums = form == ComputeForm.CUDA ? padded : plain;
    return (sums[to] - sums[from]) + (to > from ? shared : 0) + (withOutput ? output : 0);
  }

  /// Bytes in system memory where the first blocks stay there.
  public long onHost(int blocks, boolean withOutput) {
    return embedding + plain[blocks] + (blocks > 0 ? shared : 0) + (withOutput ? output : 0);
  }

  long outputBytes() {
    return output;
  }

  /// Routed experts of blocks `from` to `to`.
  long expertsBetween(int from, int to) {
    return experts[to] - experts[from];
  }

  boolean hasExperts() {
    return experts[layers()] > 0;
  }

  /// The largest tensor among the first blocks: the most that is streamed to a GPU at once.
  long largestTensorOf(int blocks) {
    return largest[blocks];
  }

  /// `ffn_gate` of a dense block.
  long gate() {
    return gate;
  }
}
