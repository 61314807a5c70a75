package dev.r1pick.fit.engine;

import java.util.List;

/// Where the blocks of a model are put, in bytes per place.
///
/// @param kind how it is put
/// @param shares what each GPU holds, in the engine's order; GPUs that hold nothing have no layers
/// @param gpuBlocks blocks that are wholly on GPUs
/// @param hostBlocks blocks with weights in system memory
/// @param hostWeights bytes of weights in system memory
/// @param hostKvLayers layers whose KV cache is in system memory
/// @param missing GPU memory that is missing to hold everything; zero where it is whole
public record Layout(
    Kind kind,
    List<Share> shares,
    int gpuBlocks,
    int hostBlocks,
    long hostWeights,
    int hostKvLayers,
    long missing) {

  public Layout {
    shares = List.copyOf(shares);
  }

  /// How a model is put.
  public enum Kind {
    WHOLE,
    PARTLY,
    /// The last blocks on GPUs, the output layer in system memory.
    PARTLY_WITHOUT_OUTPUT,
    EXPERTS_IN_RAM,
    CPU_ONLY
  }

  /// What one GPU holds.
  ///
  /// @param blocks blocks with at least their attention there
  /// @param output whether the output layer is there
  /// @param weights bytes
  /// @param kvCache bytes
  /// @param compute bytes
  public record Share(int blocks, boolean output, long weights, long kvCache, long compute) {
    static final Share NONE = new Share(0, false, 0, 0, 0);

    public long total() {
      return weights + kvCache + compute;
    }

    public int layers() {
      return blocks + (output ? 1 : 0);
    }
  }

  public int usedGpus() {
    int used = 0;
    for (Share share : shares) {
      used += share.layers() > 0 ? 1 : 0;
    }
    return used;
  }
}
