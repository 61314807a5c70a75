package dev.r1pick.policy;

import static dev.r1pick.policy.Policies.KNOWLEDGE;
import static dev.r1pick.policy.Policies.checked;
import static dev.r1pick.policy.Policies.load;
import static dev.r1pick.policy.Policies.machine;
import static dev.r1pick.policy.Policies.read;
import static dev.r1pick.policy.Policies.reason;
import static dev.r1pick.policy.Policies.remedies;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Machine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A GPU that did not answer in time leaves what depends on GPUs unknown, unless one goes on
/// without it; and how much faster a machine had to be.
class SilentGpuTest {
  private static final Machine SILENT = machine("nvidia-smi-hangs");
  private static final Machine RTX_3060 = machine("nvidia-rtx3060-linux");

  private static CheckedMachine without() {
    CheckedMachine asked = checked(SILENT);
    return new CheckedMachine(asked.machine(), asked.speeds(), asked.fits(), true);
  }

  private static Finding finding(String rule, CheckedMachine checked) {
    return new PolicyEvaluator(KNOWLEDGE, read("require: [{" + rule + "}]"))
        .of(checked)
        .findings()
        .getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"vram: 8GiB", "use_case: coding, min_size: 70b", "tag: 70b, placement: gpu"})
  void nothingAboutGpusIsSure(String rule) {
    Finding unknown = finding(rule, checked(SILENT));
    assertEquals(Outcome.UNKNOWN, unknown.outcome());
    assertEquals("gpu-silent", reason(unknown));
    assertEquals(List.of(new PolicyRemedy.AcceptUnknown()), remedies(unknown));
    assertEquals(new Actual.Nothing(), unknown.actual());
    assertEquals(Outcome.NOT_MET, finding(rule, without()).outcome());
  }

  @Test
  void ramIsSureAllTheSame() {
    assertEquals(Outcome.MET, finding("ram: 1GiB", checked(SILENT)).outcome());
    assertEquals(Outcome.NOT_MET, finding("ram: 4TiB", checked(SILENT)).outcome());
  }

  @Test
  void oneTagIsNotJudged() {
    var asked = (Requirement.Tag) read("require: [{tag: 8b}]").rules().getFirst().requirement();
    TagCheck silent = TagCheck.of(asked, KNOWLEDGE, checked(SILENT));
    assertEquals("gpu-silent", reason(silent.finding()));
    assertTrue(silent.assessment().isEmpty());
    assertTrue(TagCheck.of(asked, KNOWLEDGE, without()).assessment().isPresent());
  }

  @Test
  void nothingIsPicked() {
    var evaluator =
        new AdviceEvaluator(KNOWLEDGE, KNOWLEDGE.useCases().profile("chat").orElseThrow());
    Finding silent = evaluator.of(checked(SILENT)).findings().getFirst();
    assertEquals(Outcome.UNKNOWN, silent.outcome());
    assertEquals("gpu-silent", reason(silent));
    assertEquals(Outcome.MET, evaluator.of(without()).findings().getFirst().outcome());
  }

  // --- how much faster

  private static double factor(Finding missed) {
    return ((PolicyRemedy.FasterMemory) remedies(missed).getFirst()).factor();
  }

  @Test
  void whatWaitsTooLongNeedsMemoryAsMuchFaster() {
    Finding missed = Policies.finding("use_case: coding, min_size: 14b, max_wait: 10s", RTX_3060);
    double seconds =
        load(missed).answerTime().orElseThrow().typical().expected().toMillis() / 1000.0;
    assertEquals(seconds / 10, factor(missed), 1e-6);
  }

  @Test
  void whatIsTooSlowNeedsMemoryAsMuchFaster() {
    Finding missed = Policies.finding("use_case: coding, min_size: 14b, min_speed: 500", RTX_3060);
    assertEquals(500 / Policies.rate(missed), factor(missed), 1e-6);
    Finding tag = Policies.finding("tag: 14b, min_speed: 500", RTX_3060);
    assertEquals(500 / Policies.rate(tag), factor(tag), 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"160, near 160k", "161, none", "2, near 2k", "1, none"})
  void aContextThatIsTooSmallMayBeMeantInK(int context, String meant) {
    InvalidPolicy invalid =
        assertThrows(
            InvalidPolicy.class, () -> read("require: [{tag: 8b, context: " + context + "}]"));
    assertEquals(
        meant,
        switch (invalid.error()) {
          case PolicyError.ContextTooSmallNear(_, var near) -> "near " + near;
          case PolicyError.ContextTooSmall _ -> "none";
          default -> invalid.toString();
        });
  }
}
