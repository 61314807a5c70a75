package dev.r1pick.report;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Usability;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A machine for a person at a terminal: one line per device, and why one is not used.
public final class HardwareText {
  private static final int BAR = 20;
  private static final int LABEL = 10;

  private final Messages messages;
  private final Style style;

  /// A report in one language and style.
  public HardwareText(Messages messages, Style style) {
    this.messages = messages;
    this.style = style;
  }

  /// The machine on one screen.
  public String machine(Machine machine) {
    var lines = new ArrayList<String>();
    line(lines, "system", system(machine));
    line(lines, "cpu", cpu(machine.cpu()));
    line(lines, "ram", ram(machine.ram()));
    if (machine.accelerators().isEmpty()) {
      line(lines, "gpu", messages.text("report.hardware.no-gpu"));
    }
    for (Accelerator accelerator : machine.accelerators()) {
      accelerator(lines, accelerator);
    }
    machine
        .disk()
        .ifPresent(
            disk ->
                line(
                    lines,
                    "disk",
                    messages.text(
                        "report.hardware.disk",
                        disk.free().map(Amounts::download).orElseGet(this::unknown),
                        disk.modelsPath())));
    line(
        lines,
        "ollama",
        machine.ollama().version().orElseGet(() -> messages.text("report.hardware.no-ollama")));
    for (Note note : machine.notes()) {
      line(lines, "note", messages.text("hardware.note." + note.id(), note.arguments().toArray()));
    }
    return String.join("\n", lines) + "\n";
  }

  private String system(Machine machine) {
    var words = new StringBuilder(machine.os().family().name().toLowerCase(Locale.ROOT));
    words.append(' ').append(machine.os().arch());
    if (machine.os().wsl()) {
      words.append(", WSL");
    }
    if (machine.os().container()) {
      words.append(", ").append(messages.text("report.hardware.container"));
    }
    if (machine.os().virtualMachine()) {
      words.append(", ").append(messages.text("report.hardware.virtual-machine"));
    }
    return words.toString();
  }

  private String cpu(Cpu cpu) {
    String name = cpu.name().orElseGet(this::unknown);
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
        + messages.text("report.hardware.memory", amount(ram.available()), amount(ram.total()))
        + "  "
        + style.faint(ram.basis());
  }

  private void accelerator(List<String> lines, Accelerator accelerator) {
    var memory = accelerator.memory();
    String figures =
        memory.total().isEmpty() && memory.free().isEmpty()
            ? messages.text("report.hardware.memory-unknown")
            : bar(memory.total(), memory.free())
                + messages.text(
                    memory.unified() ? "report.hardware.memory-shared" : "report.hardware.memory",
                    amount(memory.free()),
                    amount(memory.total()));
    switch (accelerator.usability()) {
      case Usability.Usable(var backend) ->
          line(
              lines,
              "gpu",
              style.yes() + " " + accelerator.name() + " (" + backend.label() + ")",
              figures);
      case Usability.NotUsable(var reason, _, var optIn, var arguments) -> {
        line(
            lines,
            "gpu",
            (optIn.isPresent() ? style.maybe() : style.no()) + " " + accelerator.name(),
            figures);
        line(
            lines,
            "",
            messages.text("hardware.why-not." + reason.code())
                + optIn
                    .map(o -> "; " + messages.text("report.hardware.opt-in", o))
                    .or(
                        () ->
                            messages
                                .find("hardware.fix." + reason.code(), arguments.toArray())
                                .map(f -> "; " + f))
                    .orElse(""));
      }
    }
  }

  private String bar(Optional<Bytes> total, Optional<Bytes> free) {
    if (total.isEmpty() || free.isEmpty() || total.get().isZero()) {
      return "";
    }
    long used = total.get().minusOrZero(free.get()).count();
    int marks = (int) Math.round((double) BAR * used / total.get().count());
    return (style.unicode() ? "█" : "#").repeat(marks)
        + (style.unicode() ? "░" : ".").repeat(BAR - marks)
        + "  ";
  }

  private String amount(Optional<Bytes> bytes) {
    return bytes.map(Amounts::memory).orElseGet(this::unknown);
  }

  private String unknown() {
    return messages.text("report.unknown");
  }

  private void line(List<String> lines, String label, String... texts) {
    String name = label.isEmpty() ? "" : messages.text("report.label." + label);
    boolean first = true;
    for (String text : texts) {
      for (String part : Table.wrap(text, style.columns() - LABEL)) {
        String shown = first ? name : "";
        lines.add(style.faint(shown) + " ".repeat(Math.max(1, LABEL - Table.width(shown))) + part);
        first = false;
      }
    }
  }
}
