package dev.r1pick.hardware.probe.windows;

import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.MemoryModules;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.probe.pci.PciGpu;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Windows: CIM classes, the display class of the registry and the adapters of DXGI, as JSON.
public final class WindowsProbe {
  private static final long MIB = 1L << 20;

  private final JsonValue cim;
  private final List<JsonValue> registry;
  private final List<JsonValue> dxgi;

  /// Takes the outputs of the three sources, each an empty text where there is none. An exit code
  /// is no reason to leave an output out: one key without permission gives 1.
  public WindowsProbe(String cim, String registry, String dxgi) {
    this.cim = Text.json(cim).orElseGet(JsonValue.Null::new);
    this.registry = rows(Text.json(registry));
    this.dxgi = rows(Text.json(dxgi));
  }

  /// PowerShell writes one object instead of an array of one.
  private static List<JsonValue> rows(Optional<JsonValue> document) {
    if (document.isEmpty()) {
      return List.of();
    }
    return document.get() instanceof JsonValue.Members
        ? List.of(document.get())
        : document.get().items();
  }

  private List<JsonValue> instances(String name) {
    return rows(cim.member(name));
  }

  private Optional<JsonValue> instance(String name) {
    List<JsonValue> all = instances(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
  }

  private OptionalLong number(String instance, String name) {
    return instance(instance).map(value -> Text.wholeAt(value, name)).orElse(OptionalLong.empty());
  }

  /// The system around the process.
  public Os os(String hostArch) {
    String architecture =
        instance("Win32_OperatingSystem").flatMap(o -> o.textAt("OSArchitecture")).orElse("");
    OptionalLong processor = number("Win32_Processor", "Architecture");
    boolean arm =
        architecture.contains("ARM")
            || processor.orElse(0) == 12
            || (architecture.isEmpty() && processor.isEmpty() && hostArch.equals("aarch64"));
    String maker =
        instance("Win32_ComputerSystem")
            .map(c -> c.textAt("Model").orElse("") + " " + c.textAt("Manufacturer").orElse(""))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    boolean virtual = false;
    for (String sign :
        List.of("virtual machine", "vmware", "virtualbox", "kvm", "qemu", "hvm domu")) {
      virtual |= maker.contains(sign);
    }
    return new Os(OsFamily.WINDOWS, arm ? "aarch64" : "x86_64", false, false, virtual);
  }

  /// The processor; several sockets count together.
  public Cpu cpu(Os os, OptionalInt processors) {
    int physical = 0;
    int logical = 0;
    int sockets = 0;
    Optional<String> name = Optional.empty();
    for (JsonValue socket : instances("Win32_Processor")) {
      name = name.or(() -> socket.textAt("Name").flatMap(Text::cleaned));
      physical += count(socket, "NumberOfCores");
      logical += count(socket, "NumberOfLogicalProcessors");
      sockets++;
    }
    int threads = logical > 0 ? logical : Math.max(1, processors.orElse(1));
    return new Cpu(
        name,
        os.arch(),
        physical > 0 ? Optional.of(physical) : Optional.empty(),
        Optional.empty(),
        threads,
        Math.max(1, Math.min(threads, processors.orElse(threads))),
        os.arch().equals("aarch64") ? List.of("neon") : List.of(),
        sockets == 0 ? Optional.empty() : Optional.of(sockets));
  }

  private static int count(JsonValue socket, String name) {
    return (int) Math.min(Text.wholeAt(socket, name).orElse(0), 1024);
  }

  /// System memory: what Windows sees, which is less than what is fitted where a GPU has its share.
  public Ram ram() {
    Optional<Bytes> total =
        Text.bytes(number("Win32_OperatingSystem", "TotalVisibleMemorySize"), 1024)
            .or(() -> Text.bytes(number("Win32_ComputerSystem", "TotalPhysicalMemory"), 1))
            .filter(size -> !size.isZero());
    Optional<Bytes> free = Text.bytes(number("Win32_OperatingSystem", "FreePhysicalMemory"), 1024);
    var sizes = new ArrayList<Bytes>();
    var modules = new ArrayList<MemoryModules.Module>();
    for (JsonValue module : instances("Win32_PhysicalMemory")) {
      if (sizes.size() < 256) {
        Text.bytes(Text.wholeAt(module, "Capacity"), 1).ifPresent(sizes::add);
        long configured = Text.wholeAt(module, "ConfiguredClockSpeed").orElse(0);
        modules.add(
            new MemoryModules.Module(
                configured > 0 ? configured : Text.wholeAt(module, "Speed").orElse(0),
                Text.wholeAt(module, "DataWidth").orElse(0)));
      }
    }
    Optional<Bytes> available =
        free.isPresent() && total.isPresent()
            ? Optional.of(free.get().min(total.get()))
            : Optional.empty();
    return new Ram(
        total,
        available,
        sizes.isEmpty() ? Optional.empty() : Optional.of(Bytes.sum(sizes)),
        Optional.empty(),
        Optional.empty(),
        total.isEmpty() ? "" : "TotalVisibleMemorySize, FreePhysicalMemory",
        MemoryModules.of(modules));
  }

  /// One adapter of the machine.
  ///
  /// @param vendor PCI number; empty for chips that are no PCI device
  /// @param maker four letters for those, for example `qcom`
  /// @param subsystem of the board, `vendor:device` in lower-case hex
  /// @param revision of the chip, two digits in lower-case hex
  /// @param dedicated memory of its own or cut off for it; empty where no source is to be trusted
  /// @param place from 0 in the list of DXGI, which Vulkan's loader follows; behind those for what
  ///   that does not list
  public record Adapter(
      String name,
      OptionalInt vendor,
      OptionalInt device,
      Optional<String> subsystem,
      Optional<String> revision,
      String maker,
      Optional<Bytes> dedicated,
      Optional<String> driver,
      int place) {
    /// The chip of a server's management controller, also where Windows has no driver for it.
    boolean isManagementDisplay() {
      return PciGpu.ofId(vendor.orElse(0), device.orElse(0), Optional.empty())
          .isManagementDisplay();
    }
  }

  /// Adapters that are there and work: by CIM, else by DXGI. The registry alone is no proof, it
  /// keeps cards that are gone.
  public List<Adapter> adapters() {
    var adapters = new ArrayList<Adapter>();
    var registryLeft = new ArrayList<JsonValue>(registry);
    var dxgiLeft = new ArrayList<Integer>();
    for (int i = 0; i < dxgi.size(); i++) {
      dxgiLeft.add(i);
    }
    List<JsonValue> controllers = instances("Win32_VideoController");
    for (JsonValue controller : controllers) {
      String id = controller.textAt("PNPDeviceID").orElse("").toLowerCase(Locale.ROOT);
      if (isDevice(id) && errorCode(controller) == 0 && adapters.size() < 64) {
        adapters.add(
            adapter(
                controller.textAt("Name").orElse(""),
                id,
                controller.textAt("DriverVersion").flatMap(Text::cleaned),
                registryLeft,
                dxgiLeft,
                dxgi.size() + adapters.size()));
      }
    }
    if (!controllers.isEmpty()) {
      return adapters;
    }
    for (JsonValue seen : dxgi) {
      OptionalLong vendor = Text.wholeAt(seen, "VendorId");
      OptionalLong device = Text.wholeAt(seen, "DeviceId");
      boolean software =
          vendor.orElse(0) == PciGpu.MICROSOFT || Text.wholeAt(seen, "Flags").orElse(0) == 2;
      if (vendor.isPresent() && device.isPresent() && !software && adapters.size() < 64) {
        String id =
            "pci\\ven_"
                + PciGpu.id((int) vendor.getAsLong() & 0xffff, (int) device.getAsLong() & 0xffff)
                    .replace(":", "&dev_");
        adapters.add(
            adapter(
                seen.textAt("Description").orElse(""),
                id,
                Optional.empty(),
                registryLeft,
                dxgiLeft,
                dxgi.size() + adapters.size()));
      }
    }
    return adapters;
  }

  /// Whether Windows shows a working adapter of a maker.
  public boolean hasAdapterOf(int vendor) {
    for (Adapter adapter : adapters()) {
      if (adapter.vendor().orElse(0) == vendor) {
        return true;
      }
    }
    return false;
  }

  /// The adapters of this machine that Windows switched off or could not start.
  public List<Note> failed() {
    var failed = new ArrayList<Note>();
    for (JsonValue controller : instances("Win32_VideoController")) {
      String id = controller.textAt("PNPDeviceID").orElse("").toLowerCase(Locale.ROOT);
      long code = errorCode(controller);
      if (isDevice(id) && code != 0 && failed.size() < 16) {
        failed.add(
            new Note.AdapterDisabled(Text.clean(controller.textAt("Name").orElse("?")), code));
      }
    }
    return failed;
  }

  private static long errorCode(JsonValue controller) {
    return Text.wholeAt(controller, "ConfigManagerErrorCode").orElse(0);
  }

  /// Virtual monitors and remote displays hang at `ROOT\` and `SWD\`.
  private static boolean isDevice(String id) {
    return id.startsWith("pci\\") || id.startsWith("acpi\\") || id.startsWith("vmbus\\");
  }

  private Adapter adapter(
      String name,
      String id,
      Optional<String> driver,
      List<JsonValue> registryLeft,
      List<Integer> dxgiLeft,
      int last) {
    OptionalLong vendor = part(id, "ven_");
    OptionalLong device = part(id, "dev_");
    Optional<Bytes> ofRegistry = Optional.empty();
    for (JsonValue key : registryLeft) {
      String matching = key.textAt("MatchingDeviceId").orElse("").toLowerCase(Locale.ROOT);
      if (!matching.isEmpty() && vendor.isPresent() && sameDevice(matching, vendor, device)) {
        ofRegistry = key.member("HardwareInformation.qwMemorySize").flatMap(WindowsProbe::size);
        registryLeft.remove(key);
        break;
      }
    }
    Optional<Bytes> ofDxgi = Optional.empty();
    int place = last;
    for (Integer seenAt : dxgiLeft) {
      JsonValue seen = dxgi.get(seenAt);
      if (vendor.isPresent()
          && Text.wholeAt(seen, "VendorId").equals(vendor)
          && Text.wholeAt(seen, "DeviceId").equals(device)) {
        ofDxgi = Text.bytes(Text.wholeAt(seen, "DedicatedVideoMemory"), 1);
        place = seenAt;
        dxgiLeft.removeIf(seenAt::equals);
        break;
      }
    }
    Optional<Bytes> dxgiSize = ofDxgi;
    return new Adapter(
        Text.cleaned(name).orElse("display adapter"),
        vendor.isPresent() ? OptionalInt.of((int) vendor.getAsLong()) : OptionalInt.empty(),
        device.isPresent() ? OptionalInt.of((int) device.getAsLong()) : OptionalInt.empty(),
        subsystem(id),
        hex(id, "rev_", 2),
        maker(id),
        ofRegistry.filter(WindowsProbe::isSize).or(() -> dxgiSize.filter(WindowsProbe::isSize)),
        driver,
        place);
  }

  private static boolean sameDevice(String matching, OptionalLong vendor, OptionalLong device) {
    return part(matching, "ven_").equals(vendor) && part(matching, "dev_").equals(device);
  }

  private static String maker(String id) {
    int start = id.indexOf("ven_");
    return start < 0 ? "" : Text.clean(id.substring(start + 4, Math.min(id.length(), start + 8)));
  }

  private static OptionalLong part(String id, String name) {
    Optional<String> digits = hex(id, name, 4);
    return digits.isPresent() ? Text.hex(digits.get()) : OptionalLong.empty();
  }

  /// `SUBSYS_` names the device first and then the vendor of the board.
  private static Optional<String> subsystem(String id) {
    return hex(id, "subsys_", 8)
        .map(digits -> digits.substring(4) + ":" + digits.substring(0, 4))
        .filter(board -> !board.equals("0000:0000"));
  }

  /// That many hex digits behind a name.
  private static Optional<String> hex(String id, String name, int digits) {
    int start = id.indexOf(name);
    int end = start + name.length() + digits;
    return start < 0 || id.length() < end
        ? Optional.empty()
        : Optional.of(id.substring(start + name.length(), end))
            .filter(text -> Text.hex(text).isPresent());
  }

  /// Values that stand for "more than fits into 32 bits", and empty ones.
  private static boolean isSize(Bytes size) {
    return !size.isZero()
        && size.count() != 4293918720L
        && size.count() != 4294967295L
        && size.count() != 2147479552L;
  }

  /// A number, or its bytes with the lowest first.
  private static Optional<Bytes> size(JsonValue value) {
    return switch (value) {
      case JsonValue.Whole(var number) when number >= 0 -> Text.bytes(OptionalLong.of(number), 1);
      case JsonValue.Text(var text) -> Text.bytes(text);
      case JsonValue.Members members ->
          ofBytes(members.member("bytes").map(JsonValue::items).orElse(List.of()));
      case JsonValue.Items(var items) -> ofBytes(items);
      default -> Optional.empty();
    };
  }

  private static Optional<Bytes> ofBytes(List<JsonValue> bytes) {
    if (bytes.size() != 8) {
      return Optional.empty();
    }
    long number = 0;
    for (int i = 7; i >= 0; i--) {
      if (!(bytes.get(i) instanceof JsonValue.Whole(var part)) || part < 0 || part > 255) {
        return Optional.empty();
      }
      number = number << 8 | part;
    }
    return number < 0 ? Optional.empty() : Text.bytes(OptionalLong.of(number), 1);
  }

  /// The smallest memory that a card with memory of its own has; less is a processor's share.
  static boolean isOwnMemory(Bytes size) {
    return size.count() > 1024 * MIB;
  }
}
