package dev.r1pick.hardware.probe.system;

import dev.r1pick.hardware.MemoryModules;
import dev.r1pick.hardware.MemoryModules.Module;
import dev.r1pick.host.Host;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How the memory is filled, as the firmware's tables (SMBIOS, type 17) tell it on Linux.
///
/// The tables themselves are for root alone. What systemd reads out of them when the machine starts
/// (`dmi_memory_id`, since version 248 of 2021) is for everyone; where it is missing, root can ask
/// `dmidecode`.
public final class ModuleProbe {
  /// Where udev keeps what it knows of the device `dmi/id`.
  public static final String UDEV = "/run/udev/data/+dmi:id";

  private static final String TABLES = "/sys/firmware/dmi/tables/DMI";
  private static final String DEVICE = "MEMORY_DEVICE_";

  private ModuleProbe() {}

  /// Runs a command and gives its output.
  public interface Output {
    /// An empty text where there is no such program.
    String of(String id, List<String> command);
  }

  /// Reads what is there.
  public static Optional<MemoryModules> read(Host host, Output output) {
    Optional<String> udev = host.read(UDEV);
    if (udev.isPresent() && udev.get().contains(DEVICE)) {
      return ofUdev(udev.get());
    }
    return host.access(TABLES) == Host.Access.OPEN
        ? ofDmidecode(output.of("dmidecode-memory", List.of("dmidecode", "--type", "17")))
        : Optional.empty();
  }

  /// Of udev's lines those that tell how the memory is filled: the others name modules by their
  /// serial numbers.
  public static String linesOfModules(String udev) {
    var kept = new StringBuilder();
    for (String line : Text.lines(udev)) {
      if (line.startsWith("E:" + DEVICE) && isKept(line.substring(0, nameEnd(line)))) {
        kept.append(line).append('\n');
      }
    }
    return kept.toString();
  }

  private static boolean isKept(String name) {
    return name.endsWith("_SIZE")
        || name.endsWith("_PRESENT")
        || name.endsWith("_TYPE")
        || name.endsWith("_MEMORY_TECHNOLOGY")
        || name.endsWith("_SPEED_MTS")
        || name.endsWith("_DATA_WIDTH");
  }

  private static int nameEnd(String line) {
    int equals = line.indexOf('=');
    return equals < 0 ? line.length() : equals;
  }

  /// Lines such as `E:MEMORY_DEVICE_0_CONFIGURED_SPEED_MTS=4800`.
  static Optional<MemoryModules> ofUdev(String text) {
    var slots = new TreeMap<String, Map<String, String>>();
    for (String line : Text.lines(text)) {
      if (line.startsWith("E:" + DEVICE)) {
        int number = 2 + DEVICE.length();
        int name = line.indexOf('_', number);
        int end = nameEnd(line);
        if (name > 0 && name < end && end < line.length()) {
          slots
              .computeIfAbsent(line.substring(number, name), _ -> new TreeMap<>())
              .put(line.substring(name + 1, end), line.substring(end + 1));
        }
      }
    }
    var modules = new ArrayList<Module>();
    for (Map<String, String> slot : slots.values()) {
      add(
          modules,
          slot.getOrDefault("SIZE", "0").equals("0") ? "" : slot.getOrDefault("PRESENT", "1"),
          slot.getOrDefault("TYPE", "") + " " + slot.getOrDefault("MEMORY_TECHNOLOGY", ""),
          slot.getOrDefault("CONFIGURED_SPEED_MTS", slot.getOrDefault("SPEED_MTS", "")),
          slot.getOrDefault("DATA_WIDTH", ""));
    }
    return MemoryModules.of(modules);
  }

  /// Blocks that begin with `Memory Device` and hold lines such as `Configured Memory Speed: 2933
  /// MT/s`; versions before 3.2 write `Configured Clock Speed` and `MHz`.
  static Optional<MemoryModules> ofDmidecode(String text) {
    var modules = new ArrayList<Module>();
    var slot = new TreeMap<String, String>();
    for (String line : Text.lines(text + "\nMemory Device\n")) {
      int colon = line.indexOf(':');
      if (line.strip().equals("Memory Device")) {
        addDecoded(modules, slot);
        slot.clear();
      } else if (colon > 0) {
        slot.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return MemoryModules.of(modules);
  }

  private static void addDecoded(List<Module> modules, Map<String, String> slot) {
    String configured =
        slot.getOrDefault(
            "Configured Memory Speed", slot.getOrDefault("Configured Clock Speed", ""));
    add(
        modules,
        Text.leadingWhole(slot.getOrDefault("Size", "")).isPresent() ? "1" : "",
        slot.getOrDefault("Type", "") + " " + slot.getOrDefault("Memory Technology", ""),
        Text.leadingWhole(configured).isPresent() ? configured : slot.getOrDefault("Speed", ""),
        slot.getOrDefault("Data Width", ""));
  }

  /// Slots that are empty and memory that programs cannot have are left out.
  private static void add(
      List<Module> modules, String present, String type, String transfers, String bits) {
    if (present.equals("1") && !isOther(type.toLowerCase(Locale.ROOT))) {
      modules.add(
          new Module(Text.leadingWhole(transfers).orElse(0), Text.leadingWhole(bits).orElse(0)));
    }
  }

  private static boolean isOther(String type) {
    return type.contains("rom")
        || type.contains("flash")
        || type.contains("non-volatile")
        || type.contains("nvdimm")
        || type.contains("persistent")
        || type.contains("vram");
  }
}
