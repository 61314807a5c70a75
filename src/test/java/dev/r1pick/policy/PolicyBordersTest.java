package dev.r1pick.policy;

import static dev.r1pick.policy.Policies.check;
import static dev.r1pick.policy.Policies.finding;
import static dev.r1pick.policy.Policies.gb;
import static dev.r1pick.policy.Policies.load;
import static dev.r1pick.policy.Policies.machine;
import static dev.r1pick.policy.Policies.reason;
import static dev.r1pick.policy.Policies.remedies;
import static dev.r1pick.policy.Policies.withGpus;
import static dev.r1pick.policy.Policies.withMemory;
import static dev.r1pick.policy.Policies.withRam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Disk;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.VersionRange;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each figure at which a rule of a policy comes out otherwise, one step under it and one over it.
class PolicyBordersTest {
  private static final long GIB = 1L << 30;
  private static final String MEMINFO = "/proc/meminfo MemAvailable";
  private static final Machine LARGE = machine("nvidia-gh200-numa-hbm");
  private static final Machine RTX_3060 = machine("nvidia-rtx3060-linux");

  // --- RAM

  /// 11/12 of 12 GiB are 11.
  @ParameterizedTest
  @CsvSource({
    "11811160064, '', MET",
    "11811160063, '', NOT_MET",
    // what is fitted counts, where it is known
    "8589934592, 11811160064, MET",
    "34359738368, 11811160063, NOT_MET"
  })
  void elevenTwelfthsOfASizeOnSaleAreThatSize(long total, String installed, Outcome outcome) {
    Optional<Bytes> fitted =
        installed.isEmpty() ? Optional.empty() : Optional.of(Bytes.of(Long.parseLong(installed)));
    Finding ram = finding("ram: 12GiB", withRam(RTX_3060, total, fitted, MEMINFO));
    assertEquals(outcome, ram.outcome());
    Bytes have = fitted.orElse(Bytes.of(total));
    assertEquals(new Actual.Amount(have), ram.reached());
    if (outcome == Outcome.NOT_MET) {
      assertEquals("ram", reason(ram));
      assertEquals(
          List.of(new PolicyRemedy.MoreRam(Bytes.of(12 * GIB).minusOrZero(have))), remedies(ram));
    }
  }

  @Test
  void theLimitOfAContainerIsNoSizeOnSale() {
    String cgroup = "/sys/fs/cgroup/memory.max";
    assertEquals(
        Outcome.MET,
        finding("ram: 12GiB", withRam(RTX_3060, 12 * GIB, Optional.empty(), cgroup)).outcome());
    assertEquals(
        Outcome.NOT_MET,
        finding("ram: 12GiB", withRam(RTX_3060, 12 * GIB - 1, Optional.of(Bytes.ofGiB(64)), cgroup))
            .outcome());
  }

  @Test
  void whatAGpuInTheProcessorWasGivenIsFittedMemory() {
    Machine machine = machine("amd-strix-halo-uma96");
    long given = machine.accelerators().getFirst().memory().total().orElseThrow().count();
    long needed = (128 * GIB * 11 + 11) / 12;
    assertEquals(
        Outcome.MET,
        finding("ram: 128GiB", withRam(machine, needed - given, Optional.empty(), MEMINFO))
            .outcome());
    assertEquals(
        Outcome.NOT_MET,
        finding("ram: 128GiB", withRam(machine, needed - given - 1, Optional.empty(), MEMINFO))
            .outcome());
    assertEquals(
        Outcome.NOT_MET,
        finding("ram: 128GiB", withRam(RTX_3060, needed - given, Optional.empty(), MEMINFO))
            .outcome(),
        "the memory of a card is none of the system's");
  }

  // --- GPU memory

  @ParameterizedTest
  @CsvSource({
    "11811160064, 0, MET",
    "11811160063, 0, NOT_MET",
    "5905580032, 5905580032, MET",
    "5905580032, 5905580031, NOT_MET"
  })
  void gpuMemoryIsThatOfAllGpusTogether(long first, long second, Outcome outcome) {
    Machine machine = second == 0 ? withGpus(RTX_3060, first) : withGpus(RTX_3060, first, second);
    Finding vram = finding("vram: 12GiB", machine);
    assertEquals(outcome, vram.outcome());
    assertEquals(new Actual.Amount(Bytes.of(first + second)), vram.reached());
    if (outcome == Outcome.NOT_MET) {
      assertEquals("vram", reason(vram));
      assertEquals(
          List.of(new PolicyRemedy.MoreVram(Bytes.of(12 * GIB - first - second))), remedies(vram));
    }
  }

  @Test
  void gpuMemoryThatMayBeMoreIsNotKnownToBeTooLittle() {
    Accelerator gpu = RTX_3060.accelerators().getFirst();
    for (Accelerator unsure :
        List.of(
            withMemory(gpu, Optional.of(Bytes.ofGiB(8)), true),
            withMemory(gpu, Optional.empty(), false))) {
      Machine machine = RTX_3060.withAccelerators(List.of(unsure));
      Finding vram = finding("vram: 12GiB", machine);
      assertEquals(Outcome.UNKNOWN, vram.outcome());
      assertEquals("gpu-memory-unknown", reason(vram));
    }
    Machine enough =
        RTX_3060.withAccelerators(List.of(withMemory(gpu, Optional.of(Bytes.ofGiB(12)), true)));
    assertEquals(Outcome.MET, finding("vram: 12GiB", enough).outcome());
  }

  @Test
  void aGpuThatLiesIdleIsTheFirstRemedyForMissingGpuMemory() {
    Finding idle = finding("vram: 12GiB", machine("nvidia-nvml-mismatch"));
    assertEquals("no-gpu", reason(idle));
    assertEquals(2, remedies(idle).size());
    assertInstanceOf(PolicyRemedy.UseGpu.class, remedies(idle).getFirst());
    assertEquals(new PolicyRemedy.MoreVram(Bytes.ofGiB(12)), remedies(idle).getLast());
  }

  @Test
  void aGpuThatOllamaCannotUseIsNoRemedy() {
    Finding kepler = finding("vram: 12GiB", machine("nvidia-kepler-gtx780"));
    assertEquals(
        List.of(new PolicyRemedy.MoreVram(Bytes.ofGiB(12))), remedies(kepler), "too old a chip");
  }

  // --- disk

  private static Machine withFree(long bytes) {
    return RTX_3060.withDisk(Optional.of(new Disk("/models", Optional.of(Bytes.of(bytes)))));
  }

  @Test
  void freeSpaceIsCountedToTheByte() {
    assertEquals(Outcome.MET, finding("disk_free: 20GB", withFree(20_000_000_000L)).outcome());
    Finding less = finding("disk_free: 20GB", withFree(19_999_999_999L));
    assertEquals(Outcome.NOT_MET, less.outcome());
    assertEquals("disk", reason(less));
    assertEquals(List.of(new PolicyRemedy.FreeDisk(Bytes.of(1))), remedies(less));
    Finding unknown = finding("disk_free: 20GB", RTX_3060.withDisk(Optional.empty()));
    assertEquals("disk-unknown", reason(unknown));
  }

  @Test
  void aTagServesAUseOnlyWhereItsDownloadFitsTheDisk() {
    String rule = "use_case: coding, min_size: 14b, max_download: 10GB";
    long download = load(finding(rule, RTX_3060)).tag().download().count();
    assertEquals(Outcome.MET, finding(rule, withFree(download)).outcome());
    Finding less = finding(rule, withFree(download - 1));
    assertEquals(Outcome.NOT_MET, less.outcome());
    assertEquals("disk-short", reason(less));
    assertEquals(List.of(new PolicyRemedy.FreeDisk(Bytes.of(1))), remedies(less));
  }

  @Test
  void aDownloadMayBeAsLargeAsTheRuleSays() {
    String rule = "use_case: chat, min_size: 70b, max_download: ";
    Machine machine = withRam(LARGE, 4096 * GIB, Optional.empty(), MEMINFO);
    long download = load(finding(rule + "50GB", machine)).tag().download().count();
    assertEquals(Outcome.MET, finding(rule + gb(download), machine).outcome());
    Finding less = finding(rule + gb(download - 1), machine);
    assertEquals(Outcome.NOT_MET, less.outcome());
    assertEquals("download-over-limit", reason(less));
    assertEquals(download, load(less).tag().download().count(), "the smallest comes nearest");
  }

  // --- Ollama

  @ParameterizedTest
  @CsvSource({"0.29.99, NOT_MET", "0.30.0, MET", "0.39.99, MET", "0.40.0, NOT_MET"})
  void theVersionOfOllamaIsWithinTheRange(String version, Outcome outcome) {
    Machine machine =
        RTX_3060.withOllama(new OllamaSetup(Optional.of(version), RTX_3060.ollama().environment()));
    Finding ollama = finding("ollama: '>=0.30, <0.40'", machine);
    assertEquals(outcome, ollama.outcome());
    assertEquals(new Actual.Version(version), ollama.reached());
    if (outcome == Outcome.NOT_MET) {
      assertEquals("ollama", reason(ollama));
      assertEquals(
          List.of(
              new PolicyRemedy.InstallOllama(VersionRange.parse(">=0.30, <0.40").orElseThrow())),
          remedies(ollama));
    }
  }

  // --- licenses

  private static boolean isLlama(ModelTag tag) {
    return tag.variant().baseLicense().startsWith("Llama");
  }

  @Test
  void aForbiddenLicenseNamesAllTagsThatItLeavesOut() {
    PolicyAnswer answer = check("forbid: [{license: llama}]", LARGE);
    var tags = assertInstanceOf(Actual.Tags.class, answer.findings().getFirst().reached());
    List<ModelTag> llama =
        Policies.KNOWLEDGE.manifests().stream().filter(PolicyBordersTest::isLlama).toList();
    assertTrue(llama.size() > 1);
    assertEquals(llama, tags.tags());
  }

  @Test
  void aWarningOfALicenseNamesTheTagsThatRulesAboveItCameTo() {
    String rules =
        """
        require:
          - {tag: 70b, placement: any}
          - {tag: "70b", placement: any, min_speed: 0.1}
          - {tag: 8b, placement: any}
        """;
    PolicyAnswer warned = check(rules + "warn: [{license: llama}]", LARGE);
    Finding license = warned.findings().getLast();
    assertEquals(Outcome.WARNED, license.outcome());
    var tags = assertInstanceOf(Actual.Tags.class, license.reached());
    assertEquals(List.of("deepseek-r1:70b"), tags.tags().stream().map(ModelTag::fullName).toList());
    PolicyAnswer other =
        check("require: [{tag: 70b, placement: any}]\nwarn: [{license: apache}]", LARGE);
    assertEquals(Outcome.MET, other.findings().getLast().outcome());
  }

  @Test
  void aTagThatDoesNotRunIsNotWarnedOf() {
    PolicyAnswer answer =
        check("require: [{tag: 70b, placement: gpu}]\nwarn: [{license: llama}]", RTX_3060);
    assertEquals(Outcome.NOT_MET, answer.findings().getFirst().outcome());
    assertEquals(Outcome.MET, answer.findings().getLast().outcome());
  }

  // --- speed and time

  @Test
  void aTagIsAsFastAsTheRuleSaysOrFaster() {
    double rate = Policies.rate(finding("tag: 8b", RTX_3060));
    assertEquals(Outcome.MET, finding("tag: 8b, min_speed: " + rate, RTX_3060).outcome());
    Finding slow = finding("tag: 8b, min_speed: " + Math.nextUp(rate), RTX_3060);
    assertEquals(Outcome.NOT_MET, slow.outcome());
    assertEquals("too-slow", reason(slow));
    Finding half = finding("tag: 8b, min_speed: " + 2 * rate, RTX_3060);
    assertEquals(List.of(new PolicyRemedy.FasterMemory(2)), remedies(half));
  }

  @Test
  void aTypicalAnswerIsCompleteWithinTheTimeThatTheRuleSays() {
    String rule = "use_case: math, min_size: 14b, max_download: 10GB";
    Finding open = finding(rule, RTX_3060);
    long nanos = load(open).answerTime().orElseThrow().typical().expected().toNanos();
    long millis = (nanos + 999_999) / 1_000_000;
    assertEquals(Outcome.MET, finding(wait(rule, millis), RTX_3060).outcome());
    Finding late = finding(wait(rule, millis - 1), RTX_3060);
    assertEquals(Outcome.NOT_MET, late.outcome());
    assertEquals("waits-too-long", reason(late));
    Finding half = finding(wait(rule, millis / 2), RTX_3060);
    var faster = assertInstanceOf(PolicyRemedy.FasterMemory.class, remedies(half).getFirst());
    assertEquals(2, faster.factor(), 0.001);
  }

  private static String wait(String rule, long millis) {
    return rule + ", max_wait: " + millis / 1000 + "." + "%03d".formatted(millis % 1000) + "s";
  }

  // --- sizes

  @ParameterizedTest
  @CsvSource({"14b, MET", "14.5b, NOT_MET", "32b, NOT_MET"})
  void aSizeIsThatOrMore(String size, Outcome outcome) {
    Machine machine = RTX_3060;
    Finding found = finding("use_case: chat, max_download: 10GB, min_size: " + size, machine);
    assertEquals(outcome, found.outcome());
    if (outcome == Outcome.MET) {
      assertEquals("deepseek-r1:14b", load(found).tag().fullName());
    }
  }

  // --- placement

  @ParameterizedTest
  @CsvSource({
    "nvidia-rtx3060-linux, 8b, gpu, MET, ''",
    "nvidia-rtx3060-linux, 8b, whole, MET, ''",
    "nvidia-rtx3060-linux, 32b, gpu, NOT_MET, not-whole",
    "nvidia-rtx3060-linux, 32b, whole, NOT_MET, not-whole",
    "nvidia-rtx3060-linux, 32b, any, MET, ''",
    "nvidia-rtx3060-linux, 671b, any, NOT_MET, ram-short",
    "ci-linux-runner-no-gpu, 8b, gpu, NOT_MET, on-the-cpu",
    "ci-linux-runner-no-gpu, 8b, whole, MET, ''",
    "ci-linux-runner-no-gpu, 8b, any, MET, ''"
  })
  void layersAreWhereTheRuleSays(
      String machine, String tag, String placement, Outcome outcome, String reason) {
    Finding found = finding("tag: " + tag + ", placement: " + placement, machine(machine));
    assertEquals(outcome, found.outcome());
    assertEquals(reason, reason(found));
  }

  @Test
  void aSmallerContextIsNoRemedyWhereOneWasAskedFor() {
    Machine wsl = machine("nvidia-wsl2-rtx4090");
    List<PolicyRemedy> open = remedies(finding("tag: 32b", wsl));
    List<PolicyRemedy> asked = remedies(finding("tag: 32b, context: 32k", wsl));
    assertTrue(changes(open).stream().anyMatch(Remedy.SmallerContext.class::isInstance));
    assertTrue(changes(asked).stream().noneMatch(Remedy.SmallerContext.class::isInstance));
    assertTrue(changes(asked).size() > 0);
    for (String tag : List.of("14b-qwen-distill-fp16", "32b-qwen-distill-q8_0")) {
      List<Remedy> other = changes(remedies(finding("tag: " + tag, RTX_3060)));
      assertTrue(
          other.stream().noneMatch(Remedy.SmallerQuantization.class::isInstance),
          "another tag is not the tag that was asked for");
    }
  }

  private static List<Remedy> changes(List<PolicyRemedy> remedies) {
    var changes = new ArrayList<Remedy>();
    for (PolicyRemedy remedy : remedies) {
      if (remedy instanceof PolicyRemedy.FitWith(var change)) {
        changes.add(change);
      }
    }
    return changes;
  }

  @Test
  void noMoreThanThreeRemediesAreNamed() {
    Machine idle = machine("nvidia-vm-qxl-3090-3050");
    for (String rule : List.of("tag: 32b, context: 128k", "tag: 70b", "tag: 14b, context: 64k")) {
      assertTrue(remedies(finding(rule, idle)).size() <= 3, rule);
    }
  }
}
