package dev.r1pick.report.words;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Advice.Confidence;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Caveat;
import dev.r1pick.advice.ConfidenceLimit;
import dev.r1pick.advice.Flip;
import dev.r1pick.advice.Reason;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.Variant;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.IdleGpu;
import dev.r1pick.hardware.Usability;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.speed.SpeedEstimate.Range;
import dev.r1pick.units.TokenRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Findings to sentences; text, JSON and every later format say the same words.
public final class Wording {
  private final Messages messages;

  /// Words of one language.
  public Wording(Messages messages) {
    this.messages = messages;
  }

  public Messages messages() {
    return messages;
  }

  /// Why a rule decided as it did.
  public String reason(Reason reason) {
    return new ReasonWording(messages).reason(reason);
  }

  /// What would change a rejection; empty where nothing can be said beyond its reason.
  public Optional<String> change(Reason reason) {
    return new ReasonWording(messages).change(reason);
  }

  /// `medium: few measured runs behind the speed; 14b if …`.
  public String confidence(Confidence confidence) {
    String level = messages.text("report.confidence." + confidence.level());
    var reasons = new ArrayList<String>();
    for (ConfidenceLimit limit : confidence.because()) {
      reasons.add(limit(limit));
    }
    return reasons.isEmpty()
        ? messages.text("report.confidence-sure", level, flip(confidence.flip()))
        : messages.text(
            "report.confidence-because", level, messages.clauses(reasons), flip(confidence.flip()));
  }

  /// What limits a confidence.
  public String limit(ConfidenceLimit limit) {
    return messages.text("advice.confidence." + limit.id());
  }

  /// The assumption that would change the pick.
  public String flip(Flip flip) {
    String key = "advice.flip." + flip.id();
    return switch (flip) {
      case Flip.MoreMemory(var by, var instead) ->
          messages.text(key, Amounts.memory(by), instead.name());
      case Flip.LessMemory(var by, var instead) ->
          messages.text(key, Amounts.memory(by), instead.name());
      case Flip.NoRoomLeft(var spare) -> messages.text(key, Amounts.memory(spare));
      case Flip.Slower(var least) -> messages.text(key, Amounts.about(least.tokensPerSecond()));
      case Flip.RunnerUp(var tag, double points) ->
          messages.text(key, tag.name(), Amounts.about(points));
      case Flip.OnlyOne(var spare) -> messages.text(key, Amounts.memory(spare));
    };
  }

  /// What must be said beside an answer.
  public String caveat(Caveat caveat) {
    return new CaveatWording(this).caveat(caveat);
  }

  /// Why Ollama would not use a GPU, and what to do.
  public String whyNot(Usability.NotUsable not) {
    Object[] arguments = not.arguments().toArray();
    return messages.text(
        "hardware.why-and-fix",
        messages.text("hardware.why-not." + not.reason().id(), arguments),
        otherWay(not)
            .orElseGet(() -> messages.text("hardware.fix." + not.reason().id(), arguments)));
  }

  /// The setting that turns a backend on, or what computes there in place of Ollama.
  private Optional<String> otherWay(Usability.NotUsable not) {
    return switch (not.reason()) {
      case UNSUPPORTED_BY_OLLAMA ->
          not.optIn().map(setting -> messages.text("report.hardware.opt-in", setting));
      case DRIVEN_BY_OTHER_ENGINES ->
          not.arguments().isEmpty()
              ? Optional.empty()
              : new EngineWording(messages).sentences(not.arguments().getFirst());
      default -> Optional.empty();
    };
  }

  /// That GPUs lie idle, and what to do.
  public String idle(IdleGpu idle) {
    String name = shortName(idle.gpu());
    String why = whyNot(idle.why());
    if (idle.count() == 1 && !idle.more()) {
      return messages.text("advice.caveat.gpu-not-used", name, why);
    }
    return idle.why().reason() == Usability.WhyNot.HIDDEN_BY_ENVIRONMENT
        ? messages.text(
            idle.more() ? "report.idle-more-hidden" : "report.idle-hidden",
            idle.count(),
            name,
            messages.list(idle.why().arguments()))
        : messages.text(
            idle.more() ? "report.idle-more" : "report.idle-several", idle.count(), name, why);
  }

  /// `about 2 min for a typical answer, 7 min for a long one`.
  public String answer(AnswerTime time) {
    return messages.text(
        time.length().measured() ? "report.answer-time" : "report.answer-time-assumed",
        time.typical().expected(),
        time.heavy().expected());
  }

  /// `33–42 tokens/s`, or that it is not known.
  public String rate(SpeedEstimate speed) {
    return switch (speed) {
      case SpeedEstimate.Known known -> messages.text("report.rate", range(known.generation()));
      case SpeedEstimate.Bounds(var low, var high, _, _) ->
          messages.text("report.rate", range(low, high));
      case SpeedEstimate.Unknown _ -> messages.text("report.rate-unknown");
    };
  }

  /// `33–42`, for a column that names the unit; a dash where it is not known.
  public String plainRate(SpeedEstimate speed) {
    return switch (speed) {
      case SpeedEstimate.Known known -> range(known.generation());
      case SpeedEstimate.Bounds(var low, var high, _, _) -> range(low, high);
      case SpeedEstimate.Unknown _ -> messages.text("plan.dash");
    };
  }

  /// `33–42 tokens/s with 16384 tokens in the context`.
  private String rateWithFill(SpeedEstimate speed) {
    return switch (speed) {
      case SpeedEstimate.Known(var generation, _, int at, _) ->
          messages.text("report.rate-at", range(generation), at);
      case SpeedEstimate.Bounds(var low, var high, int at, _) ->
          messages.text("report.rate-at", range(low, high), at);
      case SpeedEstimate.Unknown _ -> rate(speed);
    };
  }

  /// The rate and how long an answer takes.
  ///
  /// @param withFill whether to say how full the context is: only where that was asked for
  public String speed(SpeedEstimate speed, Optional<AnswerTime> answerTime, boolean withFill) {
    String rate = withFill ? rateWithFill(speed) : rate(speed);
    return speed instanceof SpeedEstimate.Bounds
        ? messages.text("report.speed", rate, messages.text("report.rate-by-backend"))
        : timed(rate, answerTime);
  }

  /// `33–40 tokens/s at first, 22–30 when full, 30 s for a typical answer, 3 min for a long one`.
  public String speedOverContext(
      SpeedEstimate atFirst, SpeedEstimate whenFull, Optional<AnswerTime> answerTime) {
    if (atFirst instanceof SpeedEstimate.Known first
        && whenFull instanceof SpeedEstimate.Known full) {
      String rates =
          messages.text(
              "report.rate-over-context", range(first.generation()), range(full.generation()));
      return timed(rates, answerTime);
    }
    return speed(whenFull, answerTime, true);
  }

  private String timed(String rate, Optional<AnswerTime> answerTime) {
    return answerTime.map(time -> messages.text("report.speed", rate, answer(time))).orElse(rate);
  }

  /// `33–42`.
  public String range(Range range) {
    return range(range.low(), range.high());
  }

  private String range(TokenRate least, TokenRate most) {
    return messages.range(
        Amounts.about(least.tokensPerSecond()), Amounts.about(most.tokensPerSecond()));
  }

  /// `32B distill of Qwen2.5-32B`.
  public String variant(Variant variant) {
    String size = variant.sizeLabel().toUpperCase(Locale.ROOT);
    return variant.distill()
        ? messages.text("report.distill", size, afterSlash(variant.baseModel()))
        : messages.text("report.not-a-distill", size);
  }

  private static String afterSlash(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  /// `MIT on Apache-2.0`.
  public String license(Variant variant) {
    return variant.distill()
        ? messages.text("report.license", variant.weightsLicense(), variant.baseLicense())
        : variant.weightsLicense();
  }

  /// `runs whole on your RTX 4090`.
  public String placement(Candidate candidate) {
    return placement(candidate.fit().plan());
  }

  /// The same of a plan.
  public String placement(LoadPlan plan) {
    String name = plan.devices().isEmpty() ? "" : called(plan.devices().getFirst().device());
    return switch (plan.placement()) {
      case Placement.AllOnGpu _ -> messages.text("report.placement.all-on-gpu", name);
      case Placement.SplitAcrossGpus(_, int gpus) ->
          messages.text("report.placement.split-across-gpus", gpus, names(plan));
      case Placement.PartlyOffloaded(int gpuLayers, int cpuLayers) ->
          messages.text(
              "report.placement.partly-offloaded", gpuLayers, gpuLayers + cpuLayers, name);
      case Placement.ExpertsInRam(int gpuLayers, int cpuLayers) ->
          messages.text("report.placement.experts-in-ram", name, cpuLayers, gpuLayers + cpuLayers);
      case Placement.CpuOnly _ -> messages.text("report.placement.cpu-only");
    };
  }

  /// The short name; a GPU of which only the memory is known is described by that.
  private String called(Accelerator accelerator) {
    String unnamed = " GiB GPU";
    String name = shortName(accelerator);
    return name.endsWith(unnamed)
        ? messages.text("report.unnamed-gpu", name.substring(0, name.length() - " GPU".length()))
        : name;
  }

  /// Where a plan runs, as part of a sentence: `on your RTX 4090`.
  public String place(LoadPlan plan) {
    String name = plan.devices().isEmpty() ? "" : called(plan.devices().getFirst().device());
    return switch (plan.placement()) {
      case Placement.AllOnGpu _ -> messages.text("report.on.all-on-gpu", name);
      case Placement.SplitAcrossGpus _ -> messages.text("report.on.split-across-gpus", names(plan));
      case Placement.PartlyOffloaded(int gpuLayers, int cpuLayers) ->
          messages.text("report.on.partly-offloaded", name, cpuLayers, gpuLayers + cpuLayers);
      case Placement.ExpertsInRam _ -> messages.text("report.on.experts-in-ram", name);
      case Placement.CpuOnly _ -> messages.text("report.on.cpu-only");
    };
  }

  /// `2x RTX 3090` where all are alike, else each by name.
  String names(LoadPlan plan) {
    var devices = plan.devices();
    String first = called(devices.getFirst().device());
    var all = new StringBuilder();
    boolean alike = true;
    for (var device : devices) {
      String name = called(device.device());
      alike &= name.equals(first);
      all.append(all.isEmpty() ? "" : " + ").append(name);
    }
    return alike ? messages.text("report.cards", devices.size(), first) : all.toString();
  }

  /// The name without the words that every card of its maker carries.
  public static String shortName(Accelerator accelerator) {
    String all = accelerator.name();
    // a table of PCI ids names every product of a chip; the last is the one sold
    int last = all.lastIndexOf(" / ");
    String name = last < 0 ? all : all.substring(last + 3);
    for (String word : List.of("NVIDIA ", "GeForce ", "AMD ", "Intel(R) ", "Intel ")) {
      if (name.startsWith(word) && name.length() > word.length()) {
        name = name.substring(word.length());
      }
    }
    return name;
  }

  /// What an alternative is to the pick.
  public String trade(Advice.Trade trade) {
    return messages.text(
        switch (trade) {
          case BETTER_BUT_SLOWER -> "report.trade.better";
          case FASTER_BUT_WEAKER -> "report.trade.faster";
          case LONGER_CONTEXT -> "report.trade.longer";
          case NEXT_BEST -> "report.trade.next";
        });
  }

  /// What a benchmark is called.
  public String benchmark(Quality.Term term) {
    return benchmark(term.benchmark(), term.title());
  }

  /// The same by its id; the title of the catalog where the language has no name for it.
  public String benchmark(String id, String title) {
    return messages.find("benchmarks." + id.replace('/', '.')).orElse(title);
  }

  /// Whose score a term of the quality is.
  public String basis(Quality.Term term) {
    return switch (term.basis()) {
      case MEASURED -> messages.text("report.explain.measured");
      case STAND_IN -> messages.text("report.explain.stand-in", term.from().orElse(""));
      case ESTIMATED ->
          messages.text("report.explain.estimated", term.from().map(Wording::size).orElse(""));
    };
  }

  /// `32b` of the variant `distill-qwen-32b`.
  private static String size(String variantId) {
    return variantId.substring(variantId.lastIndexOf('-') + 1);
  }

  /// What a processor is called: a class of them has a name in each language.
  public String processor(String name) {
    return messages.find("plan.cpu." + name.replace(' ', '-')).orElse(name);
  }

  /// What a GPU is called, with the number of its cores in words.
  public String gpu(String name) {
    int end = name.lastIndexOf("-core GPU)");
    int open = name.lastIndexOf(" (", Math.max(0, end));
    return end < 0 || open < 0
        ? name
        : messages.text("report.gpu-cores", name.substring(0, open), name.substring(open + 2, end));
  }

  /// What a rule is called.
  public String rule(String id) {
    return messages.find("report.rule." + id).orElse(id);
  }

  /// What the use case is called.
  public String useCase(UseCaseProfile useCase) {
    return useCase.title().orElseGet(() -> messages.text("use-cases." + useCase.id()));
  }

  /// An answer in one line: the pick, or that nothing fits.
  public String sum(Advice advice) {
    return switch (advice) {
      case Advice.Recommendation recommendation -> {
        Candidate pick = recommendation.best().candidate();
        String sum =
            messages.text(
                "report.column.sum",
                pick.tag().fullName(),
                pick.contextLength().shortText(),
                placement(pick),
                rate(pick.speed()));
        yield pick.changes().parallel()
            ? messages.text("report.setting", sum, Setup.parallel(pick.settings()))
            : sum;
      }
      case Advice.NothingFits nothing -> nothingFits(nothing);
    };
  }

  /// That nothing fits, what came nearest and why that does not, and the ways out.
  private String nothingFits(Advice.NothingFits nothing) {
    String because =
        messages.text(
            "report.nothing-fits-because",
            nothing.closest().tag().fullName(),
            reason(nothing.closest().reason()));
    List<String> ways = remedies(nothing);
    return ways.isEmpty()
        ? because
        : messages.sentences(
            List.of(because, messages.text("report.ways-out", messages.clauses(ways))));
  }

  /// What would let the closest one pass, best first.
  public List<String> remedies(Advice.NothingFits nothing) {
    var ways = new ArrayList<String>();
    change(nothing.closest().reason()).ifPresent(ways::add);
    var remedies = new RemedyWording(messages);
    nothing.remedies().forEach(remedy -> ways.add(remedies.sentence(remedy)));
    return ways;
  }
}
