package dev.r1pick.hardware.probe.intel;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.DeviceCondition;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.hardware.probe.common.CommandRunner;
import dev.r1pick.hardware.probe.common.Sysfs;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.hardware.probe.pci.PciGpu.Driver;
import dev.r1pick.hardware.probe.pci.PciProbe;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.Access;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Intel GPUs on Linux: sizes from sysfs of the xe and i915 drivers, use only from `xpu-smi`.
public final class IntelProbe {
  /// No board takes more cards; each costs a process.
  private static final int MOST_ASKED = 16;

  private IntelProbe() {}

  /// One GPU and what its driver says of memory.
  ///
  /// @param renderNode access to its render node
  public record Card(PciGpu gpu, Optional<Bytes> localMemory, Access renderNode) {
    /// Processors have their GPU on bus 0, where a virtual machine may show a card as well; a card
    /// has memory of its own or is known by its number.
    boolean isIntegrated() {
      return localMemory.isEmpty()
          && !isCard(gpu.device())
          && (gpu.address().isEmpty() || gpu.address().get().startsWith(":00:", 4));
    }
  }

  /// Numbers of cards: DG1 (490x), Arc and Flex (56xx), Ponte Vecchio (0bdx), Battlemage (e2xx).
  public static boolean isCard(int device) {
    return device >> 8 == 0x56
        || device >> 8 == 0xe2
        || device >> 4 == 0x490
        || device >> 4 == 0x0bd;
  }

  /// Reads the cards.
  public static List<Card> read(Host host, List<PciGpu> gpus) {
    var cards = new ArrayList<Card>();
    for (PciGpu gpu : gpus) {
      if (gpu.vendor() == PciGpu.INTEL) {
        cards.add(
            new Card(
                gpu,
                gpu.folder().flatMap(folder -> localMemory(host, folder)),
                gpu.folder().map(folder -> renderAccess(host, folder)).orElse(Access.UNKNOWN)));
      }
    }
    return cards;
  }

  /// The folder of the card, where the i915 of Intel's DKMS package has its figure.
  private static Optional<String> beside(String folder) {
    return folder.endsWith("/device")
        ? Optional.of(folder.substring(0, folder.length() - "/device".length()))
        : Optional.empty();
  }

  /// The xe driver lists memory by tile, i915 has one figure where it has any.
  private static Optional<Bytes> localMemory(Host host, String folder) {
    Optional<Bytes> sum = Optional.empty();
    for (String name : host.list(folder)) {
      if (name.startsWith("tile")) {
        Optional<Bytes> tile = Sysfs.bytes(host, folder + "/" + name + "/physical_vram_size_bytes");
        sum = tile.isPresent() ? Optional.of(sum.orElse(Bytes.ZERO).plus(tile.get())) : sum;
      }
    }
    return sum.or(() -> Sysfs.bytes(host, folder + "/lmem_total_bytes"))
        .or(() -> beside(folder).flatMap(card -> Sysfs.bytes(host, card + "/lmem_total_bytes")))
        .filter(size -> !size.isZero());
  }

  /// How many devices to ask the tool for: it counts all GPUs of the maker from 0, those inside
  /// processors as well; none where there is no card whose use only the tool can tell.
  public static int toAsk(List<PciGpu> gpus) {
    int count = 0;
    boolean wanted = false;
    for (PciGpu gpu : gpus) {
      if (gpu.vendor() == PciGpu.INTEL) {
        count++;
        wanted |= !new Card(gpu, Optional.empty(), Access.UNKNOWN).isIntegrated();
      }
    }
    return wanted ? Math.min(count, MOST_ASKED) : 0;
  }

  /// What the tool says of one card.
  ///
  /// @param card the name of its DRM card, for example `card0`
  public record Managed(
      Optional<String> card,
      Optional<String> address,
      Optional<Bytes> total,
      Optional<Bytes> free) {}

  /// Asks `xpu-smi` of one device, since only then it tells memory; it prints numbers as texts, and
  /// `N/A` without privileges. Its numbers are not those of DRM: what it answers has the address.
  public static List<Managed> ask(CommandRunner questions, int device) {
    String number = Integer.toString(device);
    String id = device == 0 ? "xpu-smi-discovery-json" : "xpu-smi-discovery-" + number + "-json";
    return questions.ask(id, List.of("xpu-smi", "discovery", "-d", number, "-j"))
            instanceof Finished(_, var output, _)
        ? parse(output)
        : List.of();
  }

  static List<Managed> parse(String output) {
    var managed = new ArrayList<Managed>();
    JsonValue document = Text.json(output).orElseGet(JsonValue.Null::new);
    List<JsonValue> devices =
        document.member("device_list").map(JsonValue::items).orElse(List.of(document));
    for (JsonValue device : devices) {
      Optional<Bytes> total =
          Text.bytes(Text.wholeAt(device, "memory_physical_size_byte"), 1)
              .filter(size -> !size.isZero());
      if (total.isPresent()) {
        managed.add(
            new Managed(
                device
                    .textAt("drm_device")
                    .map(node -> Text.clean(node.substring(node.lastIndexOf('/') + 1))),
                device.textAt("pci_bdf_address").map(PciProbe::address),
                total,
                Text.bytes(Text.wholeAt(device, "memory_free_size_byte"), 1)));
      }
    }
    return managed;
  }

  /// The devices, discrete ones first.
  public static List<Accelerator> devices(List<Card> cards, List<Managed> managed) {
    var devices = new ArrayList<Accelerator>();
    for (Card card : cards) {
      devices.add(card.isIntegrated() ? integrated(card) : discrete(card, managed));
    }
    return devices;
  }

  private static Accelerator discrete(Card card, List<Managed> managed) {
    Optional<Managed> tool = of(card, managed);
    Optional<Bytes> total = tool.flatMap(Managed::total).or(card::localMemory);
    return new Accelerator(
        card.gpu().fullName(),
        Vendor.INTEL,
        Kind.DISCRETE,
        Memory.of(total, tool.flatMap(Managed::free), Pool.DEDICATED, false),
        condition(card),
        card.gpu().identity());
  }

  /// A container shows the cards of its host in sysfs, whether or not their nodes were passed in.
  private static DeviceCondition condition(Card card) {
    return card.gpu().driver() instanceof Driver.Bound(var name)
            && (name.equals("xe") || name.equals("i915"))
        ? new DeviceCondition.Working(Access.UNKNOWN, card.renderNode())
        : new DeviceCondition.WithoutDriver(card.gpu().boundDriver());
  }

  private static Access renderAccess(Host host, String folder) {
    for (String name : host.list(folder + "/drm")) {
      if (name.startsWith("renderD")) {
        return host.access("/dev/dri/" + name);
      }
    }
    return Access.UNKNOWN;
  }

  private static Optional<Managed> of(Card card, List<Managed> managed) {
    for (Managed one : managed) {
      if ((one.card().isPresent() && one.card().equals(card.gpu().card()))
          || (one.address().isPresent() && one.address().equals(card.gpu().address()))) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private static Accelerator integrated(Card card) {
    return new Accelerator(
        card.gpu().fullName(),
        Vendor.INTEL,
        Kind.INTEGRATED,
        Memory.unknown(Pool.SHARED, true),
        DeviceCondition.Working.FINE,
        card.gpu().identity());
  }
}
