package dev.r1pick.report.text;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Caveat;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.install.InstalledTag;
import dev.r1pick.report.layout.MemoryBar;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.words.AdviceWording;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// An advice for a person at a terminal: one screen, the verdict first, the command last and alone.
public final class AdviceText {
  /// Lines of a screen that is read at a glance; what must not be hidden may make it longer.
  private static final int MOST_LINES = 20;

  private static final int MOST_BARS = 2;

  private final Wording words;
  private final AdviceWording sentences;
  private final Screen screen;
  private final Messages messages;
  private final Style style;

  /// A writer in one language and style.
  public AdviceText(Messages messages, Style style) {
    this.words = new Wording(messages);
    this.sentences = new AdviceWording(messages);
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
    screen.paragraph(lines, style.bold(sentences.verdict(advice, stopgap)));
    lines.add("");
    screen.label(lines, "model", sentences.model(pick.tag()));
    screen.label(lines, "speed", sentences.speed(advice));
    memory(lines, pick.fit().plan());
    screen.label(lines, "context", sentences.context(advice));
    others(lines, advice);
    sentences.prompts(advice).ifPresent(text -> screen.label(lines, "prompts", text));
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
    boolean idle = advice.isStopgap();
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

  /// Other tags that somebody could rather want, and what the next larger one needs.
  private void others(List<String> lines, Advice.Recommendation advice) {
    var table = new Table(2);
    for (Alternative alternative : advice.alternatives()) {
      table.row(
          alternative.judged().candidate().tag().name(), sentences.trade(alternative, advice));
    }
    sentences
        .nextUp(advice)
        .ifPresent(text -> table.row(advice.nextUp().orElseThrow().tag().name(), text));
    screen.rows(lines, "or", table);
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
    InstalledTag installed = InstalledTag.of(pick.tag(), machine.ollama());
    String run =
        switch (installed) {
          case InstalledTag.Here(var name) -> messages.text("report.next.here", name);
          case InstalledTag.Older(var name) -> messages.text("report.next.older", name);
          case InstalledTag.Absent _, InstalledTag.Unknown _ ->
              messages.text("report.next.run", tag);
        };
    switch (place) {
      case Setup.Place.Nowhere _ -> screen.paragraph(lines, run);
      case Setup.Place.Model _ ->
          screen.paragraph(
              lines,
              messages.text(
                  switch (installed) {
                    case InstalledTag.Here _ -> "report.next.context-here";
                    case InstalledTag.Older _ -> "report.next.context-older";
                    case InstalledTag.Absent _, InstalledTag.Unknown _ -> "report.next.context";
                  },
                  installed.runAs().orElse(tag),
                  pick.contextLength().tokens()));
      case Setup.Place.Server _ -> {
        screen.paragraph(lines, messages.text("report.setup." + place.id()));
        for (String line : Setup.lines(pick, machine, style.columns() - 2)) {
          lines.add("  " + line);
        }
        screen.paragraph(lines, run);
      }
    }
    lines.add(installed.runAs().map("ollama run "::concat).orElse(pick.tag().pullCommand()));
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
