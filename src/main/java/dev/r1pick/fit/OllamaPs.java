package dev.r1pick.fit;

import dev.r1pick.hardware.Cpu;
import dev.r1pick.ollama.Era;
import dev.r1pick.units.Bytes;
import java.util.Optional;

/// What `ollama ps` shows of a load since 0.30 (llm/llama_server.go, MemorySize): the buffers on
/// GPUs where all layers are there, those in RAM where none is, else both. A processor with AMX
/// keeps its matrices in a buffer of their own, which Ollama takes for a GPU's.
///
/// @param size the whole
/// @param gpuPercent the share that it calls GPU
/// @param amx whether that share is AMX, and no GPU
public record OllamaPs(Bytes size, int gpuPercent, boolean amx) {

  /// Of a load; empty before 0.30, which showed an estimate of its own.
  public static Optional<OllamaPs> of(LoadPlan plan, Era era, Cpu cpu, Bytes tokenEmbedding) {
    if (era != Era.C) {
      return Optional.empty();
    }
    Bytes onGpus = Bytes.ZERO;
    for (DeviceLoad device : plan.devices()) {
      onGpus = onGpus.plus(device.total());
    }
    if (plan.devices().isEmpty()) {
      boolean amx = cpu.features().contains("amx_int8");
      Bytes repacked = amx ? plan.host().weights().minusOrZero(tokenEmbedding) : Bytes.ZERO;
      return Optional.of(shown(plan.host().total(), repacked, amx));
    }
    Bytes whole = plan.placement().cpuLayers() == 0 ? onGpus : plan.total();
    return Optional.of(shown(whole, onGpus, false));
  }

  private static OllamaPs shown(Bytes size, Bytes onGpu, boolean amx) {
    double inRam = 100.0 * size.minusOrZero(onGpu).count() / Math.max(1, size.count());
    return new OllamaPs(size, 100 - (int) Math.round(inRam), amx);
  }

  /// The size as `ollama ps` writes it (format/bytes.go): decimal, whole from 10 on.
  public String sizeText() {
    double gigabytes = size.count() / 1e9;
    if (gigabytes >= 10) {
      return (int) gigabytes + " GB";
    }
    long tenths = Math.round(gigabytes * 10);
    return tenths / 10 + "." + tenths % 10 + " GB";
  }

  /// What it writes below PROCESSOR.
  public String processorText() {
    return switch (gpuPercent) {
      case 0 -> "100% CPU";
      case 100 -> "100% GPU";
      default -> 100 - gpuPercent + "%/" + gpuPercent + "% CPU/GPU";
    };
  }
}
