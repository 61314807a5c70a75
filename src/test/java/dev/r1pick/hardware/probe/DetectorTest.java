package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Disk;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.Usable;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.Backend;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recorded machine, three times: as it was, without any command, and with all commands
/// hanging.
class DetectorTest {
  static List<String> machines() {
    return RecordedMachines.names();
  }

  @ParameterizedTest
  @MethodSource("machines")
  void theMachineIsWhatItIsKnownToBe(String name) {
    JsonValue expected = RecordedMachines.expected(name);
    Machine machine = RecordedMachines.detector().detect(RecordedMachines.host(name));
    Optional<JsonValue> listed = expected.member("accelerators");
    List<JsonValue> devices = listed.map(JsonValue::items).orElse(List.of());
    if (listed.isPresent()) {
      assertEquals(
          devices.size(), machine.accelerators().size(), () -> machine.accelerators().toString());
    }
    assertAll(
        () -> expected.member("os").ifPresent(os -> systemIs(os, machine.os())),
        () -> expected.member("cpu").ifPresent(cpu -> processorIs(cpu, machine)),
        () -> expected.member("ram").ifPresent(ram -> memoryIs(ram, machine.ram())),
        () -> diskIs(expected.member("disk"), machine),
        () ->
            assertEquals(
                expected
                    .wholeAt("accelerator_count_usable")
                    .orElse(machine.usableAccelerators().size()),
                machine.usableAccelerators().size()),
        () -> {
          for (int i = 0; i < devices.size(); i++) {
            deviceIs(devices.get(i), machine.accelerators().get(i));
          }
        },
        () -> nothingFailed(machine));
  }

  /// Without its tools a machine may be known less well; what is still said must be right. A device
  /// may be missing, and one that cannot be looked into may count as not usable for want of its
  /// driver's tool, but none appears that is not there, none becomes usable, and every figure that
  /// is given is the right one.
  @ParameterizedTest
  @MethodSource("machines")
  void withoutCommandsTheAnswerIsPoorerButNotWrong(String name) {
    JsonValue expected = RecordedMachines.expected(name);
    Machine machine =
        RecordedMachines.detector()
            .detect(RecordedMachines.withoutCommands(RecordedMachines.host(name)));
    poorerButNotWrong(expected, machine);
  }

  @ParameterizedTest
  @MethodSource("machines")
  void hangingCommandsAreLeftBehindAndReported(String name) {
    JsonValue expected = RecordedMachines.expected(name);
    var host = new RecordedMachines.Hanging(RecordedMachines.host(name));
    Machine machine = RecordedMachines.detector().detect(host);
    poorerButNotWrong(expected, machine);
    Set<String> reported = new HashSet<>();
    for (Note note : machine.notes()) {
      if (note instanceof Note.CommandTimedOut(var command, _)) {
        reported.add(command);
      }
    }
    assertEquals(new HashSet<>(host.asked), reported);
    assertEquals(reported.size(), host.asked.size(), "a command that hangs is not asked again");
    boolean patient = host.asked.contains("nvidia-smi-csv");
    Duration most = patient ? Detector.Limits.USUAL.slowTool() : Detector.Limits.USUAL.perCommand();
    for (Duration deadline : host.deadlines) {
      assertTrue(deadline.compareTo(most) <= 0);
    }
    assertFalse(
        host.asked.contains("nvidia-smi-xml") || host.asked.contains("nvidia-smi-csv-min"),
        "after a tool hung no second question is put to it");
  }

  private static void systemIs(JsonValue expected, Os os) {
    isWhereTold(expected, "family", os.family().name().toLowerCase(Locale.ROOT));
    isWhereTold(expected, "arch", os.arch());
    flagIs(expected, "wsl", os.wsl());
    flagIs(expected, "container", os.container());
    flagIs(expected, "virtual_machine", os.virtualMachine());
  }

  /// Some machines are recorded for one question only: what their answer leaves out is not asked.
  private static void isWhereTold(JsonValue expected, String name, String found) {
    if (expected.member(name).isPresent()) {
      assertEquals(expected.textAt(name), Optional.of(found), name);
    }
  }

  private static void flagIs(JsonValue expected, String name, boolean found) {
    if (expected.member(name).isPresent()) {
      assertEquals(flag(expected, name), found, name);
    }
  }

  private static boolean flag(JsonValue value, String name) {
    return value.member(name).filter(new JsonValue.Flag(true)::equals).isPresent();
  }

  private static void countIs(JsonValue expected, String name, Optional<Integer> found) {
    if (expected.member(name).isPresent()) {
      assertEquals(
          expected.wholeAt(name), found.map(OptionalLong::of).orElse(OptionalLong.empty()), name);
    }
  }

  private static void processorIs(JsonValue expected, Machine machine) {
    Cpu cpu = machine.cpu();
    if (expected.member("name").isPresent()) {
      assertEquals(expected.textAt("name"), cpu.name());
    }
    isWhereTold(expected, "arch", cpu.arch());
    countIs(expected, "physical_cores", cpu.physicalCores());
    countIs(expected, "logical_cpus", Optional.of(cpu.logicalCpus()));
    countIs(expected, "usable_cpus", Optional.of(cpu.usableCpus()));
    countIs(expected, "performance_cores", cpu.performanceCores());
    Set<String> features = new HashSet<>();
    for (JsonValue feature : expected.member("features").map(JsonValue::items).orElse(List.of())) {
      features.add(((JsonValue.Text) feature).value());
    }
    if (expected.member("features").isEmpty()
        || (machine.os().family() == OsFamily.WINDOWS && cpu.features().isEmpty())) {
      return; // CIM does not tell what a processor can do.
    }
    assertEquals(features, new HashSet<>(cpu.features()));
  }

  private static void memoryIs(JsonValue expected, Ram ram) {
    bytesAre(expected, "total_bytes", ram.total());
    if (!isInside(expected, "available_accept_bytes", ram.available())) {
      bytesAre(expected, "available_bytes", ram.available());
    }
    bytesAre(expected, "swap_total_bytes", ram.swapTotal());
    bytesAre(expected, "swap_free_bytes", ram.swapFree());
    if (expected.textAt("basis").isEmpty()) {
      return;
    }
    assertEquals(bytes(expected, "installed_bytes"), ram.installed(), "installed");
    String basis = expected.textAt("basis").orElseThrow();
    for (String limit :
        List.of("memory.limit_in_bytes", "user-1001.slice", "devices/system/node")) {
      assertEquals(basis.contains(limit), ram.basis().contains(limit), ram.basis());
    }
    assertEquals(
        basis.startsWith("cgroup v2 memory.max") || basis.startsWith("memory.max of"),
        ram.basis().contains("memory.max"),
        ram.basis());
  }

  private static void bytesAre(JsonValue expected, String name, Optional<Bytes> found) {
    if (expected.member(name).isPresent()) {
      assertEquals(bytes(expected, name), found, name);
    }
  }

  private static void diskIs(Optional<JsonValue> expected, Machine machine) {
    if (expected.isPresent()) {
      Disk disk = machine.disk().orElseThrow();
      assertEquals(expected.get().textAt("models_path").orElseThrow(), disk.modelsPath());
      assertEquals(bytes(expected.get(), "free_bytes"), disk.free());
    }
  }

  private static void deviceIs(JsonValue expected, Accelerator device) {
    String message = device.toString();
    isWhereTold(expected, "kind", kind(device));
    isWhereTold(expected, "vendor", device.vendor().label());
    if (expected.member("why_not").isPresent()) {
      assertEquals(expected.textAt("why_not"), whyNot(device), message);
    }
    if (expected.member("usable_for_inference").isPresent()) {
      assertEquals(
          flag(expected, "usable_for_inference"), device.usability() instanceof Usable, message);
    }
    if (expected.member("memory_pool").isPresent()) {
      assertEquals(expected.textAt("memory_pool"), pool(device), message);
    }
    flagIs(expected, "unified", device.memory().unified());
    figureIs(expected, "memory_total_bytes", device.memory().total(), device);
    figureIs(expected, "memory_free_bytes", device.memory().free(), device);
    if (flag(expected, "memory_total_is_lower_bound")) {
      assertTrue(device.memory().totalIsLowerBound(), message);
    }
    if (expected.member("opt_in").isPresent()) {
      assertEquals(expected.textAt("opt_in"), optIn(device), message);
    }
    backendIs(expected.textAt("backend"), device);
    isSameWhereKnown(expected.textAt("gfx"), device.identity().gfxTarget());
    isSameWhereKnown(expected.textAt("driver_version"), device.identity().driverVersion());
    isSameWhereKnown(expected.textAt("compute_capability"), device.identity().computeCapability());
    isSameWhereKnown(expected.textAt("uuid"), device.identity().uuid());
    if (!device.identity().pciAddress().isEmpty()) {
      isSameWhereKnown(expected.textAt("pci"), device.identity().pciAddress());
    }
  }

  private static void isSameWhereKnown(Optional<String> expected, Optional<String> found) {
    if (expected.isPresent()) {
      assertEquals(expected, found);
    }
  }

  private static void backendIs(Optional<String> expected, Accelerator device) {
    if (expected.isEmpty()) {
      return;
    }
    Optional<Backend> backend =
        switch (device.usability()) {
          case Usable(var usable) -> Optional.of(usable);
          case NotUsable notUsable -> notUsable.backend();
        };
    String label = backend.map(Backend::label).orElse("none");
    assertTrue(
        expected.get().equals(label)
            || (expected.get().equals("rocm-or-vulkan")
                && Set.of("rocm", "vulkan").contains(label)),
        () -> expected.get() + " is not " + label);
  }

  /// Exact, or inside the accepted range; for a device that is not usable unknown will do as well.
  private static void figureIs(
      JsonValue expected, String name, Optional<Bytes> found, Accelerator device) {
    boolean usable = device.usability() instanceof Usable;
    String range = name.replace("_bytes", "_accept_bytes");
    boolean told = expected.member(name).isPresent() || expected.member(range).isPresent();
    if (told && !isInside(expected, range, found) && !(found.isEmpty() && !usable)) {
      assertEquals(bytes(expected, name), found, () -> name + " of " + device);
    }
  }

  private static boolean isInside(JsonValue expected, String name, Optional<Bytes> found) {
    List<JsonValue> range = expected.member(name).map(JsonValue::items).orElse(List.of());
    return range.size() == 2
        && found.isPresent()
        && found.get().count() >= ((JsonValue.Whole) range.get(0)).value()
        && found.get().count() <= ((JsonValue.Whole) range.get(1)).value();
  }

  private static Optional<Bytes> bytes(JsonValue value, String name) {
    OptionalLong number = value.wholeAt(name);
    return number.isPresent() ? Optional.of(Bytes.of(number.getAsLong())) : Optional.empty();
  }

  private static String kind(Accelerator device) {
    return device.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<String> pool(Accelerator device) {
    return device.memory().pool() == Accelerator.Pool.NONE
        ? Optional.empty()
        : Optional.of(device.memory().pool().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static Optional<String> whyNot(Accelerator device) {
    return device.usability() instanceof NotUsable notUsable
        ? Optional.of(notUsable.reason().code())
        : Optional.empty();
  }

  private static Optional<String> optIn(Accelerator device) {
    return device.usability() instanceof NotUsable notUsable ? notUsable.optIn() : Optional.empty();
  }

  private static void nothingFailed(Machine machine) {
    for (Note note : machine.notes()) {
      assertFalse(Set.of("probe-failed", "probe-timed-out").contains(note.id()), note::toString);
    }
  }

  private static void poorerButNotWrong(JsonValue expected, Machine machine) {
    nothingFailed(machine);
    JsonValue nothing = JsonValue.object().build();
    JsonValue ram = expected.member("ram").orElse(nothing);
    isRightOrUnknown(ram, "total_bytes", machine.ram().total());
    isRightOrUnknown(ram, "available_bytes", machine.ram().available());
    isRightOrUnknown(ram, "swap_total_bytes", machine.ram().swapTotal());
    JsonValue cpu = expected.member("cpu").orElse(nothing);
    machine
        .cpu()
        .physicalCores()
        .ifPresent(
            cores -> assertEquals(cpu.wholeAt("physical_cores").orElse(cores), (long) cores));
    assertTrue(machine.cpu().usableCpus() <= cpu.wholeAt("usable_cpus").orElse(Integer.MAX_VALUE));
    if (expected.member("accelerators").isEmpty()) {
      return;
    }
    List<JsonValue> left = new ArrayList<>(expected.member("accelerators").orElseThrow().items());
    for (Accelerator device : machine.accelerators()) {
      JsonValue match = matchOf(device, left);
      left.remove(match);
      isWhereTold(match, "kind", kind(device));
      if (match.member("memory_pool").isPresent()) {
        assertEquals(match.textAt("memory_pool"), pool(device), device::toString);
      }
      assertTrue(
          flag(match, "usable_for_inference") || device.usability() instanceof NotUsable,
          device::toString);
      isRightOrUnknown(match, "memory_total_bytes", device.memory().total());
      isRightOrUnknown(match, "memory_free_bytes", device.memory().free());
      whyNot(device)
          .ifPresent(
              reason ->
                  assertTrue(
                      match.member("why_not").isEmpty()
                          || match.textAt("why_not").equals(Optional.of(reason))
                          || reason.startsWith("driver-"),
                      () -> reason + " in place of " + match.textAt("why_not")));
    }
  }

  private static JsonValue matchOf(Accelerator device, List<JsonValue> left) {
    for (JsonValue candidate : left) {
      Optional<String> pci = candidate.textAt("pci");
      boolean samePlace = pci.isEmpty() || device.identity().pciAddress().isEmpty();
      if (candidate.textAt("vendor").orElse(device.vendor().label()).equals(device.vendor().label())
          && candidate.textAt("kind").orElse(kind(device)).equals(kind(device))
          && (samePlace || pci.equals(device.identity().pciAddress()))) {
        return candidate;
      }
    }
    throw new AssertionError("there is no such device: " + device + " in " + left);
  }

  private static void isRightOrUnknown(JsonValue expected, String name, Optional<Bytes> found) {
    String range = name.replace("_bytes", "_accept_bytes");
    boolean told = expected.member(name).isPresent() || expected.member(range).isPresent();
    if (told && found.isPresent() && !isInside(expected, range, found)) {
      assertEquals(bytes(expected, name), found, name);
    }
  }
}
