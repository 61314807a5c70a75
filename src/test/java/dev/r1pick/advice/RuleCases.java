package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.MACHINE;
import static dev.r1pick.advice.Candidates.ask;

import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.catalog.License;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Disk;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Two cases of each rule of the book, on either side of its border: docs/rules.md shows them and
/// [RulesPageTest] runs them.
///
/// @param kept what is just kept, or loses nothing
/// @param dropped what is just dropped, or loses points
record RuleCases(Case kept, Case dropped) {
  private static final Candidates GOOD = Candidates.of("14b");
  private static final Candidates Q8 = Candidates.of("14b-qwen-distill-q8_0");
  private static final Duration WAIT = CHAT.acceptableWait();
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int NEEDED = CHAT.neededContext().tokens();
  private static final double READER = CHAT.readerRate().tokensPerSecond();
  private static final Constraints NONE = Constraints.NONE;

  /// A candidate, the question, and both in words. Where the words do not say otherwise the use is
  /// chat and the candidate 14b, whole on one GPU, with all that chat asks for.
  record Case(String what, Candidates candidate, Question question) {
    Case(String what, Candidates candidate) {
      this(what, candidate, ask());
    }

    Verdict verdict(Rule rule) {
      return candidate.judged(rule, question);
    }
  }

  private RuleCases(String kept, Candidates one, String dropped, Candidates other) {
    this(new Case(kept, one), new Case(dropped, other));
  }

  private static Constraints wishes(
      Optional<ContextLength> context,
      OptionalDouble minSpeed,
      Optional<Bytes> maxDownload,
      List<License> licenses,
      Optional<Duration> maxWait) {
    return new Constraints(
        context,
        Optional.empty(),
        Optional.empty(),
        minSpeed,
        maxDownload,
        licenses,
        maxWait,
        OptionalInt.empty());
  }

  private static Constraints context(int tokens) {
    return wishes(
        Optional.of(ContextLength.of(tokens)),
        NONE.minSpeed(),
        NONE.maxDownload(),
        NONE.licenses(),
        NONE.maxWait());
  }

  private static Constraints minSpeed(double rate) {
    return wishes(
        NONE.contextLength(),
        OptionalDouble.of(rate),
        NONE.maxDownload(),
        NONE.licenses(),
        NONE.maxWait());
  }

  private static Constraints maxWait(Duration wait) {
    return wishes(
        NONE.contextLength(),
        NONE.minSpeed(),
        NONE.maxDownload(),
        NONE.licenses(),
        Optional.of(wait));
  }

  private static Constraints maxDownload(Bytes most) {
    return wishes(
        NONE.contextLength(), NONE.minSpeed(), Optional.of(most), NONE.licenses(), NONE.maxWait());
  }

  private static Question licensed(String word) {
    return ask(
        wishes(
            NONE.contextLength(),
            NONE.minSpeed(),
            NONE.maxDownload(),
            Candidates.CATALOG.licenses().matching(word),
            NONE.maxWait()));
  }

  private static Question ollama(String version) {
    return ask(MACHINE.withOllama(new OllamaSetup(Optional.of(version), Map.of())));
  }

  private static Question free(Bytes bytes) {
    return ask(MACHINE.withDisk(Optional.of(new Disk("/models", Optional.of(bytes)))));
  }

  private static Candidates full671b(double rate) {
    return Candidates.of("671b").placed(new Placement.ExpertsInRam(58, 4)).rate(1, rate, 40);
  }

  private static Candidates partly() {
    return GOOD.placed(new Placement.PartlyOffloaded(28, 1));
  }

  private static Candidates spare(Candidates candidate, long thousandths) {
    return candidate.placed(
        new Placement.AllOnGpu(29), Bytes.of(1_000_000), Bytes.of(1_000_000 - thousandths * 1000));
  }

  /// Minutes and seconds as people write them.
  private static String time(Duration time) {
    return (time.toMinutes() == 0 ? "" : time.toMinutes() + " min ")
        + (time.toSecondsPart() == 0 ? "" : time.toSecondsPart() + " s");
  }

  private static String inTime(Duration time) {
    return ("a typical answer in " + time(time)).strip();
  }

  static RuleCases of(Rule rule) {
    Bytes download = GOOD.candidate().tag().download();
    Bytes less = Bytes.of(download.count() - 1);
    int trained = GOOD.candidate().tag().variant().trainedContext().tokens();
    return switch (rule) {
      case FITS_MEMORY ->
          new RuleCases(
              "whole, with nothing to spare",
              GOOD.placed(new Placement.AllOnGpu(49), Bytes.ofGiB(9), Bytes.ofGiB(9)),
              "one byte of RAM short",
              GOOD.fit(new Fit.DoesNotFit(GOOD.plan(), Bytes.of(1), Fit.Where.RAM)));
      case WITHIN_TRAINED_CONTEXT ->
          new RuleCases(
              new Case("`--context " + trained + "`", GOOD, ask(context(trained))),
              new Case("`--context " + (trained + 1) + "`", GOOD, ask(context(trained + 1))));
      case OLLAMA_NEW_ENOUGH ->
          new RuleCases(
              new Case("8b on Ollama 0.6.6", Candidates.of("8b"), ollama("0.6.6")),
              new Case("8b on Ollama 0.6.5", Candidates.of("8b"), ollama("0.6.5")));
      case WITHIN_DOWNLOAD_LIMIT ->
          new RuleCases(
              new Case(
                  "`--max-download` of the tag's " + download.count() + " bytes",
                  GOOD,
                  ask(maxDownload(download))),
              new Case("a limit of one byte less", GOOD, ask(maxDownload(less))));
      case FITS_DISK ->
          new RuleCases(
              new Case("the tag's " + download.count() + " bytes are free", GOOD, free(download)),
              new Case("one byte less is free", GOOD, free(less)));
      case LICENSE_ALLOWED ->
          new RuleCases(
              new Case("14b with `--license permissive`", GOOD, licensed("permissive")),
              new Case(
                  "70b with `--license permissive`", Candidates.of("70b"), licensed("permissive")));
      case FAST_ENOUGH ->
          new RuleCases(
              new Case("8–12 tokens/s, `--min-speed 10`", GOOD.rate(8, 10, 12), ask(minSpeed(10))),
              new Case(
                  "8–12 tokens/s, `--min-speed 10.1`", GOOD.rate(8, 10, 12), ask(minSpeed(10.1))));
      case SOON_ENOUGH ->
          new RuleCases(
              new Case(
                  "a typical answer in 60 s, `--max-wait 60s`",
                  GOOD.time(SECOND, SECOND.multipliedBy(60)),
                  ask(maxWait(SECOND.multipliedBy(60)))),
              new Case(
                  "a typical answer in 61 s, `--max-wait 60s`",
                  GOOD.time(SECOND, SECOND.multipliedBy(61)),
                  ask(maxWait(SECOND.multipliedBy(60)))));
      case WORTH_THE_DOWNLOAD ->
          new RuleCases(
              "671b with experts in RAM at " + READER + " tokens/s",
              full671b(READER),
              "the same at " + (READER - 0.1) + " tokens/s, even where the range reaches 40",
              full671b(READER - 0.1));
      case ENDURABLE_WAIT ->
          new RuleCases(
              inTime(WAIT.multipliedBy(15)),
              GOOD.time(WAIT, WAIT.multipliedBy(15)),
              inTime(WAIT.multipliedBy(15).plus(SECOND)),
              GOOD.time(WAIT, WAIT.multipliedBy(15).plus(SECOND)));
      case GOOD_ENOUGH ->
          new RuleCases("a score of 43", GOOD.score(43), "a score of 42.9", GOOD.score(42.9));
      case ROOM_FOR_THINKING ->
          new RuleCases(
              "a context of " + NEEDED / 2 + ", half of what chat needs",
              GOOD.context(NEEDED / 2),
              "a context of " + (NEEDED / 2 - 1),
              GOOD.context(NEEDED / 2 - 1));
      case READABLE_SPEED ->
          new RuleCases(
              "5 tokens/s in the middle of 1–10",
              GOOD.rate(1, 5, 10),
              "4.9 tokens/s in the middle of 1–10",
              GOOD.rate(1, 4.9, 10));
      case BEARABLE_WAIT ->
          new RuleCases(
              inTime(WAIT.multipliedBy(3)),
              GOOD.time(WAIT, WAIT.multipliedBy(3)),
              inTime(WAIT.multipliedBy(3).plus(SECOND)),
              GOOD.time(WAIT, WAIT.multipliedBy(3).plus(SECOND)));
      case WHOLE_OR_SOON ->
          new RuleCases(
              "partly in RAM, " + inTime(WAIT),
              partly().time(WAIT, WAIT),
              "partly in RAM, " + inTime(WAIT.plus(SECOND)),
              partly().time(WAIT, WAIT.plus(SECOND)));
      case QUALITY ->
          new RuleCases("a score of 80", GOOD.score(80), "a score of 79", GOOD.score(79));
      case TOOLS ->
          new RuleCases(
              new Case("671b for agents", Candidates.of("671b"), forUse("agents")),
              new Case("14b for agents", GOOD, forUse("agents")));
      case SPEED ->
          new RuleCases(
              READER + " tokens/s, what a reader of chat reads",
              GOOD.rate(READER, READER, READER),
              "half of it",
              GOOD.rate(READER / 2, READER / 2, READER / 2));
      case CONTEXT ->
          new RuleCases("a context of " + NEEDED, GOOD, "half of it", GOOD.context(NEEDED / 2));
      case KV_CACHE_LOSS ->
          new RuleCases("a cache of f16", GOOD, "a cache of q8_0", GOOD.kvCache(KvCacheType.Q8_0));
      case PLACEMENT ->
          new RuleCases(
              "whole on one GPU",
              GOOD,
              "split over two",
              GOOD.placed(new Placement.SplitAcrossGpus(49, 2)));
      case HEADROOM ->
          new RuleCases("2 % to spare", spare(GOOD, 20), "1.9 % to spare", spare(GOOD, 19));
      case NO_SETTINGS ->
          new RuleCases(
              "nothing to set", GOOD, "the context has to be set", GOOD.changes(true, false));
      case PRECISION ->
          new RuleCases(
              "14b of q8_0 with 15 % to spare",
              spare(Q8, 150), "the same with 14.9 % to spare", spare(Q8, 149));
      case SMALL_DOWNLOAD ->
          new RuleCases("1.5b, 1.1 GB", Candidates.of("1.5b"), "14b, 9.0 GB", GOOD);
    };
  }

  private static Question forUse(String use) {
    return new Question(Candidates.use(use), "en", Priority.BALANCED, MACHINE, NONE);
  }
}
