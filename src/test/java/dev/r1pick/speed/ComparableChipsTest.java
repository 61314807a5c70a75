package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.HardwareSupport;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which known chips stand in for an unknown one.
class ComparableChipsTest {
  private static final List<GpuModel> KNOWN = GpuCatalogReader.readDefault().models();
  private static final HardwareSupport OLLAMA =
      new HardwareSupport(OllamaSetup.UNKNOWN, OsFamily.LINUX, "x86_64");

  private static Optional<ComparableChips> of(
      Backend backend, Optional<Bytes> memory, List<GpuModel> known) {
    return ComparableChips.of(
        Plans.accelerator(backend), backend, memory, OLLAMA, known, SpeedConstantsReader.shipped());
  }

  /// An unknown card whose driver tells what it can do.
  private static Optional<ComparableChips> ofTheAge(GpuModel card, List<GpuModel> known) {
    return ComparableChips.of(
        Plans.accelerator(Backend.CUDA, card.computeCapability()),
        Backend.CUDA,
        Optional.of(card.memorySizes().getFirst()),
        OLLAMA,
        known,
        SpeedConstantsReader.shipped());
  }

  @Test
  void ofACardOfWhichOnlyTheMemoryIsToldTheRangeIsOfCardsStillSold() {
    ComparableChips chips = of(Backend.CUDA, Optional.of(Bytes.ofGiB(24)), KNOWN).orElseThrow();
    double times =
        (double) chips.fastest().bandwidth().bytesPerSecond()
            / chips.slowest().bandwidth().bytesPerSecond();
    assertTrue(times < 6, times + " " + chips.fastest());
    assertTrue(chips.slowest().computeCapability().orElse("").compareTo("8.0") >= 0);
  }

  @ParameterizedTest
  @CsvSource({"CUDA, 24", "CUDA, 8", "CUDA, 80", "ROCM, 16", "ROCM, 24", "VULKAN, 16"})
  void theyLieFarApartAndAreOfTheBackend(Backend backend, int gib) {
    ComparableChips chips = of(backend, Optional.of(Bytes.ofGiB(gib)), KNOWN).orElseThrow();
    assertTrue(chips.slowest().bandwidth().compareTo(chips.fastest().bandwidth()) < 0);
    assertEquals(chips.slowest().vendor(), chips.fastest().vendor());
  }

  @Test
  void whereNoneHasAsMuchMemoryAllOfTheBackendCount() {
    ComparableChips all = of(Backend.CUDA, Optional.empty(), KNOWN).orElseThrow();
    assertEquals(all, of(Backend.CUDA, Optional.of(Bytes.ofGiB(4000)), KNOWN).orElseThrow());
  }

  @Test
  void whereNoChipOfTheBackendIsKnownThereIsNone() {
    assertEquals(Optional.empty(), of(Backend.CUDA, Optional.empty(), List.of()));
  }

  /// Each card of NVIDIA that Ollama drives is taken for unknown in turn.
  @Test
  void mostCardsLieBetweenTheOthers() {
    int cards = 0;
    int between = 0;
    for (GpuModel card : KNOWN) {
      if (!card.vendor().equals("NVIDIA")
          || card.unified()
          || card.memorySizes().isEmpty()
          || HardwareSupport.isTooOld(card.computeCapability())) {
        continue;
      }
      var others = new ArrayList<>(KNOWN);
      others.remove(card);
      ComparableChips chips = ofTheAge(card, others).orElseThrow();
      cards++;
      boolean inside =
          chips.slowest().bandwidth().compareTo(card.bandwidth()) <= 0
              && card.bandwidth().compareTo(chips.fastest().bandwidth()) <= 0;
      between += inside ? 1 : 0;
    }
    assertTrue(cards > 150, cards + " cards");
    assertTrue(between >= 0.8 * cards, between + " of " + cards);
  }
}
