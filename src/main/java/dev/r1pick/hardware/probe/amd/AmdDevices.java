package dev.r1pick.hardware.probe.amd;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Identity;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Usability;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.Usable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.probe.amd.AmdProbe.Card;
import dev.r1pick.hardware.probe.amd.AmdProbe.Node;
import dev.r1pick.hardware.probe.common.ProbeContext;
import dev.r1pick.hardware.probe.common.VisibleDevices;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.hardware.probe.pci.PciGpu.Driver;
import dev.r1pick.host.Host.Access;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.HardwareSupport;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Joins what amdgpu, KFD and the bus say of AMD GPUs, and judges each.
public final class AmdDevices {
  private static final String OVERRIDE = "HSA_OVERRIDE_GFX_VERSION";
  private static final Bytes LARGEST_CARVE_OUT = Bytes.ofGiB(4);
  private static final Bytes SMALLEST_GTT = Bytes.ofGiB(8);

  private final ProbeContext around;
  private final AmdProbe.Reading reading;

  public AmdDevices(ProbeContext around, AmdProbe.Reading reading) {
    this.around = around;
    this.reading = reading;
  }

  /// One device with its place in ROCm's order.
  private record Seen(Accelerator device, Optional<Node> node) {}

  /// Those that cards of DRM stand for, then those that only KFD knows.
  public List<Accelerator> all() {
    var seen = new ArrayList<Seen>();
    var claimed = new ArrayList<Node>();
    for (Card card : reading.cards()) {
      List<Node> free = without(reading.nodes(), claimed);
      if (!AmdProbe.partitionsOf(card.gpu(), free).isEmpty()) {
        continue;
      }
      Optional<Node> node = AmdProbe.nodeOf(card.gpu(), free);
      node.ifPresent(claimed::add);
      seen.add(new Seen(ofCard(card, node), node));
    }
    for (Node node : without(reading.nodes(), claimed)) {
      seen.add(new Seen(ofNode(node), Optional.of(node)));
    }
    return visible(seen);
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
    Optional<String> target = overridden(own, node);
    return new Accelerator(
        card.gpu().fullName(),
        "amd",
        integrated ? Kind.INTEGRATED : Kind.DISCRETE,
        integrated ? sharedMemory(card) : ownMemory(card),
        usability(card.gpu().driver(), target, integrated, card.renderNode()),
        identity(card.gpu().address(), card.gpu().id(), own));
  }

  private Accelerator ofNode(Node node) {
    boolean partition = AmdProbe.isPartition(node, reading.nodes());
    Optional<String> target = overridden(node.target(), Optional.of(node));
    String id = PciGpu.id(PciGpu.AMD, node.device());
    Optional<Bytes> free =
        node.memory().isPresent() && node.used().isPresent()
            ? Optional.of(node.memory().get().minusOrZero(node.used().get()))
            : Optional.empty();
    boolean integrated =
        node.target().isPresent() && AmdChips.isPartOfProcessor(node.target().get());
    return new Accelerator(
        "AMD device " + id + (partition ? " partition " + node.number() : ""),
        "amd",
        integrated ? Kind.INTEGRATED : partition ? Kind.PARTITION : Kind.DISCRETE,
        integrated
            ? Memory.unknown(Pool.SHARED, true)
            : Memory.of(node.memory(), free, Pool.DEDICATED, false),
        usability(new Driver.Bound("amdgpu"), target, integrated, Access.UNKNOWN),
        identity(Optional.empty(), id, node.target()));
  }

  private static Identity identity(Optional<String> address, String id, Optional<String> target) {
    return new Identity(
        address,
        Optional.of(id),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        target,
        Optional.empty());
  }

  /// Ollama's own rule (`discover/amd.go`), and the targets that only exist inside processors,
  /// because a carve-out may be larger than that rule allows.
  private static boolean isIntegrated(Card card, Optional<String> target) {
    if (target.isPresent() && AmdChips.isPartOfProcessor(target.get())) {
      return true;
    }
    if (card.isBoard()) {
      return false;
    }
    return card.vramTotal().isPresent()
        && card.gttTotal().isPresent()
        && card.vramTotal().get().atMost(LARGEST_CARVE_OUT)
        && SMALLEST_GTT.atMost(card.gttTotal().get())
        && card.vramTotal().get().times(4).atMost(card.gttTotal().get());
  }

  private static Memory ownMemory(Card card) {
    return Memory.of(
        card.vramTotal(), rest(card.vramTotal(), card.vramUsed()), Pool.DEDICATED, false);
  }

  /// A processor's GPU allocates from one pool only, the larger one of what was cut off for it and
  /// what it may borrow (kernel 6.10): never the sum.
  private Memory sharedMemory(Card card) {
    Ram ram = around.ram();
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

  /// A variable with the number of a KFD node behind it counts for that node alone, and before the
  /// one without (ROCm, `libhsakmt/src/topology.c`).
  private Optional<String> overridden(Optional<String> target, Optional<Node> node) {
    OllamaSetup setup = around.ollama().setup();
    return node.flatMap(n -> setup.variable(OVERRIDE + "_" + n.number()))
        .or(() -> setup.variable(OVERRIDE))
        .flatMap(AmdChips::ofOverride)
        .or(() -> target);
  }

  private Usability usability(
      Driver driver, Optional<String> target, boolean integrated, Access renderNode) {
    if (driver instanceof Driver.None) {
      return NotUsable.because(WhyNot.DRIVER_MISSING);
    }
    if (driver instanceof Driver.Unknown) {
      return NotUsable.because(WhyNot.DRIVER_NOT_REACHABLE);
    }
    if (driver instanceof Driver.Bound(var bound) && !bound.equals("amdgpu")) {
      return NotUsable.because(
          bound.equals("radeon") ? WhyNot.UNSUPPORTED_BY_OLLAMA : WhyNot.DRIVER_MISSING);
    }
    boolean rocm = target.isPresent() && around.ollama().drivesRocm(target.get());
    boolean noCompute = reading.computeNode() == Access.ABSENT;
    Backend backend = rocm && !noCompute ? Backend.ROCM : Backend.VULKAN;
    if (integrated && !around.ollama().usesIntegrated(backend, target)) {
      return new NotUsable(
          WhyNot.IGPU_DROPPED_BY_DEFAULT,
          Optional.of(backend),
          Optional.of("OLLAMA_IGPU_ENABLE=1"));
    }
    if ((rocm && reading.computeNode() == Access.CLOSED) || renderNode == Access.CLOSED) {
      return NotUsable.because(WhyNot.NO_PERMISSION, rocm ? Backend.ROCM : Backend.VULKAN);
    }
    if (renderNode == Access.ABSENT) {
      return NotUsable.because(WhyNot.DRIVER_NOT_REACHABLE, backend);
    }
    return settings(backend);
  }

  private Usability settings(Backend backend) {
    HardwareSupport ollama = around.ollama();
    if (backend == Backend.VULKAN && !ollama.drives(Backend.VULKAN)) {
      return new NotUsable(
          WhyNot.UNSUPPORTED_BY_OLLAMA,
          Optional.of(backend),
          ollama.isBuiltWith(Backend.VULKAN) ? Optional.of("OLLAMA_VULKAN=1") : Optional.empty());
    }
    return ollama.keepsBackend(backend)
        ? new Usable(backend)
        : hidden(backend, "OLLAMA_LLM_LIBRARY");
  }

  private static NotUsable hidden(Backend backend, String variable) {
    return new NotUsable(
        WhyNot.HIDDEN_BY_ENVIRONMENT, Optional.of(backend), Optional.empty(), List.of(variable));
  }

  /// ROCm numbers its devices in the order of KFD's nodes; HIP filters what ROCR has left.
  private List<Accelerator> visible(List<Seen> seen) {
    var order = new ArrayList<Seen>(seen);
    order.sort(
        (one, other) ->
            Integer.compare(
                one.node().map(Node::number).orElse(Integer.MAX_VALUE),
                other.node().map(Node::number).orElse(Integer.MAX_VALUE)));
    var hiddenBy = new ArrayList<Seen>();
    String by = "";
    for (String variable : around.hipVariables()) {
      Optional<String> list = around.raw(variable);
      if (list.isPresent()) {
        Set<Integer> kept = VisibleDevices.of(list.get(), uuids(order));
        var left = new ArrayList<Seen>();
        for (int i = 0; i < order.size(); i++) {
          (kept.contains(i) ? left : hiddenBy).add(order.get(i));
        }
        order = left;
        by = variable;
      }
    }
    var devices = new ArrayList<Accelerator>();
    for (Seen one : seen) {
      boolean usable =
          one.device().usability() instanceof Usable(var backend) && backend == Backend.ROCM;
      devices.add(
          usable && hiddenBy.contains(one)
              ? one.device().withUsability(hidden(Backend.ROCM, by))
              : one.device());
    }
    return devices;
  }

  private static List<String> uuids(List<Seen> order) {
    var uuids = new ArrayList<String>();
    for (Seen one : order) {
      long chip = one.node().map(Node::chip).orElse(0L);
      uuids.add(chip == 0 ? "" : "GPU-" + HexFormat.of().toHexDigits(chip));
    }
    return uuids;
  }
}
