package dev.r1pick.fit.engine;

import dev.r1pick.fit.engine.ComputeBuffers.DevicePosition;
import dev.r1pick.fit.engine.Layout.Kind;
import dev.r1pick.fit.engine.Layout.Share;
import java.util.List;

/// Puts layers on GPUs as llama.cpp's fit does (common/fit.cpp): everything if it goes; else the
/// last layers, filling GPUs from the last one backwards; of a mixture of experts first everything
/// but the routed experts, then the experts of as many layers as still go.
public final class LayerPlacer {
  private final MemoryEstimator estimator;
  private final Weights weights;
  private final LoadShape shape;
  private final List<GpuSlot> slots;
  private final int blocks;

  public LayerPlacer(MemoryEstimator estimator, LoadShape shape, List<GpuSlot> slots) {
    this.estimator = estimator;
    this.weights = estimator.weights();
    this.shape = shape;
    this.slots = slots;
    this.blocks = weights.layers();
  }

  /// The layout that the engine would find.
  ///
  /// @param movesLayers whether layers may stay in RAM; where not, the whole layout comes back even
  ///   though it does not go
  /// @param movesExperts whether experts may go to RAM before layers do
  public Layout place(boolean movesLayers, boolean movesExperts) {
    if (slots.isEmpty()) {
      return cpuOnly(0);
    }
    Share[] even = evenly();
    if (goesWith(even)) {
      return whole(even, 0);
    }
    long missing;
    if (slots.size() == 1) {
      missing = even[0].total() - slots.getFirst().budget();
    } else {
      Fill fill = new Fill(true, false);
      if (fill.unplaced == 0 && fill.outputPlaced) {
        return whole(fill.shares, 0);
      }
      missing = fill.missing();
    }
    if (!movesLayers) {
      return whole(even, missing);
    }
    if (movesExperts && weights.hasExperts()) {
      return expertsInRam(missing);
    }
    return partly(missing);
  }

  /// Dealt in proportion to free memory.
  private Share[] evenly() {
    int gpus = slots.size();
    Share[] shares = new Share[gpus];
    long[] free = new long[gpus];
    for (int gpu = 0; gpu < gpus; gpu++) {
      free[gpu] = Math.max(1, slots.get(gpu).available());
    }
    int[] counts = gpus == 1 ? new int[] {blocks} : LayerSplit.proportional(blocks, free);
    int from = 0;
    for (int gpu = 0; gpu < gpus; gpu++) {
      boolean last = gpu == gpus - 1;
      shares[gpu] = share(gpu, from, from + counts[gpu], last, true, false);
      from += counts[gpu];
    }
    return shares;
  }

  private boolean goesWith(Share[] shares) {
    for (int gpu = 0; gpu < shares.length; gpu++) {
      if (shares[gpu].total() > slots.get(gpu).budget()) {
        return false;
      }
    }
    return true;
  }

  Share share(int gpu, int from, int to, boolean output, boolean whole, boolean withoutExperts) {
    int count = to - from;
    if (count == 0 && !output) {
      return Share.NONE;
    }
    ComputeForm form = slots.get(gpu).form();
    DevicePosition position = LayerSplit.position(gpu, slots.size());
    long bytes = weights.onDevice(form, from, to, output);
    int hostBlocks = withoutExperts ? blocks : Math.max(1, from);
    return new Share(
        count,
        output,
        withoutExperts ? bytes - weights.expertsBetween(from, to) : bytes,
        estimator.kvCache(form, shape, count),
        (whole
                ? estimator.deviceCompute(form, shape, position, count)
                : estimator.partlyDeviceCompute(form, shape, hostBlocks))
            + RuntimePool.of(slots.get(gpu), shape, weights, output));
  }

  private Layout whole(Share[] shares, long missing) {
    return new Layout(Kind.WHOLE, List.of(shares), blocks, 0, weights.onHost(0, false), 0, missing);
  }

  /// Everything on the GPUs, though it does not go.
  Layout wholeMissing(long missing) {
    return whole(evenly(), missing);
  }

  /// Nothing on the GPUs, since nothing goes.
  Layout withoutGpus(long missing) {
    return cpuOnly(missing);
  }

  private Layout cpuOnly(long missing) {
    return new Layout(
        Kind.CPU_ONLY, List.of(), 0, blocks, weights.onHost(blocks, true), blocks, missing);
  }

  private Layout partly(long missing) {
    Fill fill = new Fill(false, false);
    if (fill.unplaced == 0) {
      fill.giveBackFirstBlock();
    }
    if (!fill.outputPlaced) {
      return cpuOnly(missing);
    }
    return new Layout(
        Kind.PARTLY,
        List.of(fill.shares),
        blocks - fill.unplaced,
        fill.unplaced,
        weights.onHost(fill.unplaced, false),
        fill.unplaced,
        missing);
  }

  private Layout expertsInRam(long missing) {
    Fill fill = new Fill(false, true);
    if (!fill.outputPlaced) {
      return cpuOnly(missing);
    }
    int full = 0;
    Share[] shares = fill.shares;
    if (fill.unplaced == 0) {
      shares = new Share[slots.size()];
      full = bringExpertsBack(fill, shares);
    }
    long hostExperts = weights.expertsBetween(fill.unplaced + full, blocks);
    return new Layout(
        Kind.EXPERTS_IN_RAM,
        List.of(shares),
        full,
        blocks - full,
        weights.onHost(fill.unplaced, false) + hostExperts,
        fill.unplaced,
        missing);
  }

  /// Fills GPUs from the first one with whole layers; the last one keeps the rest without experts.
  /// Where the rest needs more than one GPU, layers stay as they were filled.
  ///
  /// @return blocks that are whole again
  private int bringExpertsBack(Fill fill, Share[] shares) {
    int last = slots.size() - 1;
    System.arraycopy(fill.shares, 0, shares, 0, shares.length);
    if (fill.shares[last].blocks() < blocks) {
      return 0;
    }
    int next = 0;
    for (int gpu = 0; gpu < last; gpu++) {
      int end = next;
      Share taken = Share.NONE;
      while (end < blocks - 1) {
        Share more = share(gpu, next, end + 1, false, false, true);
        more = withExperts(more, next, end + 1);
        if (more.total() > slots.get(gpu).budget()) {
          break;
        }
        taken = more;
        end++;
      }
      shares[gpu] = taken;
      next = end;
    }
    Share rest = share(last, next, blocks, true, false, true);
    int full = next;
    while (full < blocks - 1
        && withExperts(rest, next, full + 1).total() <= slots.get(last).budget()) {
      full++;
    }
    shares[last] = withExperts(rest, next, full);
    return full;
  }

  private Share withExperts(Share share, int from, int to) {
    return new Share(
        share.blocks(),
        share.output(),
        share.weights() + weights.expertsBetween(from, to),
        share.kvCache(),
        share.compute());
  }

  /// Layers put back to front, GPU after GPU.
  private final class Fill {
    private final Share[] shares = new Share[slots.size()];
    private final boolean whole;
    private final boolean withoutExperts;
    private boolean outputPlaced;
    private int unplaced = blocks;

    Fill(boolean whole, boolean withoutExperts) {
      this.whole = whole;
      this.withoutExperts = withoutExperts;
      for (int gpu = shares.length - 1; gpu >= 0; gpu--) {
        shares[gpu] = most(gpu);
        unplaced -= shares[gpu].blocks();
        outputPlaced |= shares[gpu].output();
      }
    }

    private Share most(int gpu) {
      long budget = slots.get(gpu).budget();
      int low = 0;
      int high = unplaced;
      Share best = Share.NONE;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        Share tried = share(gpu, unplaced - middle, unplaced, !outputPlaced, whole, withoutExperts);
        if (tried.total() <= budget) {
          best = tried;
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return best;
    }

    /// Without copies for a pipeline everything goes, with them it does not: the engine stops one
    /// layer short.
    void giveBackFirstBlock() {
      for (int gpu = 0; gpu < shares.length; gpu++) {
        Share held = shares[gpu];
        if (held.blocks() > 0) {
          shares[gpu] = share(gpu, 1, held.blocks(), held.output(), false, withoutExperts);
          unplaced = 1;
          return;
        }
      }
    }

    /// What did not find room: weights and KV cache of the layers in front, at least one byte.
    long missing() {
      ComputeForm form = slots.getFirst().form();
      long bytes =
          weights.onDevice(form, 0, unplaced, !outputPlaced)
              + estimator.kvCache(form, shape, unplaced);
      return Math.max(1, bytes);
    }
  }
}
