package dev.r1pick.report.text;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Detection.Outcome;
import dev.r1pick.hardware.Detection.Source;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Usability;
import dev.r1pick.ollama.RunningServer;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.NoteWording;
import dev.r1pick.report.words.Wording;
import dev.r1pick.speed.CpuBandwidth;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A machine for a person at a terminal: one line per device, and why one is not used.
public final class HardwareText {
  private static final int BAR = 10;

  private static final Set<String> ELSEWHERE_ON_THE_SCREEN = Set.of("OLLAMA_HOST", "OLLAMA_MODELS");

  private final Messages messages;
  private final Style style;
  private final Screen screen;

  /// A writer in one language and style.
  public HardwareText(Messages messages, Style style) {
    this.messages = messages;
    this.style = style;
    this.screen = new Screen(messages, style);
  }

  /// The machine on one screen, and below it what was asked, if anything is to be told of that.
  ///
  /// @param sources what was asked; empty where nobody wants to know
  public String machine(Machine machine, MachineSpeed speeds, List<Source> sources) {
    var lines = new ArrayList<String>();
    for (Note note : machine.notes()) {
      if (note instanceof Note.OllamaHostElsewhere) {
        screen.note(lines, style.bold(note(note)));
      }
    }
    screen.label(lines, "system", system(machine));
    screen.label(lines, "cpu", cpu(machine.cpu()));
    screen.labels(lines, "ram", List.of(ram(machine.ram()), bandwidth(speeds.cpu())));
    if (machine.accelerators().isEmpty()) {
      screen.label(lines, "gpu", messages.text("report.hardware.no-gpu"));
    }
    List<Accelerator> all = machine.accelerators();
    List<String> told = List.of();
    for (int first = 0; first < all.size(); ) {
      List<Accelerator> alike = alike(all.subList(first, all.size()), speeds);
      accelerators(lines, alike);
      List<String> words = words(alike.getFirst(), speeds);
      if (!words.equals(told)) {
        screen.labels(lines, "", words);
      }
      told = words;
      first += alike.size();
    }
    machine
        .disk()
        .ifPresent(
            disk ->
                screen.label(
                    lines,
                    "disk",
                    messages.text(
                        "report.hardware.disk",
                        disk.free().map(Amounts::download).orElseGet(this::unknown),
                        disk.modelsPath())));
    screen.label(
        lines,
        "ollama",
        machine.ollama().version().orElseGet(() -> messages.text("report.hardware.no-ollama")));
    machine.ollama().server().ifPresent(server -> server(lines, server));
    for (Note note : machine.notes()) {
      if (!(note instanceof Note.OllamaHostElsewhere)) {
        screen.label(lines, "note", note(note));
      }
    }
    if (!sources.isEmpty()) {
      sources(lines, sources);
    }
    return String.join("\n", lines) + "\n";
  }

  /// What was set for the server, and which R1 it has.
  private void server(List<String> lines, RunningServer server) {
    var set = new ArrayList<String>();
    server.settings().variables().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(pair -> !ELSEWHERE_ON_THE_SCREEN.contains(pair.getKey()))
        .forEach(pair -> set.add(Text.clean(pair.getKey() + "=" + pair.getValue())));
    if (!set.isEmpty()) {
      screen.label(
          lines,
          "",
          messages.text("report.hardware.settings." + server.settings().from().name(), set));
    }
    List<String> models =
        server.installed().stream()
            .map(RunningServer.Installed::name)
            .filter(name -> name.startsWith(ModelTag.MODEL))
            .toList();
    if (!models.isEmpty()) {
      screen.label(lines, "", messages.text("report.hardware.models", models));
    }
  }

  private String note(Note note) {
    return NoteWording.sentence(note, messages);
  }

  private String bandwidth(CpuBandwidth cpu) {
    return messages.text(
        "report.hardware.bandwidth." + cpu.origin().name(),
        gigabytes(cpu.expected()),
        gigabytes(cpu.low()),
        gigabytes(cpu.high()));
  }

  private static String gigabytes(Bandwidth bandwidth) {
    return Amounts.about(bandwidth.inGBPerSecond());
  }

  /// Why a device is not used and what the catalog knows of it: sentences that alike devices, one
  /// after the other, share. Nothing is said of an unknown chip that is not used.
  private List<String> words(Accelerator accelerator, MachineSpeed speeds) {
    var words = new ArrayList<String>();
    if (accelerator.usability() instanceof Usability.NotUsable not) {
      words.add(new Wording(messages).whyNot(not));
    }
    Optional<GpuModel> model = speeds.model(accelerator);
    if (model.isPresent()) {
      String key = MachineSpeed.isSlice(accelerator) ? "slice" : "known";
      words.add(
          messages.text(
              "report.hardware." + key,
              new Wording(messages).gpu(model.get().name()),
              gigabytes(model.get().bandwidth())));
    } else if (words.isEmpty()) {
      words.add(
          speeds
              .comparable(accelerator)
              .map(
                  chips ->
                      messages.text(
                          "report.hardware.unknown-chip-range",
                          gigabytes(chips.slowest().bandwidth()),
                          gigabytes(chips.fastest().bandwidth())))
              .orElseGet(() -> messages.text("report.hardware.unknown-chip")));
    }
    return words;
  }

  /// Every question with its answer's fate and time, slowest first: that is what is looked for.
  private void sources(List<String> lines, List<Source> sources) {
    lines.add("");
    lines.add(style.bold(messages.text("report.hardware.sources", sources.size())));
    var table = new Table(2);
    sources.stream()
        .sorted(Comparator.comparing(Source::took).reversed())
        .forEach(
            source ->
                table.row(
                    Amounts.decimal(source.took().toNanos() / 1e6, 1) + " ms",
                    mark(source.outcome())
                        + " "
                        + messages.text("report.hardware.outcome." + source.outcome().name()),
                    messages.text("report.hardware.source." + source.kind().name())
                        + " "
                        + source.name()));
    lines.addAll(table.lines(style.columns()));
  }

  private String mark(Outcome outcome) {
    return switch (outcome) {
      case ANSWERED -> style.yes();
      case ABSENT -> style.faint("-");
      case FAILED -> style.maybe();
      case TIMED_OUT -> style.no();
    };
  }

  private String system(Machine machine) {
    var words = new ArrayList<String>();
    words.add(machine.os().family().name().toLowerCase(Locale.ROOT) + " " + machine.os().arch());
    if (machine.os().wsl()) {
      words.add("WSL");
    }
    if (machine.os().container()) {
      words.add(messages.text("report.hardware.container"));
    }
    if (machine.os().virtualMachine()) {
      words.add(messages.text("report.hardware.virtual-machine"));
    }
    return messages.list(words);
  }

  private String cpu(Cpu cpu) {
    String name = cpu.name().map(new Wording(messages)::processor).orElseGet(this::unknown);
    return cpu.physicalCores()
        .map(
            cores ->
                messages.text(
                    "report.hardware.cpu", name, cores, cpu.logicalCpus(), cpu.usableCpus()))
        .orElseGet(
            () ->
                messages.text(
                    "report.hardware.cpu-threads", name, cpu.logicalCpus(), cpu.usableCpus()));
  }

  private String ram(Ram ram) {
    return bar(ram.total(), ram.available())
        + freeOf("report.hardware.memory", ram.available(), ram.total())
        + "  "
        + style.faint(messages.find("report.hardware.basis." + ram.basis()).orElseGet(ram::basis));
  }

  /// The first and those after it that are the same, so that eight GPUs are seen at a glance.
  private List<Accelerator> alike(List<Accelerator> accelerators, MachineSpeed speeds) {
    Accelerator first = accelerators.getFirst();
    int end = 1;
    while (end < accelerators.size()
        && accelerators.get(end).name().equals(first.name())
        && accelerators.get(end).memory().total().equals(first.memory().total())
        && accelerators.get(end).usability().equals(first.usability())
        && words(accelerators.get(end), speeds).equals(words(first, speeds))) {
      end++;
    }
    return accelerators.subList(0, end);
  }

  /// One line, or two where the name is long; of several the one with the least free memory.
  private void accelerators(List<String> lines, List<Accelerator> alike) {
    Accelerator least = alike.getFirst();
    for (Accelerator other : alike) {
      Optional<Bytes> free = other.memory().free();
      if (free.isPresent()
          && (least.memory().free().isEmpty()
              || free.get().compareTo(least.memory().free().get()) < 0)) {
        least = other;
      }
    }
    String figures = figures(least.memory());
    if (alike.size() > 1) {
      figures = messages.text("report.hardware.each", figures);
    }
    String mark =
        switch (least.usability()) {
          case Usability.Usable _ -> style.yes();
          case Usability.NotUsable(_, _, var optIn, _) ->
              optIn.isPresent() ? style.maybe() : style.no();
        };
    String name = alike.size() == 1 ? least.name() : alike.size() + " × " + least.name();
    if (least.usability() instanceof Usability.Usable(var backend)) {
      name = messages.text("report.hardware.device", name, backend.label());
    }
    String together = mark + " " + name + "  " + figures;
    if (screen.fits(together)) {
      screen.label(lines, "gpu", together);
    } else {
      screen.labels(lines, "gpu", List.of(mark + " " + name, figures));
    }
  }

  private String figures(Accelerator.Memory memory) {
    if (memory.total().isEmpty() && memory.free().isEmpty()) {
      return messages.text("report.hardware.memory-unknown");
    }
    String shared = memory.unified() ? "-shared" : "";
    if (memory.free().isEmpty()) {
      return messages.text("report.hardware.memory-total" + shared, amount(memory.total()));
    }
    return bar(memory.total(), memory.free())
        + freeOf("report.hardware.memory" + shared, memory.free(), memory.total());
  }

  /// `23.6 of 24.0 GiB free`.
  private String freeOf(String key, Optional<Bytes> free, Optional<Bytes> total) {
    boolean large = free.isPresent() && (free.get().isZero() || free.get().inGiB() >= 0.1);
    String left = large && total.isPresent() ? Amounts.gib(free.get()) : amount(free);
    return messages.text(key, left, amount(total));
  }

  private String bar(Optional<Bytes> total, Optional<Bytes> free) {
    if (total.isEmpty() || free.isEmpty() || total.get().isZero()) {
      return "";
    }
    long used = total.get().minusOrZero(free.get()).count();
    int marks = (int) Math.round((double) BAR * used / total.get().count());
    return (style.unicode() ? "█" : "#").repeat(marks)
        + (style.unicode() ? "·" : ".").repeat(BAR - marks)
        + "  ";
  }

  private String amount(Optional<Bytes> bytes) {
    return bytes.map(Amounts::memory).orElseGet(this::unknown);
  }

  private String unknown() {
    return messages.text("report.unknown");
  }
}
