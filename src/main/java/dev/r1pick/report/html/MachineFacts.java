package dev.r1pick.report.html;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Usability;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The machine that a page is about, a line each.
final class MachineFacts {
  private final Messages messages;

  MachineFacts(Messages messages) {
    this.messages = messages;
  }

  List<Map.Entry<String, String>> of(Machine machine) {
    var facts = new ArrayList<Map.Entry<String, String>>();
    machine
        .cpu()
        .name()
        .ifPresent(name -> facts.add(fact("cpu", new Wording(messages).processor(name))));
    machine
        .ram()
        .total()
        .ifPresent(
            total ->
                facts.add(
                    fact(
                        "ram",
                        machine
                            .ram()
                            .available()
                            .map(
                                free ->
                                    messages.text(
                                        "report.hardware.memory",
                                        Amounts.memory(free),
                                        Amounts.memory(total)))
                            .orElseGet(() -> Amounts.memory(total)))));
    for (Accelerator gpu : machine.accelerators()) {
      String memory =
          gpu.memory()
              .total()
              .map(Amounts::memory)
              .orElseGet(() -> messages.text("report.hardware.memory-unknown"));
      String named = messages.list(List.of(gpu.name(), memory));
      facts.add(
          fact(
              "gpu",
              gpu.usability() instanceof Usability.NotUsable not
                  ? messages.text("policy.line", named, new Wording(messages).whyNot(not))
                  : named));
    }
    machine
        .disk()
        .flatMap(disk -> disk.free())
        .ifPresent(
            free -> facts.add(fact("disk", messages.text("html.free", Amounts.download(free)))));
    return facts;
  }

  private Map.Entry<String, String> fact(String key, String text) {
    return Map.entry(messages.text("report.label." + key), text);
  }
}
