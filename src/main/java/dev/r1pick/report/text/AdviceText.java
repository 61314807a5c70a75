package dev.r1pick.report.text;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.advice.Advice.NextUp;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Caveat;
import dev.r1pick.advice.Quality;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.report.layout.MemoryBar;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.RemedyWording;
import dev.r1pick.report.words.Wording;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// An advice for a person at a terminal: one screen, the verdict first, the command last and alone.
public final class AdviceText {
  /// Less than this part of what a tag needs is little to be missing.
  private static final int LITTLE = 8;

  private static final int MOST_BARS = 2;

  private final Wording words;
  private final Screen screen;
  private final Messages messages;
  private final Style style;

  /// A writer in one language and style.
  public AdviceText(Messages messages, Style style) {
    this.words = new Wording(messages);
    this.screen = new Screen(messages, style);
    this.messages = messages;
    this.style = style;
  }

  /// The answer.
  public String advice(Advice advice) {
    return switch (advice) {
      case Advice.Recommendation recommendation -> recommendation(recommendation);
      case Advice.NothingFits nothing -> nothing(nothing);
    };
  }

  private String recommendation(Advice.Recommendation advice) {
    Candidate pick = advice.best().candidate();
    List<String> end = end(advice, pick);
    var lines = new ArrayList<String>();
    first(lines, advice);
    add(lines, style.bold(verdict(advice, pick)), "");
    lines.add("");
    add(lines, description(pick), "  ");
    screen.label(lines, "context", context(advice, pick));
    memory(lines, pick.fit().plan());
    screen.label(lines, "speed", speed(advice, pick));
    screen.label(lines, "evidence", evidence(pick));
    if (style.lines() == Integer.MAX_VALUE || !isAboutIdleGpu(advice)) {
      screen.label(lines, "", words.confidence(advice.confidence()));
    }
    for (Alternative alternative : advice.alternatives()) {
      alternative(lines, alternative);
    }
    advice
        .nextUp()
        .flatMap(this::nextUp)
        .ifPresent(sentence -> screen.label(lines, "next-up", sentence));
    caveats(lines, advice.caveats(), style.lines() - end.size());
    lines.addAll(end);
    return String.join("\n", lines) + "\n";
  }

  /// Then the screen has other things to say than how sure the stopgap is; `--explain` has it.
  private static boolean isAboutIdleGpu(Advice advice) {
    return !advice.caveats().isEmpty() && advice.caveats().getFirst() instanceof Caveat.GpuIdle;
  }

  /// What is said before the verdict.
  private void first(List<String> lines, Advice advice) {
    for (Caveat caveat : advice.caveats()) {
      if (caveat instanceof Caveat.First) {
        add(lines, style.bold(words.caveat(caveat)), "");
      }
    }
  }

  private String verdict(Advice.Recommendation advice, Candidate pick) {
    String why =
        switch (advice.question().priority()) {
          case QUALITY ->
              advice.bestThatFits() ? "report.why.quality" : "report.why.quality-in-time";
          case BALANCED -> "report.why.balanced";
          case SPEED -> "report.why.speed";
        };
    return messages.text(
        "report.verdict",
        pick.tag().fullName(),
        words.placement(pick),
        messages.text(
            isWeak(advice) ? "report.why.weak" : why, words.useCase(advice.question().useCase())));
  }

  private static boolean isWeak(Advice.Recommendation advice) {
    for (Caveat caveat : advice.caveats()) {
      if (caveat instanceof Caveat.WeakForThisUse || caveat instanceof Caveat.WeakBesideTwin) {
        return true;
      }
    }
    return false;
  }

  private String description(Candidate pick) {
    return messages.text(
        "report.description",
        words.variant(pick.tag().variant()),
        pick.tag().quantization().label(),
        Amounts.download(pick.tag().download()),
        words.license(pick.tag().variant()));
  }

  private String context(Advice.Recommendation advice, Candidate pick) {
    Optional<Caveat> own =
        advice.caveats().stream().filter(c -> c instanceof Caveat.OwnContext).findFirst();
    String context = pick.contextLength().shortText();
    String cache = pick.settings().kvCacheType().label();
    return (pick.changes().kvCacheType()
            ? messages.text("report.context-with-cache", context, cache)
            : context)
        + own.map(caveat -> "; " + words.caveat(caveat)).orElse("");
  }

  private void memory(List<String> lines, LoadPlan plan) {
    if (plan.devices().size() <= MOST_BARS) {
      for (DeviceLoad device : plan.devices()) {
        String key = device.free().isPresent() ? "report.memory-free" : "report.memory-total";
        screen.bar(
            lines, "vram", MemoryBar.of(device), figures(key, device.total(), Screen.have(device)));
      }
    } else {
      DeviceLoad fullest =
          Collections.min(plan.devices(), (a, b) -> a.headroom().compareTo(b.headroom()));
      screen.bar(
          lines,
          "vram",
          MemoryBar.of(fullest),
          messages.text(
              "report.memory-fullest",
              Amounts.gib(fullest.total()),
              Amounts.gib(Screen.have(fullest).orElse(Bytes.ZERO)),
              plan.devices().size()));
    }
    if (plan.devices().isEmpty() || plan.placement().cpuLayers() > 0) {
      screen.bar(
          lines,
          "ram",
          MemoryBar.of(plan.host()),
          figures("report.memory-free", plan.host().total(), plan.host().free()));
    }
    MemoryBar first =
        plan.devices().isEmpty()
            ? MemoryBar.of(plan.host())
            : MemoryBar.of(plan.devices().getFirst());
    if (plan.devices().size() <= 1) {
      screen.label(
          lines,
          "",
          messages.text(
              "report.memory-parts",
              Amounts.gib(first.weights()),
              Amounts.gib(first.kvCache()),
              Amounts.gib(first.buffers()),
              Amounts.gib(first.kept()),
              Amounts.gib(first.spare())));
    }
  }

  private String figures(String key, Bytes need, Optional<Bytes> have) {
    return messages.text(key, Amounts.gib(need), Amounts.gib(have.orElse(Bytes.ZERO)));
  }

  private String speed(Advice.Recommendation advice, Candidate pick) {
    boolean fillAsked = advice.question().wishes().atTokens().isPresent();
    return words.speed(pick.speed(), pick.answerTime(), fillAsked);
  }

  private String evidence(Candidate pick) {
    var parts = new ArrayList<String>();
    pick.quality().terms().stream()
        .filter(term -> term.basis() == Quality.Basis.MEASURED)
        .sorted((a, b) -> Double.compare(b.weight(), a.weight()))
        .limit(2)
        .forEach(term -> parts.add(benchmark(term)));
    if (parts.isEmpty()) {
      parts.add(messages.text("report.evidence-none"));
    }
    return String.join(" · ", parts);
  }

  private static String benchmark(Quality.Term term) {
    return term.title() + " " + Amounts.decimal(term.raw().orElse(term.scaled()), 1);
  }

  private void alternative(List<String> lines, Alternative alternative) {
    Candidate other = alternative.judged().candidate();
    String text =
        messages.text(
            "report.alternative",
            other.tag().name(),
            other.contextLength().shortText(),
            words.rate(other.speed()));
    screen.labeled(lines, words.trade(alternative.trade()), text);
  }

  private Optional<String> nextUp(NextUp next) {
    return next.remedy()
        .map(
            remedy ->
                messages.text(
                    "report.next-up",
                    next.tag().name(),
                    new RemedyWording(messages).sentence(remedy)))
        .or(() -> lacking(next));
  }

  /// Where no single change would do, and little is missing.
  private Optional<String> lacking(NextUp next) {
    Bytes shortfall =
        switch (next.fit()) {
          case Fit.Whole _ -> Bytes.ZERO;
          case Fit.Partly(_, var missing) -> missing;
          case Fit.DoesNotFit(_, var missing, _) -> missing;
        };
    return !shortfall.isZero() && shortfall.times(LITTLE).atMost(next.fit().plan().total())
        ? Optional.of(
            messages.text("report.next-up-lacks", next.tag().name(), Amounts.memory(shortfall)))
        : Optional.empty();
  }

  /// As many caveats as the screen has room for, and how many there are more.
  private void caveats(List<String> lines, List<Caveat> caveats, int room) {
    int hidden = 0;
    for (Caveat caveat : caveats) {
      if (!(caveat instanceof Caveat.First || caveat instanceof Caveat.OwnContext)) {
        var more = new ArrayList<String>();
        add(more, words.caveat(caveat), "! ");
        if (caveat.harm().isNeverHidden() || lines.size() + more.size() < room) {
          lines.addAll(more);
        } else {
          hidden++;
        }
      }
    }
    if (hidden > 0) {
      lines.add(style.faint(messages.text("report.more-caveats", hidden)));
    }
  }

  private List<String> end(Advice.Recommendation advice, Candidate pick) {
    var lines = new ArrayList<String>();
    var machine = advice.question().machine();
    Setup.Place place = Setup.place(pick, machine);
    if (!(place instanceof Setup.Place.Nowhere)) {
      add(lines, messages.text("report.setup." + place.id(), pick.contextLength().tokens()), "");
      for (String line : Setup.lines(pick, machine, style.columns() - 2)) {
        lines.add("  " + line);
      }
    }
    lines.add(pick.tag().pullCommand());
    return lines;
  }

  private String nothing(Advice.NothingFits advice) {
    var lines = new ArrayList<String>();
    first(lines, advice);
    add(lines, style.bold(messages.text("report.nothing-fits")), "");
    lines.add("");
    screen.label(
        lines,
        "closest",
        advice.closest().tag().fullName() + ": " + words.reason(advice.closest().reason()));
    advice.closestTime().ifPresent(time -> screen.label(lines, "speed", words.answer(time)));
    for (String way : words.remedies(advice)) {
      screen.label(lines, "way-out", way);
    }
    caveats(lines, advice.caveats(), style.lines());
    return String.join("\n", lines) + "\n";
  }

  private void add(List<String> lines, String text, String indent) {
    for (String line : Table.wrap(text, style.columns() - indent.length())) {
      lines.add(indent + line);
    }
  }
}
