package dev.r1pick.report.words;

import dev.r1pick.advice.Candidate;
import dev.r1pick.catalog.gpu.GpuMarket;
import dev.r1pick.catalog.gpu.GpuMarket.Availability;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.compare.MachineComparison;
import dev.r1pick.compare.MachineComparison.Longest;
import dev.r1pick.compare.MachineComparison.Use;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.policy.CheckedMachine;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What an upgrade changes, in words.
public final class UpgradeWording {
  /// Groups of uses that the sentence names.
  private static final int MOST_LIFTS = 2;

  /// Less is inside the ranges.
  private static final double FASTER = 1.05;

  private final Messages messages;
  private final Wording words;

  /// Words of one language.
  public UpgradeWording(Messages messages) {
    this.messages = messages;
    this.words = new Wording(messages);
  }

  /// What is told of both machines, row by row.
  ///
  /// @param uses those that are shown
  public List<CompareWording.Row> rows(MachineComparison comparison, List<Use> uses) {
    var rows = new ArrayList<CompareWording.Row>();
    pair(rows, "gpus", gpus(comparison.before()), gpus(comparison.after()));
    pair(rows, "power", power(comparison.before()), power(comparison.after()));
    pair(rows, "system-ram", ram(comparison.before()), ram(comparison.after()));
    for (Use use : uses) {
      rows.add(
          new CompareWording.Row(
              words.useCase(use.profile()), List.of(pick(use.before()), pick(use.after()))));
    }
    for (Longest longest : comparison.longest()) {
      if (longest.before().isPresent() || longest.after().isPresent()) {
        rows.add(
            new CompareWording.Row(
                messages.text("compare.row.longest-of", longest.tag().name()),
                List.of(context(longest.before()), context(longest.after()))));
      }
    }
    return rows;
  }

  private void pair(List<CompareWording.Row> rows, String key, String before, String after) {
    if (!before.isEmpty() || !after.isEmpty()) {
      rows.add(new CompareWording.Row(messages.text("compare.row." + key), List.of(before, after)));
    }
  }

  /// What changes for the use first, then what other uses gain, then that nothing does.
  public String verdict(MachineComparison comparison) {
    Use first = comparison.uses().getFirst();
    if (comparison.changesNothing()) {
      return messages.text(
          first.after().isPresent() ? "compare.changes-nothing" : "compare.changes-nothing-fits",
          first.after().map(candidate -> candidate.tag().name()).orElse(""),
          first.after().map(words::placement).orElse(""));
    }
    var sentences = new ArrayList<String>();
    Optional<Double> times = first.timesAsFast();
    if (times.isPresent() && times.get() >= FASTER) {
      sentences.add(
          messages.text(
              "compare.faster",
              first.after().orElseThrow().tag().fullName(),
              Amounts.decimal(times.get(), 1)));
    } else if (times.isPresent() && times.get() <= 1 / FASTER) {
      sentences.add(
          messages.text(
              "compare.slower",
              first.after().orElseThrow().tag().fullName(),
              Amounts.decimal(1 / times.get(), 1)));
    } else if (times.isPresent()) {
      sentences.add(messages.text("compare.stays", first.after().orElseThrow().tag().fullName()));
    }
    sentences.addAll(lifts(comparison));
    return messages.sentences(sentences);
  }

  private List<String> lifts(MachineComparison comparison) {
    var groups = new LinkedHashMap<List<String>, List<String>>();
    for (Use use : comparison.uses()) {
      if (use.isOtherTag()) {
        groups
            .computeIfAbsent(List.of(name(use.before()), name(use.after())), _ -> new ArrayList<>())
            .add(words.useCase(use.profile()));
      }
    }
    var sentences = new ArrayList<String>();
    groups.forEach(
        (tags, uses) -> {
          if (sentences.size() < MOST_LIFTS) {
            sentences.add(messages.text("compare.lifts", uses, tags.getFirst(), tags.getLast()));
          }
        });
    return sentences;
  }

  private String name(Optional<Candidate> candidate) {
    return candidate.map(one -> one.tag().name()).orElseGet(() -> messages.text("compare.nothing"));
  }

  private String gpus(CheckedMachine checked) {
    var texts = new ArrayList<String>();
    List<Accelerator> usable = checked.machine().usableAccelerators();
    for (int i = 0; i < usable.size(); ) {
      int alike = 1;
      while (i + alike < usable.size()
          && usable.get(i + alike).name().equals(usable.get(i).name())) {
        alike++;
      }
      texts.add(gpu(checked, usable.get(i), alike));
      i += alike;
    }
    return texts.isEmpty() ? messages.text("compare.no-gpu") : messages.list(texts);
  }

  private String gpu(CheckedMachine checked, Accelerator gpu, int number) {
    String name = (number > 1 ? number + "x " : "") + Wording.shortName(gpu);
    String memory =
        gpu.memory().total().map(Amounts::memory).orElseGet(() -> messages.text("report.unknown"));
    return checked
        .speeds()
        .model(gpu)
        .map(
            model ->
                messages.text(
                    "compare.gpu",
                    name,
                    memory,
                    Math.round(model.bandwidth().bytesPerSecond() / 1e9)))
        .orElseGet(() -> messages.text("compare.gpu-unknown", name, memory));
  }

  /// Board power of all, with the list price of those that are sold; nothing where one is not
  /// known.
  private String power(CheckedMachine checked) {
    int watts = 0;
    int price = 0;
    int year = 0;
    boolean priced = true;
    for (Accelerator gpu : checked.machine().usableAccelerators()) {
      Optional<GpuModel> model = checked.speeds().model(gpu);
      if (model.isEmpty() || model.get().market().watts().isEmpty()) {
        return "";
      }
      GpuMarket market = model.get().market();
      watts += market.watts().getAsInt();
      boolean sold = market.availability().filter(Availability.SECOND_HAND::equals).isEmpty();
      priced &= sold && market.listPriceUsd().isPresent() && !gpu.memory().unified();
      price += market.listPriceUsd().orElse(0);
      year = market.listPriceYear().orElse(year);
    }
    if (watts == 0) {
      return "";
    }
    return priced
        ? messages.text("compare.power-and-price", watts, Amounts.thousands(price), year)
        : messages.text("compare.power", watts);
  }

  private String ram(CheckedMachine checked) {
    return checked.machine().ram().total().map(Amounts::memory).orElse("");
  }

  private String pick(Optional<Candidate> candidate) {
    return candidate
        .map(
            one ->
                messages.text(
                    "compare.pick",
                    one.tag().name(),
                    one.contextLength().shortText(),
                    words.rate(one.speed()),
                    one.answerTime()
                        .map(
                            time ->
                                (time.length().measured() ? "" : "~")
                                    + messages.duration(time.typical().expected()))
                        .orElseGet(() -> messages.text("report.unknown"))))
        .orElseGet(() -> messages.text("compare.nothing-fits"));
  }

  private String context(Optional<ContextLength> context) {
    return context
        .map(length -> length.inWholeK().shortText())
        .orElseGet(() -> messages.text("compare.nowhere"));
  }
}
