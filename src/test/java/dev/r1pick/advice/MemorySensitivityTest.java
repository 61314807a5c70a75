package dev.r1pick.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FreeMemoryShift;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.probe.Detector;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.host.LiveHost;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.SpeedConstantsReader;
import dev.r1pick.speed.SpeedEstimator;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A little more or less free memory makes no other variant the pick unless the answer said so; and
/// who asks for more of something never gets less of it.
class MemorySensitivityTest {
  private static final Path MACHINES = Path.of("src/test/resources/machines");
  private static final Catalog CATALOG = CatalogReader.readDefault();
  private static final UseCases USE_CASES = UseCaseReader.readDefault();
  private static final GpuCatalog GPUS = GpuCatalogReader.readDefault();

  private static final QualityEstimator QUALITIES = new QualityEstimator(USE_CASES, CATALOG);
  private static final SpeedEstimator SPEEDS = new SpeedEstimator(SpeedConstantsReader.shipped());
  private static final CpuBandwidthEstimator CPUS = CpuBandwidthEstimator.shipped();

  /// MiB; a border is looked for between two neighbors.
  private static final List<Long> SIZES =
      List.of(4096L, 6144L, 8192L, 10_240L, 12_288L, 16_384L, 24_576L, 32_768L, 49_152L, 196_608L);

  private final FitEstimator fits = new FitEstimator();

  private static final List<Machine> RECORDED = recorded();

  private static List<Machine> recorded() {
    var machines = new ArrayList<Machine>();
    try (var folders = Files.list(MACHINES)) {
      for (Path folder : folders.sorted().toList()) {
        if (RecordedHost.open(new LiveHost().files(), folder)
            instanceof RecordedHost.Opened opened) {
          machines.add(new Detector().detect(opened.host()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return machines;
  }

  private static Machine machine(String name) {
    if (RecordedHost.open(new LiveHost().files(), MACHINES.resolve(name))
        instanceof RecordedHost.Opened opened) {
      return new Detector().detect(opened.host());
    }
    throw new AssertionError(name);
  }

  private Advice advise(Machine machine, String useCase, Priority priority) {
    var speeds = new MachineSpeed(SPEEDS, machine, () -> GPUS, CPUS.estimate(machine));
    return new Adviser(CATALOG, USE_CASES, fits, QUALITIES, speeds)
        .advise(
            new Question(
                USE_CASES.profile(useCase).orElseThrow(),
                "en",
                priority,
                machine,
                Question.Constraints.NONE),
            2);
  }

  private static String variant(Advice advice) {
    return advice instanceof Advice.Recommendation r
        ? r.best().candidate().tag().variant().id()
        : "none";
  }

  private static boolean says(Advice advice, String id) {
    return advice.caveats().stream().anyMatch(caveat -> caveat.id().startsWith(id));
  }

  /// Adds a line where the pick jumps without a word.
  private void compare(Machine machine, String useCase, List<String> faults) {
    Advice here = advise(machine, useCase, Priority.BALANCED);
    if (here instanceof Advice.NothingFits) {
      return;
    }
    Advice more =
        advise(FreeMemoryShift.more(machine, MemorySensitivity.STEP), useCase, Priority.BALANCED);
    Advice less =
        advise(FreeMemoryShift.less(machine, MemorySensitivity.STEP), useCase, Priority.BALANCED);
    String what = machine.accelerators() + " " + machine.ram() + " " + useCase + ": ";
    if (!variant(more).equals(variant(here)) != says(here, "near-border-more")) {
      faults.add(what + variant(here) + ", with more " + variant(more));
    }
    boolean jumps = !variant(less).equals(variant(here));
    if (jumps != (says(here, "near-border-less") || says(here, "near-border-nothing"))) {
      faults.add(what + variant(here) + ", with less " + variant(less));
    }
  }

  @Test
  void noRecordedMachineJumpsWithoutAWord() {
    var faults = new ArrayList<String>();
    for (Machine machine : RECORDED) {
      compare(machine, "coding", faults);
    }
    assertEquals(List.of(), faults);
  }

  /// From 4 to 192 GiB; where the pick changes between two sizes the border is closed in on, and
  /// both its sides are looked at.
  @ParameterizedTest
  @ValueSource(strings = {"nvidia-rtx3060-linux", "intel-uhd630-cpu-machine"})
  void noBorderFromFourToHundredNinetyTwoGiBIsCrossedWithoutAWord(String name) {
    Machine base = machine(name);
    var faults = new ArrayList<String>();
    int borders = 0;
    for (String useCase : List.of("chat", "coding", "research")) {
      long below = SIZES.getFirst();
      for (long above : SIZES.subList(1, SIZES.size())) {
        if (!pick(base, below, useCase).equals(pick(base, above, useCase))) {
          for (long mib : around(base, below, above, useCase)) {
            compare(Resized.to(base, Bytes.ofMiB(mib)), useCase, faults);
          }
          borders++;
        }
        below = above;
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(borders > 0, "the grid crosses borders: " + borders);
  }

  /// Sizes on both sides of a border that lies between two sizes: close to it, and a step away.
  private List<Long> around(Machine base, long below, long above, String useCase) {
    long low = below;
    long high = above;
    while (high - low > 50) {
      long middle = (low + high) / 2;
      boolean lower = pick(base, middle, useCase).equals(pick(base, low, useCase));
      low = lower ? middle : low;
      high = lower ? high : middle;
    }
    return List.of(low - 250, low, high, high + 250);
  }

  private String pick(Machine base, long mib, String useCase) {
    return variant(advise(Resized.to(base, Bytes.ofMiB(mib)), useCase, Priority.BALANCED));
  }

  @Test
  void whoAsksForQualityOrSpeedNeverGetsLessOfIt() {
    var faults = new ArrayList<String>();
    for (int i = 0; i < RECORDED.size(); i += 3) {
      Machine machine = RECORDED.get(i);
      for (String useCase : List.of("research")) {
        if (advise(machine, useCase, Priority.BALANCED) instanceof Advice.Recommendation balanced
            && advise(machine, useCase, Priority.QUALITY) instanceof Advice.Recommendation good
            && advise(machine, useCase, Priority.SPEED) instanceof Advice.Recommendation fast) {
          double more = good.best().candidate().quality().score();
          double rate = fast.best().candidate().generationRate().orElse(0);
          if (more < balanced.best().candidate().quality().score()
              || rate < balanced.best().candidate().generationRate().orElse(0)) {
            faults.add(machine.cpu().name() + " " + machine.accelerators() + " " + useCase);
          }
        }
      }
    }
    assertEquals(List.of(), faults);
  }
}
