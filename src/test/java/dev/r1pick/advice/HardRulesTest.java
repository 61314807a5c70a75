package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.CHAT;
import static dev.r1pick.advice.Candidates.MACHINE;
import static dev.r1pick.advice.Candidates.ask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Question.Constraints;
import dev.r1pick.advice.Verdict.Keep;
import dev.r1pick.advice.Verdict.Reject;
import dev.r1pick.catalog.License;
import dev.r1pick.fit.Fit;
import dev.r1pick.hardware.Disk;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every rule that puts a tag out, just under its border and just over it.
class HardRulesTest {
  private static final Candidates GOOD = Candidates.of("14b");

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
        OptionalDouble.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static Constraints minSpeed(double rate) {
    return wishes(
        Optional.empty(), OptionalDouble.of(rate), Optional.empty(), List.of(), Optional.empty());
  }

  private static Constraints maxWait(Duration wait) {
    return wishes(
        Optional.empty(), OptionalDouble.empty(), Optional.empty(), List.of(), Optional.of(wait));
  }

  private static Constraints maxDownload(Bytes most) {
    return wishes(
        Optional.empty(), OptionalDouble.empty(), Optional.of(most), List.of(), Optional.empty());
  }

  private static void keeps(Rule rule, Candidates candidate, Question question) {
    assertEquals(new Keep(), candidate.judged(rule, question));
  }

  private static void rejects(Reason reason, Rule rule, Candidates candidate, Question question) {
    assertEquals(new Reject(reason, Optional.empty()), candidate.judged(rule, question));
  }

  private static void rejects(
      Reason reason, Bytes shortfall, Rule rule, Candidates candidate, Question question) {
    assertEquals(new Reject(reason, Optional.of(shortfall)), candidate.judged(rule, question));
  }

  @Test
  void aGoodCandidateBreaksNoRule() {
    assertEquals(0, GOOD.evaluation().dropsNeeded());
    assertEquals(Optional.empty(), GOOD.evaluation().rejection(0));
  }

  @Test
  void fitsMemoryRejectsWhatIsNotLoadedAndSaysWhatIsShort() {
    keeps(Rule.FITS_MEMORY, GOOD, ask());
    keeps(Rule.FITS_MEMORY, GOOD.partly(), ask());
    Bytes missing = Bytes.ofGiB(3);
    ContextLength context = CHAT.neededContext();
    rejects(
        new Reason.RamShort(Bytes.ZERO, missing, context),
        missing,
        Rule.FITS_MEMORY,
        GOOD.fit(new Fit.DoesNotFit(GOOD.plan(), missing, Fit.Where.RAM)),
        ask());
    rejects(
        new Reason.GpuShort(Bytes.ZERO, missing, context),
        missing,
        Rule.FITS_MEMORY,
        GOOD.fit(new Fit.DoesNotFit(GOOD.plan(), missing, Fit.Where.GPU)),
        ask());
    rejects(
        new Reason.CacheRefused(KvCacheType.F16),
        Rule.FITS_MEMORY,
        GOOD.fit(new Fit.DoesNotFit(GOOD.plan(), Bytes.ZERO, Fit.Where.GPU)),
        ask());
  }

  @Test
  void noMoreContextIsTakenThanAModelWasTrainedFor() {
    ContextLength trained = GOOD.candidate().tag().variant().trainedContext();
    keeps(Rule.WITHIN_TRAINED_CONTEXT, GOOD, ask());
    keeps(Rule.WITHIN_TRAINED_CONTEXT, GOOD, ask(context(trained.tokens())));
    rejects(
        new Reason.BeyondTrained(ContextLength.of(trained.tokens() + 1), trained),
        Rule.WITHIN_TRAINED_CONTEXT,
        GOOD,
        ask(context(trained.tokens() + 1)));
  }

  @ParameterizedTest
  @CsvSource({
    "8b, 0.6.5, false",
    "8b, 0.6.6, true",
    "8b, 0.30.0, true",
    "8b, 0.0.0, true",
    "8b, '', true",
    "14b, 0.6.5, true"
  })
  void qwen3IsLoadedFrom066On(String tag, String version, boolean keeps) {
    Machine machine =
        MACHINE.withOllama(
            new OllamaSetup(version.isEmpty() ? Optional.empty() : Optional.of(version), Map.of()));
    Verdict verdict = Candidates.of(tag).judged(Rule.OLLAMA_NEW_ENOUGH, ask(machine));
    assertEquals(keeps, verdict instanceof Keep);
    if (verdict instanceof Reject(var reason, _)) {
      var old = assertInstanceOf(Reason.OllamaTooOld.class, reason);
      assertEquals(version, old.installed().toString());
      assertEquals("0.6.6", old.needed().toString());
    }
  }

  @Test
  void aDownloadIsAtMostWhatWasAsked() {
    Bytes download = GOOD.candidate().tag().download();
    keeps(Rule.WITHIN_DOWNLOAD_LIMIT, GOOD, ask());
    keeps(Rule.WITHIN_DOWNLOAD_LIMIT, GOOD, ask(maxDownload(download)));
    Bytes less = Bytes.of(download.count() - 1);
    rejects(
        new Reason.DownloadOverLimit(download, less),
        Bytes.of(1),
        Rule.WITHIN_DOWNLOAD_LIMIT,
        GOOD,
        ask(maxDownload(less)));
  }

  @Test
  void aDownloadFitsTheDisk() {
    Bytes download = GOOD.candidate().tag().download();
    keeps(Rule.FITS_DISK, GOOD, ask(MACHINE.withDisk(Optional.empty())));
    keeps(Rule.FITS_DISK, GOOD, ask(withFree(download)));
    Bytes less = Bytes.of(download.count() - 1);
    rejects(
        new Reason.DiskShort(download, less),
        Bytes.of(1),
        Rule.FITS_DISK,
        GOOD,
        ask(withFree(less)));
  }

  private static Machine withFree(Bytes free) {
    return MACHINE.withDisk(Optional.of(new Disk("/models", Optional.of(free))));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 70b, ''",
    "mit, 70b, Llama",
    "mit, 14b, Apache-2.0",
    "permissive, 14b, ''",
    "permissive, 70b, Llama",
    "mit, 671b, ''"
  })
  void everyLicenseThatBindsATagIsAllowed(String word, String tag, String refused) {
    List<License> allowed =
        word.isEmpty() ? List.of() : Candidates.CATALOG.licenses().matching(word);
    Question question =
        ask(
            wishes(
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                allowed,
                Optional.empty()));
    Verdict verdict = Candidates.of(tag).judged(Rule.LICENSE_ALLOWED, question);
    assertEquals(refused.isEmpty(), verdict instanceof Keep, verdict.toString());
    if (verdict instanceof Reject(Reason.LicenseNotAllowed(var license), _)) {
      assertTrue(license.startsWith(refused), license);
    }
  }

  @Test
  void aTagIsAsFastAsWasAskedInTheMiddleOfItsRange() {
    Candidates ten = GOOD.rate(8, 10, 12);
    keeps(Rule.FAST_ENOUGH, ten, ask());
    keeps(Rule.FAST_ENOUGH, ten, ask(minSpeed(10)));
    double more = Math.nextUp(10);
    rejects(
        new Reason.TooSlow(new TokenRate(10), new TokenRate(more)),
        Rule.FAST_ENOUGH,
        ten,
        ask(minSpeed(more)));
    keeps(Rule.FAST_ENOUGH, GOOD.bounds(10, 30), ask(minSpeed(10)));
    rejects(
        new Reason.TooSlow(new TokenRate(9), new TokenRate(10)),
        Rule.FAST_ENOUGH,
        GOOD.bounds(9, 30),
        ask(minSpeed(10)));
    rejects(
        new Reason.SpeedUnknown(new TokenRate(10)),
        Rule.FAST_ENOUGH,
        GOOD.noSpeed(),
        ask(minSpeed(10)));
  }

  @Test
  void aTypicalAnswerIsCompleteAsSoonAsWasAsked() {
    Candidates minute = GOOD.time(Duration.ofSeconds(30), Duration.ofSeconds(60));
    keeps(Rule.SOON_ENOUGH, minute, ask());
    keeps(Rule.SOON_ENOUGH, minute, ask(maxWait(Duration.ofSeconds(60))));
    Duration less = Duration.ofSeconds(60).minusNanos(1);
    rejects(
        new Reason.TooLong(Duration.ofSeconds(60), less),
        Rule.SOON_ENOUGH,
        minute,
        ask(maxWait(less)));
    rejects(new Reason.WaitUnknown(less), Rule.SOON_ENOUGH, GOOD.noSpeed(), ask(maxWait(less)));
  }
}
