package dev.r1pick.policy;

import static dev.r1pick.policy.Policies.KNOWLEDGE;
import static dev.r1pick.policy.Policies.check;
import static dev.r1pick.policy.Policies.checked;
import static dev.r1pick.policy.Policies.finding;
import static dev.r1pick.policy.Policies.load;
import static dev.r1pick.policy.Policies.machine;
import static dev.r1pick.policy.Policies.read;
import static dev.r1pick.policy.Policies.reason;
import static dev.r1pick.policy.Policies.remedies;
import static dev.r1pick.policy.Policies.withGpus;
import static dev.r1pick.policy.Policies.withMemory;
import static dev.r1pick.policy.Policies.withRam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Disk;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Ram;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.VersionRange;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which tag comes nearest where none does, what is only not known, and what would help.
class ShortfallsTest {
  private static final Machine RTX_3060 = machine("nvidia-rtx3060-linux");

  private static Machine unheardOf() {
    Accelerator gpu = RTX_3060.accelerators().getFirst();
    return RTX_3060.withAccelerators(
        List.of(
            Accelerator.told(
                "Unheard Of 1",
                gpu.vendor(),
                gpu.kind(),
                gpu.memory(),
                Backend.CUDA,
                Identity.UNKNOWN)));
  }

  private static Machine ofUnsureSize() {
    Accelerator gpu = RTX_3060.accelerators().getFirst();
    return RTX_3060.withAccelerators(List.of(withMemory(gpu, Optional.of(Bytes.ofGiB(4)), true)));
  }

  private static Machine withOllama(Machine machine, String version) {
    return machine.withOllama(new OllamaSetup(Optional.of(version), Map.of()));
  }

  // --- the nearest tag

  private static ModelTag nearest(String rule, Machine machine) {
    Finding missed = finding(rule, machine);
    assertEquals(Outcome.NOT_MET, missed.outcome());
    return load(missed).tag();
  }

  @Test
  void ofTagsThatAreTooSlowTheFastestIsNearest() {
    Finding missed = finding("use_case: math, min_speed: 100000", RTX_3060);
    double nearest = Policies.rate(missed);
    for (ModelTag tag : KNOWLEDGE.manifests()) {
      Finding other = finding("tag: " + tag.name() + ", placement: any", RTX_3060);
      if (other.outcome() == Outcome.MET) {
        assertTrue(Policies.rate(other) <= nearest * 1.1, tag.name());
      }
    }
    assertEquals("too-slow", reason(missed));
  }

  @Test
  void ofTagsThatNeedTooMuchTheSmallestIsNearest() {
    Machine small = withRam(machine("ci-linux-runner-no-gpu"), 2L << 30, Optional.empty(), "x");
    assertEquals("7b", nearest("use_case: chat, min_size: 7b", small).variant().sizeLabel());
    assertEquals("32b", nearest("use_case: chat, min_size: 32b", small).variant().sizeLabel());
    Machine full = RTX_3060.withDisk(Optional.of(new Disk("/models", Optional.of(Bytes.of(1000)))));
    ModelTag onDisk = nearest("use_case: chat, min_size: 14b, max_download: 30GB", full);
    for (ModelTag tag : KNOWLEDGE.manifests()) {
      if (tag.variant().sizeLabel().equals("14b")) {
        assertTrue(onDisk.download().atMost(tag.download()), tag.name());
      }
    }
  }

  @Test
  void whereALicenseLeavesNothingThatIsSaid() {
    PolicyAnswer answer = check("require: [{use_case: chat}]\nforbid: [{license: mit}]", RTX_3060);
    Finding nothing = answer.findings().getFirst();
    assertEquals(Outcome.NOT_MET, nothing.outcome());
    assertEquals("nothing-allowed", reason(nothing));
    assertEquals(new Actual.Nothing(), nothing.actual());
  }

  // --- what is not known

  @ParameterizedTest
  @CsvSource({
    "'use_case: coding, min_size: 14b, min_speed: 500'",
    "'use_case: coding, min_size: 14b, max_wait: 5s'",
    "'tag: 8b, min_speed: 500'"
  })
  void ofAnUnknownChipNothingIsKnownToBeTooSlow(String rule) {
    assertEquals(Outcome.UNKNOWN, finding(rule, unheardOf()).outcome());
    assertEquals(Outcome.NOT_MET, finding(rule, RTX_3060).outcome());
  }

  @Test
  void whereTheMemoryOfAGpuMayBeMoreNothingIsKnownNotToFit() {
    for (String rule : List.of("use_case: coding, min_size: 32b", "tag: 14b, placement: gpu")) {
      Finding unsure = finding(rule, ofUnsureSize());
      assertEquals(Outcome.UNKNOWN, unsure.outcome(), rule);
      assertEquals("gpu-memory-unknown", reason(unsure));
      assertEquals(List.of(), remedies(unsure));
    }
  }

  // --- what would help

  @Test
  void anOllamaThatDoesNotKnowTheModelIsToBeReplacedFirst() {
    Machine old = withOllama(machine("nvidia-nvml-mismatch"), "0.6.5");
    Finding missed = finding("tag: 8b", old);
    assertEquals("ollama-too-old", reason(missed));
    assertEquals(
        new PolicyRemedy.InstallOllama(VersionRange.parse(">=0.6.6").orElseThrow()),
        remedies(missed).getFirst());
    assertInstanceOf(PolicyRemedy.UseGpu.class, remedies(missed).get(1));
    assertEquals(Outcome.MET, finding("tag: 8b", withOllama(RTX_3060, "0.6.6")).outcome());
  }

  @Test
  void anIdleGpuStandsFirstAndThreeRemediesAreEnough() {
    Machine wsl = machine("nvidia-wsl2-rtx4090");
    List<PolicyRemedy> plain = remedies(finding("tag: 32b", wsl));
    assertEquals(2, plain.size());
    var gpus = new ArrayList<Accelerator>(wsl.accelerators());
    gpus.addAll(machine("nvidia-nvml-mismatch").accelerators());
    List<PolicyRemedy> one = remedies(finding("tag: 32b", wsl.withAccelerators(gpus)));
    assertInstanceOf(PolicyRemedy.UseGpu.class, one.getFirst());
    assertEquals(plain, one.subList(1, 3));
    gpus.addAll(machine("nvidia-nvml-mismatch").accelerators());
    List<PolicyRemedy> two = remedies(finding("tag: 32b", wsl.withAccelerators(gpus)));
    assertEquals(List.of(one.getFirst(), one.getFirst(), one.get(1)), two);
  }

  @Test
  void layersInRamAreCounted() {
    Finding partly = finding("tag: 32b, placement: gpu, context: 4k", RTX_3060);
    var why = (PolicyReason.NotWhole) partly.reason().orElseThrow();
    assertEquals(65, why.layers());
    assertTrue(why.gpuLayers() > 0 && why.gpuLayers() < 65, why.toString());
    assertEquals(4096, why.context().tokens());
    long gib = 1L << 30;
    Machine two = withGpus(RTX_3060, 24 * gib, 24 * gib);
    assertEquals(Outcome.MET, finding("tag: 70b, placement: gpu, context: 4k", two).outcome());
  }

  // --- one tag asked for by name

  private static TagCheck tag(String rule, Machine machine) {
    var asked =
        (Requirement.Tag) read("require: [{" + rule + "}]").rules().getFirst().requirement();
    return TagCheck.of(asked, KNOWLEDGE, checked(machine));
  }

  @Test
  void whoAsksForOneTagIsToldEveryChangeThatMakesItFit() {
    String rule = "tag: 14b-qwen-distill-q8_0, placement: gpu";
    TagCheck asked = tag(rule, RTX_3060);
    assertEquals("14b-qwen-distill-q8_0", asked.tag().name());
    assertEquals(Outcome.NOT_MET, asked.finding().outcome());
    assertTrue(asked.isDecidedByMemory());
    var named = new ArrayList<Remedy>();
    for (PolicyRemedy remedy : remedies(asked.finding())) {
      named.add(assertInstanceOf(PolicyRemedy.FitWith.class, remedy).remedy());
    }
    assertEquals(asked.assessment().orElseThrow().remedies(), named);
    assertTrue(named.stream().anyMatch(Remedy.SmallerQuantization.class::isInstance));
  }

  @Test
  void aTagThatRunsNeedsNoChange() {
    TagCheck asked = tag("tag: 8b", RTX_3060);
    assertEquals(Outcome.MET, asked.finding().outcome());
    assertEquals(List.of(), remedies(asked.finding()));
    assertTrue(asked.isDecidedByMemory());
    assertFalse(asked.isTooNew());
  }

  @Test
  void whereTheModelIsTooNewMemoryDecidesNothing() {
    TagCheck asked = tag("tag: 8b", withOllama(RTX_3060, "0.6.5"));
    assertTrue(asked.isTooNew());
    assertFalse(asked.isDecidedByMemory());
    assertEquals(
        List.of(new PolicyRemedy.InstallOllama(VersionRange.parse(">=0.6.6").orElseThrow())),
        remedies(asked.finding()));
    TagCheck idle = tag("tag: 14b, placement: gpu", machine("nvidia-nvml-mismatch"));
    assertFalse(idle.isTooNew());
    assertInstanceOf(PolicyRemedy.UseGpu.class, remedies(idle.finding()).getFirst());
  }

  @Test
  void whereMemoryIsNotKnownNothingIsDecided() {
    Ram unknown =
        new Ram(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "");
    TagCheck asked = tag("tag: 8b", RTX_3060.withRam(unknown));
    assertEquals(Outcome.UNKNOWN, asked.finding().outcome());
    assertFalse(asked.isDecidedByMemory());
    assertEquals(Optional.empty(), asked.assessment());
  }

  // --- the policy itself

  @Test
  void everyRuleIsKnownByItsKey() {
    Policy policy =
        read(
            """
            require:
              - use_case: chat
              - tag: 8b
              - ram: 1GiB
              - vram: 1GiB
              - disk_free: 1GB
              - ollama: ">=0.30"
            forbid: [{license: llama}]
            """);
    assertEquals(
        Requirement.KEYS, policy.rules().stream().map(rule -> rule.requirement().key()).toList());
  }

  @Test
  void outcomesAreWrittenWithHyphens() {
    assertEquals("met", Outcome.MET.code());
    assertEquals("not-met", Outcome.NOT_MET.code());
  }

  @Test
  void aPolicyHasRules() {
    assertThrows(IllegalArgumentException.class, () -> new Policy("p.yml", List.of()));
  }

  @Test
  void theLargestSizeThereIsMayBeAskedFor() {
    assertEquals(1, read("require: [{use_case: chat, min_size: 671b}]").rules().size());
    InvalidPolicy larger =
        assertThrows(
            InvalidPolicy.class, () -> read("require: [{use_case: chat, min_size: 671.1b}]"));
    assertEquals("p.yml", larger.file());
  }
}
