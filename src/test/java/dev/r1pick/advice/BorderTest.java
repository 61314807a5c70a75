package dev.r1pick.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.CatalogReader;
import dev.r1pick.catalog.GpuCatalog;
import dev.r1pick.catalog.GpuCatalogReader;
import dev.r1pick.catalog.UseCaseReader;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.MovedMemory;
import dev.r1pick.hardware.Detector;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.RecordedHost;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.SpeedConstantsReader;
import dev.r1pick.speed.SpeedEstimator;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A little more or less free memory makes no other variant the pick unless the answer said so; and
/// who asks for more of something never gets less of it.
class BorderTest {
  private static final Path MACHINES = Path.of("src/test/resources/machines");
  private static final Catalog CATALOG = CatalogReader.readDefault();
  private static final UseCases USE_CASES = UseCaseReader.readDefault();
  private static final GpuCatalog GPUS = GpuCatalogReader.readDefault();

  private static List<Machine> recorded() throws IOException {
    var machines = new ArrayList<Machine>();
    try (var folders = Files.list(MACHINES)) {
      for (Path folder : folders.sorted().toList()) {
        if (RecordedHost.open(folder) instanceof RecordedHost.Opened opened) {
          machines.add(new Detector().detect(opened.host()));
        }
      }
    }
    return machines;
  }

  private static Machine machine(String name) {
    if (RecordedHost.open(MACHINES.resolve(name)) instanceof RecordedHost.Opened opened) {
      return new Detector().detect(opened.host());
    }
    throw new AssertionError(name);
  }

  private static Advice advise(Machine machine, String useCase, Priority priority) {
    var speeds =
        new MachineSpeed(
            new SpeedEstimator(SpeedConstantsReader.shipped()),
            machine,
            () -> GPUS,
            CpuBandwidthEstimator.shipped().estimate(machine.cpu(), machine.os()));
    var wishes =
        new Question.Wishes(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            OptionalInt.empty());
    return new Adviser(
            CATALOG,
            USE_CASES,
            new FitEstimator(),
            new QualityEstimator(USE_CASES, CATALOG),
            speeds)
        .advise(
            new Question(USE_CASES.profile(useCase).orElseThrow(), "en", priority, machine, wishes),
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
  private static void compare(Machine machine, String useCase, List<String> faults) {
    Advice here = advise(machine, useCase, Priority.BALANCED);
    if (here instanceof Advice.NothingFits) {
      return;
    }
    Advice more = advise(MovedMemory.more(machine, Border.STEP), useCase, Priority.BALANCED);
    Advice less = advise(MovedMemory.less(machine, Border.STEP), useCase, Priority.BALANCED);
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
  void noRecordedMachineJumpsWithoutAWord() throws IOException {
    var faults = new ArrayList<String>();
    for (Machine machine : recorded()) {
      compare(machine, "coding", faults);
    }
    assertEquals(List.of(), faults);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nvidia-rtx3060-linux", "ci-linux-runner-no-gpu"})
  void noStepFromFourToHundredNinetyTwoGiBJumpsWithoutAWord(String name) {
    Machine base = machine(name);
    var faults = new ArrayList<String>();
    int borders = 0;
    for (long mib = 4096; mib <= 192 * 1024; mib += mib < 32768 ? 400 : 6000) {
      Bytes all = Bytes.ofMiB(mib);
      Machine resized = Resized.to(base, all);
      compare(resized, "chat", faults);
      borders += says(advise(resized, "chat", Priority.BALANCED), "near-border") ? 1 : 0;
    }
    assertEquals(List.of(), faults);
    assertTrue(borders > 0, "the grid crosses borders");
  }

  @Test
  void whoAsksForQualityOrSpeedNeverGetsLessOfIt() throws IOException {
    var faults = new ArrayList<String>();
    for (Machine machine : recorded()) {
      for (String useCase : List.of("research")) {
        if (advise(machine, useCase, Priority.BALANCED) instanceof Advice.Recommendation balanced
            && advise(machine, useCase, Priority.QUALITY) instanceof Advice.Recommendation good
            && advise(machine, useCase, Priority.SPEED) instanceof Advice.Recommendation fast) {
          double more = good.best().candidate().quality().beforeLoss();
          double rate = fast.best().candidate().generationRate().orElse(0);
          if (more < balanced.best().candidate().quality().beforeLoss()
              || rate < balanced.best().candidate().generationRate().orElse(0)) {
            faults.add(machine.cpu().name() + " " + machine.accelerators() + " " + useCase);
          }
        }
      }
    }
    assertEquals(List.of(), faults);
  }
}
