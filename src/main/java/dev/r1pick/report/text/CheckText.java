package dev.r1pick.report.text;

import dev.r1pick.advice.Caveat;
import dev.r1pick.advice.TagAssessment;
import dev.r1pick.catalog.Attention;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.HostLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.OllamaPs;
import dev.r1pick.fit.Remedy;
import dev.r1pick.fit.engine.Weights;
import dev.r1pick.hardware.Note;
import dev.r1pick.policy.PolicyRemedy;
import dev.r1pick.policy.TagCheck;
import dev.r1pick.report.layout.MemoryBar;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.CheckWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PolicyWording;
import dev.r1pick.report.words.RemedyWording;
import dev.r1pick.report.words.Wording;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether one tag runs, for a person.
public final class CheckText {
  private static final int MOST_REMEDIES = 4;

  /// Up to so much the engine keeps of prompts it has read (`LLAMA_ARG_CACHE_RAM`, in MiB).
  private static final Bytes MOST_OF_OLD_PROMPTS = Bytes.ofGiB(8);

  /// Equal devices are one line if what they hold differs by no more than this.
  private static final double ABOUT_AS_MUCH = 0.1;

  private final Messages messages;
  private final CheckWording sentences;
  private final Screen screen;
  private final Style style;

  /// A writer in one language and style.
  public CheckText(Messages messages, Style style) {
    this.messages = messages;
    this.sentences = new CheckWording(messages);
    this.screen = new Screen(messages, style);
    this.style = style;
  }

  /// One screen.
  public String answer(TagCheck check) {
    var lines = new ArrayList<String>();
    List<String> idle = new PolicyWording(messages).idle(check.answer());
    for (String sentence : idle) {
      screen.note(lines, sentence);
    }
    for (Note note : check.answer().machine().notes()) {
      if (note instanceof Note.OllamaHostElsewhere(var server)) {
        screen.note(lines, messages.text("report.check.elsewhere", server));
      }
    }
    screen.hang(lines, mark(check) + " ", style.bold(sentences.verdict(check)));
    for (PolicyRemedy way : check.finding().remedies()) {
      if (!(way instanceof PolicyRemedy.FitWith || way instanceof PolicyRemedy.UseGpu)) {
        screen.label(lines, "way-out", new PolicyWording(messages).remedy(way));
      }
    }
    if (check.assessment().isPresent()) {
      assessment(lines, check.assessment().get(), check.isDecidedByMemory());
    }
    return String.join("\n", lines) + "\n";
  }

  /// Where its bytes go, and what it does once it is loaded.
  private void assessment(List<String> lines, TagAssessment check, boolean decided) {
    var ways = new ArrayList<String>();
    for (Remedy remedy : first(check.remedies())) {
      ways.add(new RemedyWording(messages).sentence(remedy));
    }
    screen.labels(lines, "fits-with", ways);
    nearer(check, lines);
    lines.add("");
    memory(lines, check.fit().plan());
    for (Caveat caveat : check.caveats()) {
      screen.label(lines, "beside", new Wording(messages).caveat(caveat));
    }
    if (decided && !CheckWording.isRefused(check)) {
      screen.label(lines, "context", sentences.context(check));
      screen.label(lines, "largest", sentences.largest(check));
      screen.label(lines, "speed", sentences.speed(check));
    }
    beside(check, lines);
    if (check.tag().variant().architecture().attention() instanceof Attention.FullHeads
        && !(check.byItself() instanceof Fit.Whole)) {
      screen.label(lines, "way-out", messages.text("report.check.full-heads"));
    }
    if (check.changesParallel()) {
      screen.label(
          lines,
          "setting",
          messages.text("report.check.setting", Setup.parallel(check.fit().plan().settings())));
    }
    screen.label(lines, "disk", sentences.disk(check));
  }

  private static List<Remedy> first(List<Remedy> remedies) {
    return remedies.subList(0, Math.min(MOST_REMEDIES, remedies.size()));
  }

  private String mark(TagCheck check) {
    return switch (check.finding().outcome()) {
      case UNKNOWN -> style.warning("?");
      case MET, WARNED, NOT_MET -> check.isTooNew() ? style.no() : markOfFit(check);
    };
  }

  private String markOfFit(TagCheck check) {
    return switch (check.assessment().orElseThrow().fit()) {
      case Fit.Whole _ -> style.yes();
      case Fit.Partly _ -> style.maybe();
      case Fit.DoesNotFit _ -> style.no();
    };
  }

  /// A bar for each pool, and what it is made of: below the bar of one, in a table of several.
  private void memory(List<String> lines, LoadPlan plan) {
    var bars = new LinkedHashMap<String, MemoryBar>();
    for (int first = 0; first < plan.devices().size(); ) {
      int alike = alike(plan.devices(), first);
      DeviceLoad device = fullest(plan.devices(), first, alike);
      MemoryBar bar = MemoryBar.of(device);
      String times = alike == 1 ? "" : alike + " × ";
      screen.bar(
          lines,
          "vram",
          bar,
          times + figures(device.total(), device.free(), device.device().memory().total()));
      String name = times + messages.text("report.label.vram");
      bars.put(bars.containsKey(name) ? name + " " + (bars.size() + 1) : name, bar);
      first += alike;
    }
    HostLoad host = plan.host();
    if (plan.devices().isEmpty() || plan.placement().cpuLayers() > 0) {
      screen.bar(
          lines, "ram", MemoryBar.of(host), figures(host.total(), host.free(), Optional.empty()));
      bars.put(messages.text("report.label.ram"), MemoryBar.of(host));
    }
    if (bars.size() == 1) {
      screen.legend(lines, bars.values().stream().findFirst());
    } else {
      screen.rows(lines, "", parts(bars));
    }
  }

  private Table parts(Map<String, MemoryBar> bars) {
    var table = new Table(2);
    var head = new ArrayList<String>();
    head.add("");
    for (MemoryBar.Part part : MemoryBar.Part.values()) {
      head.add(screen.legend(part));
    }
    table.head(head.toArray(String[]::new));
    bars.forEach(
        (name, bar) -> {
          var row = new ArrayList<String>();
          row.add(name);
          for (MemoryBar.Part part : MemoryBar.Part.values()) {
            row.add(Amounts.gib(bar.of(part)));
          }
          table.row(row.toArray(String[]::new));
        });
    return table;
  }

  /// How many devices from that one on are the same kind and hold about as much.
  private static int alike(List<DeviceLoad> devices, int first) {
    DeviceLoad one = devices.get(first);
    int count = 1;
    while (first + count < devices.size()) {
      DeviceLoad other = devices.get(first + count);
      double times = (double) other.total().count() / Math.max(1, one.total().count());
      if (!other.device().name().equals(one.device().name())
          || !Screen.have(other).equals(Screen.have(one))
          || Math.abs(times - 1) > ABOUT_AS_MUCH) {
        break;
      }
      count++;
    }
    return count;
  }

  private static DeviceLoad fullest(List<DeviceLoad> devices, int first, int count) {
    DeviceLoad fullest = devices.get(first);
    for (DeviceLoad device : devices.subList(first, first + count)) {
      fullest = device.total().compareTo(fullest.total()) > 0 ? device : fullest;
    }
    return fullest;
  }

  private String figures(Bytes need, Optional<Bytes> free, Optional<Bytes> total) {
    return messages.text(
        free.isPresent() ? "report.memory-free" : "report.memory-total",
        Amounts.gib(need),
        free.or(() -> total).map(Amounts::gib).orElseGet(() -> messages.text("report.unknown")));
  }

  /// What `ollama ps` will show, and what grows in RAM beside the plan.
  private void beside(TagAssessment check, List<String> lines) {
    LoadPlan plan = check.fit().plan();
    if (check.fit() instanceof Fit.DoesNotFit) {
      return;
    }
    Bytes embedding = Weights.of(check.tag()).tokenEmbedding();
    Optional<OllamaPs> ps =
        OllamaPs.of(plan, check.assumptions().era(), check.machine().cpu(), embedding);
    ps.ifPresent(
        shown ->
            screen.label(
                lines,
                "ps",
                messages.text(
                    shown.amx() ? "report.check.ps-amx" : "report.check.ps",
                    shown.sizeText(),
                    shown.processorText())));
    if (ps.isPresent() && plan.host().headroom().compareTo(MOST_OF_OLD_PROMPTS) < 0) {
      screen.label(
          lines,
          "beside",
          messages.text(
              "report.check.old-prompts",
              Amounts.memory(MOST_OF_OLD_PROMPTS),
              Amounts.memory(plan.host().headroom())));
    }
  }

  private void nearer(TagAssessment check, List<String> lines) {
    String key =
        check.fit() instanceof Fit.DoesNotFit ? "report.check.loads" : "report.check.mostly-on-gpu";
    var ways = new ArrayList<String>();
    for (Remedy remedy : first(check.nearer())) {
      ways.add(messages.text(key, new RemedyWording(messages).sentence(remedy)));
    }
    screen.labels(lines, "nearer", ways);
  }
}
