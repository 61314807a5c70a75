package dev.r1pick.report.text;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.advice.Advice.NextUp;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Caveat;
import dev.r1pick.catalog.ModelTag;
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
import java.util.Locale;
import java.util.Optional;

/// An advice for a person at a terminal: one screen, the verdict first, the command last and alone.
public final class AdviceText {
  /// Lines of a screen that is read at a glance; what must not be hidden may make it longer.
  private static final int MOST_LINES = 20;

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
      case Advice.Recommendation recommendation -> recommendation(recommendation, List.of());
      case Advice.NothingFits nothing -> nothing(nothing, List.of());
    };
  }

  /// The answer with its working between the facts and what to do next.
  public String explained(Advice advice) {
    List<String> working = new ExplainText(messages, style).lines(advice);
    return switch (advice) {
      case Advice.Recommendation recommendation -> recommendation(recommendation, working);
      case Advice.NothingFits nothing -> nothing(nothing, working);
    };
  }

  private String recommendation(Advice.Recommendation advice, List<String> working) {
    Candidate pick = advice.best().candidate();
    List<String> end = end(advice, pick);
    var lines = new ArrayList<String>();
    boolean stopgap = first(lines, advice);
    screen.paragraph(lines, style.bold(verdict(advice, pick, stopgap)));
    lines.add("");
    screen.label(lines, "model", model(pick.tag()));
    screen.label(lines, "speed", speed(advice, pick));
    memory(lines, pick.fit().plan());
    screen.label(lines, "context", context(advice, pick));
    others(lines, advice);
    prompts(lines, advice.question().language());
    if (working.isEmpty()) {
      notes(lines, advice.caveats(), room(end.size()));
    } else {
      lines.addAll(working);
    }
    lines.add("");
    lines.addAll(end);
    return String.join("\n", lines) + "\n";
  }

  /// Lines that there are for the rest of the screen; a pipe has no end.
  private int room(int taken) {
    return style.lines() == Integer.MAX_VALUE
        ? Integer.MAX_VALUE
        : Math.min(MOST_LINES, style.lines() - 1) - taken - 1;
  }

  /// What is said before the verdict.
  ///
  /// @return whether the pick only serves until a GPU is put to use
  private boolean first(List<String> lines, Advice advice) {
    boolean idle = advice.caveats().stream().anyMatch(caveat -> caveat instanceof Caveat.GpuIdle);
    for (Caveat caveat : advice.caveats()) {
      // until the GPU is used one waits: the line of the speed says how long
      boolean said = idle && caveat instanceof Caveat.LongWait;
      if (caveat instanceof Caveat.First && !said) {
        screen.paragraph(lines, style.bold(words.caveat(caveat)));
      }
    }
    if (!lines.isEmpty()) {
      lines.add("");
    }
    return idle;
  }

  private String verdict(Advice.Recommendation advice, Candidate pick, boolean stopgap) {
    String useCase = words.useCase(advice.question().useCase());
    String where = words.place(pick.fit().plan());
    String key;
    if (stopgap) {
      key = "stopgap";
    } else if (isWeak(advice)) {
      key = "weak";
    } else {
      key =
          switch (advice.question().priority()) {
            case QUALITY -> advice.bestThatFits() ? "quality" : "quality-in-time";
            case BALANCED -> "balanced";
            case SPEED -> "speed";
          };
    }
    return messages.text("report.verdict." + key, pick.tag().fullName(), useCase, where);
  }

  private static boolean isWeak(Advice.Recommendation advice) {
    for (Caveat caveat : advice.caveats()) {
      if (caveat instanceof Caveat.WeakForThisUse || caveat instanceof Caveat.WeakBesideTwin) {
        return true;
      }
    }
    return false;
  }

  /// What the model is, in plain words.
  private String model(ModelTag tag) {
    double parameters = tag.variant().architecture().parameters();
    String label = tag.variant().sizeLabel();
    String size = label.substring(0, label.length() - 1); // without the b
    String bits =
        messages.text(
            switch (tag.quantization()) {
              case Q4_K_M -> "report.bits.4";
              case Q8_0 -> "report.bits.8";
              case F16 -> "report.bits.16";
            });
    var experts = tag.variant().architecture().experts();
    return experts.isPresent()
        ? messages.text(
            "report.model-of-experts",
            size,
            hundredMillions(parameters),
            bits,
            tag.quantization().label(),
            Amounts.download(tag.download()),
            billions((double) experts.get().activeParameters()),
            hundredMillions((double) experts.get().activeParameters()))
        : messages.text(
            "report.model",
            size,
            hundredMillions(parameters),
            bits,
            tag.quantization().label(),
            Amounts.download(tag.download()));
  }

  private static String billions(double parameters) {
    return Amounts.about(parameters / 1e9).replace(".0", "");
  }

  /// Chinese counts in ten thousands of ten thousands.
  private static String hundredMillions(double parameters) {
    return Long.toString(Math.round(parameters / 1e8));
  }

  private String speed(Advice.Recommendation advice, Candidate pick) {
    boolean fillAsked = advice.question().wishes().atTokens().isPresent();
    return words.speed(pick.speed(), pick.answerTime(), fillAsked);
  }

  private void memory(List<String> lines, LoadPlan plan) {
    boolean both = !plan.devices().isEmpty() && plan.placement().cpuLayers() > 0;
    String vram = both || plan.devices().size() > 1 ? "vram" : "vram-alone";
    if (plan.devices().size() <= MOST_BARS) {
      for (DeviceLoad device : plan.devices()) {
        String key = device.free().isPresent() ? "report.memory-free" : "report.memory-total";
        screen.bar(
            lines, vram, MemoryBar.of(device), figures(key, device.total(), Screen.have(device)));
      }
    } else {
      DeviceLoad fullest =
          Collections.min(plan.devices(), (a, b) -> a.headroom().compareTo(b.headroom()));
      screen.bar(
          lines,
          vram,
          MemoryBar.of(fullest),
          messages.text(
              "report.memory-fullest",
              Amounts.gib(fullest.total()),
              Amounts.gib(Screen.have(fullest).orElse(Bytes.ZERO)),
              plan.devices().size()));
    }
    if (plan.devices().isEmpty() || both) {
      screen.bar(
          lines,
          both ? "ram" : "ram-alone",
          MemoryBar.of(plan.host()),
          figures("report.memory-free", plan.host().total(), plan.host().free()));
    }
    screen.legend(
        lines,
        plan.devices().size() == 1 && !both
            ? Optional.of(MemoryBar.of(plan.devices().getFirst()))
            : plan.devices().isEmpty() ? Optional.of(MemoryBar.of(plan.host())) : Optional.empty());
  }

  private String figures(String key, Bytes need, Optional<Bytes> have) {
    return messages.text(key, Amounts.gib(need), Amounts.gib(have.orElse(Bytes.ZERO)));
  }

  private String context(Advice.Recommendation advice, Candidate pick) {
    String context = pick.contextLength().shortText();
    if (pick.changes().kvCacheType()) {
      context =
          messages.text(
              "report.context-with-cache", context, pick.settings().kvCacheType().label());
    }
    for (Caveat caveat : advice.caveats()) {
      switch (caveat) {
        case Caveat.OwnContextSmaller(var own) -> {
          return messages.text("report.context.own-smaller", context, own);
        }
        case Caveat.OwnContextSpills(var own, var spilled) -> {
          return messages.text("report.context.own-spills", context, own, Amounts.memory(spilled));
        }
        case Caveat.OwnContextDoesNotFit(var own, _) -> {
          return messages.text("report.context.own-does-not-fit", context, own);
        }
        default -> {
          // said elsewhere
        }
      }
    }
    return messages.text(
        "report.context.words",
        context,
        Amounts.roundedWords(pick.contextLength(), Amounts.WORDS_PER_TOKEN),
        Amounts.roundedWords(pick.contextLength(), Amounts.HAN_PER_TOKEN));
  }

  /// By whose questions the models were judged, where that is not English.
  private void prompts(List<String> lines, String language) {
    if (!language.equals("en")) {
      screen.label(lines, "prompts", messages.text("report.prompts", Locale.of(language)));
    }
  }

  /// Other tags that somebody could rather want, and what the next larger one needs.
  private void others(List<String> lines, Advice.Recommendation advice) {
    var table = new Table(2);
    for (Alternative alternative : advice.alternatives()) {
      table.row(alternative.judged().candidate().tag().name(), trade(alternative));
    }
    boolean offered =
        advice.nextUp().isPresent()
            && advice.alternatives().stream()
                .anyMatch(a -> a.judged().candidate().tag().equals(advice.nextUp().get().tag()));
    if (!offered) {
      advice.nextUp().ifPresent(next -> nextUp(next, table));
    }
    screen.rows(lines, "or", table);
  }

  private String trade(Alternative alternative) {
    Candidate other = alternative.judged().candidate();
    String rate = words.rate(other.speed());
    String context = other.contextLength().shortText();
    return switch (alternative.trade()) {
      case BETTER_BUT_SLOWER -> timed("report.or.better", "report.or.better-timed", other, rate);
      case FASTER_BUT_WEAKER -> timed("report.or.faster", "report.or.faster-timed", other, rate);
      case LONGER_CONTEXT -> messages.text("report.or.longer", rate, context);
      case NEXT_BEST -> messages.text("report.or.next", rate, context);
    };
  }

  private String timed(String key, String timedKey, Candidate other, String rate) {
    return other
        .answerTime()
        .map(time -> messages.text(timedKey, rate, time.typical().expected()))
        .orElseGet(() -> messages.text(key, rate));
  }

  private void nextUp(NextUp next, Table table) {
    if (next.remedy().isPresent()) {
      String remedy = new RemedyWording(messages).sentence(next.remedy().get());
      table.row(next.tag().name(), messages.text("report.or.needs", remedy));
      return;
    }
    Bytes shortfall =
        switch (next.fit()) {
          case Fit.Whole _ -> Bytes.ZERO;
          case Fit.Partly(_, var missing) -> missing;
          case Fit.DoesNotFit(_, var missing, _) -> missing;
        };
    if (!shortfall.isZero() && shortfall.times(LITTLE).atMost(next.fit().plan().total())) {
      table.row(next.tag().name(), messages.text("report.or.lacks", Amounts.memory(shortfall)));
    }
  }

  /// As many notes as the screen has room for, and how many there are more.
  private void notes(List<String> lines, List<Caveat> caveats, int room) {
    int hidden = 0;
    int before = lines.size();
    for (Caveat caveat : caveats) {
      if (!isSaidElsewhere(caveat)) {
        var more = new ArrayList<String>();
        screen.note(more, words.caveat(caveat));
        // with an empty line before and perhaps one that says what is hidden
        if (caveat.harm().isNeverHidden() || lines.size() + more.size() + 2 <= room) {
          if (lines.size() == before) {
            lines.add("");
          }
          lines.addAll(more);
        } else {
          hidden++;
        }
      }
    }
    if (hidden > 0) {
      lines.add(style.faint(messages.counted("report.more-notes", hidden)));
    }
  }

  static boolean isSaidElsewhere(Caveat caveat) {
    return caveat instanceof Caveat.First || caveat instanceof Caveat.OwnContext;
  }

  /// What to do, in the order in which it is done; the last line is the command, for `| tail -1`.
  private List<String> end(Advice.Recommendation advice, Candidate pick) {
    var lines = new ArrayList<String>();
    var machine = advice.question().machine();
    Setup.Place place = Setup.place(pick, machine);
    String tag = pick.tag().fullName();
    boolean here = machine.ollama().hasInstalled(tag);
    String run = messages.text(here ? "report.next.here" : "report.next.run", tag);
    switch (place) {
      case Setup.Place.Nowhere _ -> screen.paragraph(lines, run);
      case Setup.Place.Model _ ->
          screen.paragraph(
              lines,
              messages.text(
                  here ? "report.next.context-here" : "report.next.context",
                  tag,
                  pick.contextLength().tokens()));
      case Setup.Place.Server _ -> {
        screen.paragraph(lines, messages.text("report.setup." + place.id()));
        for (String line : Setup.lines(pick, machine, style.columns() - 2)) {
          lines.add("  " + line);
        }
        screen.paragraph(lines, run);
      }
    }
    lines.add(here ? "ollama run " + tag : pick.tag().pullCommand());
    return lines;
  }

  private String nothing(Advice.NothingFits advice, List<String> working) {
    var lines = new ArrayList<String>();
    first(lines, advice);
    screen.paragraph(lines, style.bold(messages.text("report.nothing-fits")));
    lines.add("");
    screen.label(
        lines,
        "closest",
        messages.text(
            "report.closest",
            advice.closest().tag().fullName(),
            words.reason(advice.closest().reason())));
    advice.closestTime().ifPresent(time -> screen.label(lines, "speed", words.answer(time)));
    screen.labels(lines, "way-out", words.remedies(advice));
    if (working.isEmpty()) {
      notes(lines, advice.caveats(), room(0));
    } else {
      lines.addAll(working);
    }
    return String.join("\n", lines) + "\n";
  }
}
