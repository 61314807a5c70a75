package dev.r1pick.policy;

import static dev.r1pick.policy.Policies.KNOWLEDGE;
import static dev.r1pick.policy.Policies.checked;
import static dev.r1pick.policy.Policies.load;
import static dev.r1pick.policy.Policies.machine;
import static dev.r1pick.policy.Policies.reason;
import static dev.r1pick.policy.Policies.remedies;
import static dev.r1pick.policy.Policies.withRam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Ram;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceEvaluatorTest {
  private static Finding pick(String useCase, Machine machine) {
    PolicyAnswer answer =
        new AdviceEvaluator(KNOWLEDGE, KNOWLEDGE.useCases().profile(useCase).orElseThrow())
            .of(checked(machine));
    assertEquals(machine, answer.machine());
    return answer.findings().getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "nvidia-rtx3060-linux, coding",
    "nvidia-wsl2-rtx4090, chat",
    "ci-linux-runner-no-gpu, math"
  })
  void thePickIsThatOfRecommend(String name, String useCase) {
    Finding pick = pick(useCase, machine(name));
    assertEquals(Outcome.MET, pick.outcome());
    Run run = Run.on(name, "recommend", "--use-case", useCase, "--format", "tag");
    assertEquals(load(pick).tag().fullName(), run.out().strip());
    assertTrue(load(pick).answerTime().isPresent());
  }

  @Test
  void nothingFitsOneGibibyte() {
    Machine tiny =
        withRam(machine("ci-linux-runner-no-gpu"), 1L << 30, Optional.empty(), "MemTotal");
    Finding none = pick("chat", tiny);
    assertEquals(Outcome.NOT_MET, none.outcome());
    assertEquals("nothing-fits", reason(none));
    assertEquals(List.of(), remedies(none));
  }

  @Test
  void memoryThatIsNotKnownHasToBeTold() {
    Ram unknown =
        new Ram(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "");
    Finding none = pick("chat", machine("nvidia-rtx3060-linux").withRam(unknown));
    assertEquals(Outcome.UNKNOWN, none.outcome());
    assertEquals("memory-unknown", reason(none));
    assertEquals(List.of(new PolicyRemedy.DescribeMachine()), remedies(none));
  }
}
