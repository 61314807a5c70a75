package dev.r1pick.fit.engine;

import dev.r1pick.fit.engine.ComputeBuffers.DevicePosition;

/// How llama.cpp deals layers to several GPUs when everything is offloaded.
public final class LayerSplit {
  private LayerSplit() {}

  /// Blocks on each GPU where layers are dealt in proportion to free memory (llama-model.cpp,
  /// load_tensors): a layer goes to the first GPU whose share of the sum lies beyond it. The output
  /// layer is dealt as the layer after the last block.
  ///
  /// @param blocks blocks of the model
  /// @param free free memory of each GPU; at least one is positive
  public static int[] proportional(int blocks, long[] free) {
    double sum = 0;
    for (long bytes : free) {
      sum += bytes;
    }
    int[] counts = new int[free.length];
    int gpu = 0;
    double dealt = free[0];
    float reached = (float) (dealt / sum);
    for (int layer = 0; layer < blocks; layer++) {
      while (gpu < free.length - 1 && layer / (float) (blocks + 1) >= reached) {
        gpu++;
        dealt += free[gpu];
        reached = (float) (dealt / sum);
      }
      counts[gpu]++;
    }
    return counts;
  }

  /// Where a GPU stands among several.
  public static DevicePosition position(int gpu, int gpus) {
    if (gpus == 1) {
      return DevicePosition.ONLY;
    }
    return gpu == 0
        ? DevicePosition.FIRST
        : gpu == gpus - 1 ? DevicePosition.LAST : DevicePosition.MIDDLE;
  }
}
