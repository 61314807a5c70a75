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
    List<JsonValue> devices = expected.member("accelerators").orElseThrow().items();
    assertEquals(
        devices.size(), machine.accelerators().size(), () -> machine.accelerators().toString());
    assertAll(
        () -> systemIs(expected.member("os").orElseThrow(), machine.os()),
        () -> processorIs(expected.member("cpu").orElseThrow(), machine),
        () -> memoryIs(expected.member("ram").orElseThrow(), machine.ram()),
        () -> diskIs(expected.member("disk"), machine),
        () ->
            assertEquals(
                expected.wholeAt("accelerator_count_usable").orElseThrow(),
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
      if (note.id().equals("command-timed-out")) {
        reported.add(note.arguments().getFirst());
      }
    }
    assertEquals(new HashSet<>(host.asked), reported);
    assertEquals(reported.size(), host.asked.size(), "a command that hangs is not asked again");
    for (Duration deadline : host.deadlines) {
      assertTrue(deadline.compareTo(Detector.Limits.USUAL.perCommand()) <= 0);
    }
    assertFalse(
        host.asked.contains("nvidia-smi-xml") || host.asked.contains("nvidia-smi-csv-min"),
        "after a tool hung no second question is put to it");
  }

  private static void systemIs(JsonValue expected, Os os) {
    assertEquals(
        expected.textAt("family").orElseThrow(), os.family().name().toLowerCase(Locale.ROOT));
    assertEquals(expected.textAt("arch").orElseThrow(), os.arch());
    assertEquals(flag(expected, "wsl"), os.wsl(), "wsl");
    assertEquals(flag(expected, "container"), os.container(), "container");
    assertEquals(flag(expected, "virtual_machine"), os.virtualMachine(), "virtual machine");
  }

  private static boolean flag(JsonValue value, String name) {
    return value.member(name).filter(new JsonValue.Flag(true)::equals).isPresent();
  }

  private static void processorIs(JsonValue expected, Machine machine) {
    Cpu cpu = machine.cpu();
    assertEquals(expected.textAt("name"), cpu.name());
    assertEquals(expected.textAt("arch").orElseThrow(), cpu.arch());
    assertEquals(
        expected.wholeAt("physical_cores"),
        cpu.physicalCores().map(OptionalLong::of).orElse(OptionalLong.empty()));
    assertEquals(expected.wholeAt("logical_cpus").orElseThrow(), cpu.logicalCpus());
    assertEquals(expected.wholeAt("usable_cpus").orElseThrow(), cpu.usableCpus());
    if (expected.member("performance_cores").isPresent()) {
      assertEquals(
          expected.wholeAt("performance_cores"),
          cpu.performanceCores().map(OptionalLong::of).orElse(OptionalLong.empty()));
    }
    Set<String> features = new HashSet<>();
    for (JsonValue feature : expected.member("features").orElseThrow().items()) {
      features.add(((JsonValue.Text) feature).value());
    }
    if (machine.os().family() == OsFamily.WINDOWS && cpu.features().isEmpty()) {
      return; // CIM does not tell what a processor can do.
    }
    assertEquals(features, new HashSet<>(cpu.features()));
  }

  private static void memoryIs(JsonValue expected, Ram ram) {
    assertEquals(bytes(expected, "total_bytes"), ram.total(), "total");
    if (!isInside(expected, "available_accept_bytes", ram.available())) {
      assertEquals(bytes(expected, "available_bytes"), ram.available(), "available");
    }
    assertEquals(bytes(expected, "swap_total_bytes"), ram.swapTotal(), "swap");
    assertEquals(bytes(expected, "swap_free_bytes"), ram.swapFree(), "swap free");
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

  private static void diskIs(Optional<JsonValue> expected, Machine machine) {
    if (expected.isPresent()) {
      Disk disk = machine.disk().orElseThrow();
      assertEquals(expected.get().textAt("models_path").orElseThrow(), disk.modelsPath());
      assertEquals(bytes(expected.get(), "free_bytes"), disk.free());
    }
  }

  private static void deviceIs(JsonValue expected, Accelerator device) {
    String message = device.toString();
    assertEquals(expected.textAt("kind").orElseThrow(), kind(device), message);
    assertEquals(expected.textAt("vendor").orElseThrow(), device.vendor(), message);
    assertEquals(expected.textAt("why_not"), whyNot(device), message);
    assertEquals(
        flag(expected, "usable_for_inference"), device.usability() instanceof Usable, message);
    assertEquals(expected.textAt("memory_pool"), pool(device), message);
    assertEquals(flag(expected, "unified"), device.memory().unified(), message);
    figureIs(expected, "memory_total_bytes", device.memory().total(), device);
    figureIs(expected, "memory_free_bytes", device.memory().free(), device);
    if (flag(expected, "memory_total_is_lower_bound")) {
      assertTrue(device.memory().totalIsLowerBound(), message);
    }
    assertEquals(expected.textAt("opt_in"), optIn(device), message);
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
    if (!isInside(expected, range, found) && !(found.isEmpty() && !usable)) {
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
    JsonValue ram = expected.member("ram").orElseThrow();
    isRightOrUnknown(ram, "total_bytes", machine.ram().total());
    isRightOrUnknown(ram, "available_bytes", machine.ram().available());
    isRightOrUnknown(ram, "swap_total_bytes", machine.ram().swapTotal());
    JsonValue cpu = expected.member("cpu").orElseThrow();
    machine
        .cpu()
        .physicalCores()
        .ifPresent(
            cores -> assertEquals(cpu.wholeAt("physical_cores").orElseThrow(), (long) cores));
    assertTrue(machine.cpu().usableCpus() <= cpu.wholeAt("usable_cpus").orElseThrow());
    List<JsonValue> left = new ArrayList<>(expected.member("accelerators").orElseThrow().items());
    for (Accelerator device : machine.accelerators()) {
      JsonValue match = matchOf(device, left);
      left.remove(match);
      assertEquals(match.textAt("kind").orElseThrow(), kind(device), device::toString);
      assertEquals(match.textAt("memory_pool"), pool(device), device::toString);
      assertTrue(
          flag(match, "usable_for_inference") || device.usability() instanceof NotUsable,
          device::toString);
      isRightOrUnknown(match, "memory_total_bytes", device.memory().total());
      isRightOrUnknown(match, "memory_free_bytes", device.memory().free());
      whyNot(device)
          .ifPresent(
              reason ->
                  assertTrue(
                      match.textAt("why_not").equals(Optional.of(reason))
                          || reason.startsWith("driver-"),
                      () -> reason + " in place of " + match.textAt("why_not")));
    }
  }

  private static JsonValue matchOf(Accelerator device, List<JsonValue> left) {
    for (JsonValue candidate : left) {
      Optional<String> pci = candidate.textAt("pci");
      boolean samePlace = pci.isEmpty() || device.identity().pciAddress().isEmpty();
      if (candidate.textAt("vendor").orElseThrow().equals(device.vendor())
          && (samePlace || pci.equals(device.identity().pciAddress()))) {
        return candidate;
      }
    }
    throw new AssertionError("there is no such device: " + device + " in " + left);
  }

  private static void isRightOrUnknown(JsonValue expected, String name, Optional<Bytes> found) {
    if (found.isPresent() && !isInside(expected, name.replace("_bytes", "_accept_bytes"), found)) {
      assertEquals(bytes(expected, name), found, name);
    }
  }
}
