package dev.r1pick.hardware.probe.nvidia;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Identity;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Usability;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.Usable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.probe.common.ProbeContext;
import dev.r1pick.hardware.probe.common.VisibleDevices;
import dev.r1pick.hardware.probe.nvidia.NvidiaProbe.State;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.hardware.probe.pci.PciGpu.Driver;
import dev.r1pick.ollama.Backend;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Joins what `nvidia-smi` and the bus say, and judges each GPU.
public final class NvidiaDevices {
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private final ProbeContext around;
  private final NvidiaProbe.Answer answer;
  private final List<PciGpu> onBus;
  private final Optional<NvidiaProbe.Jetson> jetson;

  public NvidiaDevices(
      ProbeContext around,
      NvidiaProbe.Answer answer,
      List<PciGpu> onBus,
      Optional<NvidiaProbe.Jetson> jetson) {
    this.around = around;
    this.answer = answer;
    this.onBus = List.copyOf(onBus);
    this.jetson = jetson;
  }

  /// One GPU or instance before visibility is applied.
  private record Seen(String uuid, Accelerator device) {}

  /// All of them: first those that the tool listed, then those that only the bus shows.
  public List<Accelerator> all() {
    var seen = new ArrayList<Seen>();
    var unlisted = new ArrayList<PciGpu>(onBus);
    int strangers = 0;
    for (int i = 0; i < answer.rows().size(); i++) {
      NvidiaSmi.Row row = answer.rows().get(i);
      Optional<PciGpu> card = cardAt(row.pciAddress());
      card.ifPresent(unlisted::remove);
      strangers += card.isEmpty() ? 1 : 0;
      if (row.isCutIntoInstances()) {
        seen.addAll(instances(row, card, answer.instances().getOrDefault(i, List.of())));
      } else {
        seen.add(new Seen(row.uuid(), device(row, card)));
      }
    }
    List<Accelerator> devices = visible(seen);
    // A row whose address is not on the bus is one of the devices there under another address.
    for (PciGpu gpu : unlisted.subList(Math.min(strangers, unlisted.size()), unlisted.size())) {
      devices.add(unlisted(gpu));
    }
    if (devices.isEmpty() && jetson.isPresent()) {
      devices.add(ofBoard(jetson.get()));
    }
    return devices;
  }

  /// What a reader should know of visibility and instances.
  public List<Note> notes() {
    var notes = new ArrayList<Note>();
    Optional<String> list = around.raw(VISIBLE);
    if (list.isPresent()
        && VisibleDevices.usesIndices(list.get())
        && differInSize()
        && !around.raw("CUDA_DEVICE_ORDER").equals(Optional.of("PCI_BUS_ID"))) {
      notes.add(Note.of("cuda-index-ambiguous", Text.clean(list.get())));
    }
    int instances = 0;
    for (List<NvidiaSmi.Instance> ofCard : answer.instances().values()) {
      instances += ofCard.size();
    }
    if (instances > 1) {
      notes.add(Note.of("mig-one-instance", Integer.toString(instances)));
    }
    if (onBus.isEmpty() && jetson.isEmpty() && answer.state() instanceof State.Failed(var reason)) {
      notes.add(Note.of("nvidia-smi-failed", reason.code()));
    }
    return notes;
  }

  private boolean differInSize() {
    for (NvidiaSmi.Row row : answer.rows()) {
      if (!row.total().equals(answer.rows().getFirst().total())) {
        return true;
      }
    }
    return false;
  }

  private Optional<PciGpu> cardAt(Optional<String> address) {
    for (PciGpu gpu : onBus) {
      if (address.isPresent() && gpu.address().equals(address)) {
        return Optional.of(gpu);
      }
    }
    return Optional.empty();
  }

  private List<Seen> instances(
      NvidiaSmi.Row row, Optional<PciGpu> card, List<NvidiaSmi.Instance> instances) {
    String name = row.name().orElse("NVIDIA GPU");
    var seen = new ArrayList<Seen>();
    for (NvidiaSmi.Instance instance : instances) {
      seen.add(
          new Seen(
              instance.uuid(),
              new Accelerator(
                  name + " MIG instance " + instance.index(),
                  "nvidia",
                  Kind.MIG_INSTANCE,
                  Memory.of(instance.total(), instance.free(), Pool.DEDICATED, false),
                  usability(row, card, false),
                  identity(row, card, instance.uuid()))));
    }
    if (seen.isEmpty()) {
      // The card's own figure must not be offered, and without an instance nothing runs on it.
      seen.add(
          new Seen(
              row.uuid(),
              new Accelerator(
                  name,
                  "nvidia",
                  Kind.DISCRETE,
                  Memory.unknown(Pool.DEDICATED, false),
                  NotUsable.because(WhyNot.NO_DEVICE, Backend.CUDA),
                  identity(row, card, row.uuid()))));
    }
    return seen;
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
        "nvidia",
        kind,
        unified ? unifiedMemory(row, armWindows) : ownMemory(row),
        usability(row, card, unified),
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
    return new Identity(
        row.pciAddress(),
        card.map(PciGpu::id),
        uuid.isEmpty() ? Optional.empty() : Optional.of(uuid),
        row.driver(),
        capability(row, card),
        Optional.empty(),
        Optional.empty());
  }

  private Optional<String> capability(NvidiaSmi.Row row, Optional<PciGpu> card) {
    return row.capability()
        .or(() -> jetson.flatMap(j -> NvidiaGenerations.ofJetson(j.board())))
        .or(() -> row.name().flatMap(NvidiaGenerations::ofJetson))
        .or(() -> card.flatMap(c -> NvidiaGenerations.capability(c.device())))
        .or(() -> row.name().filter(NvidiaGenerations::isBeforeMaxwell).map(_ -> "3.5"));
  }

  private Usability usability(NvidiaSmi.Row row, Optional<PciGpu> card, boolean integrated) {
    if (row.isLost()) {
      return NotUsable.because(WhyNot.DEVICE_LOST, Backend.CUDA);
    }
    return judged(capability(row, card), row.driver(), integrated);
  }

  /// By chip, driver and settings, in the order in which nothing can be done about it.
  private Usability judged(
      Optional<String> capability, Optional<String> driver, boolean integrated) {
    if (capability.isPresent() && NvidiaSmi.isOlder(capability.get(), "5.0")) {
      return NotUsable.because(WhyNot.COMPUTE_CAPABILITY_TOO_LOW);
    }
    Optional<Integer> release = jetson.flatMap(NvidiaProbe.Jetson::release);
    if (release.isPresent() && release.get() < 35) {
      return NotUsable.because(WhyNot.UNSUPPORTED_BY_OLLAMA);
    }
    String floor = around.ollama().driverFloor(capability);
    // Jetson's own driver is numbered apart, and Ollama has builds for its releases 35 and 36.
    boolean ownBuild = jetson.isPresent() && (release.isEmpty() || release.get() < 38);
    if (!ownBuild && driver.isPresent() && NvidiaSmi.isOlder(driver.get(), floor)) {
      return new NotUsable(
          WhyNot.DRIVER_TOO_OLD, Optional.of(Backend.CUDA), Optional.empty(), List.of(floor));
    }
    if (integrated && !around.ollama().usesIntegrated(Backend.CUDA, Optional.empty())) {
      return new NotUsable(
          WhyNot.IGPU_DROPPED_BY_DEFAULT,
          Optional.of(Backend.CUDA),
          Optional.of("OLLAMA_IGPU_ENABLE=1"));
    }
    return around.ollama().keepsBackend(Backend.CUDA)
        ? new Usable(Backend.CUDA)
        : hidden("OLLAMA_LLM_LIBRARY");
  }

  private static NotUsable hidden(String variable) {
    return new NotUsable(
        WhyNot.HIDDEN_BY_ENVIRONMENT,
        Optional.of(Backend.CUDA),
        Optional.empty(),
        List.of(variable));
  }

  private List<Accelerator> visible(List<Seen> seen) {
    var devices = new ArrayList<Accelerator>();
    Optional<String> list = around.raw(VISIBLE);
    var present = new ArrayList<String>();
    boolean namesUnknownInstances = false;
    for (Seen one : seen) {
      if (!isLost(one)) {
        present.add(one.uuid());
        namesUnknownInstances |=
            one.uuid().isEmpty() && list.isPresent() && list.get().startsWith("MIG-");
      }
    }
    boolean all = list.isEmpty() || namesUnknownInstances;
    Set<Integer> visible = all ? Set.of() : VisibleDevices.of(list.get(), present);
    int place = 0;
    for (Seen one : seen) {
      boolean hidden = !all && !isLost(one) && !visible.contains(place);
      place += isLost(one) ? 0 : 1;
      boolean usable = one.device().usability() instanceof Usable;
      devices.add(hidden && usable ? one.device().withUsability(hidden(VISIBLE)) : one.device());
    }
    return devices;
  }

  private static boolean isLost(Seen one) {
    return one.device().usability() instanceof NotUsable(var reason, _, _, _)
        && reason == WhyNot.DEVICE_LOST;
  }

  /// A device that the bus shows and the tool does not.
  private Accelerator unlisted(PciGpu gpu) {
    boolean unified = NvidiaGenerations.isPartOfAChip(gpu.device());
    return new Accelerator(
        gpu.fullName(),
        "nvidia",
        unified ? Kind.INTEGRATED : Kind.DISCRETE,
        Memory.unknown(unified ? Pool.SHARED : Pool.DEDICATED, unified),
        NotUsable.because(whyUnlisted(gpu), Backend.CUDA),
        Identity.ofPci(gpu.address(), gpu.id()));
  }

  private WhyNot whyUnlisted(PciGpu gpu) {
    Optional<String> capability = NvidiaGenerations.capability(gpu.device());
    if (capability.isPresent() && NvidiaSmi.isOlder(capability.get(), "5.0")) {
      return WhyNot.COMPUTE_CAPABILITY_TOO_LOW;
    }
    boolean foreign =
        gpu.driver() instanceof Driver.Bound(var bound) && !bound.startsWith("nvidia");
    return switch (answer.state()) {
      case State.Failed(var reason) when !foreign -> reason;
      case State.Failed _ -> WhyNot.DRIVER_MISSING;
      case State.Listed _ when gpu.isBoundTo("nvidia") ->
          around.os().container() ? WhyNot.DRIVER_NOT_REACHABLE : WhyNot.DEVICE_LOST;
      case State.Listed _ -> WhyNot.DRIVER_MISSING;
      case State.NoTool _ ->
          gpu.isBoundTo("nvidia")
                  || (around.os().container() && gpu.driver() instanceof Driver.Unknown)
              ? WhyNot.DRIVER_NOT_REACHABLE
              : WhyNot.DRIVER_MISSING;
    };
  }

  /// Boards with JetPack 5 have no `nvidia-smi`: the board itself says which chip it has.
  private Accelerator ofBoard(NvidiaProbe.Jetson board) {
    Optional<String> capability = NvidiaGenerations.ofJetson(board.board());
    Usability usability =
        answer.state() instanceof State.Failed(var reason)
            ? NotUsable.because(reason, Backend.CUDA)
            : judged(capability, Optional.empty(), true);
    return new Accelerator(
        board.board(),
        "nvidia",
        Kind.INTEGRATED,
        Memory.of(around.ram().total(), around.ram().available(), Pool.SHARED, true)
            .from("MemTotal, MemAvailable"),
        usability,
        new Identity(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            capability,
            Optional.empty(),
            Optional.empty()));
  }
}
