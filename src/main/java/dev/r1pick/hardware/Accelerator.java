package dev.r1pick.hardware;

import dev.r1pick.units.Bytes;
import java.util.Optional;

/// One GPU, MIG instance or memory partition.
///
/// @param name as the driver prints it, cleaned of control characters
/// @param vendor lower case, for example `nvidia`
/// @param kind what it is
/// @param memory what it can hold
/// @param usability whether Ollama would use it
/// @param identity what tells it apart from others and links it to the catalog
public record Accelerator(
    String name, String vendor, Kind kind, Memory memory, Usability usability, Identity identity) {

  /// The same device, judged otherwise.
  public Accelerator withUsability(Usability other) {
    return new Accelerator(name, vendor, kind, memory, other, identity);
  }

  /// What an accelerator is.
  public enum Kind {
    DISCRETE,
    INTEGRATED,
    MIG_INSTANCE,
    VGPU,
    PARTITION,
    /// A server's management chip.
    BMC,
    VIRTUAL
  }

  /// The memory that a model can have there.
  ///
  /// @param total the most it can be given; empty where that cannot be known
  /// @param totalIsLowerBound the only readable number is a floor
  /// @param free how much of it can be had now; empty where that cannot be known, never the total
  /// @param reserved what the driver keeps for itself, where it tells
  /// @param pool how it relates to system RAM
  /// @param unified whether it is system RAM in hardware
  /// @param basis how the figures were found out, in a few words; empty where it is the usual way
  public record Memory(
      Optional<Bytes> total,
      boolean totalIsLowerBound,
      Optional<Bytes> free,
      Optional<Bytes> reserved,
      Pool pool,
      boolean unified,
      Optional<String> basis) {

    /// Figures that are what they seem to be.
    public static Memory of(
        Optional<Bytes> total, Optional<Bytes> free, Pool pool, boolean unified) {
      Optional<Bytes> had =
          free.isPresent() && total.isPresent() ? Optional.of(free.get().min(total.get())) : free;
      return new Memory(total, false, had, Optional.empty(), pool, unified, Optional.empty());
    }

    /// Neither figure can be known.
    public static Memory unknown(Pool pool, boolean unified) {
      return of(Optional.empty(), Optional.empty(), pool, unified);
    }

    /// The same with the source of the figures.
    public Memory from(String source) {
      return new Memory(
          total, totalIsLowerBound, free, reserved, pool, unified, Optional.of(source));
    }
  }

  /// How the memory of an accelerator relates to system RAM.
  public enum Pool {
    /// Its own.
    DEDICATED,
    /// Cut off from RAM before the system starts: stands beside [Ram#total].
    CARVE_OUT,
    /// The same bytes as RAM: never add the two.
    SHARED,
    /// No memory of interest.
    NONE
  }

  /// What tells one device from another.
  ///
  /// @param pciAddress for example `0000:2d:00.0`
  /// @param pciId `vendor:device` in lower-case hex
  /// @param uuid of the driver; never written into reports and recordings
  /// @param driverVersion as the driver prints it
  /// @param computeCapability NVIDIA only, for example `8.6`
  /// @param gfxTarget AMD only, for example `gfx1100`
  /// @param gpuCores GPU cores (Apple), which tell chips of one name apart
  public record Identity(
      Optional<String> pciAddress,
      Optional<String> pciId,
      Optional<String> uuid,
      Optional<String> driverVersion,
      Optional<String> computeCapability,
      Optional<String> gfxTarget,
      Optional<Integer> gpuCores) {

    /// Nothing known.
    public static final Identity UNKNOWN =
        new Identity(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /// A device that only its place on the bus tells apart.
    public static Identity ofPci(Optional<String> address, String id) {
      return new Identity(
          address,
          Optional.of(id),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }
}
