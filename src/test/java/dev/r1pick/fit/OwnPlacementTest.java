package dev.r1pick.fit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// Up to 0.24 Ollama places layers by its own estimate: the longest contexts at which `ollama ps`
/// called everything GPU, tried in steps of 4,000.
class OwnPlacementTest {
  private static final int STEP = 4000;

  @ParameterizedTest
  @CsvFileSource(resources = "/measured/own-placement.csv", numLinesToSkip = 1)
  void theLongestContextOnGpusIsThatOfOllamasOwnEstimate(
      String name,
      int gpus,
      Backend backend,
      String capability,
      long free,
      String tag,
      String ollama,
      int seen) {
    Accelerator plain =
        Machines.gpu(
            backend,
            Accelerator.Kind.DISCRETE,
            Accelerator.Pool.DEDICATED,
            Bytes.of(free),
            java.util.Optional.of(Bytes.of(free)));
    Accelerator card = capability == null ? plain : Machines.withCapability(plain, capability);
    Accelerator[] cards = new Accelerator[gpus];
    java.util.Arrays.fill(cards, card);
    Machine machine = Machines.withOllama(Machines.linux(Bytes.ofGiB(64), cards), ollama);
    ContextLength longest =
        new FitEstimator()
            .largestWholeContext(Machines.tag(tag), FitRequest.DEFAULTS, machine)
            .orElseThrow();
    String said = name + " " + tag + ": " + longest.tokens() + " of " + seen;
    assertTrue(longest.tokens() >= 0.97 * seen, said);
    assertTrue(longest.tokens() <= Math.max(1.2 * seen, seen + STEP), said);
  }
}
