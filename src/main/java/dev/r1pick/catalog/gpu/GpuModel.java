package dev.r1pick.catalog.gpu;

import dev.r1pick.catalog.Certainty;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A kind of GPU as its data sheet describes it.
///
/// @param name as the driver prints it, with the vendor
/// @param aliases other spellings
/// @param vendor for example `NVIDIA`
/// @param form discrete card, laptop part, system on chip …
/// @param memorySizes every memory size it was sold with; of the machine where memory is unified
/// @param reportedMemorySizes what the driver reports of each of them, in their order; empty where
///   that is about the size itself
/// @param bandwidth theoretical peak of its memory
/// @param bandwidthCertainty how sure the bandwidth is
/// @param halfPrecisionTflops dense FP16 rate in 10^12 operations per second, tensor units
///   included; empty where it is not known
/// @param generation for example `Ada`, `M3`, `RDNA3`: speed constants go by it
/// @param computeCapability NVIDIA only, for example `8.9`
/// @param gfxTarget AMD only, for example `gfx1100`
/// @param unified whether its memory is the system's RAM
/// @param gpuCores GPU cores, where several chips share one name (Apple)
/// @param pciIds `vendor:device` in hex, and `vendor:device:revision` where that tells it from
///   other kinds of one id; one id can stand for several memory sizes
/// @param modifiedMemorySizes sizes that carry the same name and are not meant by it alone: rebuilt
///   boards, rare builds
/// @param devicesPerBoard how many such devices sit on one board; every figure here is for one
/// @param halfPrecisionCertainty how sure that rate is
/// @param market what buying one means
/// @param sources ids of the sources in the GPU file
public record GpuModel(
    String name,
    List<String> aliases,
    String vendor,
    Form form,
    List<Bytes> memorySizes,
    List<Bytes> reportedMemorySizes,
    Bandwidth bandwidth,
    Certainty bandwidthCertainty,
    OptionalDouble halfPrecisionTflops,
    String generation,
    Optional<String> computeCapability,
    Optional<String> gfxTarget,
    boolean unified,
    Optional<Integer> gpuCores,
    List<String> pciIds,
    List<Bytes> modifiedMemorySizes,
    int devicesPerBoard,
    Certainty halfPrecisionCertainty,
    GpuMarket market,
    List<String> sources) {

  public GpuModel {
    aliases = List.copyOf(aliases);
    memorySizes = List.copyOf(memorySizes);
    reportedMemorySizes = List.copyOf(reportedMemorySizes);
    pciIds = List.copyOf(pciIds);
    modifiedMemorySizes = List.copyOf(modifiedMemorySizes);
    sources = List.copyOf(sources);
  }

  /// Whether it exists with that much memory, rebuilt boards included.
  public boolean existsWith(Bytes memory) {
    return memorySizes.contains(memory) || modifiedMemorySizes.contains(memory);
  }

  /// What the driver reports of a card sold with that much memory: 22.5 of 24 GiB where error
  /// correction takes its part, which decides Ollama's default context.
  public Bytes reported(Bytes size) {
    int at = memorySizes.indexOf(size);
    return at >= 0 && at < reportedMemorySizes.size() ? reportedMemorySizes.get(at) : size;
  }

  /// A slice of one device (MIG instance, memory partition) with that much of its memory: as large
  /// a share of the bandwidth, and an unknown share of the arithmetic, which memory does not tell.
  /// Where the name was sold with several sizes the largest is meant, which promises least.
  ///
  /// @return empty if the size of the whole device is not known
  public Optional<GpuModel> slice(Bytes memory) {
    if (memorySizes.isEmpty() || memory.isZero()) {
      return Optional.empty();
    }
    double share = Math.min(1, memory.inGiB() / memorySizes.getLast().inGiB());
    long perSecond = Math.max(1, Math.round(bandwidth.bytesPerSecond() * share));
    return Optional.of(
        new GpuModel(
            name,
            aliases,
            vendor,
            form,
            memorySizes,
            reportedMemorySizes,
            new Bandwidth(perSecond),
            Certainty.DERIVED,
            OptionalDouble.empty(),
            generation,
            computeCapability,
            gfxTarget,
            unified,
            gpuCores,
            pciIds,
            modifiedMemorySizes,
            devicesPerBoard,
            halfPrecisionCertainty,
            market,
            sources));
  }

  /// What kind of part it is.
  public enum Form {
    /// A card.
    DISCRETE,
    /// A laptop part, slower than the card of the same name.
    LAPTOP,
    /// A system on chip with unified memory.
    SOC,
    /// A CPU with a strong GPU inside.
    APU,
    /// A CPU with a display GPU inside.
    IGPU,
    /// A data-centre accelerator without display.
    ACCELERATOR
  }
}
