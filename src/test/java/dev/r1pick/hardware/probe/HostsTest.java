package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Detection;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.hardware.record.RecordedHost.NotARecording;
import dev.r1pick.hardware.record.RecordedHost.Reason;
import dev.r1pick.hardware.record.Recorder;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult;
import dev.r1pick.host.LiveHost;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HostsTest {
  @TempDir Path folder;

  private static Reason reason(RecordedHost.Opening opening) {
    return assertInstanceOf(NotARecording.class, opening).reason();
  }

  @Test
  void aFolderThatIsNoRecordingSaysWhy() throws IOException {
    assertEquals(
        Reason.NO_SUCH_FOLDER,
        reason(RecordedHost.open(new LiveHost().files(), folder.resolve("missing"))));
    assertEquals(
        Reason.NOTHING_RECORDED, reason(RecordedHost.open(new LiveHost().files(), folder)));
    Files.writeString(folder.resolve("notes.txt"), "hello");
    assertEquals(
        Reason.NOTHING_RECORDED, reason(RecordedHost.open(new LiveHost().files(), folder)));
    Files.writeString(folder.resolve("commands.json"), "[{]");
    RecordedHost.Opening broken = RecordedHost.open(new LiveHost().files(), folder);
    assertEquals(Reason.BROKEN_FILE, reason(broken));
    assertTrue(((NotARecording) broken).path().endsWith("commands.json"));
    assertEquals(
        Reason.NO_SUCH_FOLDER,
        reason(RecordedHost.open(new LiveHost().files(), folder.resolve("notes.txt"))));
  }

  @Test
  void aHangingCommandOfARecordingTakesNoTime() {
    Host host = RecordedMachines.host("nvidia-smi-hangs");
    assertEquals(
        new CommandResult.TimedOut(Duration.ofSeconds(2)),
        host.run("nvidia-smi-csv", List.of("nvidia-smi"), Duration.ofSeconds(2)));
  }

  /// A probe that never comes back is left behind at the deadline, and the rest is reported.
  @Test
  void aProbeThatBlocksForEverIsReportedAndLeftBehind() {
    var never = new CountDownLatch(1);
    Host host =
        new RecordedMachines.Changed(RecordedMachines.host("nvidia-rtx3060-linux")) {
          @Override
          public CommandResult run(
              String id, List<String> command, Map<String, String> variables, Duration deadline) {
            if (id.startsWith("nvidia-smi")) {
              awaitForEver(never);
            }
            return super.run(id, command, variables, deadline);
          }
        };
    var limits =
        new Detector.Limits(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
    var detector = new Detector(limits, task -> Thread.ofPlatform().daemon().start(task));
    Machine machine = detector.detect(host);
    assertTrue(machine.ram().total().isPresent());
    assertTrue(
        machine.notes().stream().anyMatch(note -> note.id().equals("probe-timed-out")),
        () -> machine.notes().toString());
  }

  private static void awaitForEver(CountDownLatch never) {
    boolean interrupted = true;
    while (interrupted) {
      try {
        never.await();
        interrupted = false;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aProcessThatHangsIsLeftAtItsDeadline() {
    CommandResult result =
        new LiveHost().run("sleep", List.of("sleep", "600"), Duration.ofMillis(100));
    assertEquals(new CommandResult.TimedOut(Duration.ofMillis(100)), result);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aProcessAnswersWithOutputErrorsAndCode() {
    CommandResult result =
        new LiveHost()
            .run(
                "test",
                List.of("sh", "-c", "echo out; echo \"$LC_ALL\" >&2; cat; exit 3"),
                Duration.ofSeconds(20));
    assertEquals(new CommandResult.Finished(3, "out\n", "C\n"), result);
  }

  @Test
  void aProgramThatIsNotThereIsNotInstalled() {
    assertEquals(
        new CommandResult.NotInstalled(),
        new LiveHost().run("x", List.of("r1pick-no-such-program"), Duration.ofSeconds(2)));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void outputIsCutAtFourMebibytes() {
    CommandResult result =
        new LiveHost()
            .run("test", List.of("sh", "-c", "head -c 9000000 /dev/zero"), Duration.ofSeconds(20));
    assertEquals(4 << 20, assertInstanceOf(CommandResult.Finished.class, result).output().length());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theMachineOfThisTestIsDetectedAndRecordedAlike() throws IOException {
    Recorder.Recording recording = Recorder.record(new LiveHost(), new LiveHost().files(), folder);
    assertTrue(recording.machine().ram().total().isPresent());
    assertTrue(recording.machine().cpu().usableCpus() >= 1);
    var again =
        assertInstanceOf(
            RecordedHost.Opened.class, RecordedHost.open(new LiveHost().files(), folder));
    Machine replayed = RecordedMachines.detector().detect(again.host());
    assertEquals(recording.machine().ram(), replayed.ram());
    assertEquals(recording.machine().cpu(), replayed.cpu());
    assertEquals(recording.machine().os(), replayed.os());
    assertEquals(recording.machine().accelerators().size(), replayed.accelerators().size());
  }

  @Test
  void detectionTellsWhatItAsked() {
    Detection detection =
        RecordedMachines.detector().detectWithSources(RecordedMachines.host("nvidia-smi-hangs"));
    assertTrue(
        detection.sources().stream()
            .anyMatch(
                source ->
                    source.name().equals("nvidia-smi-csv")
                        && source.outcome() == Detection.Outcome.TIMED_OUT));
    assertTrue(
        detection.sources().stream()
            .anyMatch(
                source ->
                    source.name().equals("/proc/meminfo")
                        && source.outcome() == Detection.Outcome.ANSWERED));
  }

  @Test
  void whereTheBusShowsNoGpuNoProcessIsStarted() {
    var files = new HashMap<String, byte[]>();
    files.put("fs/proc/meminfo", "MemTotal: 8000000 kB\n".getBytes(StandardCharsets.UTF_8));
    files.put(
        "fs/sys/bus/pci/devices/0000:00:01.0/class", "0x060100\n".getBytes(StandardCharsets.UTF_8));
    Detection detection =
        RecordedMachines.detector()
            .detectWithSources(((RecordedHost.Opened) RecordedHost.of(files)).host());
    List<String> commands =
        detection.sources().stream()
            .filter(source -> source.kind() == Detection.Kind.COMMAND)
            .map(Detection.Source::name)
            .toList();
    assertEquals(List.of("ollama-version"), commands);
  }

  @Test
  void everyReasonAndNoteHasASentence() throws IOException {
    var messages = new Properties();
    try (Reader reader =
        Files.newBufferedReader(
            Path.of("src/main/resources/dev/r1pick/messages/en/hardware.properties"))) {
      messages.load(reader);
    }
    var sentences = new TreeSet<String>();
    for (Class<?> type : noteTypes(Note.class)) {
      sentences.add(
          "hardware.note."
              + type.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT));
    }
    for (WhyNot reason : WhyNot.values()) {
      sentences.add("hardware.why-not." + reason.id());
      sentences.add("hardware.fix." + reason.id());
    }
    var found = new TreeSet<String>();
    for (String key : messages.stringPropertyNames()) {
      // forms of one sentence by number
      found.add(key.replaceFirst("\\.(one|other|with-context)$", ""));
    }
    found.remove("hardware.why-and-fix");
    assertEquals(sentences, found, "each once, none dead");
  }

  private static List<Class<?>> noteTypes(Class<?> type) {
    if (!type.isSealed()) {
      return List.of(type);
    }
    var types = new ArrayList<Class<?>>();
    for (Class<?> part : type.getPermittedSubclasses()) {
      types.addAll(noteTypes(part));
    }
    return types;
  }

  @Test
  void aServerElsewhereIsSaidToBeElsewhere() {
    Map<String, byte[]> files = RecordedMachines.host("nvidia-rtx3060-linux").files();
    files.put(
        "env.json",
        "{\"OLLAMA_HOST\": \" \\\"http://10.0.0.5:11434\\\" \"}".getBytes(StandardCharsets.UTF_8));
    Machine machine =
        RecordedMachines.detector().detect(((RecordedHost.Opened) RecordedHost.of(files)).host());
    assertEquals(
        Optional.of(new Note.OllamaHostElsewhere("10.0.0.5")),
        machine.notes().stream()
            .filter(note -> note.id().equals("ollama-host-elsewhere"))
            .findFirst());
    assertFalse(machine.usableAccelerators().isEmpty());
  }

  /// Without sysfs `rocm-smi` tells, also behind its warnings.
  @Test
  void whereSysfsIsClosedRocmSmiTells() {
    Map<String, byte[]> files = RecordedMachines.host("amd-rx7900xt-linux").files();
    files.keySet().removeIf(file -> file.startsWith("fs/sys/"));
    String memory =
        new String(
            files.getOrDefault("rocm-smi-meminfo.json", new byte[0]), StandardCharsets.UTF_8);
    files.put(
        "rocm-smi-meminfo.json",
        ("WARNING: AMD GPU device(s) is/are in a low-power state.\n\n" + memory)
            .getBytes(StandardCharsets.UTF_8));
    Machine machine =
        RecordedMachines.detector().detect(((RecordedHost.Opened) RecordedHost.of(files)).host());
    assertEquals(1, machine.usableAccelerators().size(), () -> machine.accelerators().toString());
    Accelerator card = machine.usableAccelerators().getFirst();
    assertEquals(Optional.of(Bytes.of(21458059264L)), card.memory().total());
    assertEquals(Optional.of(Bytes.of(21430202368L)), card.memory().free());
    assertEquals(Optional.of("gfx1100"), card.identity().gfxTarget());
  }
}
