package dev.r1pick.report.ci;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.policy.Finding;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.Requirement;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.text.Escaping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What became of a policy as SARIF 2.1.0: a result a rule, at its line of the policy. Not met
/// fails with an error, warned of with a warning; met passes, unknown is open.
public final class PolicySarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final Messages messages;
  private final PolicyWording words;
  private final String version;
  private final Optional<String> file;

  /// A writer whose sentences are in one language.
  ///
  /// @param version of the program
  /// @param file the policy, from the root of its repository; empty where it lies in none
  public PolicySarif(Messages messages, String version, Optional<String> file) {
    this.messages = messages;
    this.words = new PolicyWording(messages);
    this.version = version;
    this.file = file;
  }

  /// A whole document.
  public String document(PolicyAnswer answer) {
    JsonValue driver =
        JsonValue.object()
            .put("name", "r1pick")
            .put("version", version)
            .put("rules", rules())
            .build();
    JsonValue run =
        JsonValue.object()
            .put("tool", JsonValue.object().put("driver", driver).build())
            .put("columnKind", "utf16CodeUnits")
            .put("results", results(answer))
            .build();
    return JsonWriter.pretty(
        JsonValue.object()
            .put("$schema", SCHEMA)
            .put("version", "2.1.0")
            .put("runs", List.of(run))
            .build());
  }

  private List<JsonValue> rules() {
    var rules = new ArrayList<JsonValue>();
    for (String key : Requirement.KEYS) {
      rules.add(
          JsonValue.object()
              .put("id", id(key))
              .put("shortDescription", text(messages.text("policy.kind." + key)))
              .build());
    }
    return rules;
  }

  private List<JsonValue> results(PolicyAnswer answer) {
    var results = new ArrayList<JsonValue>();
    for (Finding finding : answer.findings()) {
      results.add(result(finding));
    }
    return results;
  }

  private JsonValue result(Finding finding) {
    String kind =
        switch (finding.outcome()) {
          case MET -> "pass";
          case WARNED, NOT_MET -> "fail";
          case UNKNOWN -> "open";
        };
    String level =
        switch (finding.outcome()) {
          case MET, UNKNOWN -> "none";
          case WARNED -> "warning";
          case NOT_MET -> "error";
        };
    String key = finding.rule().requirement().key();
    String message =
        messages.text("policy.line", words.asked(finding.rule()), words.saidWithRemedies(finding));
    return JsonValue.object()
        .put("ruleId", id(key))
        .put("ruleIndex", Requirement.KEYS.indexOf(key))
        .put("kind", kind)
        .put("level", level)
        .put("message", text(message))
        .put("locations", locations(finding))
        .build();
  }

  private List<JsonValue> locations(Finding finding) {
    return file.isEmpty() ? List.of() : List.of(location(file.get(), finding));
  }

  private static JsonValue location(String file, Finding finding) {
    JsonValue region =
        JsonValue.object()
            .put("startLine", finding.rule().place().line())
            .put("startColumn", finding.rule().place().column())
            .build();
    JsonValue physical =
        JsonValue.object()
            .put("artifactLocation", JsonValue.object().put("uri", uri(file)).build())
            .put("region", region)
            .build();
    return JsonValue.object().put("physicalLocation", physical).build();
  }

  private static JsonValue text(String text) {
    return JsonValue.object().put("text", Escaping.line(text)).build();
  }

  private static String id(String key) {
    return "r1pick/" + key.replace('_', '-');
  }

  /// A relative reference (RFC 3986).
  private static String uri(String path) {
    var uri = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~/".indexOf(c) >= 0;
      if (plain) {
        uri.append(c);
      } else {
        uri.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return uri.toString();
  }

  private static char hex(int digit) {
    return (char) (digit < 10 ? '0' + digit : 'A' + digit - 10);
  }
}
