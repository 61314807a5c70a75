package dev.r1pick.hardware.probe.amd;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.AmdChips;
import dev.r1pick.hardware.DeviceCondition;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.hardware.probe.amd.AmdProbe.Card;
import dev.r1pick.hardware.probe.amd.AmdProbe.Node;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.hardware.probe.pci.PciGpu.Driver;
import dev.r1pick.host.Host.Access;
import dev.r1pick.ollama.HardwareSupport;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Joins what amdgpu, KFD and the bus say of AMD GPUs, and judges each.
public final class AmdDevices {
  private static final Bytes LARGEST_CARVE_OUT = Bytes.ofGiB(4);
  private static final Bytes SMALLEST_GTT = Bytes.ofGiB(8);

  private final Ram ram;
  private final AmdProbe.Reading reading;

  public AmdDevices(Ram ram, AmdProbe.Reading reading) {
    this.ram = ram;
    this.reading = reading;
  }

  /// Those that cards of DRM stand for, then those that only KFD knows.
  public List<Accelerator> all() {
    var devices = new ArrayList<Accelerator>();
    var claimed = new ArrayList<Node>();
    for (Card card : reading.cards()) {
      List<Node> free = without(reading.nodes(), claimed);
      if (!AmdProbe.partitionsOf(card.gpu(), free).isEmpty()) {
        continue;
      }
      Optional<Node> node = AmdProbe.nodeOf(card.gpu(), free);
      node.ifPresent(claimed::add);
      devices.add(ofCard(card, node));
    }
    for (Node node : without(reading.nodes(), claimed)) {
      devices.add(ofNode(node));
    }
    return devices;
  }

  private static List<Node> without(List<Node> nodes, List<Node> claimed) {
    var rest = new ArrayList<Node>(nodes);
    rest.removeAll(claimed);
    return rest;
  }

  private Accelerator ofCard(Card card, Optional<Node> node) {
    Optional<String> own =
        node.flatMap(Node::target).or(card::target).or(() -> AmdChips.target(card.gpu().device()));
    boolean integrated = isIntegrated(card, own);
    return new Accelerator(
        card.gpu().fullName(),
        Vendor.AMD,
        integrated ? Kind.INTEGRATED : Kind.DISCRETE,
        memory(card, node, own, integrated),
        condition(card.gpu().driver(), card.renderNode()),
        identity(card.gpu().identity(), own, node));
  }

  private Accelerator ofNode(Node node) {
    boolean partition = AmdProbe.isPartition(node, reading.nodes());
    String id = PciGpu.id(PciGpu.AMD, node.device());
    Optional<Bytes> free =
        node.memory().isPresent() && node.used().isPresent()
            ? Optional.of(node.memory().get().minusOrZero(node.used().get()))
            : Optional.empty();
    boolean integrated =
        node.target().isPresent() && AmdChips.isPartOfProcessor(node.target().get());
    return new Accelerator(
        "AMD device " + id + (partition ? " partition " + node.number() : ""),
        Vendor.AMD,
        integrated ? Kind.INTEGRATED : partition ? Kind.PARTITION : Kind.DISCRETE,
        integrated
            ? Memory.unknown(Pool.SHARED, true)
            : Memory.of(node.memory(), free, Pool.DEDICATED, false),
        condition(new Driver.Bound("amdgpu"), Access.UNKNOWN),
        identity(Identity.UNKNOWN.withPciId(Optional.of(id)), node.target(), Optional.of(node)));
  }

  /// ROCm numbers its devices in the order of KFD's nodes.
  private static Identity identity(Identity onBus, Optional<String> target, Optional<Node> node) {
    return onBus
        .withGfxTarget(target)
        .withDriverIndex(node.map(Node::number))
        .withUuid(
            node.filter(n -> n.chip() != 0)
                .map(n -> "GPU-" + HexFormat.of().toHexDigits(n.chip())));
  }

  /// Ollama's own rule (`discover/amd.go`), and the targets that only exist inside processors,
  /// because a carve-out may be larger than that rule allows.
  private static boolean isIntegrated(Card card, Optional<String> target) {
    if (target.isPresent() && AmdChips.isPartOfProcessor(target.get())) {
      return true;
    }
    if (card.isBoard() || target.filter(AmdChips::isForServers).isPresent()) {
      return false;
    }
    return card.vramTotal().isPresent()
        && card.gttTotal().isPresent()
        && card.vramTotal().get().atMost(LARGEST_CARVE_OUT)
        && SMALLEST_GTT.atMost(card.gttTotal().get())
        && card.vramTotal().get().times(4).atMost(card.gttTotal().get());
  }

  /// What HIP will see is what KFD's memory bank says, where that is another figure than the memory
  /// of its own: the pool of MI300A, which has none, and the part of a processor's carve-out that
  /// ROCm takes.
  private Memory memory(
      Card card, Optional<Node> node, Optional<String> target, boolean integrated) {
    boolean rocm = target.filter(HardwareSupport::hasRocmKernels).isPresent();
    boolean apu = integrated || card.vramTotal().orElse(Bytes.ZERO).isZero();
    Optional<Bytes> bank =
        node.flatMap(Node::memory)
            .filter(size -> !size.isZero() && !Optional.of(size).equals(card.vramTotal()));
    if (rocm && apu && bank.isPresent()) {
      Optional<Bytes> total =
          ram.total().isPresent() ? Optional.of(bank.get().min(ram.total().get())) : bank;
      boolean cut = card.vramTotal().filter(own -> bank.get().atMost(own)).isPresent();
      Optional<Bytes> free = cut ? rest(total, card.vramUsed()) : rest(total, card.gttUsed());
      return Memory.of(
              cut ? bank : total,
              smaller(free, cut ? Optional.empty() : ram.available()),
              cut ? Pool.CARVE_OUT : Pool.SHARED,
              true)
          .from("KFD memory bank");
    }
    return integrated || (apu && card.gttTotal().isPresent())
        ? sharedMemory(card)
        : ownMemory(card);
  }

  private static Optional<Bytes> smaller(Optional<Bytes> one, Optional<Bytes> other) {
    return one.isPresent() && other.isPresent() ? Optional.of(one.get().min(other.get())) : one;
  }

  private static Memory ownMemory(Card card) {
    return Memory.of(
        card.vramTotal(), rest(card.vramTotal(), card.vramUsed()), Pool.DEDICATED, false);
  }

  /// A processor's GPU allocates from one pool only, the larger one of what was cut off for it and
  /// what it may borrow (kernel 6.10): never the sum.
  private Memory sharedMemory(Card card) {
    Optional<Bytes> borrowed =
        card.gttTotal().isPresent() && ram.total().isPresent()
            ? Optional.of(card.gttTotal().get().min(ram.total().get()))
            : card.gttTotal();
    Bytes cut = card.vramTotal().orElse(Bytes.ZERO);
    if (!cut.isZero() && borrowed.orElse(Bytes.ZERO).atMost(cut)) {
      return Memory.of(
              card.vramTotal(), rest(card.vramTotal(), card.vramUsed()), Pool.CARVE_OUT, true)
          .from("mem_info_vram_total");
    }
    Optional<Bytes> free = rest(borrowed, card.gttUsed());
    if (free.isPresent() && ram.available().isPresent()) {
      free = Optional.of(free.get().min(ram.available().get()));
    }
    return Memory.of(borrowed, free, Pool.SHARED, true).from("mem_info_gtt_total");
  }

  private static Optional<Bytes> rest(Optional<Bytes> total, Optional<Bytes> used) {
    return total.isPresent() && used.isPresent()
        ? Optional.of(total.get().minusOrZero(used.get()))
        : Optional.empty();
  }

  private DeviceCondition condition(Driver driver, Access renderNode) {
    return switch (driver) {
      case Driver.Bound(var name) when name.equals("amdgpu") ->
          new DeviceCondition.Working(reading.computeNode(), renderNode);
      case Driver.Bound(var name) -> new DeviceCondition.WithoutDriver(Optional.of(name));
      case Driver.None _ -> new DeviceCondition.WithoutDriver(Optional.empty());
      case Driver.Unknown _ -> new DeviceCondition.Blocked(WhyNot.DRIVER_NOT_REACHABLE);
    };
  }
}
