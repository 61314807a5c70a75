package dev.r1pick.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.LocalRecording;
import dev.r1pick.cli.Run;
import dev.r1pick.cli.config.HomeHost;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.hardware.probe.Detector;
import dev.r1pick.host.Host;
import dev.r1pick.host.OsFamily;
import dev.r1pick.report.layout.Style;
import dev.r1pick.units.Bandwidth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a timed read of the memory is good for, for whom, and what happens where it cannot be kept.
class MeasuredBandwidthTest {
  private static final String MACHINE = "ci-linux-runner-no-gpu";
  private static final String OTHER = "raspberry-pi-5-8gb";

  @TempDir Path cache;

  private Path file() {
    return cache.resolve("r1pick").resolve("memory-read.json");
  }

  private static Run measure(Host host, double gigabytes) {
    var local = new LocalRecording(host, Optional.of(Bandwidth.ofGBPerSecond(gigabytes)));
    return Run.on(local, Style.PLAIN, "hardware", "--measure");
  }

  private Run check(String machine, String... more) {
    var args = new ArrayList<>(List.of("check", "8b", "--format", "json"));
    args.addAll(List.of(more));
    return Run.on(HomeHost.withCache(machine, cache), Style.PLAIN, args.toArray(String[]::new));
  }

  private static boolean isMeasured(Run run) {
    return run.out().contains("\"kind\" : \"measured-here\"");
  }

  @Test
  void laterAnswersUseTheFigure() {
    assertFalse(isMeasured(check(MACHINE)));
    Run measured = measure(HomeHost.withCache(MACHINE, cache), 43.21);
    assertEquals(ExitCode.OK, measured.code());
    assertTrue(measured.out().contains("reads 43 GB/s, measured here"), measured.out());
    assertTrue(measured.err().contains(file().toString()), measured.err());
    assertTrue(isMeasured(check(MACHINE)));
    assertEquals("", check(MACHINE).err());
  }

  @Test
  void aNewerFigureReplacesTheOlderOne() throws IOException {
    measure(HomeHost.withCache(MACHINE, cache), 43);
    measure(HomeHost.withCache(OTHER, cache), 11);
    measure(HomeHost.withCache(MACHINE, cache), 39);
    String text = Files.readString(file());
    assertFalse(text.contains("43000000000"), text);
    assertTrue(text.contains("39000000000") && text.contains("11000000000"), text);
  }

  @Test
  void aCopiedHomeDoesNotLendTheFigureToAnotherMachine() {
    measure(HomeHost.withCache(MACHINE, cache), 43);
    assertFalse(isMeasured(check(OTHER)));
  }

  @Test
  void aRecordedOrDescribedProcessorNeverGetsTheFigure() {
    measure(HomeHost.withCache(MACHINE, cache), 43);
    assertTrue(isMeasured(check(MACHINE)));
    assertFalse(isMeasured(check(MACHINE, "--machine", Run.MACHINES.resolve(MACHINE).toString())));
    assertFalse(isMeasured(check(MACHINE, "--cpu-only", "--ram", "64GB")));
    assertFalse(isMeasured(check(MACHINE, "--gpu", "Radeon 780M", "--ram", "32GB")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "{\"schema_version\": 2, \"figures\": []}", "\u0000\u0001"})
  void aBrokenFileIsIgnoredWithOneRemarkAndWrittenAnew(String text) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
    Run run = check(MACHINE);
    assertEquals(ExitCode.OK, run.code());
    assertFalse(isMeasured(run));
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("is ignored"), run.err());
    measure(HomeHost.withCache(MACHINE, cache), 43);
    assertTrue(isMeasured(check(MACHINE)));
  }

  @Test
  void withoutAHomeTheFigureIsPrintedAndNotKept() {
    var homeless = new HomeHost(Run.host(MACHINE), OsFamily.LINUX, Map.of());
    Run run = measure(homeless, 43);
    assertEquals(ExitCode.DISK, run.code());
    assertTrue(run.out().contains("reads 43 GB/s, measured here"), run.out());
    assertTrue(run.err().contains("HOME is not set"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(cache.resolve("r1pick"), "a file where the folder should be");
    Run run = measure(HomeHost.withCache(MACHINE, cache), 43);
    assertEquals(ExitCode.DISK, run.code());
    assertTrue(run.out().contains("measured here"), run.out());
    assertTrue(run.err().contains("cannot be written"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "LINUX,   HOME,         .cache/r1pick",
    "MACOS,   HOME,         Library/Caches/r1pick",
    "WINDOWS, LOCALAPPDATA, r1pick",
  })
  void eachSystemHasItsCacheFolder(OsFamily system, String variable, String folder) {
    var host = new HomeHost(Run.host(MACHINE), system, Map.of(variable, cache.toString()));
    var kept =
        new MeasuredBandwidth(new LocalRecording(host, Optional.empty()))
            .keep(new Detector().detect(Run.host(MACHINE)), Bandwidth.ofGBPerSecond(43));
    Path expected = cache.resolve(folder).resolve("memory-read.json");
    assertEquals(new MeasuredBandwidth.Kept.In(expected), kept);
    assertTrue(Files.exists(expected));
  }

  @Test
  void aPathThatIsNotAbsoluteIsNoCacheFolder() {
    var host =
        new HomeHost(Run.host(MACHINE), OsFamily.LINUX, Map.of("XDG_CACHE_HOME", "relative"));
    assertTrue(measure(host, 43).err().contains("HOME is not set"));
  }

  @Test
  void aFigureThatIsTooLowIsDoubted() {
    Run run = measure(HomeHost.withCache(MACHINE, cache), 1);
    assertEquals(ExitCode.OK, run.code());
    assertTrue(run.err().contains("measure again"), run.err());
  }

  @Test
  void memoryThatCannotBeTimedLeavesTheGuess() {
    Run run = Run.on(HomeHost.withCache(MACHINE, cache), Style.PLAIN, "hardware", "--measure");
    assertEquals(ExitCode.HARDWARE_UNKNOWN, run.code());
    assertFalse(run.out().contains("measured here"), run.out());
    assertFalse(Files.exists(file()));
  }

  @Test
  void onlyThisMachineIsTimed() {
    var host = HomeHost.withCache(MACHINE, cache);
    Run recorded =
        Run.on(
            host,
            Style.PLAIN,
            "hardware",
            "--measure",
            "--machine",
            Run.MACHINES.resolve(OTHER).toString());
    assertEquals(ExitCode.USAGE, recorded.code());
    assertTrue(recorded.err().contains("--measure times the machine it runs on"));
    Run recording = Run.on(host, Style.PLAIN, "hardware", "--measure", "--record", "x");
    assertEquals(ExitCode.USAGE, recording.code());
  }
}
