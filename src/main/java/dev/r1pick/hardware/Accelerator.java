package dev.r1pick.hardware;

import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import java.util.Optional;

/// One GPU, MIG instance or memory partition.
///
/// @param name as the driver prints it, cleaned of control characters
/// @param vendor who made it
/// @param kind what it is
/// @param memory what it can hold
/// @param condition what the machine says of it
/// @param identity what tells it apart from others and links it to the catalog
/// @param usability whether Ollama would use it, as [UsabilityRules] derive it from the rest
public record Accelerator(
    String name,
    Vendor vendor,
    Kind kind,
    Memory memory,
    DeviceCondition condition,
    Identity identity,
    Usability usability) {

  /// A device that was found and not judged yet: it counts as unsupported until it is.
  public Accelerator(
      String name,
      Vendor vendor,
      Kind kind,
      Memory memory,
      DeviceCondition condition,
      Identity identity) {
    this(
        name,
        vendor,
        kind,
        memory,
        condition,
        identity,
        Usability.NotUsable.because(Usability.WhyNot.UNSUPPORTED_BY_OLLAMA));
  }

  /// A device of which its user says what drives it.
  public static Accelerator told(
      String name, Vendor vendor, Kind kind, Memory memory, Backend backend, Identity identity) {
    return new Accelerator(
        name,
        vendor,
        kind,
        memory,
        new DeviceCondition.Told(backend),
        identity,
        new Usability.Usable(backend));
  }

  /// The same device under another name.
  public Accelerator withName(String other) {
    return new Accelerator(other, vendor, kind, memory, condition, identity, usability);
  }

  /// The same device, judged otherwise.
  public Accelerator withUsability(Usability other) {
    return new Accelerator(name, vendor, kind, memory, condition, identity, other);
  }

  /// The same device with other memory.
  public Accelerator withMemory(Memory other) {
    return new Accelerator(name, vendor, kind, other, condition, identity, usability);
  }

  /// The same device with what tells it apart.
  public Accelerator withIdentity(Identity other) {
    return new Accelerator(name, vendor, kind, memory, condition, other, usability);
  }

  /// The same device in another condition.
  public Accelerator withCondition(DeviceCondition other) {
    return new Accelerator(name, vendor, kind, memory, other, identity, usability);
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
}
