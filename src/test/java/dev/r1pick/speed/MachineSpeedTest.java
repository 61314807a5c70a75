package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.ollama.Backend;
import dev.r1pick.speed.Plans.Size;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which chip of the catalog stands for a device, and what is said where none does.
class MachineSpeedTest {
  private static final GpuCatalog CATALOG = GpuCatalogReader.readDefault();

  private static Accelerator device(String name, Kind kind, Optional<Bytes> total) {
    return Accelerator.told(
        name,
        Vendor.NVIDIA,
        kind,
        Memory.of(total, total, Pool.DEDICATED, false),
        Backend.CUDA,
        Identity.UNKNOWN);
  }

  private static MachineSpeed speed(Machine machine) {
    return new MachineSpeed(
        new SpeedEstimator(SpeedConstantsReader.shipped()),
        machine,
        () -> CATALOG,
        CpuBandwidthEstimator.shipped().estimate(machine));
  }

  private static MachineSpeed with(Accelerator... devices) {
    return speed(Plans.machine().withAccelerators(List.of(devices)));
  }

  private static Fit on(Accelerator... devices) {
    LoadPlan whole = Plans.whole(Size.SEVEN, devices.length);
    List<DeviceLoad> loads = new ArrayList<>();
    for (int i = 0; i < devices.length; i++) {
      DeviceLoad load = whole.devices().get(i);
      loads.add(
          new DeviceLoad(
              devices[i],
              load.layers(),
              load.weights(),
              load.kvCache(),
              load.compute(),
              load.free(),
              load.margin(),
              load.driverShare()));
    }
    return new Fit.Whole(
        new LoadPlan(whole.tag(), whole.settings(), whole.placement(), loads, whole.host()));
  }

  private static final Accelerator KNOWN =
      device("NVIDIA GeForce RTX 3060", Kind.DISCRETE, Optional.of(Bytes.ofGiB(12)));
  private static final Accelerator UNKNOWN =
      device("Unheard Of 1", Kind.DISCRETE, Optional.of(Bytes.ofGiB(12)));

  @Test
  void aChipOfTheCatalogHasOneSpeed() {
    MachineSpeed speed = with(KNOWN);
    GpuModel model = speed.model(KNOWN).orElseThrow();
    assertEquals(360, model.bandwidth().inGBPerSecond(), 0.5);
    var one = assertInstanceOf(SpeedEstimate.Known.class, speed.of(on(KNOWN), 1000));
    assertEquals(1000, one.atContextTokens());
    var length = new AnswerTime.Length(100, 200, 300);
    assertTrue(speed.answerTime(on(KNOWN), length).isPresent());
    assertEquals(
        speed.answerTime(on(KNOWN), length),
        speed.answerTime(on(KNOWN), length, speed.of(on(KNOWN), AnswerTokens.typicalFill(length))));
    assertTrue(speed.cpu().expected().inGBPerSecond() > 1);
  }

  /// From the slow end of the slowest to the fast end of the fastest.
  @Test
  void anUnknownChipLiesBetweenOthers() {
    MachineSpeed speed = with(UNKNOWN);
    assertEquals(Optional.empty(), speed.model(UNKNOWN));
    ComparableChips chips = speed.comparable(UNKNOWN).orElseThrow();
    var bounds = assertInstanceOf(SpeedEstimate.Bounds.class, speed.of(on(UNKNOWN), 1000));
    assertEquals("cuda", bounds.backend());
    assertEquals(1000, bounds.atContextTokens());
    assertEquals(rates(chips.slowest()).low(), bounds.low());
    assertEquals(rates(chips.fastest()).high(), bounds.high());
    var length = new AnswerTime.Length(100, 200, 300);
    assertEquals(Optional.empty(), speed.answerTime(on(UNKNOWN), length));
    assertEquals(Optional.empty(), speed.answerTime(on(UNKNOWN), length, bounds));
  }

  private static SpeedEstimate.Range rates(GpuModel model) {
    Machine machine = Plans.machine().withAccelerators(List.of(UNKNOWN));
    var known =
        (SpeedEstimate.Known)
            new SpeedEstimator(SpeedConstantsReader.shipped())
                .estimate(
                    on(UNKNOWN).plan(),
                    machine,
                    List.of(Optional.of(model)),
                    CpuBandwidthEstimator.shipped().estimate(machine),
                    1000);
    return known.generation();
  }

  /// The known one of the two stays what it is.
  @Test
  void ofTwoChipsOnlyTheUnknownOneIsCompared() {
    MachineSpeed speed = with(KNOWN, UNKNOWN);
    var both = assertInstanceOf(SpeedEstimate.Bounds.class, speed.of(on(KNOWN, UNKNOWN), 1000));
    var unknown =
        assertInstanceOf(SpeedEstimate.Bounds.class, speed.of(on(UNKNOWN, UNKNOWN), 1000));
    assertTrue(both.high().compareTo(unknown.high()) < 0);
  }

  @ParameterizedTest
  @CsvSource({"BMC", "VIRTUAL"})
  void whatOnlyDrivesAScreenIsNoChip(Kind kind) {
    Accelerator screen = device("NVIDIA GeForce RTX 3060", kind, Optional.of(Bytes.ofGiB(12)));
    assertEquals(Optional.empty(), with(screen).model(screen));
  }

  /// As large a share of the bandwidth as of the memory, and no known share of the arithmetic.
  @ParameterizedTest
  @CsvSource({"MIG_INSTANCE, true", "PARTITION, true", "DISCRETE, false"})
  void aSliceHasItsShareOfTheBandwidth(Kind kind, boolean slice) {
    Accelerator part = device("NVIDIA A100-SXM4-80GB", kind, Optional.of(Bytes.ofGiB(20)));
    assertEquals(slice, MachineSpeed.isSlice(part));
    Accelerator whole =
        device("NVIDIA A100-SXM4-80GB", Kind.DISCRETE, Optional.of(Bytes.ofGiB(80)));
    double peak = with(whole).model(whole).orElseThrow().bandwidth().inGBPerSecond();
    Optional<GpuModel> model = with(part).model(part);
    if (slice) {
      assertEquals(peak / 4, model.orElseThrow().bandwidth().inGBPerSecond(), peak / 100);
      var known = assertInstanceOf(SpeedEstimate.Known.class, with(part).of(on(part), 0));
      assertEquals(Optional.empty(), known.prompt());
    }
  }

  @Test
  void ofASliceOfAnUnknownDeviceNothingIsSaid() {
    Accelerator part = device("Unheard Of 1", Kind.MIG_INSTANCE, Optional.of(Bytes.ofGiB(12)));
    assertEquals(Optional.empty(), with(part).comparable(part));
    assertEquals(new SpeedEstimate.Unknown("gpu-not-in-catalog"), with(part).of(on(part), 1000));
    Accelerator nothing = device("NVIDIA A100-SXM4-80GB", Kind.MIG_INSTANCE, Optional.empty());
    assertEquals(Optional.empty(), with(nothing).model(nothing));
  }

  // --- memory that is not known

  private static Machine planned(Accelerator... devices) {
    return with(devices).planned(Plans.machine().withAccelerators(List.of(devices)));
  }

  /// The RTX 3060 was sold with 8 and with 12 GB.
  @Test
  void aCardOfUnknownMemoryIsPlannedWithTheSmallestThatIsSold() {
    Accelerator card = device("NVIDIA GeForce RTX 3060", Kind.DISCRETE, Optional.empty());
    Machine planned = planned(card, KNOWN);
    Memory memory = planned.accelerators().getFirst().memory();
    Bytes smallest = Bytes.ofGiB(8);
    assertEquals(Optional.of(smallest), memory.total());
    assertTrue(memory.totalIsLowerBound());
    assertEquals(KNOWN, planned.accelerators().getLast());
    assertEquals(
        List.of(
            new Note.MemoryAssumed("NVIDIA GeForce RTX 3060", smallest, List.of("RTX 3060 12GB"))),
        planned.notes());
  }

  @Test
  void nothingIsAssumedOfSlicesOfUnknownCardsAndOfWhatIsKnown() {
    Accelerator slice = device("NVIDIA A100-SXM4-80GB", Kind.MIG_INSTANCE, Optional.empty());
    Accelerator unheard = device("Unheard Of 1", Kind.DISCRETE, Optional.empty());
    for (Accelerator device : List.of(slice, unheard, KNOWN)) {
      Machine planned = planned(device);
      assertEquals(List.of(device), planned.accelerators());
      assertEquals(List.of(), planned.notes());
    }
  }

  @Test
  void aChipThatSharesMemoryIsNotGivenAny() {
    Accelerator shared =
        Accelerator.told(
            "NVIDIA GeForce RTX 3060",
            Vendor.NVIDIA,
            Kind.INTEGRATED,
            Memory.of(Optional.empty(), Optional.empty(), Pool.SHARED, true),
            Backend.CUDA,
            Identity.UNKNOWN);
    assertEquals(List.of(shared), planned(shared).accelerators());
  }

  @Test
  void aChipIsLookedUpOnceForAllMachines() {
    var read = new int[1];
    var models =
        new GpuModels(
            () -> {
              read[0]++;
              return CATALOG;
            });
    Optional<Bytes> memory = Optional.of(Bytes.ofGiB(12));
    List<GpuModel> first =
        models.kinds(Optional.empty(), "NVIDIA GeForce RTX 3060", memory, Optional.empty());
    assertEquals(360, first.getFirst().bandwidth().inGBPerSecond(), 0.5);
    assertEquals(
        first, models.kinds(Optional.empty(), "NVIDIA GeForce RTX 3060", memory, Optional.empty()));
    assertEquals(1, read[0]);
    assertEquals(
        List.of(), models.kinds(Optional.empty(), "Unheard Of 1", memory, Optional.empty()));
    assertEquals(2, read[0]);
  }
}
