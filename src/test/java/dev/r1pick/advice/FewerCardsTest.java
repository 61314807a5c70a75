package dev.r1pick.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Usability;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    Machine named =
        with(CARD, CARD)
            .withOllama(new OllamaSetup(Optional.empty(), Map.of("CUDA_VISIBLE_DEVICES", "0,1")));
    assertEquals(2, named.usableAccelerators().size());
    assertEquals(List.of(), tried(named), "it names both");
  }

  private static Machine drivenBy(Backend backend, OsFamily family) {
    Accelerator card = CARD.withUsability(new Usability.Usable(backend));
    Os os = Candidates.MACHINE.os();
    return with(card, card.withName("other"))
        .withOs(new Os(family, os.arch(), os.wsl(), os.container(), os.virtualMachine()));
  }

  @ParameterizedTest
  @CsvSource({
    "CUDA, LINUX, CUDA_VISIBLE_DEVICES",
    "CUDA, WINDOWS, CUDA_VISIBLE_DEVICES",
    "ROCM, LINUX, ROCR_VISIBLE_DEVICES",
    "ROCM, WINDOWS, HIP_VISIBLE_DEVICES",
    "VULKAN, LINUX, GGML_VK_VISIBLE_DEVICES",
    "VULKAN, WINDOWS, GGML_VK_VISIBLE_DEVICES"
  })
  void eachBackendHasItsOwnVariableToHideCards(Backend backend, OsFamily family, String variable) {
    assertEquals(List.of(variable + "=0", variable + "=1"), tried(drivenBy(backend, family)));
  }

  @Test
  void whereNothingHidesACardNoneIsTried() {
    assertEquals(List.of(), tried(drivenBy(Backend.METAL, OsFamily.MACOS)));
  }

  @Test
  void cardsOfSeveralBackendsAreLeftAlone() {
    Accelerator amd = CARD.withUsability(new Usability.Usable(Backend.ROCM));
    assertEquals(List.of(), tried(with(CARD, amd)));
    assertEquals(List.of(), tried(with(CARD, CARD, amd)));
    assertEquals(List.of(), tried(with()));
  }

  /// The chip inside the processor is no card.
  @Test
  void besideAChipInsideTheProcessorNoCardIsHidden() {
    var chip =
        new Accelerator(
            "chip",
            CARD.vendor(),
            Kind.INTEGRATED,
            CARD.memory(),
            CARD.condition(),
            CARD.identity(),
            CARD.usability());
    assertEquals(List.of(), tried(with(CARD, chip)));
    assertEquals(List.of(), tried(with(chip, CARD)));
  }

  /// Numbers are those of the cards that Ollama may see.
  @Test
  void aCardThatIsNotUsedHasNoNumber() {
    Accelerator idle = CARD.withUsability(NotUsable.because(WhyNot.DRIVER_MISSING, Backend.CUDA));
    Accelerator large = other("large");
    assertEquals(
        List.of("CUDA_VISIBLE_DEVICES=0", "CUDA_VISIBLE_DEVICES=1"),
        tried(with(idle, CARD, large)));
    assertEquals(List.of(), tried(with(CARD, idle)));
  }

  @Test
  void cardsOfOneNameAndOtherMemoryAreTwoKinds() {
    Accelerator small =
        CARD.withMemory(
            Memory.of(
                Optional.of(Bytes.ofGiB(8)), Optional.of(Bytes.ofGiB(7)), Pool.DEDICATED, false));
    assertEquals(
        List.of("CUDA_VISIBLE_DEVICES=0", "CUDA_VISIBLE_DEVICES=0,2", "CUDA_VISIBLE_DEVICES=1"),
        tried(with(CARD, small, CARD)));
    List<FewerCards> found = FewerCards.of(with(CARD, small, CARD));
    assertEquals(List.of(CARD, CARD), found.get(1).machine().accelerators());
    assertEquals(List.of(small), found.get(2).machine().accelerators());
  }
}
