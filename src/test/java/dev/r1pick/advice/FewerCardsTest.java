package dev.r1pick.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.OllamaSetup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which cards are tried alone.
class FewerCardsTest {
  private static final Accelerator CARD = Candidates.GPU;

  private static Accelerator other(String name) {
    return new Accelerator(
        name,
        CARD.vendor(),
        CARD.kind(),
        CARD.memory(),
        CARD.condition(),
        CARD.identity(),
        CARD.usability());
  }

  private static List<String> tried(Machine machine) {
    return FewerCards.of(machine).stream().map(fewer -> fewer.variable().toString()).toList();
  }

  private static Machine with(Accelerator... cards) {
    return Candidates.MACHINE.withAccelerators(List.of(cards));
  }

  @Test
  void eachKindIsTriedAloneAndAllOfOneKindBesideOthers() {
    Accelerator large = other("large");
    assertEquals(List.of(), tried(with(CARD)));
    assertEquals(List.of("CUDA_VISIBLE_DEVICES=0"), tried(with(CARD, CARD)));
    assertEquals(
        List.of("CUDA_VISIBLE_DEVICES=0", "CUDA_VISIBLE_DEVICES=1", "CUDA_VISIBLE_DEVICES=1,2"),
        tried(with(CARD, large, large)));
  }

  @Test
  void whoHidesCardsAlreadyIsLeftAlone() {
    Machine hidden =
        with(CARD, CARD)
            .withOllama(new OllamaSetup(Optional.empty(), Map.of("CUDA_VISIBLE_DEVICES", "1")));
    assertEquals(List.of(), tried(hidden));
  }
}
