package dev.r1pick.hardware.probe.nvidia;

import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.probe.common.CommandRunner;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.hardware.probe.pci.PciProbe;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.host.Host.CommandResult.NotInstalled;
import dev.r1pick.host.Host.CommandResult.TimedOut;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// NVIDIA GPUs through `nvidia-smi`: one query, a shorter one for drivers that do not know all
/// fields, and the long output only for cards that are cut into MIG instances.
public final class NvidiaProbe {
  private static final String FORMAT = "--format=csv,noheader,nounits";

  private NvidiaProbe() {}

  /// How the tool answered.
  public sealed interface State {
    /// With a list of GPUs.
    record Listed() implements State {}

    /// There is no such tool.
    record NoTool() implements State {}

    /// With an error, or not at all.
    record Failed(WhyNot reason) implements State {}
  }

  /// What the tool said.
  ///
  /// @param instances of cards that are cut into instances, by the place of the card in `rows`
  public record Answer(
      State state, List<NvidiaSmi.Row> rows, Map<Integer, List<NvidiaSmi.Instance>> instances) {
    /// The tool was not asked, or is not there.
    public static final Answer NONE = new Answer(new State.NoTool(), List.of(), Map.of());

    /// The tool was asked and was left behind.
    public static final Answer SILENT =
        new Answer(new State.Failed(WhyNot.DRIVER_NOT_RESPONDING), List.of(), Map.of());
  }

  /// What a Jetson board says of itself.
  ///
  /// @param board its name
  /// @param release of its Linux, for example 36; empty where nothing tells
  public record Jetson(String board, Optional<Integer> release) {}

  /// Asks the tool.
  public static Answer ask(CommandRunner questions, boolean wantsInstanceUuids) {
    CommandResult result =
        questions.ask(
            "nvidia-smi-csv", List.of("nvidia-smi", "--query-gpu=" + NvidiaSmi.FIELDS, FORMAT));
    boolean fewer = false;
    if (result instanceof Finished finished
        && NvidiaSmi.rows(finished.output(), false).isEmpty()
        && (NvidiaSmi.lacksField(finished) || finished.exitCode() == 2)) {
      fewer = true;
      result =
          questions.ask(
              "nvidia-smi-csv-min",
              List.of("nvidia-smi", "--query-gpu=" + NvidiaSmi.FEWER_FIELDS, FORMAT));
    }
    return switch (result) {
      case NotInstalled _ -> Answer.NONE;
      case TimedOut _ -> failed(WhyNot.DRIVER_NOT_RESPONDING);
      case Finished finished -> {
        List<NvidiaSmi.Row> rows = NvidiaSmi.rows(finished.output(), fewer);
        yield rows.isEmpty()
            ? failed(NvidiaSmi.failure(finished))
            : new Answer(new State.Listed(), rows, instances(questions, rows, wantsInstanceUuids));
      }
    };
  }

  private static Answer failed(WhyNot reason) {
    return new Answer(new State.Failed(reason), List.of(), Map.of());
  }

  private static Map<Integer, List<NvidiaSmi.Instance>> instances(
      CommandRunner questions, List<NvidiaSmi.Row> rows, boolean wantsUuids) {
    var places = new ArrayList<Integer>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).isCutIntoInstances()) {
        places.add(i);
      }
    }
    var instances = new HashMap<Integer, List<NvidiaSmi.Instance>>();
    if (places.isEmpty()) {
      return instances;
    }
    String xml = output(questions, "nvidia-smi-xml", List.of("nvidia-smi", "-q", "-x"));
    String list =
        wantsUuids || xml.isEmpty()
            ? output(questions, "nvidia-smi-list", List.of("nvidia-smi", "-L"))
            : "";
    for (int place : places) {
      NvidiaSmi.Row row = rows.get(place);
      List<NvidiaSmi.Instance> read = NvidiaSmi.instances(xml, row.pciAddress());
      instances.put(place, named(read, NvidiaSmi.instanceUuids(list, row.uuid())));
    }
    return instances;
  }

  /// Instances with the UUIDs of the shorter list, or as many without figures as it has.
  private static List<NvidiaSmi.Instance> named(
      List<NvidiaSmi.Instance> instances, List<String> uuids) {
    var named = new ArrayList<NvidiaSmi.Instance>();
    for (int i = 0; i < Math.max(instances.size(), instances.isEmpty() ? uuids.size() : 0); i++) {
      String uuid = i < uuids.size() ? uuids.get(i) : "";
      if (instances.isEmpty()) {
        named.add(
            new NvidiaSmi.Instance(Integer.toString(i), uuid, Optional.empty(), Optional.empty()));
      } else {
        NvidiaSmi.Instance instance = instances.get(i);
        named.add(
            new NvidiaSmi.Instance(
                instance.index(),
                instance.uuid().isEmpty() ? uuid : instance.uuid(),
                instance.total(),
                instance.free()));
      }
    }
    return named;
  }

  private static String output(CommandRunner questions, String id, List<String> command) {
    return questions.ask(id, command) instanceof Finished(_, var output, _) ? output : "";
  }

  /// Whether the tool is worth starting: not where the whole bus could be read and has no NVIDIA
  /// device, and nothing else speaks for one.
  public static boolean isWorthAsking(Host host, PciProbe.Sysfs sysfs, boolean wsl) {
    return !sysfs.busIsListed()
        || sysfs.has(PciGpu.NVIDIA)
        || wsl
        || host.exists("/proc/driver/nvidia")
        || sysfs.hasPartitionedGpu()
        || host.exists("/dev/dxg")
        || host.exists("/dev/nvidiactl")
        || jetson(host).isPresent();
  }

  /// The Jetson board that this is, if it is one.
  public static Optional<Jetson> jetson(Host host) {
    String board =
        host.read("/sys/firmware/devicetree/base/model")
            .or(() -> host.read("/proc/device-tree/model"))
            .map(Text::clean)
            .orElse("");
    boolean isJetson =
        board.contains("Jetson")
            || (board.contains("NVIDIA") && NvidiaGenerations.isPartOfAChip(board));
    if (!isJetson) {
      return Optional.empty();
    }
    String release = host.read("/etc/nv_tegra_release").orElse("");
    Optional<Integer> number =
        release.startsWith("# R")
            ? Text.leadingWhole(release.substring(3)).stream()
                .mapToObj(n -> (int) Math.min(n, 9999))
                .findFirst()
            : Optional.empty();
    return Optional.of(new Jetson(board, number));
  }
}
