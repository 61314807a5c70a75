package dev.r1pick.report.html;

import dev.r1pick.advice.TagAssessment;
import dev.r1pick.compare.TagComparison;
import dev.r1pick.compare.TagComparison.Side;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.json.JsonValue;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.report.html.Blocks.Column;
import dev.r1pick.report.html.Blocks.Step;
import dev.r1pick.report.html.Blocks.Tone;
import dev.r1pick.report.html.Picture.Bar;
import dev.r1pick.report.html.Picture.Legend;
import dev.r1pick.report.html.Picture.Mark;
import dev.r1pick.report.html.Picture.Range;
import dev.r1pick.report.html.Picture.Role;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.CompareWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Tags side by side as a page.
public final class CompareHtml {
  private final PolicyCatalog data;
  private final String version;

  /// @param data the tags and uses
  /// @param version of r1pick
  public CompareHtml(PolicyCatalog data, String version) {
    this.data = data;
    this.version = version;
  }

  /// Several tags on one machine.
  ///
  /// @param shown the language that it opens with
  public String tags(TagComparison comparison, Machine machine, Messages shown) {
    return HtmlPage.of(
        shown,
        tagsTitle(shown, comparison),
        version,
        messages -> tags(messages, comparison, machine));
  }

  private static String tagsTitle(Messages messages, TagComparison comparison) {
    return messages.text("html.title.compare", CompareWording.names(comparison));
  }

  private JsonValue.Builder tags(Messages messages, TagComparison comparison, Machine machine) {
    var words = new CompareWording(messages);
    List<String> names = CompareWording.names(comparison);
    boolean oneFile = comparison.isOneFile(data);
    var sections = new ArrayList<JsonValue>();
    sections.add(
        Blocks.section(
            "",
            List.of(
                Blocks.verdict(
                    comparison.pick().isPresent() ? Tone.GOOD : Tone.BAD,
                    "",
                    words.verdict(comparison, data),
                    List.of()),
                rows(words.rows(comparison), names),
                Blocks.notes(words.remarks(comparison, oneFile)))));
    comparison.pick().ifPresent(side -> sections.add(next(messages, side.tag().pullCommand())));
    var pictures = new ArrayList<JsonValue>();
    speeds(messages, comparison).ifPresent(pictures::add);
    pictures.add(qualities(messages, comparison));
    pictures.add(memory(messages, comparison, machine));
    sections.add(
        Blocks.section(messages.text("html.heading.pictures"), List.of(Blocks.pictures(pictures))));
    sections.add(machine(messages, "html.heading.machine", machine));
    String subject = new Wording(messages).useCase(comparison.useCase());
    return Blocks.page(tagsTitle(messages, comparison), subject, sections);
  }

  static JsonValue next(Messages messages, String command) {
    return Blocks.section(
        messages.text("html.heading.next"),
        List.of(Blocks.steps(List.of(new Step(messages.text("html.step.pull"), command)))));
  }

  static JsonValue machine(Messages messages, String heading, Machine machine) {
    return Blocks.section(
        messages.text(heading), List.of(Blocks.facts(new MachineFacts(messages).of(machine))));
  }

  static JsonValue rows(List<CompareWording.Row> rows, List<String> heads) {
    var columns = new ArrayList<Column>();
    columns.add(Column.text(""));
    heads.forEach(head -> columns.add(Column.text(head)));
    var cells = new ArrayList<List<JsonValue>>();
    for (CompareWording.Row row : rows) {
      var line = new ArrayList<JsonValue>();
      line.add(Blocks.cell(row.label()));
      row.cells().forEach(cell -> line.add(Blocks.cell(cell)));
      cells.add(line);
    }
    return Blocks.still(columns, cells);
  }

  private static Role role(TagComparison comparison, Side side) {
    if (comparison.pick().equals(Optional.of(side))) {
      return Role.PICK;
    }
    return side.assessment().fit() instanceof Fit.Whole ? Role.FITS : Role.SPILLS;
  }

  private static Legend legend(Messages messages, List<Mark> marks) {
    var legend = new Legend();
    for (Mark mark : marks) {
      String key = mark.role() == Role.PICK ? "most-picked" : mark.role().word();
      legend.put(mark.role(), messages.text("html.role." + key));
    }
    return legend;
  }

  private static Optional<JsonValue> speeds(Messages messages, TagComparison comparison) {
    var words = new Wording(messages);
    var marks = new ArrayList<Mark>();
    var rows = new ArrayList<List<JsonValue>>();
    for (Side side : comparison.sides()) {
      TagAssessment one = side.assessment();
      Optional<Range> speed = side.loads() ? SpeedPictures.range(one.speed()) : Optional.empty();
      if (speed.isPresent()) {
        var says = new ArrayList<String>();
        says.add(words.rate(one.speed()));
        one.answerTime().ifPresent(time -> says.add(words.answer(time)));
        says.add(words.placement(one.fit().plan()));
        marks.add(
            new Mark(side.tag().name(), role(comparison, side), speed.get(), List.of(), says));
        rows.add(
            List.of(
                Blocks.cell(side.tag().name()),
                Blocks.cell(words.plainRate(one.speed()), speed.get().expected())));
      }
    }
    return marks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Picture.spans(
                messages.text("html.caption.speed"),
                "tokens/s",
                legend(messages, marks),
                marks,
                Blocks.table(
                    List.of(
                        Column.text(messages.text("report.column.tag")), Column.number("tokens/s")),
                    rows)));
  }

  private static JsonValue qualities(Messages messages, TagComparison comparison) {
    var marks = new ArrayList<Mark>();
    var rows = new ArrayList<List<JsonValue>>();
    for (Side side : comparison.sides()) {
      var quality = side.quality();
      String range =
          messages.text(
              "html.with-range",
              Amounts.about(quality.score()),
              messages.range(Amounts.about(quality.low()), Amounts.about(quality.high())));
      marks.add(
          new Mark(
              side.tag().name(),
              role(comparison, side),
              new Range(quality.low(), quality.score(), quality.high()),
              List.of(),
              List.of(messages.text("html.quality", range))));
      rows.add(List.of(Blocks.cell(side.tag().name()), Blocks.cell(range, quality.score())));
    }
    String caption =
        messages.text(
            "html.caption.quality-of", new Wording(messages).useCase(comparison.useCase()));
    return Picture.spans(
        caption,
        messages.text("compare.row.quality"),
        legend(messages, marks),
        marks,
        Blocks.table(
            List.of(
                Column.text(messages.text("report.column.tag")),
                Column.number(messages.text("compare.row.quality"))),
            rows));
  }

  /// What each tag takes where this machine computes, and what of it lies in RAM beside that.
  private static JsonValue memory(Messages messages, TagComparison comparison, Machine machine) {
    var words = new CompareWording(messages);
    var bars = new ArrayList<Bar>();
    var rows = new ArrayList<List<JsonValue>>();
    boolean gpus = false;
    for (Side side : comparison.sides()) {
      LoadPlan plan = side.assessment().fit().plan();
      gpus |= !plan.devices().isEmpty();
      var parts = new EnumMap<Role, Double>(Role.class);
      Bytes weights = Bytes.ZERO;
      Bytes cache = Bytes.ZERO;
      Bytes buffers = Bytes.ZERO;
      for (DeviceLoad device : plan.devices()) {
        weights = weights.plus(device.weights());
        cache = cache.plus(device.kvCache());
        buffers = buffers.plus(device.compute());
      }
      if (plan.devices().isEmpty()) {
        weights = plan.host().weights();
        cache = plan.host().kvCache();
        buffers = plan.host().compute().plus(plan.host().output());
      } else if (plan.placement().cpuLayers() > 0) {
        parts.put(Role.SHORT, plan.host().total().inGiB());
      }
      parts.put(Role.WEIGHTS, weights.inGiB());
      parts.put(Role.KV_CACHE, cache.inGiB());
      parts.put(Role.BUFFERS, buffers.inGiB());
      String fits = words.fits(side.assessment().fit());
      bars.add(new Bar(side.tag().name(), parts, List.of(words.memory(side.assessment()), fits)));
      rows.add(
          List.of(
              Blocks.cell(side.tag().name()),
              Blocks.cell(words.memory(side.assessment()), plan.total().inGiB()),
              Blocks.cell(fits)));
    }
    Optional<Bytes> have = gpus ? free(machine) : machine.ram().available();
    var legend =
        new Legend()
            .put(Role.WEIGHTS, messages.text("report.legend.weights"))
            .put(Role.KV_CACHE, messages.text("report.legend.kv-cache"))
            .put(Role.BUFFERS, messages.text("report.legend.buffers"))
            .put(Role.SHORT, messages.text("html.memory.in-ram"));
    have.ifPresent(
        free -> legend.put(Role.LINE, messages.text("html.memory.free", Amounts.memory(free))));
    return Picture.stack(
        messages.text(gpus ? "html.caption.vram-of-tags" : "html.caption.ram-of-tags"),
        "",
        "GiB",
        false,
        legend,
        bars,
        have.isPresent() ? OptionalDouble.of(have.get().inGiB()) : OptionalDouble.empty(),
        OptionalDouble.empty(),
        Blocks.table(
            List.of(
                Column.text(messages.text("report.column.tag")),
                Column.text(messages.text("html.memory.sum")),
                Column.text(messages.text("compare.row.fits"))),
            rows));
  }

  /// Of all usable GPUs; empty where that of one is not known.
  private static Optional<Bytes> free(Machine machine) {
    Bytes sum = Bytes.ZERO;
    for (Accelerator card : machine.usableAccelerators()) {
      Optional<Bytes> one = card.memory().free().or(() -> card.memory().total());
      if (one.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(one.get());
    }
    return Optional.of(sum);
  }
}
