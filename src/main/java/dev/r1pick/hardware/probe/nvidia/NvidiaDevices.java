package dev.r1pick.hardware.probe.nvidia;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.DeviceCondition;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Identity.Jetson;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.hardware.probe.common.ProbeContext;
import dev.r1pick.hardware.probe.nvidia.NvidiaProbe.State;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.hardware.probe.pci.PciGpu.Driver;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Joins what `nvidia-smi` and the bus say, and judges each GPU.
public final class NvidiaDevices {
  private final ProbeContext around;
  private final NvidiaProbe.Answer answer;
  private final List<PciGpu> onBus;
  private final Optional<NvidiaProbe.Jetson> jetson;
  private final boolean job;

  /// @param onBus NVIDIA's devices on the PCI bus
  /// @param job whether a scheduler gave this process its devices
  public NvidiaDevices(
      ProbeContext around,
      NvidiaProbe.Answer answer,
      List<PciGpu> onBus,
      Optional<NvidiaProbe.Jetson> jetson,
      boolean job) {
    this.job = job;
    this.around = around;
    this.answer = answer;
    this.onBus = List.copyOf(onBus);
    this.jetson = jetson;
  }

  /// All of them: first those that the tool listed, in its order, then those that only the bus
  /// shows.
  public List<Accelerator> all() {
    var devices = new ArrayList<Accelerator>();
    var unlisted = new ArrayList<PciGpu>(onBus);
    int strangers = 0;
    for (int i = 0; i < answer.rows().size(); i++) {
      NvidiaSmi.Row row = answer.rows().get(i);
      Optional<PciGpu> card = cardAt(row.pciAddress());
      card.ifPresent(unlisted::remove);
      strangers += card.isEmpty() ? 1 : 0;
      if (row.isCutIntoInstances()) {
        devices.addAll(instances(row, card, answer.instances().getOrDefault(i, List.of())));
      } else {
        devices.add(device(row, card));
      }
    }
    devices = new ArrayList<>(numbered(devices));
    // A row whose address is not on the bus is one of the devices there under another address.
    for (PciGpu gpu : unlisted.subList(Math.min(strangers, unlisted.size()), unlisted.size())) {
      devices.add(unlisted(gpu));
    }
    if (devices.isEmpty() && jetson.isPresent()) {
      devices.add(ofBoard(jetson.get()));
    }
    return devices;
  }

  /// CUDA numbers the devices that are there, in the order of the tool.
  private static List<Accelerator> numbered(List<Accelerator> devices) {
    var numbered = new ArrayList<Accelerator>();
    int next = 0;
    for (Accelerator device : devices) {
      boolean lost =
          device.condition() instanceof DeviceCondition.Blocked(var reason)
              && reason == WhyNot.DEVICE_LOST;
      numbered.add(
          lost
              ? device
              : device.withIdentity(device.identity().withDriverIndex(Optional.of(next++))));
    }
    return numbered;
  }

  /// What a reader should know of how the tool answered.
  public List<Note> notes() {
    return onBus.isEmpty() && jetson.isEmpty() && answer.state() instanceof State.Failed(var reason)
        ? List.of(new Note.NvidiaSmiFailed(reason))
        : List.of();
  }

  private Optional<PciGpu> cardAt(Optional<String> address) {
    for (PciGpu gpu : onBus) {
      if (address.isPresent() && gpu.address().equals(address)) {
        return Optional.of(gpu);
      }
    }
    return Optional.empty();
  }

  private List<Accelerator> instances(
      NvidiaSmi.Row row, Optional<PciGpu> card, List<NvidiaSmi.Instance> instances) {
    String name = row.name().orElse("NVIDIA GPU");
    var devices = new ArrayList<Accelerator>();
    for (NvidiaSmi.Instance instance : instances) {
      devices.add(
          new Accelerator(
              name + " MIG instance " + instance.index(),
              Vendor.NVIDIA,
              Kind.MIG_INSTANCE,
              Memory.of(instance.total(), instance.free(), Pool.DEDICATED, false),
              condition(row),
              identity(row, card, instance.uuid())));
    }
    if (devices.isEmpty()) {
      // The card's own figure must not be offered, and without an instance nothing runs on it.
      devices.add(
          new Accelerator(
              name,
              Vendor.NVIDIA,
              Kind.DISCRETE,
              Memory.unknown(Pool.DEDICATED, false),
              new DeviceCondition.Blocked(WhyNot.NO_DEVICE),
              identity(row, card, row.uuid())));
    }
    return devices;
  }

  private static DeviceCondition condition(NvidiaSmi.Row row) {
    return row.isLost()
        ? new DeviceCondition.Blocked(WhyNot.DEVICE_LOST)
        : DeviceCondition.Working.FINE;
  }

  private Accelerator device(NvidiaSmi.Row row, Optional<PciGpu> card) {
    String name =
        row.name()
            .or(() -> card.map(PciGpu::fullName))
            .orElseGet(() -> "NVIDIA device" + row.pciAddress().map(a -> " at " + a).orElse(""));
    boolean armWindows = around.isWindows() && around.os().arch().equals("aarch64");
    boolean unified =
        armWindows
            || jetson.isPresent()
            || NvidiaGenerations.isPartOfAChip(name)
            || (card.isPresent() && NvidiaGenerations.isPartOfAChip(card.get().device()));
    Kind kind = unified ? Kind.INTEGRATED : isVirtual(name) ? Kind.VGPU : Kind.DISCRETE;
    return new Accelerator(
        name,
        Vendor.NVIDIA,
        kind,
        unified ? unifiedMemory(row, armWindows) : ownMemory(row),
        condition(row),
        identity(row, card, row.uuid()));
  }

  /// Profiles of a virtual GPU end in their size and a letter, such as `A40-24Q`. GRID K1, K2 and
  /// K520 are boards.
  private static boolean isVirtual(String name) {
    int dash = name.lastIndexOf('-');
    String profile = dash < 0 ? "" : name.substring(dash + 1);
    boolean ends =
        profile.length() >= 2
            && "QCBA".indexOf(profile.charAt(profile.length() - 1)) >= 0
            && Text.whole(profile.substring(0, profile.length() - 1)).isPresent();
    return ends || (name.startsWith("GRID ") && !name.startsWith("GRID K"));
  }

  private static Memory ownMemory(NvidiaSmi.Row row) {
    Memory memory = Memory.of(row.total(), row.free(), Pool.DEDICATED, false);
    if (row.total().isEmpty() || row.free().isEmpty() || row.used().isEmpty()) {
      return memory;
    }
    Bytes reserved = row.total().get().minusOrZero(row.used().get().plus(row.free().get()));
    return new Memory(
        memory.total(),
        false,
        memory.free(),
        Optional.of(reserved),
        Pool.DEDICATED,
        false,
        Optional.empty());
  }

  /// Chips whose memory is system RAM have no figure of their own; on Windows the tool shows the
  /// part that is cut off, and more can be had than that.
  private Memory unifiedMemory(NvidiaSmi.Row row, boolean cutOff) {
    if (cutOff) {
      Memory cut = Memory.of(row.total(), row.free(), Pool.CARVE_OUT, true);
      return new Memory(
          cut.total(), true, cut.free(), Optional.empty(), Pool.CARVE_OUT, true, Optional.empty());
    }
    Ram ram = around.ram();
    Optional<Bytes> total =
        row.total().isPresent() && ram.total().isPresent()
            ? Optional.of(row.total().get().min(ram.total().get()))
            : ram.total();
    return Memory.of(total, ram.available(), Pool.SHARED, true).from("MemTotal, MemAvailable");
  }

  private Identity identity(NvidiaSmi.Row row, Optional<PciGpu> card, String uuid) {
    Identity identity = card.isPresent() ? card.get().identity() : Identity.UNKNOWN;
    return identity
        .withPciAddress(row.pciAddress())
        .withUuid(uuid.isEmpty() ? Optional.empty() : Optional.of(uuid))
        .withDriverVersion(row.driver())
        .withComputeCapability(capability(row, card))
        .withJetson(jetson.map(board -> new Jetson(board.release())));
  }

  private Optional<String> capability(NvidiaSmi.Row row, Optional<PciGpu> card) {
    return row.capability()
        .or(() -> jetson.flatMap(j -> NvidiaGenerations.ofJetson(j.board())))
        .or(() -> row.name().flatMap(NvidiaGenerations::ofJetson))
        .or(() -> card.flatMap(c -> NvidiaGenerations.capability(c.device())))
        .or(() -> row.name().filter(NvidiaGenerations::isBeforeMaxwell).map(_ -> "3.5"));
  }

  /// A device that the bus shows and the tool does not.
  private Accelerator unlisted(PciGpu gpu) {
    boolean unified = NvidiaGenerations.isPartOfAChip(gpu.device());
    return new Accelerator(
        gpu.fullName(),
        Vendor.NVIDIA,
        unified ? Kind.INTEGRATED : Kind.DISCRETE,
        Memory.unknown(unified ? Pool.SHARED : Pool.DEDICATED, unified),
        unlistedCondition(gpu),
        gpu.identity()
            .withComputeCapability(NvidiaGenerations.capability(gpu.device()))
            .withJetson(jetson.map(board -> new Jetson(board.release()))));
  }

  private DeviceCondition unlistedCondition(PciGpu gpu) {
    Optional<String> foreign =
        gpu.driver() instanceof Driver.Bound(var bound) && !bound.startsWith("nvidia")
            ? Optional.of(bound)
            : Optional.empty();
    if (foreign.isPresent()) {
      return new DeviceCondition.WithoutDriver(foreign);
    }
    boolean container = around.os().container();
    return switch (answer.state()) {
      case State.Failed(var reason) -> new DeviceCondition.Blocked(inItsPlace(reason));
      case State.Listed _ when !gpu.isBoundTo("nvidia") ->
          new DeviceCondition.WithoutDriver(Optional.empty());
      // After a line about one dead card the tool lists no other; those work all the same.
      case State.Listed _ when isOnlyAboutLostCards() -> DeviceCondition.Working.FINE;
      // A card that is bound and not listed is kept from this process: by the cgroup of a Slurm
      // job or a service, or because a container did not get it.
      case State.Listed _ ->
          new DeviceCondition.Blocked(
              container ? WhyNot.DRIVER_NOT_REACHABLE : WhyNot.NOT_GIVEN_TO_JOB);
      case State.NoTool _ ->
          gpu.isBoundTo("nvidia") || (container && gpu.driver() instanceof Driver.Unknown)
              ? new DeviceCondition.Blocked(WhyNot.DRIVER_NOT_REACHABLE)
              : new DeviceCondition.WithoutDriver(Optional.empty());
    };
  }

  private boolean isOnlyAboutLostCards() {
    for (NvidiaSmi.Row row : answer.rows()) {
      if (!row.isLost()) {
        return false;
      }
    }
    return true;
  }

  /// The reason in the words of the place: a job that got no card, a container whose libraries are
  /// not those of its host.
  private WhyNot inItsPlace(WhyNot reason) {
    return switch (reason) {
      case NO_DEVICE -> job ? WhyNot.NOT_GIVEN_TO_JOB : reason;
      case DRIVER_NOT_REACHABLE -> around.os().container() ? reason : WhyNot.NOT_GIVEN_TO_JOB;
      case DRIVER_LIBRARY_MISMATCH ->
          around.os().container() ? WhyNot.CONTAINER_LIBRARY_MISMATCH : reason;
      default -> reason;
    };
  }

  /// Boards with JetPack 5 have no `nvidia-smi`: the board itself says which chip it has.
  private Accelerator ofBoard(NvidiaProbe.Jetson board) {
    return new Accelerator(
        board.board(),
        Vendor.NVIDIA,
        Kind.INTEGRATED,
        Memory.of(around.ram().total(), around.ram().available(), Pool.SHARED, true)
            .from("MemTotal, MemAvailable"),
        answer.state() instanceof State.Failed(var reason)
            ? new DeviceCondition.Blocked(reason)
            : DeviceCondition.Working.FINE,
        Identity.UNKNOWN
            .withComputeCapability(NvidiaGenerations.ofJetson(board.board()))
            .withJetson(Optional.of(new Jetson(board.release()))));
  }
}
