package dev.r1pick.hardware.probe.amd;

import dev.r1pick.hardware.AmdChips;
import dev.r1pick.hardware.probe.common.Sysfs;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.Access;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// AMD GPUs on Linux through sysfs of amdgpu and KFD: sizes, use, targets and permission without a
/// tool of ROCm.
public final class AmdProbe {
  private static final String NODES = "/sys/class/kfd/kfd/topology/nodes";

  private AmdProbe() {}

  /// What amdgpu publishes of one card.
  ///
  /// @param isBoard it has what only a card of its own has: a memory vendor or a board description
  /// @param renderNode access to its render node
  /// @param target as a tool names it, where one was asked
  record Card(
      PciGpu gpu,
      Optional<Bytes> vramTotal,
      Optional<Bytes> vramUsed,
      Optional<Bytes> gttTotal,
      Optional<Bytes> gttUsed,
      boolean isBoard,
      Access renderNode,
      Optional<String> target) {}

  /// One compute device of KFD.
  ///
  /// @param number of its node
  /// @param device PCI device number
  /// @param address of the PCI function, 0 where nothing tells
  /// @param chip equal for the partitions of one chip, 0 where nothing tells
  /// @param target for example `gfx1100`
  record Node(
      int number,
      int device,
      long address,
      long chip,
      OptionalLong renderMinor,
      Optional<String> target,
      Optional<Bytes> memory,
      Optional<Bytes> used) {}

  /// Everything that was read.
  public record Reading(List<Card> cards, List<Node> nodes, Access computeNode) {}

  /// Reads the cards and the compute topology.
  public static Reading read(Host host, List<PciGpu> gpus) {
    List<Node> nodes = nodes(host);
    var cards = new ArrayList<Card>();
    for (PciGpu gpu : gpus) {
      if (gpu.vendor() == PciGpu.AMD && !gpu.isManagementDisplay()) {
        cards.add(card(host, gpu, nodes));
      }
    }
    boolean any = !cards.isEmpty() || !nodes.isEmpty();
    return new Reading(cards, nodes, any ? host.access("/dev/kfd") : Access.UNKNOWN);
  }

  private static Card card(Host host, PciGpu gpu, List<Node> nodes) {
    String folder = gpu.folder().orElse("/nowhere");
    return new Card(
        gpu,
        Sysfs.bytes(host, folder + "/mem_info_vram_total"),
        Sysfs.bytes(host, folder + "/mem_info_vram_used"),
        Sysfs.bytes(host, folder + "/mem_info_gtt_total"),
        Sysfs.bytes(host, folder + "/mem_info_gtt_used"),
        host.exists(folder + "/mem_info_vram_vendor") || host.exists(folder + "/board_info"),
        renderAccess(host, folder, gpu, nodes),
        Optional.empty());
  }

  private static Access renderAccess(Host host, String folder, PciGpu gpu, List<Node> nodes) {
    for (String name : host.list(folder + "/drm")) {
      if (name.startsWith("renderD")) {
        return host.access("/dev/dri/" + name);
      }
    }
    Optional<Node> node = nodeOf(gpu, nodes);
    return node.isPresent() && node.get().renderMinor().isPresent()
        ? host.access("/dev/dri/renderD" + node.get().renderMinor().getAsLong())
        : Access.UNKNOWN;
  }

  /// The compute device of a card: by address, else the only one with its device number.
  static Optional<Node> nodeOf(PciGpu gpu, List<Node> nodes) {
    OptionalLong address = gpu.address().map(AmdProbe::number).orElse(OptionalLong.empty());
    Optional<Node> sameDevice = Optional.empty();
    for (Node node : nodes) {
      if (address.isPresent() && node.address() != 0 && node.address() == address.getAsLong()) {
        return Optional.of(node);
      }
      if (sameDevice.isEmpty() && node.address() == 0 && node.device() == gpu.device()) {
        sameDevice = Optional.of(node);
      }
    }
    return sameDevice;
  }

  /// The partitions of a card: nodes at any function of its address, if there is more than one.
  static List<Node> partitionsOf(PciGpu gpu, List<Node> nodes) {
    OptionalLong address = gpu.address().map(AmdProbe::number).orElse(OptionalLong.empty());
    var partitions = new ArrayList<Node>();
    for (Node node : nodes) {
      if (address.isPresent()
          && node.address() != 0
          && node.address() >> 3 == address.getAsLong() >> 3) {
        partitions.add(node);
      }
    }
    return partitions.size() > 1 ? partitions : List.of();
  }

  /// True where another node is a part of the same chip.
  static boolean isPartition(Node node, List<Node> nodes) {
    for (Node other : nodes) {
      boolean sameChip = node.chip() != 0 && node.chip() == other.chip();
      boolean sameSlot =
          node.address() != 0
              && other.address() != 0
              && node.address() >> 3 == other.address() >> 3;
      if (other.number() != node.number() && (sameChip || sameSlot)) {
        return true;
      }
    }
    return false;
  }

  /// `0000:0c:00.0` as KFD writes it: domain, bus, device and function in one number.
  private static OptionalLong number(String address) {
    List<String> parts = Text.split(address.replace('.', ':'), ':');
    if (parts.size() != 4) {
      return OptionalLong.empty();
    }
    long number = 0;
    int[] bits = {16, 8, 5, 3};
    for (int i = 0; i < 4; i++) {
      OptionalLong part = Text.hex(parts.get(i));
      if (part.isEmpty()) {
        return OptionalLong.empty();
      }
      number = (number << bits[i]) | (part.getAsLong() & ((1L << bits[i]) - 1));
    }
    return OptionalLong.of(number);
  }

  private static List<Node> nodes(Host host) {
    var nodes = new ArrayList<Node>();
    for (String name : host.list(NODES)) {
      OptionalLong number = Text.whole(name);
      if (number.isPresent() && number.getAsLong() < 4096) {
        node(host, (int) number.getAsLong()).ifPresent(nodes::add);
      }
    }
    nodes.sort((one, other) -> Integer.compare(one.number(), other.number()));
    return nodes;
  }

  private static Optional<Node> node(Host host, int number) {
    String folder = NODES + "/" + number;
    String properties = host.read(folder + "/properties").orElse("");
    Map<String, OptionalLong> values = values(properties);
    long simds = value(values, "simd_count").orElse(0);
    if (simds == 0 || value(values, "vendor_id").orElse(0) != PciGpu.AMD) {
      return Optional.empty();
    }
    Optional<Bytes> memory = Optional.empty();
    Optional<Bytes> used = Optional.empty();
    for (String bank : host.list(folder + "/mem_banks")) {
      String path = folder + "/mem_banks/" + bank;
      Map<String, OptionalLong> bankValues = values(host.read(path + "/properties").orElse(""));
      long heap = value(bankValues, "heap_type").orElse(0);
      Optional<Bytes> size = Text.bytes(value(bankValues, "size_in_bytes"), 1);
      if ((heap == 1 || heap == 2) && size.isPresent()) {
        memory = Optional.of(memory.orElse(Bytes.ZERO).plus(size.get()));
        Optional<Bytes> held = Sysfs.bytes(host, path + "/used_memory");
        used = held.isPresent() ? Optional.of(used.orElse(Bytes.ZERO).plus(held.get())) : used;
      }
    }
    long location = value(values, "location_id").orElse(0);
    long domain = value(values, "domain").orElse(0);
    return Optional.of(
        new Node(
            number,
            (int) value(values, "device_id").orElse(0),
            location == 0 ? 0 : (domain << 16) | location,
            chip(properties),
            value(values, "drm_render_minor"),
            AmdChips.ofVersion(value(values, "gfx_target_version").orElse(0)),
            memory,
            used));
  }

  /// Numbers of chips have 64 bits, as decimal digits.
  private static long chip(String properties) {
    for (String line : Text.lines(properties)) {
      if (line.startsWith("unique_id ")) {
        try {
          return Long.parseUnsignedLong(line.substring(10).strip());
        } catch (NumberFormatException _) {
          return 0;
        }
      }
    }
    return 0;
  }

  private static OptionalLong value(Map<String, OptionalLong> values, String name) {
    return values.getOrDefault(name, OptionalLong.empty());
  }

  private static Map<String, OptionalLong> values(String text) {
    var values = new HashMap<String, OptionalLong>();
    for (String line : Text.lines(text)) {
      int blank = line.indexOf(' ');
      if (blank > 0) {
        values.putIfAbsent(line.substring(0, blank), Text.whole(line.substring(blank + 1)));
      }
    }
    return values;
  }
}
