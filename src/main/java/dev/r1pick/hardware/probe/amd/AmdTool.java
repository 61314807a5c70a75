package dev.r1pick.hardware.probe.amd;

import dev.r1pick.hardware.AmdChips;
import dev.r1pick.hardware.probe.common.CommandRunner;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.hardware.probe.pci.PciProbe;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.host.Host.CommandResult.TimedOut;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/// `rocm-smi`, for machines whose sysfs does not tell: it is slow, prints warnings before its
/// answer, and its keys change from version to version.
public final class AmdTool {
  private AmdTool() {}

  /// One GPU as the tool lists it.
  public record Row(
      Optional<String> name,
      OptionalInt device,
      Optional<String> target,
      Optional<Bytes> total,
      Optional<Bytes> used) {}

  /// Whether it is worth starting: a card is there whose size is not known, or the bus could not be
  /// read at all.
  public static boolean isWorthAsking(PciProbe.Sysfs sysfs, AmdProbe.Reading reading) {
    for (AmdProbe.Card card : reading.cards()) {
      if (card.vramTotal().isEmpty()) {
        return true;
      }
    }
    return !sysfs.busIsListed() && reading.cards().isEmpty() && reading.nodes().isEmpty();
  }

  /// Asks for sizes, then for names; a tool that hangs is not asked again.
  public static List<Row> ask(CommandRunner questions) {
    CommandResult sizes =
        questions.ask(
            "rocm-smi-meminfo-json", List.of("rocm-smi", "--showmeminfo", "vram", "--json"));
    Map<String, Map<String, String>> cards = values(sizes);
    if (cards.isEmpty() && !(sizes instanceof TimedOut)) {
      sizes = questions.ask("rocm-smi-text", List.of("rocm-smi", "--showmeminfo", "vram"));
      cards = values(sizes);
    }
    if (cards.isEmpty()) {
      return List.of();
    }
    CommandResult names =
        questions.ask("rocm-smi-product-json", List.of("rocm-smi", "--showproductname", "--json"));
    Map<String, Map<String, String>> products = values(names);
    if (products.isEmpty() && !(names instanceof TimedOut)) {
      products =
          values(questions.ask("rocm-smi-product-text", List.of("rocm-smi", "--showproductname")));
    }
    var rows = new ArrayList<Row>();
    for (var card : cards.entrySet()) {
      row(card.getValue(), products.getOrDefault(card.getKey(), Map.of())).ifPresent(rows::add);
    }
    return rows;
  }

  private static Map<String, Map<String, String>> values(CommandResult answer) {
    return answer instanceof Finished(_, var output, _) ? parse(output) : Map.of();
  }

  private static Optional<Row> row(Map<String, String> memory, Map<String, String> product) {
    Optional<Bytes> total = Optional.empty();
    Optional<Bytes> used = Optional.empty();
    for (var value : memory.entrySet()) {
      if (value.getKey().contains("vram") && value.getKey().contains("(b)")) {
        if (value.getKey().contains("used")) {
          used = Text.bytes(value.getValue());
        } else if (value.getKey().contains("total")) {
          total = Text.bytes(value.getValue());
        }
      }
    }
    OptionalLong device = Text.hex(product.getOrDefault("card model", ""));
    return total.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Row(
                known(product, "card series"),
                device.isPresent()
                    ? OptionalInt.of((int) device.getAsLong() & 0xffff)
                    : OptionalInt.empty(),
                known(product, "gfx version").filter(target -> target.startsWith("gfx")),
                total,
                used));
  }

  private static Optional<String> known(Map<String, String> values, String name) {
    return Text.cleaned(values.getOrDefault(name, "")).filter(value -> !value.equals("N/A"));
  }

  /// Values by card and by name in lower case, from either form of output.
  static Map<String, Map<String, String>> parse(String output) {
    var cards = new TreeMap<String, Map<String, String>>();
    if (Text.json(output).orElseGet(JsonValue.Null::new)
        instanceof JsonValue.Members(var members)) {
      members.forEach(
          (card, values) -> {
            if (card.startsWith("card") && values instanceof JsonValue.Members(var named)) {
              named.forEach(
                  (name, value) -> {
                    if (value instanceof JsonValue.Text(var text)) {
                      of(cards, card.substring(4)).put(name.toLowerCase(Locale.ROOT), text);
                    }
                  });
            }
          });
      return cards;
    }
    for (String line : Text.lines(output)) {
      int close = line.indexOf(']');
      int first = line.indexOf(':');
      int last = line.lastIndexOf(':');
      if (line.startsWith("GPU[") && close > 4 && first > close && last > first) {
        of(cards, line.substring(4, close))
            .put(
                line.substring(first + 1, last).strip().toLowerCase(Locale.ROOT),
                line.substring(last + 1).strip());
      }
    }
    return cards;
  }

  private static Map<String, String> of(Map<String, Map<String, String>> cards, String card) {
    return cards.size() > 256 && !cards.containsKey(card)
        ? new HashMap<>()
        : cards.computeIfAbsent(card, _ -> new HashMap<>());
  }

  /// The reading with what the tool adds: sizes for cards without, and cards that only it lists.
  public static AmdProbe.Reading joined(AmdProbe.Reading reading, List<Row> rows) {
    if (rows.isEmpty()) {
      return reading;
    }
    var left = new ArrayList<Row>(rows);
    var cards = new ArrayList<AmdProbe.Card>();
    for (AmdProbe.Card card : reading.cards()) {
      Optional<Row> row = rowOf(card.gpu(), left);
      row.ifPresent(left::remove);
      cards.add(row.isPresent() ? filled(card, row.get()) : card);
    }
    for (Row row : left) {
      if (row.device().isPresent() || row.target().isPresent()) {
        cards.add(filled(unknown(row), row));
      }
    }
    return new AmdProbe.Reading(cards, reading.nodes(), reading.computeNode());
  }

  private static Optional<Row> rowOf(PciGpu gpu, List<Row> rows) {
    for (Row row : rows) {
      if (row.device().equals(OptionalInt.of(gpu.device()))) {
        return Optional.of(row);
      }
    }
    return rows.isEmpty() || rows.getFirst().device().isPresent()
        ? Optional.empty()
        : Optional.of(rows.getFirst());
  }

  private static AmdProbe.Card unknown(Row row) {
    PciGpu gpu = PciGpu.ofId(PciGpu.AMD, row.device().orElse(0), row.name());
    return new AmdProbe.Card(
        gpu,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        Host.Access.UNKNOWN,
        Optional.empty());
  }

  /// The tool answers through the driver, so there is one. It does not know what a processor's GPU
  /// may borrow, so its figure is no figure for those.
  private static AmdProbe.Card filled(AmdProbe.Card card, Row row) {
    PciGpu gpu = card.gpu();
    Optional<String> target = row.target().or(() -> AmdChips.target(gpu.device()));
    boolean part = target.filter(AmdChips::isPartOfProcessor).isPresent();
    boolean keeps = card.vramTotal().isPresent();
    return new AmdProbe.Card(
        new PciGpu(
            gpu.address(),
            gpu.vendor(),
            gpu.device(),
            gpu.driver() instanceof PciGpu.Driver.Unknown
                ? new PciGpu.Driver.Bound("amdgpu")
                : gpu.driver(),
            gpu.folder(),
            gpu.card(),
            gpu.name().or(row::name),
            gpu.subsystem(),
            gpu.revision()),
        keeps || part ? card.vramTotal() : row.total(),
        keeps || part ? card.vramUsed() : row.used(),
        card.gttTotal(),
        card.gttUsed(),
        card.isBoard() ? !part : !part && !keeps,
        card.renderNode(),
        target);
  }
}
