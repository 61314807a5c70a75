package dev.r1pick.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.probe.Detector;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.host.LiveHost;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.SpeedConstantsReader;
import dev.r1pick.speed.SpeedEstimator;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Policies on recorded machines.
class PolicyEvaluatorTest {
  private static final PolicyCatalog KNOWLEDGE =
      PolicyCatalog.of(CatalogReader.readDefault(), UseCaseReader.readDefault());

  private static final SpeedEstimator SPEEDS = new SpeedEstimator(SpeedConstantsReader.shipped());
  private static final CpuBandwidthEstimator CPUS = CpuBandwidthEstimator.shipped();

  private static Machine machine(String name) {
    return switch (RecordedHost.open(
        new LiveHost().files(), Path.of("src/test/resources/machines").resolve(name))) {
      case RecordedHost.Opened(var host) -> new Detector().detect(host);
      case RecordedHost.NotARecording other -> throw new AssertionError(other.toString());
    };
  }

  private static PolicyAnswer check(String policy, Machine machine) {
    return new PolicyEvaluator(
            KNOWLEDGE,
            PolicyReader.read("p.yml", policy, KNOWLEDGE.catalog(), KNOWLEDGE.useCases()))
        .of(
            new CheckedMachine(
                machine,
                new MachineSpeed(
                    SPEEDS, machine, GpuCatalogReader::readDefault, CPUS.estimate(machine)),
                new FitEstimator()));
  }

  private static Finding finding(String rule, Machine machine) {
    return check("require: [{" + rule + "}]", machine).findings().getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // a size on a label counts from 11/12 of it on: what firmware and drivers keep
        "nvidia-rtx3060-linux            | ram: 32GiB                             | MET",
        "nvidia-rtx3060-linux            | ram: 64GiB                             | NOT_MET",
        "nvidia-jetson-orin-nano         | ram: 8GB                               | MET",
        "nvidia-wsl2-rtx4090             | vram: 24GiB                            | MET",
        "nvidia-t4-server-bmc            | vram: 16GB                             | MET",
        "nvidia-rtx3060-linux            | vram: 16GB                             | NOT_MET",
        "windows-strix-halo-96g          | ram: 128GiB                            | MET",
        "amd-strix-halo-uma96            | ram: 128GiB                            | MET",
        // a limit of a container is exact
        "container-cgroup2-nested-limit  | ram: 25GiB                             | NOT_MET",
        "container-cgroup2-nested-limit  | ram: 24GiB                             | MET",
        "nvidia-kepler-gtx780            | vram: 2GiB                             | NOT_MET",
        "nvidia-rtx3060-linux            | use_case: coding, min_size: 14b        | MET",
        "nvidia-rtx3060-linux            | use_case: coding, min_size: 32b        | NOT_MET",
        "nvidia-wsl2-rtx4090             | use_case: coding, min_size: 32b        | MET",
        "nvidia-wsl2-rtx4090             | use_case: coding, min_size: 32b, context: 64k, min_speed: 15 | NOT_MET",
        "nvidia-wsl2-rtx4090             | use_case: coding, min_size: 32b, min_speed: 500 | NOT_MET",
        "nvidia-rtx3060-linux            | use_case: math, max_wait: 3min         | MET",
        "nvidia-rtx3060-linux            | use_case: math, max_wait: 1s           | NOT_MET",
        "nvidia-rtx3060-linux            | use_case: math, max_download: 1GB      | NOT_MET",
        "ci-linux-runner-no-gpu          | use_case: coding, min_size: 14b        | NOT_MET",
        "nvidia-rtx3060-linux            | tag: 8b, placement: gpu                | MET",
        "nvidia-rtx3060-linux            | tag: 32b                               | NOT_MET",
        "nvidia-rtx3060-linux            | tag: 32b, placement: any               | MET",
        "ci-linux-runner-no-gpu          | tag: 8b, placement: gpu                | NOT_MET",
        "ci-linux-runner-no-gpu          | tag: 8b                                | MET",
        "nvidia-rtx3060-linux            | tag: 8b, min_speed: 500                | NOT_MET",
        "nvidia-rtx3060-linux            | 'ollama: \">=0.1\"'                    | NOT_MET",
        "nvidia-rtx3060-linux            | disk_free: 1GB                         | UNKNOWN",
      })
  void aRuleComesOutAsTheMachineIs(String machine, String rule, Outcome outcome) {
    Finding finding = finding(rule, machine(machine));
    assertEquals(outcome, finding.outcome(), finding.reason().toString());
    assertEquals(outcome == Outcome.MET, finding.reason().isEmpty());
  }

  @Test
  void whatIsNotMetSaysWhatWouldHelp() {
    Finding spill = finding("tag: 32b", machine("nvidia-wsl2-rtx4090"));
    assertTrue(
        spill.remedies().getFirst() instanceof PolicyRemedy.FitWith, spill.remedies().toString());
    Finding idle = finding("tag: 8b, placement: gpu", machine("nvidia-nvml-mismatch"));
    assertInstanceOf(PolicyRemedy.UseGpu.class, idle.remedies().getFirst());
    Finding slow = finding("tag: 8b, min_speed: 500", machine("nvidia-rtx3060-linux"));
    var faster = assertInstanceOf(PolicyRemedy.FasterMemory.class, slow.remedies().getFirst());
    assertTrue(faster.factor() > 5 && faster.factor() < 20, slow.remedies().toString());
  }

  @Test
  void aSpeedThatIsNotKnownIsNeverTakenForEnough() {
    Machine machine = machine("nvidia-rtx3060-linux");
    var unheardOf =
        machine.withAccelerators(
            machine.accelerators().stream()
                .map(
                    a ->
                        new Accelerator(
                            "Unheard Of 1",
                            a.vendor(),
                            a.kind(),
                            a.memory(),
                            a.condition(),
                            Identity.UNKNOWN,
                            a.usability()))
                .toList());
    Finding useCase = finding("use_case: coding, min_size: 14b", unheardOf);
    assertEquals(Outcome.UNKNOWN, useCase.outcome(), useCase.reason().toString());
    assertEquals(Outcome.UNKNOWN, finding("tag: 8b, min_speed: 60", unheardOf).outcome());
    assertEquals(Outcome.MET, finding("tag: 8b, placement: gpu", unheardOf).outcome());
  }

  @Test
  void memoryThatIsNotKnownMakesWhatNeedsItUnknown() {
    Machine machine = machine("nvidia-rtx3060-linux");
    var unknown =
        machine.withRam(
            new Ram(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "nothing"));
    PolicyAnswer answer =
        check("require: [{use_case: chat}, {tag: 8b}, {ram: 1GiB}, {vram: 12GiB}]", unknown);
    assertEquals(3, answer.count(Outcome.UNKNOWN));
    assertEquals(Outcome.UNKNOWN, answer.outcome(FailOn.ERROR));
  }

  @ParameterizedTest
  @CsvSource({"0.31.2, MET", "0.29.0, NOT_MET", "0.0.0, UNKNOWN"})
  void theVersionOfOllamaIsComparedOrNotKnown(String version, Outcome outcome) {
    Machine machine =
        machine("nvidia-rtx3060-linux").withOllama(new OllamaSetup(Optional.of(version), Map.of()));
    assertEquals(outcome, finding("ollama: '>=0.30'", machine).outcome());
  }

  @Test
  void aForbiddenLicenseLeavesItsTagsOutOfEveryUse() {
    Machine machine = machine("nvidia-rtx3060-linux");
    String rule = "require: [{use_case: chat, min_size: 70b, max_download: 100GB}]\n";
    Machine large = machine("nvidia-gh200-numa-hbm");
    assertEquals(Outcome.MET, check(rule, large).findings().getFirst().outcome());
    PolicyAnswer without = check(rule + "forbid: [{license: llama}]", large);
    assertEquals(Outcome.NOT_MET, without.findings().getFirst().outcome());
    assertEquals(Outcome.MET, without.findings().getLast().outcome());
    PolicyAnswer warned = check(rule + "warn: [{license: llama}]", large);
    assertEquals(Outcome.WARNED, warned.findings().getLast().outcome());
    assertEquals(
        Outcome.MET,
        check("warn: [{license: llama}, {tag: 8b}]", machine).findings().getFirst().outcome());
  }

  @Test
  void whatOneIsOnlyWarnedOfFailsOnlyWhereThatIsAskedFor() {
    PolicyAnswer answer = check("warn: [{ram: 4TiB}]", machine("nvidia-rtx3060-linux"));
    assertEquals(Outcome.MET, answer.outcome(FailOn.ERROR));
    assertEquals(Outcome.NOT_MET, answer.outcome(FailOn.WARN));
    assertEquals(Outcome.MET, answer.outcome(FailOn.NEVER));
    PolicyAnswer both =
        check("require: [{disk_free: 1GB}, {ram: 4TiB}]", machine("nvidia-rtx3060-linux"));
    assertEquals(Outcome.NOT_MET, both.outcome(FailOn.ERROR), "not met outweighs unknown");
  }
}
