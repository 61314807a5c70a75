package dev.r1pick.report.html;

import dev.r1pick.advice.Candidate;
import dev.r1pick.compare.MachineComparison;
import dev.r1pick.compare.MachineComparison.Use;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.html.Blocks.Column;
import dev.r1pick.report.html.Blocks.Tone;
import dev.r1pick.report.html.Picture.Bar;
import dev.r1pick.report.html.Picture.Legend;
import dev.r1pick.report.html.Picture.Mark;
import dev.r1pick.report.html.Picture.Role;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.UpgradeWording;
import dev.r1pick.report.words.Wording;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// A machine beside its upgrade, as a page.
public final class UpgradeHtml {
  private final String version;

  /// @param version of r1pick
  public UpgradeHtml(String version) {
    this.version = version;
  }

  /// A machine and the same upgraded.
  ///
  /// @param shown the language that it opens with
  public String machines(MachineComparison comparison, Messages shown) {
    return HtmlPage.of(
        shown,
        shown.text("html.title.upgrade"),
        version,
        messages -> machines(messages, comparison));
  }

  private static JsonValue.Builder machines(Messages messages, MachineComparison comparison) {
    var words = new UpgradeWording(messages);
    var sections = new ArrayList<JsonValue>();
    Optional<Candidate> pick = comparison.uses().getFirst().after();
    sections.add(
        Blocks.section(
            "",
            List.of(
                Blocks.verdict(
                    pick.isPresent() ? Tone.GOOD : Tone.BAD,
                    "",
                    words.verdict(comparison),
                    List.of()),
                CompareHtml.rows(
                    words.rows(comparison, comparison.uses()),
                    List.of(messages.text("compare.now"), messages.text("compare.then"))),
                Blocks.notes(List.of(messages.text("compare.remark.ranges"))))));
    pick.ifPresent(
        candidate -> sections.add(CompareHtml.next(messages, candidate.tag().pullCommand())));
    var pictures = new ArrayList<JsonValue>();
    speeds(messages, comparison).ifPresent(pictures::add);
    pictures.add(memory(messages, comparison));
    sections.add(
        Blocks.section(messages.text("html.heading.pictures"), List.of(Blocks.pictures(pictures))));
    sections.add(CompareHtml.machine(messages, "compare.now", comparison.before().machine()));
    sections.add(CompareHtml.machine(messages, "compare.then", comparison.after().machine()));
    return Blocks.page(
        messages.text("html.title.upgrade"),
        new Wording(messages).useCase(comparison.uses().getFirst().profile()),
        sections);
  }

  /// The picks of every use, now and then.
  private static Optional<JsonValue> speeds(Messages messages, MachineComparison comparison) {
    var words = new Wording(messages);
    var marks = new ArrayList<Mark>();
    var rows = new ArrayList<List<JsonValue>>();
    for (Use use : comparison.uses()) {
      for (Map.Entry<Role, Optional<Candidate>> one :
          List.of(Map.entry(Role.FITS, use.before()), Map.entry(Role.PICK, use.after()))) {
        String when = messages.text(one.getKey() == Role.FITS ? "compare.now" : "compare.then");
        String name = messages.text("html.use-when", words.useCase(use.profile()), when);
        one.getValue()
            .ifPresent(
                candidate ->
                    SpeedPictures.range(candidate.speed())
                        .ifPresent(
                            speed -> {
                              marks.add(
                                  new Mark(
                                      name,
                                      one.getKey(),
                                      speed,
                                      List.of(),
                                      List.of(
                                          candidate.tag().name(),
                                          words.rate(candidate.speed()),
                                          words.placement(candidate))));
                              rows.add(
                                  List.of(
                                      Blocks.cell(name),
                                      Blocks.cell(candidate.tag().name()),
                                      Blocks.cell(
                                          words.plainRate(candidate.speed()), speed.expected())));
                            }));
      }
    }
    return marks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Picture.spans(
                messages.text("html.caption.speed-of-picks"),
                "tokens/s",
                new Legend()
                    .put(Role.PICK, messages.text("compare.then"))
                    .put(Role.FITS, messages.text("compare.now")),
                marks,
                Blocks.table(
                    List.of(
                        Column.text(messages.text("html.column.use")),
                        Column.text(messages.text("report.column.tag")),
                        Column.number("tokens/s")),
                    rows)));
  }

  private static JsonValue memory(Messages messages, MachineComparison comparison) {
    var bars = new ArrayList<Bar>();
    var rows = new ArrayList<List<JsonValue>>();
    for (boolean after : new boolean[] {false, true}) {
      Machine machine = (after ? comparison.after() : comparison.before()).machine();
      String name = messages.text(after ? "compare.then" : "compare.now");
      Bytes vram = Bytes.ZERO;
      for (Accelerator card : machine.usableAccelerators()) {
        vram = vram.plus(card.memory().total().orElse(Bytes.ZERO));
      }
      Bytes ram = machine.ram().total().orElse(Bytes.ZERO);
      var parts = new EnumMap<Role, Double>(Role.class);
      parts.put(Role.WEIGHTS, vram.inGiB());
      parts.put(Role.KEPT, ram.inGiB());
      bars.add(
          new Bar(
              name,
              parts,
              List.of(
                  messages.text("compare.vram", Amounts.memory(vram)),
                  messages.text("compare.ram", Amounts.memory(ram)))));
      rows.add(
          List.of(
              Blocks.cell(name),
              Blocks.cell(Amounts.memory(vram), vram.inGiB()),
              Blocks.cell(Amounts.memory(ram), ram.inGiB())));
    }
    return Picture.stack(
        messages.text("html.caption.memory"),
        "GiB",
        "",
        true,
        new Legend()
            .put(Role.WEIGHTS, messages.text("report.label.vram"))
            .put(Role.KEPT, messages.text("report.label.ram")),
        bars,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Blocks.table(
            List.of(
                Column.text(""),
                Column.number(messages.text("report.label.vram")),
                Column.number(messages.text("report.label.ram"))),
            rows));
  }
}
