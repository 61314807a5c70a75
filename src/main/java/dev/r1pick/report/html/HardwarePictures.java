package dev.r1pick.report.html;

import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.plan.HardwarePlan;
import dev.r1pick.plan.Planned;
import dev.r1pick.plan.UseCasePlan;
import dev.r1pick.report.html.Blocks.Column;
import dev.r1pick.report.html.Picture.Bar;
import dev.r1pick.report.html.Picture.Legend;
import dev.r1pick.report.html.Picture.Mark;
import dev.r1pick.report.html.Picture.Role;
import dev.r1pick.report.layout.MemoryBar;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.BuildWording;
import dev.r1pick.report.words.MemoryByContext;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/// Hardware that is planned with, beside each other: speed, memory, list price, power.
final class HardwarePictures {
  private final Messages messages;
  private final Wording words;
  private final BuildWording builds;

  HardwarePictures(Messages messages, GpuCatalog gpus) {
    this.messages = messages;
    this.words = new Wording(messages);
    this.builds = new BuildWording(messages, gpus);
  }

  /// Pieces of hardware for one tag.
  List<JsonValue> of(HardwarePlan plan, List<Planned> looked) {
    var names = new ArrayList<String>();
    looked.forEach(one -> names.add(name(one)));
    var pictures = new ArrayList<JsonValue>();
    pictures.add(speeds(looked, names));
    pictures.add(memory(looked, names));
    addAmounts(pictures, looked, names);
    return pictures;
  }

  /// The hardware of each size of R1.
  ///
  /// @param names the tag of each piece
  List<JsonValue> of(UseCasePlan plan, List<Planned> looked, List<String> names) {
    var pictures = new ArrayList<JsonValue>();
    pictures.add(needs(plan));
    if (!looked.isEmpty()) {
      var both = new ArrayList<String>();
      for (int i = 0; i < looked.size(); i++) {
        both.add(messages.text("policy.line", names.get(i), builds.name(looked.get(i).build())));
      }
      pictures.add(speeds(looked, both));
      addAmounts(pictures, looked, both);
    }
    return pictures;
  }

  private void addAmounts(List<JsonValue> pictures, List<Planned> looked, List<String> names) {
    amounts(
        pictures,
        "html.caption.price",
        messages.text("html.dollars"),
        looked,
        names,
        one -> one.build().listPriceUsd(),
        one -> builds.price(one.build()));
    amounts(
        pictures,
        "html.caption.power",
        "W",
        looked,
        names,
        one -> one.build().watts(),
        one -> builds.watts(one.build()));
  }

  private String name(Planned one) {
    return one.build().gpus().isPresent()
        ? messages.text("html.with-range", builds.name(one.build()), builds.memory(one.build()))
        : builds.name(one.build());
  }

  private static Role role(Planned one) {
    return switch (one.standing()) {
      case DOES_IT -> Role.MET;
      case MAY_DO_IT -> Role.WARNED;
      case TOO_SLOW, TOO_SMALL -> Role.NOT_MET;
      case SPEED_UNKNOWN -> Role.UNKNOWN;
    };
  }

  private String standing(Planned one) {
    return switch (one.standing()) {
      case DOES_IT -> messages.text("plan.does-it");
      case MAY_DO_IT -> messages.text("plan.may-do-it");
      case TOO_SLOW -> messages.text("plan.too-slow");
      case TOO_SMALL -> messages.text("plan.too-small");
      case SPEED_UNKNOWN -> messages.text("report.rate-unknown");
    };
  }

  private Legend legend(List<Planned> looked) {
    var legend = new Legend();
    looked.forEach(one -> legend.put(role(one), standing(one)));
    return legend;
  }

  private JsonValue speeds(List<Planned> looked, List<String> names) {
    var marks = new ArrayList<Mark>();
    var rows = new ArrayList<List<JsonValue>>();
    for (int i = 0; i < looked.size(); i++) {
      Planned one = looked.get(i);
      String name = names.get(i);
      SpeedPictures.range(one.speed())
          .ifPresent(
              speed -> {
                marks.add(new Mark(name, role(one), speed, List.of(), says(one)));
                rows.add(
                    List.of(
                        Blocks.cell(name),
                        Blocks.cell(standing(one)),
                        Blocks.cell(words.plainRate(one.speed()), speed.expected())));
              });
    }
    return Picture.spans(
        messages.text("html.caption.speed"),
        "tokens/s",
        legend(looked),
        marks,
        Blocks.table(
            List.of(
                Column.text(messages.text("html.column.hardware")),
                Column.text(messages.text("html.column.standing")),
                Column.number("tokens/s")),
            rows));
  }

  private List<String> says(Planned one) {
    var says = new ArrayList<String>();
    says.add(standing(one));
    says.add(words.rate(one.speed()));
    one.answerTime().ifPresent(time -> says.add(words.answer(time)));
    return says;
  }

  /// What the tag takes on each, of all its GPUs together.
  private JsonValue memory(List<Planned> looked, List<String> names) {
    var bars = new ArrayList<Bar>();
    var rows = new ArrayList<List<JsonValue>>();
    for (int i = 0; i < looked.size(); i++) {
      MemoryBar bar = bar(looked.get(i));
      var parts = new EnumMap<Role, Double>(Role.class);
      var says = new ArrayList<String>();
      var row = new ArrayList<JsonValue>();
      row.add(Blocks.cell(names.get(i)));
      for (Map.Entry<MemoryBar.Part, Role> part : PARTS) {
        Bytes size = bar.of(part.getKey());
        parts.put(part.getValue(), size.inGiB());
        String name = messages.text("report.legend." + part.getKey().key());
        says.add(messages.text("policy.line", name, Amounts.memory(size)));
        row.add(Blocks.cell(Amounts.gib(size), size.inGiB()));
      }
      bars.add(new Bar(names.get(i), parts, says));
      rows.add(row);
    }
    var columns = new ArrayList<Column>();
    columns.add(Column.text(messages.text("html.column.hardware")));
    var legend = new Legend();
    for (Map.Entry<MemoryBar.Part, Role> part : PARTS) {
      String name = messages.text("report.legend." + part.getKey().key());
      columns.add(Column.number(name));
      legend.put(part.getValue(), name);
    }
    return stack("html.caption.memory", "GiB", legend, bars, Blocks.table(columns, rows));
  }

  private static final List<Map.Entry<MemoryBar.Part, Role>> PARTS =
      List.of(
          Map.entry(MemoryBar.Part.WEIGHTS, Role.WEIGHTS),
          Map.entry(MemoryBar.Part.KV_CACHE, Role.KV_CACHE),
          Map.entry(MemoryBar.Part.BUFFERS, Role.BUFFERS),
          Map.entry(MemoryBar.Part.KEPT, Role.KEPT),
          Map.entry(MemoryBar.Part.SPARE, Role.SPARE));

  private static MemoryBar bar(Planned one) {
    var plan = one.fit().plan();
    if (plan.devices().isEmpty()) {
      return MemoryBar.of(plan.host());
    }
    Bytes weights = Bytes.ZERO;
    Bytes cache = Bytes.ZERO;
    Bytes buffers = Bytes.ZERO;
    Bytes kept = Bytes.ZERO;
    Bytes spare = Bytes.ZERO;
    for (DeviceLoad device : plan.devices()) {
      MemoryBar bar = MemoryBar.of(device);
      weights = weights.plus(bar.weights());
      cache = cache.plus(bar.kvCache());
      buffers = buffers.plus(bar.buffers());
      kept = kept.plus(bar.kept());
      spare = spare.plus(bar.spare());
    }
    return new MemoryBar(weights, cache, buffers, kept, spare);
  }

  /// What each size takes whole on one GPU.
  private JsonValue needs(UseCasePlan plan) {
    var bars = new ArrayList<Bar>();
    var rows = new ArrayList<List<JsonValue>>();
    for (UseCasePlan.Step step : plan.steps()) {
      HardwarePlan one = step.plan();
      FitEstimator.Need need = MemoryByContext.need(one.tag(), one.context(), KvCacheType.F16);
      var parts = new EnumMap<Role, Double>(Role.class);
      parts.put(Role.WEIGHTS, need.weights().inGiB());
      parts.put(Role.KV_CACHE, need.kvCache().inGiB());
      parts.put(Role.BUFFERS, need.compute().inGiB());
      bars.add(new Bar(one.tag().name(), parts, List.of(Amounts.memory(need.device()))));
      rows.add(
          List.of(
              Blocks.cell(one.tag().name()),
              Blocks.cell(Amounts.gib(need.weights()), need.weights().inGiB()),
              Blocks.cell(Amounts.gib(need.kvCache()), need.kvCache().inGiB()),
              Blocks.cell(Amounts.gib(need.compute()), need.compute().inGiB())));
    }
    String weights = messages.text("report.legend.weights");
    String cache = messages.text("report.legend.kv-cache");
    String buffers = messages.text("report.legend.buffers");
    return stack(
        "html.caption.needs",
        "GiB",
        new Legend()
            .put(Role.WEIGHTS, weights)
            .put(Role.KV_CACHE, cache)
            .put(Role.BUFFERS, buffers),
        bars,
        Blocks.table(
            List.of(
                Column.text(messages.text("report.column.tag")),
                Column.number(weights),
                Column.number(cache),
                Column.number(buffers)),
            rows));
  }

  /// One figure of each piece, where it is known of any.
  private void amounts(
      List<JsonValue> pictures,
      String key,
      String unit,
      List<Planned> looked,
      List<String> names,
      Function<Planned, OptionalInt> amount,
      Function<Planned, String> text) {
    var bars = new ArrayList<Bar>();
    var rows = new ArrayList<List<JsonValue>>();
    var known = new ArrayList<Planned>();
    for (int i = 0; i < looked.size(); i++) {
      Planned one = looked.get(i);
      OptionalInt figure = amount.apply(one);
      rows.add(List.of(Blocks.cell(names.get(i)), Blocks.cell(text.apply(one), figure.orElse(0))));
      if (figure.isPresent()) {
        known.add(one);
        bars.add(
            new Bar(
                names.get(i),
                Map.of(role(one), (double) figure.getAsInt()),
                List.of(text.apply(one), standing(one))));
      }
    }
    if (!bars.isEmpty()) {
      String caption = messages.text(key);
      pictures.add(
          stack(
              key,
              unit,
              legend(known),
              bars,
              Blocks.table(
                  List.of(
                      Column.text(messages.text("html.column.hardware")), Column.number(caption)),
                  rows)));
    }
  }

  private JsonValue stack(String key, String unit, Legend legend, List<Bar> bars, JsonValue table) {
    return Picture.stack(
        messages.text(key),
        unit,
        "",
        true,
        legend,
        bars,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        table);
  }

  /// All hardware, cheapest first as it was planned.
  JsonValue table(List<Planned> planned) {
    var rows = new ArrayList<List<JsonValue>>();
    for (Planned one : planned) {
      rows.add(
          List.of(
              Blocks.cell(builds.name(one.build())),
              Blocks.cell(standing(one)),
              Blocks.cell(builds.memory(one.build()), bar(one).total().inGiB()),
              Blocks.cell(words.plainRate(one.speed()), one.low()),
              Blocks.cell(words.plainRate(one.whenFull())),
              Blocks.cell(builds.watts(one.build()), one.build().watts().orElse(0)),
              Blocks.cell(builds.price(one.build()), one.build().listPriceUsd().orElse(0))));
    }
    return Blocks.table(
        List.of(
            Column.text(messages.text("html.column.hardware")),
            Column.text(messages.text("html.column.standing")),
            Column.number(messages.text("html.column.memory")),
            Column.number(messages.text("plan.column.rate")),
            Column.number(messages.text("plan.column.when-full")),
            Column.number(messages.text("plan.column.power")),
            Column.number(messages.text("plan.column.price"))),
        rows);
  }
}
