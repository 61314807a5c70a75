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

  /// Kinds of systemd's units that name a control group.
  private static final List<String> UNITS = List.of(".service", ".slice", ".scope");

  /// A name that no machine can have (RFC 2606).
  private static final String ELSEWHERE = "elsewhere.invalid";

  private final StandIns standIns = new StandIns();
  private final PrivateNames names;

  private final Optional<Host> host;

  /// For a machine of which nothing is known but its document.
  public Redaction() {
    this.host = Optional.empty();
    this.names = new PrivateNames();
  }

  /// Learns the names of a machine from what its environment and files say.
  public Redaction(Host host) {
    this.host = Optional.of(host);
    this.names = PrivateNames.of(host);
  }

  /// A sentence that may name a file of this user: homes are kept out of it, names stay words.
  public String sentence(String text) {
    return names.withoutHomes(withoutLogin(text));
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
        ram.with(ram.total(), ram.available(), line(ram.basis())),
        devices(machine),
        machine.disk().map(disk -> new Disk(line(disk.modelsPath()), disk.free())),
        new OllamaSetup(
            machine.ollama().version(),
            environment,
            machine.ollama().installation(),
            machine.ollama().server()),
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
              ? device
                  .identity()
                  .uuid()
                  .map(this::line)
                  .filter(text -> text.contains(StandIns.UUID_START))
              : Optional.empty();
      redacted.add(device.withIdentity(device.identity().withUuid(uuid)));
    }
    return redacted;
  }

  private Note note(Note note) {
    return switch (note) {
      case Note.OllamaHostElsewhere _ -> new Note.OllamaHostElsewhere(ELSEWHERE);
      case Note.NoAnswerElsewhere _ -> new Note.NoAnswerElsewhere(server(ELSEWHERE));
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
    return withoutMail(names.without(standIns.in(withoutLogin(line))));
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
      entries.add(line(standIns.completed(entry)));
    }
    return String.join(",", entries);
  }

  /// Another machine stays another machine, and this one by its own name or address this one.
  private String server(String value) {
    var setup = new OllamaSetup(Optional.empty(), Map.of("OLLAMA_HOST", value));
    Optional<String> named = setup.variable("OLLAMA_HOST").flatMap(ServerAddress::otherMachine);
    Optional<String> elsewhere =
        host.isPresent() ? OllamaProbe.elsewhere(host.get(), setup) : named;
    if (elsewhere.isPresent()) {
      return "http://" + ELSEWHERE + ":11434";
    }
    return named.isPresent() ? "http://127.0.0.1:11434" : line(ServerAddress.withoutQuery(value));
  }

  /// `user:password@` of an address.
  private static String withoutLogin(String text) {
    int scheme = text.indexOf("://");
    if (scheme < 0) {
      return text;
    }
    int end = scheme + 3;
    int login = end;
    while (end < text.length() && "/ ?#\"'".indexOf(text.charAt(end)) < 0) {
      login = text.charAt(end) == '@' ? end + 1 : login;
      end++;
    }
    return text.substring(0, scheme + 3)
        + text.substring(login, end)
        + withoutLogin(text.substring(end));
  }

  /// `name@host` stands in the version line of a kernel; `user@1000.service` names a unit of
  /// systemd and stays.
  private static String withoutMail(String text) {
    if (text.indexOf('@') < 0 || text.contains(" @ ")) {
      return text;
    }
    var words = new ArrayList<String>();
    for (String word : Text.split(text, ' ')) {
      var parts = new ArrayList<String>();
      for (String part : Text.split(word, '/')) {
        parts.add(part.indexOf('@') > 0 && !isUnit(part) ? "builder" : part);
      }
      words.add(String.join("/", parts));
    }
    return String.join(" ", words);
  }

  private static boolean isUnit(String name) {
    for (String kind : UNITS) {
      if (name.endsWith(kind)) {
        return true;
      }
    }
    return false;
  }

  /// The properties of a KFD node: the numbers of chip and link are unique in the world.
  String nodeProperties(String text) {
    var kept = new StringBuilder();
    for (String line : Text.lines(text)) {
      int blank = line.indexOf(' ');
      String name = blank < 0 ? "" : line.substring(0, blank);
      String value = blank < 0 ? "" : line.substring(blank + 1).strip();
      boolean isPrivate = name.equals("unique_id") || name.equals("hive_id");
      kept.append(isPrivate ? name + " " + chip(value) : line).append('\n');
    }
    return kept.toString();
  }

  /// Zero where the chip has none.
  private String chip(String number) {
    try {
      long value = Long.parseUnsignedLong(number);
      return value == 0 ? number : Long.toUnsignedString(standIns.chip(value));
    } catch (NumberFormatException _) {
      return "0";
    }
  }
}
