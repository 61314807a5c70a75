package dev.r1pick.hardware.record;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Detection.Source;
import dev.r1pick.hardware.Disk;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.probe.system.OllamaProbe;
import dev.r1pick.host.Host;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.ServerAddress;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Takes out of recorded texts what tells one machine or its owner from others: serial numbers,
/// UUIDs, names of users and hosts.
///
/// The same thing becomes the same stand-in everywhere, so that a variable still names the GPU that
/// it named.
public final class Redaction {
  private static final List<String> PRIVATE_WORDS =
      List.of(
          "serial",
          "uuid",
          "udid",
          "guid",
          "host_id",
          "hostname",
          "process_name",
          "_pid",
          "<pid",
          "username",
          "user_name",
          "part_number",
          "asset");

  /// The beginning of what takes the place of a UUID.
  private static final String STAND_IN = "00000000-0000-0000-0000-";

  /// A name that no machine can have (RFC 2606).
  private static final String ELSEWHERE = "elsewhere.invalid";

  private final Map<String, String> uuids = new LinkedHashMap<>();
  private final Map<String, String> numbers = new LinkedHashMap<>();
  private final List<Secret> names = new ArrayList<>();

  private final Host host;

  private record Secret(String text, String standIn) {}

  /// Learns the names of this machine from what its environment and files say.
  public Redaction(Host host) {
    this.host = host;
    learnHome(host.environment("HOME"), "/home/user");
    learnHome(host.environment("USERPROFILE"), "C:\\Users\\user");
    for (String variable : List.of("USER", "USERNAME", "LOGNAME", "SUDO_USER")) {
      host.environment(variable).ifPresent(name -> learn(name, "user"));
    }
    for (String variable : List.of("HOSTNAME", "COMPUTERNAME", "HOST")) {
      host.environment(variable).ifPresent(name -> learn(name, "host"));
    }
    host.read("/proc/sys/kernel/hostname").ifPresent(name -> learn(name.strip(), "host"));
    host.read("/etc/hostname").ifPresent(name -> learn(name.strip(), "host"));
  }

  private void learnHome(Optional<String> home, String standIn) {
    if (home.isPresent() && home.get().length() > 5 && !home.get().equals("/root")) {
      names.add(new Secret(home.get(), standIn));
      int last = Math.max(home.get().lastIndexOf('/'), home.get().lastIndexOf('\\'));
      learn(home.get().substring(last + 1), "user");
    }
  }

  private void learn(String name, String standIn) {
    if (name.length() > 2 && !CommonNames.ALL.contains(name)) {
      names.add(new Secret(name, standIn));
    }
  }

  /// A machine whose paths, variables and notes tell nothing of its owner; all figures stay.
  public Machine machine(Machine machine) {
    var environment = new HashMap<String, String>();
    machine
        .ollama()
        .environment()
        .forEach((name, value) -> environment.put(name, variable(name, value)));
    var notes = new ArrayList<Note>();
    for (Note note : machine.notes()) {
      notes.add(note(note));
    }
    Ram ram = machine.ram();
    return new Machine(
        machine.os(),
        machine.cpu(),
        new Ram(
            ram.total(),
            ram.available(),
            ram.installed(),
            ram.swapTotal(),
            ram.swapFree(),
            line(ram.basis())),
        devices(machine),
        machine.disk().map(disk -> new Disk(line(disk.modelsPath()), disk.free())),
        new OllamaSetup(machine.ollama().version(), environment, machine.ollama().installation()),
        notes);
  }

  /// UUIDs go, unless a variable names devices by them: then they get stand-ins as the variable
  /// does.
  private List<Accelerator> devices(Machine machine) {
    boolean named = false;
    for (String value : machine.ollama().environment().values()) {
      named |= value.contains("GPU-") || value.contains("MIG-");
    }
    var redacted = new ArrayList<Accelerator>();
    for (Accelerator device : machine.accelerators()) {
      Optional<String> uuid =
          named
              ? device.identity().uuid().map(this::line).filter(text -> text.contains(STAND_IN))
              : Optional.empty();
      redacted.add(device.withIdentity(device.identity().withUuid(uuid)));
    }
    return redacted;
  }

  private Note note(Note note) {
    return switch (note) {
      case Note.OllamaHostElsewhere _ -> new Note.OllamaHostElsewhere(ELSEWHERE);
      case Note.ContainerMemoryLimit(var file) -> new Note.ContainerMemoryLimit(line(file));
      case Note.CudaIndexAmbiguous(var list) -> new Note.CudaIndexAmbiguous(line(list));
      case Note.VulkanIndexAmbiguous(var list) -> new Note.VulkanIndexAmbiguous(line(list));
      default -> note;
    };
  }

  /// What was asked, with paths that tell nothing of the owner.
  public List<Source> sources(List<Source> sources) {
    var cleaned = new ArrayList<Source>();
    for (Source source : sources) {
      cleaned.add(new Source(source.kind(), line(source.name()), source.outcome(), source.took()));
    }
    return cleaned;
  }

  /// A text of any kind; lines that hold nothing but private things are left out.
  String text(String text) {
    return json(text)
        .orElseGet(
            () -> {
              var kept = new StringBuilder();
              for (String line : Text.lines(text)) {
                if (!isPrivate(line)) {
                  kept.append(line(line)).append('\n');
                }
              }
              return text.endsWith("\n") || kept.isEmpty()
                  ? kept.toString()
                  : kept.substring(0, kept.length() - 1);
            });
  }

  private Optional<String> json(String text) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return Optional.empty();
    }
    return Text.json(text).map(value -> JsonWriter.pretty(cleaned(value)));
  }

  private JsonValue cleaned(JsonValue value) {
    return switch (value) {
      case JsonValue.Text(var text) -> new JsonValue.Text(line(text));
      case JsonValue.Items(var items) -> {
        var cleaned = new ArrayList<JsonValue>();
        for (JsonValue item : items) {
          cleaned.add(cleaned(item));
        }
        yield new JsonValue.Items(cleaned);
      }
      case JsonValue.Members(var members) -> {
        var cleaned = new LinkedHashMap<String, JsonValue>();
        members.forEach(
            (name, member) -> {
              if (!isPrivate(name)) {
                cleaned.put(line(name), cleaned(member));
              }
            });
        yield new JsonValue.Members(cleaned);
      }
      default -> value;
    };
  }

  /// Lines whose name is that of a private thing, unless they list GPUs, whose UUIDs get stand-ins.
  private static boolean isPrivate(String line) {
    String lower = line.toLowerCase(Locale.ROOT);
    if (lower.contains("gpu-") || lower.contains("mig-") || lower.startsWith("gpu ")) {
      return false;
    }
    String name = name(lower);
    for (String word : PRIVATE_WORDS) {
      if (name.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /// What stands before the value: `Serial : 1`, `hw.serial=1`, `<serial>1</serial>`.
  private static String name(String line) {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ':' || c == '=' || c == '>') {
        return line.substring(0, i);
      }
    }
    return line;
  }

  /// One line, path or value.
  String line(String line) {
    String cleaned = withoutUuids(line);
    for (Secret secret : names) {
      cleaned = replaced(cleaned, secret);
    }
    return withoutNumbers(withoutMail(cleaned));
  }

  /// An environment variable.
  String variable(String name, String value) {
    if (name.equals("OLLAMA_HOST")) {
      return server(value);
    }
    if (!value.contains("GPU-") && !value.contains("MIG-")) {
      return line(value);
    }
    var entries = new ArrayList<String>();
    for (String entry : Text.split(value, ',')) {
      entries.add(line(completed(entry)));
    }
    return String.join(",", entries);
  }

  /// Another machine stays another machine, and this one by its own name or address this one.
  private String server(String value) {
    var setup = new OllamaSetup(Optional.empty(), Map.of("OLLAMA_HOST", value));
    if (OllamaProbe.elsewhere(host, setup).isPresent()) {
      return "http://" + ELSEWHERE + ":11434";
    }
    return ServerAddress.otherMachine(value.strip()).isPresent()
        ? "http://127.0.0.1:11434"
        : line(value);
  }

  /// The whole UUID for its beginning, if the machine showed one that begins so.
  private String completed(String entry) {
    int dash = entry.indexOf('-');
    String start = entry.substring(dash + 1).toLowerCase(Locale.ROOT);
    for (String known : uuids.keySet()) {
      if (dash > 0 && !start.isEmpty() && known.startsWith(start)) {
        return entry.substring(0, dash + 1) + known;
      }
    }
    return start.length() == 36 ? entry : entry.substring(0, dash + 1) + "unknown";
  }

  /// A UUID is 8, 4, 4, 4 and 12 hexadecimal digits.
  private String withoutUuids(String text) {
    var cleaned = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      if (isUuid(text, i)) {
        cleaned.append(uuid(text.substring(i, i + 36)));
        i += 36;
      } else {
        cleaned.append(text.charAt(i++));
      }
    }
    return cleaned.toString();
  }

  private String uuid(String uuid) {
    return uuids.computeIfAbsent(
        uuid.toLowerCase(Locale.ROOT), _ -> STAND_IN + padded(uuids.size() + 1, 12));
  }

  private static String padded(int number, int digits) {
    String text = Integer.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  private static boolean isUuid(String text, int start) {
    if (start + 36 > text.length() || (start > 0 && isHex(text.charAt(start - 1)))) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      char c = text.charAt(start + i);
      if (dash ? c != '-' : !isHex(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /// A name only where it stands as a word of its own.
  private static String replaced(String text, Secret secret) {
    var cleaned = new StringBuilder();
    int from = 0;
    while (true) {
      int found = text.indexOf(secret.text(), from);
      if (found < 0) {
        return cleaned.append(text, from, text.length()).toString();
      }
      int end = found + secret.text().length();
      boolean alone =
          (found == 0 || !Character.isLetterOrDigit(text.charAt(found - 1)))
              && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
      cleaned.append(text, from, found).append(alone ? secret.standIn() : secret.text());
      from = end;
    }
  }

  /// `name@host` stands in the version line of a kernel.
  private static String withoutMail(String text) {
    if (text.indexOf('@') < 0 || text.contains(" @ ")) {
      return text;
    }
    var words = new ArrayList<String>();
    for (String word : Text.split(text, ' ')) {
      words.add(word.indexOf('@') > 0 ? "builder" : word);
    }
    return String.join(" ", words);
  }

  /// Long hexadecimal names are those of containers, long numbers those of chips; both get numbers
  /// of their own.
  private String withoutNumbers(String text) {
    var cleaned = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !isHex(text.charAt(i))) {
        String run = text.substring(start, i);
        cleaned.append(run.length() >= 32 ? number(run) : run);
        if (i < text.length()) {
          cleaned.append(text.charAt(i));
        }
        start = i + 1;
      }
    }
    return cleaned.toString();
  }

  private String number(String secret) {
    return numbers.computeIfAbsent(secret, _ -> "id" + (numbers.size() + 1));
  }

  /// The properties of a KFD node: the numbers of chip and link are unique in the world.
  String nodeProperties(String text) {
    var kept = new StringBuilder();
    for (String line : Text.lines(text)) {
      int blank = line.indexOf(' ');
      String name = blank < 0 ? "" : line.substring(0, blank);
      String value = blank < 0 ? "" : line.substring(blank + 1).strip();
      boolean isPrivate = name.equals("unique_id") || name.equals("hive_id");
      boolean zero = value.equals("0");
      kept.append(
              isPrivate && !zero
                  ? name + " " + numbers.computeIfAbsent(value, _ -> "" + (numbers.size() + 1))
                  : line)
          .append('\n');
    }
    return kept.toString();
  }
}
