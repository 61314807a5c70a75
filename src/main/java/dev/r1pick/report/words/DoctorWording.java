package dev.r1pick.report.words;

import dev.r1pick.doctor.Finding;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.ollama.Installation;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Optional;

/// Findings about an Ollama as sentences.
public final class DoctorWording {
  private final Messages messages;

  public DoctorWording(Messages messages) {
    this.messages = messages;
  }

  /// What was seen, without a full stop.
  public String seen(Finding finding) {
    return messages.text(key(finding), figures(finding));
  }

  /// What that means; empty where it speaks for itself.
  public Optional<String> means(Finding finding) {
    return messages.find(key(finding) + ".means", figures(finding));
  }

  /// The one thing to do; empty where nothing is.
  public Optional<String> todo(Finding finding) {
    return messages.find(key(finding) + ".do", figures(finding));
  }

  /// Both, as one sentence.
  public String sentence(Finding finding) {
    return means(finding)
        .map(means -> messages.text("doctor.line", seen(finding), means))
        .orElseGet(() -> messages.text("doctor.seen", seen(finding)));
  }

  private static String key(Finding finding) {
    String id = "doctor." + Kebab.of(finding.cause());
    return finding.part().isEmpty() ? id : id + "." + finding.part();
  }

  private Object[] figures(Finding finding) {
    var figures = new ArrayList<Object>();
    for (Object figure : finding.figures()) {
      switch (figure) {
        case Bytes memory -> figures.add(Amounts.memory(memory));
        case Finding.OnDisk(var bytes) -> figures.add(Amounts.download(bytes));
        case Double rate -> figures.add(Amounts.about(rate));
        case Finding.Line(var variable, var installation) ->
            figures.add(
                installation == Installation.SYSTEMD
                    ? messages.text("doctor.systemd", installation.lineFor(variable))
                    : installation.lineFor(variable));
        case NotUsable not -> {
          Object[] arguments = not.arguments().toArray();
          figures.add(messages.text("hardware.why-not." + not.reason().id(), arguments));
          figures.add(messages.find("hardware.fix." + not.reason().id(), arguments).orElse(""));
        }
        default -> figures.add(figure);
      }
    }
    return figures.toArray();
  }
}
