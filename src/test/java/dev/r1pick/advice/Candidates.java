package dev.r1pick.advice;

import dev.r1pick.advice.Candidate.Changes;
import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.quality.Quality;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Strength;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.HostLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.probe.RecordedMachines;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Candidates with figures that a test chooses: one that every rule keeps, and changes to it.
///
/// @param candidate what has been put together so far
record Candidates(Candidate candidate) {
  static final Catalog CATALOG = CatalogReader.readDefault();
  static final UseCases USE_CASES = UseCaseReader.readDefault();
  static final UseCaseProfile CHAT = use("chat");
  static final Machine MACHINE =
      RecordedMachines.detector().detect(RecordedMachines.host("nvidia-rtx3060-linux"));
  static final Accelerator GPU = MACHINE.accelerators().getFirst();

  static UseCaseProfile use(String id) {
    return USE_CASES.profile(id).orElseThrow();
  }

  static ModelTag tag(String name) {
    return CATALOG.tag(name).orElseThrow();
  }

  /// Whole on one GPU with 100 GiB to spare, with the context that chat needs, as fast as a reader
  /// of it reads, of quality 80, with nothing to set.
  static Candidates of(String tag) {
    double rate = CHAT.readerRate().tokensPerSecond();
    return new Candidates(
            new Candidate(
                tag(tag),
                new Fit.Whole(
                    plan(
                        tag(tag),
                        CHAT.neededContext(),
                        KvCacheType.F16,
                        new Placement.AllOnGpu(29),
                        Bytes.ofGiB(100),
                        Bytes.ZERO)),
                new SpeedEstimate.Unknown("gpu-not-in-catalog"),
                Optional.empty(),
                quality(80),
                CHAT.neededContext(),
                Optional.empty(),
                Changes.NONE))
        .rate(rate, rate, rate)
        .time(CHAT.acceptableWait(), CHAT.acceptableWait());
  }

  static Quality quality(double score) {
    return new Quality(score, score, score, List.of(), 0, Strength.HIGH);
  }

  /// A plan with one GPU that has that much free and uses that much of it; without a GPU where the
  /// placement has none.
  static LoadPlan plan(
      ModelTag tag,
      ContextLength context,
      KvCacheType type,
      Placement placement,
      Bytes free,
      Bytes used) {
    boolean cpu = placement instanceof Placement.CpuOnly;
    DeviceLoad device =
        new DeviceLoad(
            GPU, 29, used, Bytes.ZERO, Bytes.ZERO, Optional.of(free), Bytes.ZERO, Bytes.ZERO);
    HostLoad host =
        new HostLoad(
            cpu ? used : Bytes.ZERO,
            Bytes.ZERO,
            Bytes.ZERO,
            Bytes.ZERO,
            Optional.of(free),
            Bytes.ZERO);
    return new LoadPlan(
        tag,
        new RunSettings(context, 1, type, true, 512),
        placement,
        cpu ? List.of() : List.of(device),
        host);
  }

  Candidates tag(ModelTag tag) {
    return new Candidates(
        new Candidate(
            tag,
            candidate.fit(),
            candidate.speed(),
            candidate.answerTime(),
            candidate.quality(),
            candidate.neededContext(),
            candidate.twin(),
            candidate.changes()));
  }

  Candidates fit(Fit fit) {
    return new Candidates(
        new Candidate(
            candidate.tag(),
            fit,
            candidate.speed(),
            candidate.answerTime(),
            candidate.quality(),
            candidate.neededContext(),
            candidate.twin(),
            candidate.changes()));
  }

  LoadPlan plan() {
    return candidate.fit().plan();
  }

  Candidates plan(LoadPlan plan) {
    return fit(new Fit.Whole(plan));
  }

  Candidates context(int tokens) {
    LoadPlan plan = plan();
    RunSettings old = plan.settings();
    return plan(
        new LoadPlan(
            plan.tag(),
            new RunSettings(
                ContextLength.of(tokens),
                old.parallel(),
                old.kvCacheType(),
                old.flashAttention(),
                old.microBatch()),
            plan.placement(),
            plan.devices(),
            plan.host()));
  }

  Candidates kvCache(KvCacheType type) {
    LoadPlan plan = plan();
    return plan(
        plan(
            plan.tag(),
            plan.settings().contextLength(),
            type,
            plan.placement(),
            Bytes.ofGiB(100),
            Bytes.ZERO));
  }

  Candidates placed(Placement placement, Bytes free, Bytes used) {
    LoadPlan plan = plan();
    return plan(
        plan(
            plan.tag(),
            plan.settings().contextLength(),
            plan.settings().kvCacheType(),
            placement,
            free,
            used));
  }

  Candidates placed(Placement placement) {
    return placed(placement, Bytes.ofGiB(100), Bytes.ZERO);
  }

  Candidates partly() {
    return fit(new Fit.Partly(plan(), Bytes.ofGiB(1)));
  }

  Candidates speed(SpeedEstimate speed) {
    return new Candidates(
        new Candidate(
            candidate.tag(),
            candidate.fit(),
            speed,
            candidate.answerTime(),
            candidate.quality(),
            candidate.neededContext(),
            candidate.twin(),
            candidate.changes()));
  }

  Candidates rate(double low, double expected, double high) {
    return rate(low, expected, high, new SpeedEstimate.Basis.FromBandwidth("cuda-ampere", 40));
  }

  Candidates rate(double low, double expected, double high, SpeedEstimate.Basis basis) {
    return speed(
        new SpeedEstimate.Known(
            new SpeedEstimate.Range(
                new TokenRate(low), new TokenRate(expected), new TokenRate(high)),
            Optional.empty(),
            4096,
            basis));
  }

  Candidates bounds(double low, double high) {
    return speed(new SpeedEstimate.Bounds(new TokenRate(low), new TokenRate(high), 4096, "cuda"))
        .timeless();
  }

  Candidates noSpeed() {
    return speed(new SpeedEstimate.Unknown("gpu-not-in-catalog")).timeless();
  }

  private Candidates answerTime(Optional<AnswerTime> time) {
    return new Candidates(
        new Candidate(
            candidate.tag(),
            candidate.fit(),
            candidate.speed(),
            time,
            candidate.quality(),
            candidate.neededContext(),
            candidate.twin(),
            candidate.changes()));
  }

  Candidates timeless() {
    return answerTime(Optional.empty());
  }

  Candidates time(Duration low, Duration expected) {
    var span = new AnswerTime.Span(low, expected, expected.multipliedBy(2));
    return answerTime(
        Optional.of(new AnswerTime(span, span, new AnswerTime.Length(100, 1000, 5000), true)));
  }

  Candidates quality(Quality quality) {
    return new Candidates(
        new Candidate(
            candidate.tag(),
            candidate.fit(),
            candidate.speed(),
            candidate.answerTime(),
            quality,
            candidate.neededContext(),
            candidate.twin(),
            candidate.changes()));
  }

  Candidates score(double score) {
    return quality(quality(score));
  }

  Candidates changes(boolean context, boolean kvCache) {
    return new Candidates(
        new Candidate(
            candidate.tag(),
            candidate.fit(),
            candidate.speed(),
            candidate.answerTime(),
            candidate.quality(),
            candidate.neededContext(),
            candidate.twin(),
            new Changes(context, kvCache, false, Optional.empty())));
  }

  /// A variant that needs that much context.
  Candidates needed(int tokens) {
    return new Candidates(
        new Candidate(
            candidate.tag(),
            candidate.fit(),
            candidate.speed(),
            candidate.answerTime(),
            candidate.quality(),
            ContextLength.of(tokens),
            candidate.twin(),
            candidate.changes()));
  }

  /// A plain instruct model does the use at least as well.
  Candidates twin(String tag) {
    return new Candidates(
        new Candidate(
            candidate.tag(),
            candidate.fit(),
            candidate.speed(),
            candidate.answerTime(),
            candidate.quality(),
            candidate.neededContext(),
            Optional.of(tag),
            candidate.changes()));
  }

  /// Every one of them judged.
  static Judged judged(Question question, Candidates... candidates) {
    var ways = new ArrayList<List<Candidate>>();
    for (Candidates one : candidates) {
      ways.add(List.of(one.candidate()));
    }
    return new Judged(question, ways);
  }

  static Question ask(Constraints wishes) {
    return new Question(CHAT, "en", Priority.BALANCED, MACHINE, wishes);
  }

  static Question ask() {
    return ask(Constraints.NONE);
  }

  static Question ask(Priority priority) {
    return new Question(CHAT, "en", priority, MACHINE, Constraints.NONE);
  }

  static Question ask(Machine machine) {
    return new Question(CHAT, "en", Priority.BALANCED, machine, Constraints.NONE);
  }

  Verdict judged(Rule rule, Question question) {
    return rule.judge(candidate, question);
  }

  Evaluation evaluation() {
    return evaluation(ask());
  }

  Evaluation evaluation(Question question) {
    var verdicts = new ArrayList<Map.Entry<Rule, Verdict>>();
    for (Rule rule : Rule.BOOK) {
      verdicts.add(Map.entry(rule, rule.judge(candidate, question)));
    }
    return new Evaluation(candidate, verdicts);
  }
}
