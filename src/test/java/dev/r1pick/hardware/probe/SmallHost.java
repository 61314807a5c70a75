package dev.r1pick.hardware.probe;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A recorded machine that a test puts together line by line.
final class SmallHost {
  private final Map<String, byte[]> files = new HashMap<>();
  private final List<JsonValue> commands = new ArrayList<>();
  private final Map<String, JsonValue> environment = new LinkedHashMap<>();
  private final Map<String, JsonValue> nodes = new LinkedHashMap<>();
  private final List<JsonValue> http = new ArrayList<>();

  /// A Linux machine with 64 GiB, of which 60 are available.
  static SmallHost linux() {
    return new SmallHost()
        .file("/proc/meminfo", "MemTotal: 67108864 kB\nMemAvailable: 62914560 kB\n")
        .file("/sys/bus/pci/devices/0000:00:00.0/class", "0x060000\n");
  }

  SmallHost file(String path, String text) {
    files.put("fs" + path, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  SmallHost env(String name, String value) {
    environment.put(name, new JsonValue.Text(value));
    return this;
  }

  SmallHost node(String path, boolean open) {
    nodes.put(
        path,
        JsonValue.object().put("exists", true).put("readable", open).put("writable", open).build());
    return this;
  }

  SmallHost command(String id, int exit, String output) {
    String name = id + ".out";
    files.put(name, output.getBytes(StandardCharsets.UTF_8));
    commands.add(
        JsonValue.object()
            .put("id", id)
            .put("argv", JsonValue.texts(List.of(id)))
            .put("exit", exit)
            .put("stdout", name)
            .build());
    return this;
  }

  /// What the server of this machine answers.
  SmallHost answers(String path, String body) {
    String name = "http" + path.replace('/', '-');
    files.put(name, body.getBytes(StandardCharsets.UTF_8));
    http.add(JsonValue.object().put("path", path).put("status", 200).put("body", name).build());
    return this;
  }

  /// How a request to the server of this machine fails, such as `silent`.
  SmallHost fails(String failure) {
    http.add(JsonValue.object().put("path", "/api/version").put("failure", failure).build());
    return this;
  }

  /// A display device on the PCI bus with a DRM card.
  ///
  /// @param driver empty: none is bound
  SmallHost card(int number, String address, String id, String driver) {
    String folder = "/sys/class/drm/card" + number + "/device";
    String bound = driver.isEmpty() ? "" : "DRIVER=" + driver + "\n";
    String[] parts = id.split(":", -1);
    return file(folder + "/uevent", bound + "PCI_SLOT_NAME=" + address + "\n")
        .file(folder + "/vendor", "0x" + parts[0] + "\n")
        .file(folder + "/device", "0x" + parts[1] + "\n")
        .file(folder + "/class", "0x030000\n");
  }

  SmallHost cardFile(int number, String name, String text) {
    return file("/sys/class/drm/card" + number + "/device/" + name, text);
  }

  /// An AMD card of its own with its memory, none of it in use.
  SmallHost amdCard(int number, String address, String id, long vramBytes) {
    return card(number, address, id, "amdgpu")
        .cardFile(number, "mem_info_vram_total", vramBytes + "\n")
        .cardFile(number, "mem_info_vram_used", "0\n")
        .cardFile(number, "mem_info_gtt_total", "33685504000\n")
        .cardFile(number, "mem_info_gtt_used", "0\n")
        .cardFile(number, "mem_info_vram_vendor", "samsung\n");
  }

  RecordedHost host() {
    var all = new HashMap<>(files);
    all.put("commands.json", bytes(new JsonValue.Items(commands)));
    all.put("env.json", bytes(new JsonValue.Members(environment)));
    if (!http.isEmpty()) {
      all.put("http.json", bytes(new JsonValue.Items(http)));
    }
    if (!nodes.isEmpty()) {
      all.put("dev-access.json", bytes(new JsonValue.Members(nodes)));
    }
    return switch (RecordedHost.of(all)) {
      case RecordedHost.Opened(var host) -> host;
      case RecordedHost.NotARecording other -> throw new AssertionError(other.toString());
    };
  }

  private static byte[] bytes(JsonValue value) {
    return JsonWriter.pretty(value).getBytes(StandardCharsets.UTF_8);
  }

  Machine machine() {
    return RecordedMachines.detector().detect(host());
  }

  /// `kind reason-or-backend` of each device, in order.
  static List<String> judged(Machine machine) {
    var judged = new ArrayList<String>();
    for (Accelerator device : machine.accelerators()) {
      String state =
          switch (device.usability()) {
            case Usability.Usable(var backend) -> backend.label();
            case Usability.NotUsable not -> not.reason().code();
          };
      judged.add(
          device.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + " " + state);
    }
    return judged;
  }

  static List<String> noteIds(Machine machine) {
    return machine.notes().stream().map(Note::id).toList();
  }
}
