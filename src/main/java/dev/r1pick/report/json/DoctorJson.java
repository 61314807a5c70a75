package dev.r1pick.report.json;

import dev.r1pick.doctor.Diagnosis;
import dev.r1pick.doctor.Finding;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.report.words.DoctorWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.text.Escaping;
import dev.r1pick.text.Kebab;
import java.util.ArrayList;

/// A diagnosis as JSON.
public final class DoctorJson {
  private final DoctorWording words;
  private final Messages messages;

  /// A writer in one language.
  public DoctorJson(Messages messages) {
    this.messages = messages;
    this.words = new DoctorWording(messages);
  }

  /// One document.
  public String diagnosis(Diagnosis diagnosis) {
    var findings = new ArrayList<JsonValue>();
    for (Finding finding : diagnosis.findings()) {
      findings.add(finding(finding));
    }
    var hidden = new ArrayList<JsonValue>();
    for (String id : diagnosis.hidden()) {
      hidden.add(
          JsonValue.object()
              .put("id", id)
              .put("message", messages.text("doctor.hidden." + id))
              .build());
    }
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "doctor")
            .put("outcome", Kebab.of(diagnosis.outcome()))
            .put("findings", findings)
            .put("not_seen", hidden)
            .build());
  }

  private JsonValue finding(Finding finding) {
    return JsonValue.object()
        .put("id", Kebab.of(finding.cause()))
        .put("kind", finding.part().isEmpty() ? null : finding.part())
        .put("topic", Kebab.of(finding.cause().topic()))
        .put("mark", Kebab.of(finding.mark()))
        .put("seen", Escaping.line(words.seen(finding)))
        .put("means", words.means(finding).map(text -> new JsonValue.Text(Escaping.line(text))))
        .put(
            "todo",
            words
                .todo(finding)
                .filter(text -> !text.isBlank())
                .map(text -> new JsonValue.Text(Escaping.line(text))))
        .build();
  }
}
