package dev.r1pick.policy;

import static dev.r1pick.policy.Policies.check;
import static dev.r1pick.policy.Policies.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.Machine;
import dev.r1pick.policy.FleetSummary.Count;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetSummaryTest {
  private static final Machine CARD = machine("nvidia-rtx3060-linux");
  private static final Machine RUNNER = machine("ci-linux-runner-no-gpu");

  private static FleetSummary of(FailOn failOn, PolicyAnswer... answers) {
    var summary = new FleetSummary(failOn);
    for (int i = 0; i < answers.length; i++) {
      summary.add(new FleetEntry.Answered("m" + i, i + 1, answers[i]));
    }
    return summary;
  }

  @Test
  void everyMachineIsCountedOnce() {
    FleetSummary summary =
        of(
            FailOn.ERROR,
            check("require: [{ram: 16GiB}]", CARD),
            check("require: [{ram: 24GiB}]", CARD),
            check("require: [{ram: 4TiB}]", CARD),
            check("require: [{disk_free: 1GB}]", CARD),
            check("warn: [{ram: 4TiB}]", CARD));
    summary.add(new FleetEntry.Unreadable("m5", 6, "is no machine"));
    summary.add(new FleetEntry.Unreadable("m6", 7, "is no machine"));
    summary.add(new FleetEntry.Unreadable("m7", 8, "is no machine"));
    assertEquals(3, summary.met());
    assertEquals(1, summary.notMet());
    assertEquals(1, summary.unknown());
    assertEquals(3, summary.unreadable());
    assertEquals(8, summary.machines());
  }

  @ParameterizedTest
  @CsvSource({"ERROR, 1, 0", "WARN, 0, 1", "NEVER, 1, 0"})
  void whatOneIsWarnedOfFailsOnlyWhereThatIsAskedFor(FailOn failOn, long met, long notMet) {
    FleetSummary summary = of(failOn, check("warn: [{ram: 4TiB}]", CARD));
    assertEquals(met, summary.met());
    assertEquals(notMet, summary.notMet());
  }

  @Test
  void whatIsMissingMostStandsFirstAndEqualsInTheOrderOfTheirPlaces() {
    String policy =
        "require: [{ram: 1GiB}, {vram: 1TiB}, {ram: 4TiB}, {vram: 12GiB}, {disk_free: 1GB}]";
    FleetSummary summary =
        of(FailOn.ERROR, check(policy, CARD), check(policy, RUNNER), check(policy, RUNNER));
    List<Count<PolicyRule>> missing = summary.missing();
    assertEquals(
        List.of("require[1]", "require[2]", "require[4]", "require[3]"),
        missing.stream().map(count -> count.what().path()).toList());
    assertEquals(List.of(3L, 3L, 3L, 2L), missing.stream().map(Count::machines).toList());
  }

  @Test
  void tagsThatMachinesRunMostStandFirst() {
    String either = "require: [{tag: 8b, placement: any}]";
    String larger = "require: [{tag: 14b, placement: any}]";
    FleetSummary summary =
        of(
            FailOn.ERROR,
            check(either, RUNNER),
            check(larger, CARD),
            check(larger, CARD),
            check("require: [{tag: 1.5b}]", CARD),
            check("require: [{ram: 1GiB}]", CARD));
    assertEquals(
        List.of(
            new Count<>("deepseek-r1:14b", 2),
            new Count<>("deepseek-r1:1.5b", 1),
            new Count<>("deepseek-r1:8b", 1)),
        summary.tags());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{tag: 8b}, {tag: 1.5b} | deepseek-r1:8b",
        "{tag: 1.5b}, {use_case: coding, min_size: 14b, max_download: 10GB} | deepseek-r1:14b",
        "{tag: 32b, placement: gpu}, {tag: 1.5b} | deepseek-r1:1.5b",
        "{use_case: coding, min_size: 70b}, {tag: 1.5b} | deepseek-r1:1.5b",
        "{ram: 1GiB} | none"
      })
  void aMachineRunsTheTagOfTheFirstUseThatItServesElseTheFirstTagThatRuns(
      String rules, String tag) {
    Optional<String> found = FleetSummary.tag(check("require: [" + rules + "]", CARD));
    assertEquals(tag, found.orElse("none"));
  }
}
