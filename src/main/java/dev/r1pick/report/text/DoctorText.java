package dev.r1pick.report.text;

import dev.r1pick.doctor.Diagnosis;
import dev.r1pick.doctor.Finding;
import dev.r1pick.doctor.Mark;
import dev.r1pick.doctor.Topic;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.words.DoctorWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.text.Escaping;
import dev.r1pick.text.Kebab;
import java.util.ArrayList;
import java.util.List;

/// A diagnosis for a person: by topic, what is wrong with what to do about it, and the sum.
public final class DoctorText {
  private final Messages messages;
  private final DoctorWording words;
  private final Style style;
  private final Screen screen;

  /// A writer in one language and style.
  public DoctorText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new DoctorWording(messages);
    this.style = style;
    this.screen = new Screen(messages, style);
  }

  /// One screen.
  public String diagnosis(Diagnosis diagnosis) {
    var lines = new ArrayList<String>();
    for (Topic topic : Topic.values()) {
      var title = messages.text("doctor.topic." + Kebab.of(topic));
      boolean first = true;
      for (Finding finding : diagnosis.findings()) {
        if (finding.cause().topic() == topic) {
          if (first) {
            lines.add(style.faint(title));
            first = false;
          }
          finding(lines, finding);
        }
      }
    }
    for (String hidden : diagnosis.hidden()) {
      screen.paragraph(lines, messages.text("doctor.hidden." + hidden));
    }
    lines.add("");
    lines.add(style.bold(sum(diagnosis)));
    return String.join("\n", lines) + "\n";
  }

  private void finding(List<String> lines, Finding finding) {
    screen.hang(lines, mark(finding.mark()) + " ", Escaping.line(words.sentence(finding)));
    words
        .todo(finding)
        .filter(todo -> !todo.isBlank())
        .ifPresent(todo -> screen.hang(lines, style.arrow(), Escaping.line(todo)));
  }

  private String mark(Mark mark) {
    return switch (mark) {
      case GOOD -> style.yes();
      case LOOK -> style.maybe();
      case BAD -> style.no();
      case UNKNOWN -> style.warning("?");
    };
  }

  private String sum(Diagnosis diagnosis) {
    int wrong = diagnosis.count(Mark.BAD);
    int look = diagnosis.count(Mark.LOOK);
    return switch (diagnosis.outcome()) {
      case NO_OLLAMA -> messages.text("doctor.sum.no-ollama");
      case WRONG -> messages.counted("doctor.sum.wrong", wrong);
      case UNKNOWN -> messages.text("doctor.sum.unknown");
      case WELL ->
          look == 0 ? messages.text("doctor.sum.well") : messages.counted("doctor.sum.look", look);
    };
  }
}
