package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.probe.RecordedMachines;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.host.Host;
import dev.r1pick.units.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Detected GPUs as they are planned with and named on the screen.
class PlannedGpusTest {
  private final PlannedGpus planned = new PlannedGpus(new GpuModels(GpuCatalogReader::readDefault));

  private Machine machine(Host host) {
    return planned.of(RecordedMachines.detector().detect(host));
  }

  private Machine machine(String name) {
    return machine(RecordedMachines.host(name));
  }

  private static List<String> names(Machine machine) {
    return machine.accelerators().stream().map(Accelerator::name).toList();
  }

  private static List<Note> guesses(Machine machine) {
    return machine.notes().stream().filter(Note.GpuKindGuessed.class::isInstance).toList();
  }

  /// The headline was "Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M".
  @Test
  void aListOfNamesGivesWayToTheCatalogsName() {
    Machine machine = machine("amd-rx7900gre-linux");
    assertEquals(List.of("AMD Radeon RX 7900 GRE"), names(machine));
    assertEquals(
        List.of(new Note.GpuKindGuessed("AMD Radeon RX 7900 GRE", List.of("RX 7900M"))),
        guesses(machine));
  }

  @ParameterizedTest
  @CsvSource({"ce, AMD Radeon RX 7900 GRE", "cf, AMD Radeon RX 7900M"})
  void aRevisionLeavesNothingToGuess(String revision, String name) {
    var files = RecordedMachines.host("amd-rx7900gre-linux").files();
    files.put(
        "fs/sys/class/drm/card1/device/revision",
        ("0x" + revision + "\n").getBytes(StandardCharsets.UTF_8));
    Machine machine = machine(((RecordedHost.Opened) RecordedHost.of(files)).host());
    assertEquals(List.of(name), names(machine));
    assertEquals(List.of(), guesses(machine));
  }

  /// What can be pasted for another kind means that kind, with its memory.
  @Test
  void theOthersOfAGuessAreTypedWithTheirMemory() {
    assertEquals(
        List.of(
            new Note.GpuKindGuessed(
                "AMD Radeon RX 570", List.of("RX 480 8GB", "RX 580 8GB", "RX 590"))),
        guesses(machine("amd-rx580-8g-linux")));
  }

  @Test
  void memoryThatTheDriverDoesNotTellIsTheSmallestThatIsSold() {
    Machine machine = machine("intel-a770-mainline-i915");
    assertEquals(Optional.of(Bytes.ofGiB(8)), machine.accelerators().getFirst().memory().total());
    assertEquals(
        List.of(new Note.MemoryAssumed("Intel Arc A770", Bytes.ofGiB(8), List.of("Arc A770 16GB"))),
        machine.notes().stream().filter(Note.MemoryAssumed.class::isInstance).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "nvidia-rtx3060-linux, NVIDIA GeForce RTX 3060",
    "kaggle-2x-t4, Tesla T4",
    "apple-m3-16gb-metal, Apple M3",
    "amd-mi308-partitions-kfd, AMD Instinct MI308X partition 2",
    "amd-780m-linux-defaults, AMD Radeon 780M",
    "steam-deck-lcd, AMD Custom GPU 0405 (Steam Deck)"
  })
  void namesOfDriversStayAndNumbersGetOne(String recorded, String name) {
    assertEquals(name, names(machine(recorded)).getFirst());
  }
}
