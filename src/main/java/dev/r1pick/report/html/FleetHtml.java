package dev.r1pick.report.html;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.policy.Actual;
import dev.r1pick.policy.Finding;
import dev.r1pick.policy.FleetEntry;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.policy.PolicyRule;
import dev.r1pick.report.fleet.FleetWriter;
import dev.r1pick.report.html.Blocks.Column;
import dev.r1pick.report.html.Blocks.Tone;
import dev.r1pick.report.words.FleetWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.report.words.Wording;
import dev.r1pick.text.Escaping;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Many machines as a page. Each is a line of data in every language, so that the page is written
/// as it comes; the script counts them.
public final class FleetHtml implements FleetWriter {
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

  private final FailOn failOn;
  private final HtmlPage page;
  private final List<PolicyWording> words = new ArrayList<>();

  /// The rules that were met, by their path.
  private final Map<String, PolicyRule> rules = new ConcurrentHashMap<>();

  /// A page.
  ///
  /// @param shown the language that it opens with
  /// @param failOn which rules count
  /// @param version of r1pick
  public FleetHtml(Messages shown, FailOn failOn, String version) {
    this.failOn = failOn;
    this.page = new HtmlPage(shown, shown.text("html.title.fleet"), version);
    for (String language : Messages.LANGUAGES) {
      words.add(new PolicyWording(Messages.in(Locale.of(language))));
    }
  }

  @Override
  public String begin() {
    return page.begin() + "<script type=\"application/json\" id=\"machines\">\n";
  }

  @Override
  public String line(FleetEntry entry) {
    JsonValue.Builder line = JsonValue.object().put("machine", Escaping.line(entry.name()));
    switch (entry) {
      case FleetEntry.Unreadable(_, _, var problem) ->
          line.put("outcome", "unreadable").put("problem", Escaping.line(problem));
      case FleetEntry.Answered(_, _, var answer) -> answered(line, answer);
    }
    return HtmlPage.safe(JsonWriter.compact(line.build())) + "\n";
  }

  private void answered(JsonValue.Builder line, PolicyAnswer answer) {
    Machine machine = answer.machine();
    line.put("outcome", answer.outcome(failOn).code());
    List<Accelerator> cards = machine.usableAccelerators();
    if (!cards.isEmpty()) {
      line.put("gpu", Escaping.line(names(cards)));
    }
    line.put("vram", gib(vram(cards))).put("ram", gib(machine.ram().total()));
    Optional<Actual.Load> load = FleetSummary.load(answer);
    load.ifPresent(
        one -> {
          line.put("tag", one.tag().name());
          SpeedPictures.range(one.speed()).ifPresent(rate -> line.put("speed", rate.rounded()));
        });
    var findings = new ArrayList<JsonValue>();
    for (Finding finding : answer.findings()) {
      rules.putIfAbsent(finding.rule().path(), finding.rule());
      findings.add(finding(finding));
    }
    line.put("findings", findings);
  }

  private static String names(List<Accelerator> cards) {
    String first = Wording.shortName(cards.getFirst());
    return cards.size() == 1 ? first : cards.size() + "x " + first;
  }

  /// Of all usable cards; empty where that of one is not known.
  private static Optional<Bytes> vram(List<Accelerator> cards) {
    Bytes sum = Bytes.ZERO;
    for (Accelerator card : cards) {
      if (card.memory().total().isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(card.memory().total().get());
    }
    return Optional.of(sum);
  }

  private static Optional<JsonValue> gib(Optional<Bytes> size) {
    return size.map(bytes -> new JsonValue.Decimal(Math.round(bytes.inGiB() * 10) / 10.0));
  }

  private JsonValue finding(Finding finding) {
    JsonValue.Builder object =
        JsonValue.object()
            .put("rule", finding.rule().path())
            .put("outcome", finding.outcome().code())
            .put("texts", texts(words.stream().map(w -> w.said(finding))));
    if (finding.outcome() != Outcome.MET && !finding.remedies().isEmpty()) {
      object.put("ways", texts(words.stream().map(w -> w.remedies(finding))));
    }
    return object.build();
  }

  private static List<JsonValue> texts(Stream<String> texts) {
    return texts.map(text -> (JsonValue) new JsonValue.Text(Escaping.line(text))).toList();
  }

  @Override
  public String end(FleetSummary summary) {
    return "</script>\n" + page.data(messages -> content(messages, summary)) + page.end();
  }

  private JsonValue.Builder content(Messages messages, FleetSummary summary) {
    List<String> sum = new FleetWording(messages, failOn).summary(summary);
    Tone tone =
        summary.met() == summary.machines()
            ? Tone.GOOD
            : summary.notMet() > 0 || summary.unreadable() > 0 ? Tone.BAD : Tone.UNKNOWN;
    List<JsonValue> sections =
        List.of(
            Blocks.section("", List.of(Blocks.verdict(tone, "", sum.getFirst(), List.of()))),
            Blocks.section(
                messages.text("html.heading.fleet"), List.of(Blocks.named("fleet-pictures"))),
            Blocks.section(
                messages.text("html.heading.machines"), List.of(Blocks.named("fleet-table"))));
    return Blocks.page(
            messages.text("html.title.fleet"), messages.text("html.subject.fleet"), sections)
        .put("fleet", fleet(messages));
  }

  /// What the script says of machines.
  private JsonValue fleet(Messages messages) {
    var wording = new PolicyWording(messages);
    JsonValue.Builder outcomes = JsonValue.object();
    JsonValue.Builder tones = JsonValue.object();
    for (Outcome outcome : OUTCOMES) {
      outcomes.put(outcome.code(), wording.outcome(outcome));
      tones.put(outcome.code(), CheckHtml.tone(outcome).word());
    }
    outcomes.put("unreadable", messages.text("policy.outcome.unreadable"));
    tones.put("unreadable", Tone.BAD.word());
    return JsonValue.object()
        .put("outcomes", outcomes.build())
        .put("tones", tones.build())
        .put("rules", rules(wording))
        .put("columns", columns(messages))
        .put(
            "captions",
            JsonValue.object()
                .put("rules", messages.text("html.caption.rules"))
                .put("tags", messages.text("html.caption.tags"))
                .put("vram", messages.text("html.caption.vram"))
                .put("ram", messages.text("html.caption.ram"))
                .build())
        .put("none", messages.text("report.hardware.no-gpu"))
        .put("nothing", messages.text("html.no-tag"))
        .build();
  }

  private List<JsonValue> rules(PolicyWording wording) {
    var ordered =
        new TreeMap<PolicyRule, String>(
            Comparator.comparing(PolicyRule::severity).thenComparingInt(PolicyRule::index));
    rules.forEach((path, rule) -> ordered.put(rule, path));
    var list = new ArrayList<JsonValue>();
    ordered.forEach(
        (rule, path) ->
            list.add(
                JsonValue.object()
                    .put("path", path)
                    .put("asked", Escaping.line(wording.asked(rule)))
                    .build()));
    return list;
  }

  private static List<JsonValue> columns(Messages messages) {
    return Stream.of(
            Column.text(messages.text("policy.column.machine")),
            Column.text(messages.text("policy.column.outcome")),
            Column.text(messages.text("report.label.gpu")),
            Column.number(messages.text("html.column.vram")),
            Column.number(messages.text("html.column.ram")),
            Column.text(messages.text("report.column.tag")),
            Column.number("tokens/s"))
        .map(Column::json)
        .toList();
  }
}
