package dev.r1pick.fit;

/// Where the layers of a model go. The output layer is counted as a layer, as llama.cpp's log does.
public sealed interface Placement {

  /// Layers on GPUs.
  int gpuLayers();

  /// Layers in system RAM.
  int cpuLayers();

  /// Everything on one GPU.
  record AllOnGpu(int gpuLayers) implements Placement {
    @Override
    public int cpuLayers() {
      return 0;
    }
  }

  /// Everything on several GPUs, one after the other (layer split).
  record SplitAcrossGpus(int gpuLayers, int gpus) implements Placement {
    @Override
    public int cpuLayers() {
      return 0;
    }
  }

  /// The last layers on one or more GPUs, the first ones in RAM.
  record PartlyOffloaded(int gpuLayers, int cpuLayers) implements Placement {}

  /// A mixture of experts with attention and shared weights on the GPU, and the routed experts of
  /// some layers in RAM.
  ///
  /// @param gpuLayers layers that are wholly on the GPU
  /// @param cpuLayers layers whose experts are in RAM
  record ExpertsInRam(int gpuLayers, int cpuLayers) implements Placement {}

  /// No GPU takes part.
  record CpuOnly(int cpuLayers) implements Placement {
    @Override
    public int gpuLayers() {
      return 0;
    }
  }
}
