package dev.r1pick.fit.engine;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.Architecture.Family;
import dev.r1pick.catalog.Attention;
import dev.r1pick.fit.engine.Layout.Kind;
import dev.r1pick.fit.engine.Layout.Share;
import java.util.List;

/// Puts layers on GPUs as Ollama up to 0.24 did for models that ran in llama.cpp: by an estimate of
/// its own, in which attention never is flash attention (fs/ggml/ggml.go, GraphSize; llm/server.go,
/// buildLayout, assignLayers, greedyFit). What the engine then allocates is less as a rule, and the
/// rest stays unused.
///
/// Up to 0.12.10 layers were dealt to several GPUs one by one (llm/memory.go), which comes to the
/// same capacity on equal GPUs.
public final class OwnLayoutPlacer {
  private final MemoryEstimator estimator;
  private final Weights weights;
  private final LoadShape shape;
  private final List<GpuSlot> slots;
  private final int blocks;
  private final LayerPlacer engine;

  /// For slots whose margin holds Ollama's reserve and the first layer.
  public OwnLayoutPlacer(MemoryEstimator estimator, LoadShape shape, List<GpuSlot> slots) {
    this.estimator = estimator;
    this.weights = estimator.weights();
    this.shape = shape;
    this.slots = slots;
    this.blocks = weights.layers();
    this.engine = new LayerPlacer(estimator, shape, slots);
  }

  /// The layout that Ollama would choose.
  ///
  /// @param movesLayers whether layers may stay in RAM; where not, what is missing is told
  /// @param spreads whether every GPU takes part even where fewer would do (`OLLAMA_SCHED_SPREAD`)
  public Layout place(boolean movesLayers, boolean spreads) {
    if (slots.isEmpty()) {
      return engine.place(movesLayers, false);
    }
    int[] order = byFreeMemory();
    for (int used = spreads ? slots.size() : 1; used <= slots.size(); used++) {
      int[] layers = fit(order, used, blocks + 1);
      if (sum(layers) == blocks + 1) {
        return whole(balanced(order, used, blocks + 1, layers));
      }
    }
    long missing = Math.max(1, need() - room(order.length));
    if (!movesLayers) {
      return engine.wholeMissing(missing);
    }
    // blocks go before the output layer, which then is not offloaded
    int[] layers = fit(order, slots.size(), blocks);
    return partly(balanced(order, slots.size(), blocks, layers), missing);
  }

  /// The GPU with the most free memory first.
  private int[] byFreeMemory() {
    int[] order = new int[slots.size()];
    for (int i = 0; i < order.length; i++) {
      int at = i;
      while (at > 0 && slots.get(order[at - 1]).budget() < slots.get(i).budget()) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = i;
    }
    return order;
  }

  private long layer(int index) {
    return index == blocks
        ? weights.outputLayer().count()
        : weights.block(index).count() + estimator.kvPerLayer(shape);
  }

  private long need() {
    long bytes = 0;
    for (int i = 0; i <= blocks; i++) {
      bytes += layer(i);
    }
    return bytes;
  }

  private long room(int gpus) {
    long bytes = 0;
    for (int i = 0; i < gpus; i++) {
      bytes += capacity(slots.get(i));
    }
    return bytes;
  }

  private long capacity(GpuSlot slot) {
    return Math.max(0, slot.budget() - graph(slot));
  }

  private int[] fit(int[] order, int used, int count) {
    return greedy(order, used, count, 1);
  }

  /// The same number of layers with as little of each GPU as possible.
  private int[] balanced(int[] order, int used, int count, int[] most) {
    int[] best = most;
    int wanted = sum(most);
    double low = 0;
    double high = 1;
    while (high - low > 1e-6) {
      double middle = (low + high) / 2;
      int[] tried = greedy(order, used, count, middle);
      if (sum(tried) == wanted) {
        best = tried;
        high = middle;
      } else {
        low = middle;
      }
    }
    return best;
  }

  /// Layers from the last one on go to the last GPU, then to the one before.
  ///
  /// @return layers by slot
  private int[] greedy(int[] order, int used, int count, double share) {
    int[] layers = new int[slots.size()];
    int at = used - 1;
    long free = (long) (capacity(slots.get(order[at])) * share);
    for (int i = count - 1; i >= 0; i--) {
      while (layer(i) > free) {
        if (--at < 0) {
          return layers;
        }
        free = (long) (capacity(slots.get(order[at])) * share);
      }
      layers[order[at]]++;
      free -= layer(i);
    }
    return layers;
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  /// Blocks in the engine's order of GPUs; what is really allocated may still be more than there
  /// is, and the load then fails.
  private Layout whole(int[] layers) {
    Share[] shares = shares(layers, 0, true);
    long missing = 0;
    for (int gpu = 0; gpu < shares.length; gpu++) {
      missing += Math.max(0, shares[gpu].total() - slots.get(gpu).available());
    }
    return new Layout(Kind.WHOLE, List.of(shares), blocks, 0, weights.onHost(0, false), 0, missing);
  }

  private Layout partly(int[] layers, long missing) {
    int placed = sum(layers);
    if (placed == 0) {
      return engine.withoutGpus(missing);
    }
    int inRam = blocks - placed;
    return new Layout(
        Kind.PARTLY_WITHOUT_OUTPUT,
        List.of(shares(layers, inRam, false)),
        placed,
        inRam,
        weights.onHost(inRam, true),
        inRam,
        missing);
  }

  private Share[] shares(int[] layers, int from, boolean output) {
    Share[] shares = new Share[layers.length];
    int last = lastUsed(layers);
    int next = from;
    for (int gpu = 0; gpu < layers.length; gpu++) {
      boolean withOutput = output && gpu == last;
      int end = next + layers[gpu] - (withOutput ? 1 : 0);
      shares[gpu] = engine.share(gpu, next, end, withOutput, output, false);
      next = end;
    }
    return shares;
  }

  private static int lastUsed(int[] layers) {
    for (int gpu = layers.length - 1; gpu > 0; gpu--) {
      if (layers[gpu] > 0) {
        return gpu;
      }
    }
    return 0;
  }

  /// What Ollama reserves on each GPU for computing: the larger of its two estimates.
  private long graph(GpuSlot slot) {
    Architecture model = weights.architecture();
    Attention attention = weights.attention();
    long batch = shape.microBatch();
    long context = shape.cells();
    long width = model.embeddingLength();
    long vocabulary = model.vocabularySize();
    long heads = attention.heads();
    long logits = 4 * batch * (width + vocabulary);
    long partialLogits = logits + width * vocabulary * 105 / 128;
    long full;
    long partial;
    if (model.family() == Family.LLAMA && attention instanceof Attention.GroupedHeads grouped) {
      full = Math.max(4 * batch * (1 + 4 * width + context * (1 + heads)), logits);
      partial =
          4 * batch * width
              + Math.max(
                  4 * batch * (1 + width + Math.max(context, width))
                      + width * width * 9 / 16
                      + 4 * context * (batch * heads + grouped.keyWidth()),
                  partialLogits);
    } else if (model.family() == Family.QWEN2) {
      full = Math.max(logits, 4 * batch * (1 + 2 * width + context + context * heads));
      partial =
          Math.max(
              partialLogits,
              4 * (batch * (1 + 2 * width + context * (1 + heads)) + width * (1 + context)));
    } else if (model.family() == Family.DEEPSEEK2) {
      long keys = attention.keyWidth();
      full =
          4
              * batch
              * Math.max(3 * width + vocabulary, 3 * width + 2 + context * (1 + heads) + 2 * keys);
      partial =
          Math.max(
              4 * batch * (3 * width + vocabulary) + width * vocabulary * 105 / 128,
              4 * batch * (2 * width + 1 + 2 * keys + context + context * heads)
                  + 4 * context * keys
                  + width * keys * 9 / 16);
    } else {
      long groups =
          attention instanceof Attention.GroupedHeads grouped ? heads / grouped.kvHeads() : 1;
      full = groups * blocks * estimator.kvPerLayer(shape) / 6;
      partial = full;
    }
    return slot.form() == ComputeForm.METAL ? full : Math.max(full, partial);
  }
}
