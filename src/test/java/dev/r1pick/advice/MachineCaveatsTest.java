package dev.r1pick.advice;

import static dev.r1pick.advice.Candidates.GPU;
import static dev.r1pick.advice.Candidates.MACHINE;
import static dev.r1pick.advice.CaveatsTest.QUIET;
import static dev.r1pick.advice.CaveatsTest.gpu;
import static dev.r1pick.advice.CaveatsTest.withMemory;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of the machine beside a pick, just where it begins to be said and just before.
class MachineCaveatsTest {
  @Test
  void oneGibibyteHeldByOtherProgramsIsWorthClosingThem() {
    long gib = 1L << 30;
    assertEquals(1, inUse(gpu(Pool.DEDICATED, 12 * gib, 11 * gib)));
    assertEquals(0, inUse(gpu(Pool.DEDICATED, 12 * gib, 11 * gib + 1)));
    assertEquals(0, inUse(gpu(Pool.SHARED, 12 * gib, gib)));
    Memory reserved =
        new Memory(
            Optional.of(Bytes.of(12 * gib)),
            false,
            Optional.of(Bytes.of(11 * gib)),
            Optional.of(Bytes.of(1)),
            Pool.DEDICATED,
            false,
            Optional.empty());
    assertEquals(0, inUse(withMemory(reserved)), "what the driver keeps is no program's");
    assertEquals(
        0,
        inUse(
            withMemory(
                Memory.of(Optional.empty(), Optional.of(Bytes.ZERO), Pool.DEDICATED, false))));
    Accelerator busy = gpu(Pool.DEDICATED, 12 * gib, 2 * gib);
    assertEquals(
        List.of(new Caveat.GpuMemoryInUse(busy, Bytes.of(10 * gib))),
        MachineCaveats.of(MACHINE.withAccelerators(List.of(busy))));
  }

  private static int inUse(Accelerator gpu) {
    return MachineCaveats.of(MACHINE.withAccelerators(List.of(gpu))).size();
  }

  @ParameterizedTest
  @CsvSource({
    "DRIVER_MISSING, DISCRETE, true, true",
    "DRIVER_MISSING, BMC, true, false",
    "DRIVER_MISSING, VIRTUAL, true, false",
    "IGPU_DROPPED_BY_DEFAULT, INTEGRATED, true, false",
    "IGPU_DROPPED_BY_DEFAULT, INTEGRATED, false, true",
    "DISPLAY_ONLY, DISCRETE, false, false",
    "VIRTUAL_DISPLAY, DISCRETE, false, false",
    "VIRTUAL_GPU, DISCRETE, false, false"
  })
  void aGpuThatIsNotUsedIsSaidWhereItIsASurprise(
      WhyNot why, Accelerator.Kind kind, boolean besideACard, boolean said) {
    var idle =
        new Accelerator(
            "idle",
            GPU.vendor(),
            kind,
            GPU.memory(),
            GPU.condition(),
            GPU.identity(),
            NotUsable.because(why));
    var gpus = new ArrayList<Accelerator>(List.of(idle));
    if (besideACard) {
      gpus.addAll(QUIET.accelerators());
    }
    List<Caveat> caveats = MachineCaveats.of(MACHINE.withAccelerators(gpus));
    assertEquals(
        said ? List.of(new Caveat.GpuNotUsed(idle, NotUsable.because(why))) : List.of(), caveats);
  }

  @Test
  void ofACardWhoseFreeMemoryIsNotKnownNothingIsSaidToHoldIt() {
    assertEquals(
        0,
        inUse(
            withMemory(
                Memory.of(Optional.of(Bytes.ofGiB(12)), Optional.empty(), Pool.DEDICATED, false))));
  }

  // --- notes

  /// Beside a card that is used nobody misses the other one.
  @Test
  void aGpuThatIsOutOfReachIsSaidWhereNoOtherIsUsed() {
    var note = new Note.WslGpuOutOfReach();
    Machine without = MACHINE.withAccelerators(List.of()).withNotes(List.of(note));
    assertEquals(List.of(new Caveat.OutOfReach(note)), MachineCaveats.of(without));
    assertEquals(List.of(), MachineCaveats.of(QUIET.withNotes(List.of(note))));
  }

  @Test
  void aGuessedKindOfGpuIsSaid() {
    var note = new Note.GpuKindGuessed("RTX 3060 8GB", List.of("RTX 3060 12GB"));
    assertEquals(
        List.of(new Caveat.KindInDoubt(note)), MachineCaveats.of(QUIET.withNotes(List.of(note))));
  }

  @Test
  void whatWasNotToldOfADescribedMachineIsSaidInOneLine() {
    var processor = new Note.AssumedProcessor("desktop DDR5");
    var free = new Note.AssumedFree(Bytes.ofGiB(32), Bytes.ofGiB(28));
    LoadPlan plan = Candidates.of("14b").placed(new Placement.PartlyOffloaded(28, 1)).plan();
    assertEquals(List.of(), MachineCaveats.assumed(QUIET, plan));
    assertEquals(
        List.of(new Caveat.AssumedProcessor("desktop DDR5")),
        MachineCaveats.assumed(QUIET.withNotes(List.of(processor)), plan));
    assertEquals(
        List.of(new Caveat.AssumedFree(Bytes.ofGiB(32), Bytes.ofGiB(28))),
        MachineCaveats.assumed(QUIET.withNotes(List.of(free)), plan));
    assertEquals(
        List.of(new Caveat.AssumedMachine("desktop DDR5", Bytes.ofGiB(32), Bytes.ofGiB(28))),
        MachineCaveats.assumed(QUIET.withNotes(List.of(processor, free)), plan));
    assertEquals(List.of(), MachineCaveats.of(QUIET.withNotes(List.of(processor, free))));
    // of no matter where nothing is in RAM
    assertEquals(
        List.of(),
        MachineCaveats.assumed(
            QUIET.withNotes(List.of(processor, free)), Candidates.of("14b").plan()));
  }
}
