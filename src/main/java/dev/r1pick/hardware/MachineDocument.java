package dev.r1pick.hardware;

import dev.r1pick.host.OsFamily;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.RunningServer;
import dev.r1pick.text.Kebab;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A [Machine] as JSON: the `machine` part of every JSON answer, and what `--machine FILE` reads.
///
/// Figures that are not known are `null`. Serial numbers, UUIDs, user and host names are never
/// written.
public final class MachineDocument {
  /// What is written here; the version that `hardware --format json` tells.
  public static final int SCHEMA_VERSION = 2;

  private static final long MOST_BYTES = 1L << 56;

  /// The longest path that Linux takes; no other text of a document is longer.
  private static final int LONGEST_TEXT = 4096;

  private MachineDocument() {}

  /// The machine as a JSON object.
  public static JsonValue.Members write(Machine machine) {
    var accelerators = new ArrayList<JsonValue>();
    for (Accelerator accelerator : machine.accelerators()) {
      accelerators.add(AcceleratorDocument.write(accelerator));
    }
    var notes = new ArrayList<JsonValue>();
    for (Note note : machine.notes()) {
      notes.add(NoteDocument.write(note));
    }
    return JsonValue.object()
        .put("os", os(machine.os()))
        .put("cpu", cpu(machine.cpu()))
        .put("ram", ram(machine.ram()))
        .put("accelerators", accelerators)
        .put("disk", machine.disk().map(MachineDocument::disk))
        .put("ollama", ollama(machine.ollama()))
        .put("notes", notes)
        .build();
  }

  private static JsonValue os(Os os) {
    return JsonValue.object()
        .put("family", word(os.family()))
        .put("arch", os.arch())
        .put("wsl", os.wsl())
        .put("container", os.container())
        .put("virtual_machine", os.virtualMachine())
        .build();
  }

  private static JsonValue cpu(Cpu cpu) {
    return JsonValue.object()
        .put("name", cpu.name().map(JsonValue.Text::new))
        .put("arch", cpu.arch())
        .put("physical_cores", whole(cpu.physicalCores()))
        .put("performance_cores", whole(cpu.performanceCores()))
        .put("logical_cpus", cpu.logicalCpus())
        .put("usable_cpus", cpu.usableCpus())
        .put("features", JsonValue.texts(cpu.features()))
        .put("sockets", whole(cpu.sockets()))
        .build();
  }

  private static JsonValue ram(Ram ram) {
    return JsonValue.object()
        .put("total_bytes", bytes(ram.total()))
        .put("available_bytes", bytes(ram.available()))
        .put("installed_bytes", bytes(ram.installed()))
        .put("swap_total_bytes", bytes(ram.swapTotal()))
        .put("swap_free_bytes", bytes(ram.swapFree()))
        .put("basis", ram.basis())
        .put("modules", ram.modules().map(MachineDocument::modules))
        .build();
  }

  private static JsonValue modules(MemoryModules modules) {
    return JsonValue.object()
        .put("count", modules.count())
        .put("megatransfers_per_second", modules.transfers())
        .put("data_bits", modules.bits())
        .build();
  }

  private static JsonValue disk(Disk disk) {
    return JsonValue.object()
        .put("models_path", disk.modelsPath())
        .put("free_bytes", bytes(disk.free()))
        .build();
  }

  private static JsonValue ollama(OllamaSetup ollama) {
    var environment = JsonValue.object();
    ollama.environment().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue()));
    JsonValue.Builder document =
        JsonValue.object()
            .put("version", ollama.version().map(JsonValue.Text::new))
            .put("environment", environment.build())
            .put("installation", ollama.installation().map(i -> new JsonValue.Text(i.id())));
    ollama.server().ifPresent(server -> document.put("server", server(server)));
    return document.build();
  }

  private static JsonValue server(RunningServer server) {
    var loaded = new ArrayList<JsonValue>();
    for (RunningServer.Loaded model : server.loaded()) {
      loaded.add(
          JsonValue.object()
              .put("name", model.name())
              .put("vram_bytes", model.vram().count())
              .put("ram_bytes", model.ram().count())
              .put(
                  "context_tokens",
                  model.context().map(context -> new JsonValue.Whole(context.tokens())))
              .build());
    }
    var installed = new ArrayList<JsonValue>();
    for (RunningServer.Installed model : server.installed()) {
      installed.add(
          JsonValue.object()
              .put("name", model.name())
              .put("digest", model.digest().isEmpty() ? null : model.digest())
              .build());
    }
    return JsonValue.object()
        .put("version", server.version())
        .put("elsewhere", server.elsewhere().isPresent())
        .put("settings_from", Kebab.of(server.settings().from()))
        .put("loaded", loaded)
        .put("installed", installed)
        .build();
  }

  /// A machine as a document describes it.
  ///
  /// @param machine judged under the Ollama and the settings of the document
  /// @param leftOut the paths of what a later version wrote and is not known here
  /// @param newer the version of a document that is later than [#SCHEMA_VERSION]
  public record Reading(Machine machine, List<String> leftOut, OptionalLong newer) {
    public Reading {
      leftOut = List.copyOf(leftOut);
    }
  }

  /// Reads what `hardware --format json` wrote, or its `machine` part alone, of this version, of
  /// version 1, which has conclusions in place of facts, or of a later one.
  ///
  /// @param name of the document, for errors
  /// @throws InvalidJson if it is not of that shape
  public static Reading read(String name, JsonValue document) {
    var leftOut = new ArrayList<String>();
    Machine machine =
        Fields.readKnown(
            name,
            document.member("machine").orElse(document),
            MachineDocument::machine,
            problem -> leftOut.add(problem.path()));
    return new Reading(machine, leftOut, newer(document));
  }

  /// Answers of other commands hold a machine too, and have versions of their own.
  private static OptionalLong newer(JsonValue document) {
    OptionalLong version = document.wholeAt("schema_version");
    boolean own = document.textAt("command").orElse("hardware").equals("hardware");
    return own && version.isPresent() && version.getAsLong() > SCHEMA_VERSION
        ? version
        : OptionalLong.empty();
  }

  private static Machine machine(Fields fields) {
    var read =
        new Machine(
            fields.object("os", MachineDocument::readOs),
            fields.object("cpu", MachineDocument::readCpu),
            fields.object("ram", MachineDocument::readRam),
            fields.list("accelerators", AcceleratorDocument::read),
            fields.isNull("disk")
                ? Optional.empty()
                : fields.optionalObject("disk", MachineDocument::readDisk),
            fields.object("ollama", MachineDocument::readOllama),
            notes(fields));
    return read.withAccelerators(AcceleratorDocument.withFacts(read)).judged();
  }

  private static List<Note> notes(Fields fields) {
    var notes = new ArrayList<Note>();
    for (Optional<Note> note : fields.list("notes", MachineDocument::note)) {
      note.ifPresent(notes::add);
    }
    return notes;
  }

  private static Optional<Note> note(Fields fields) {
    String id = fields.text("id");
    var arguments = new ArrayList<String>();
    for (JsonValue argument : fields.any("arguments").items()) {
      if (argument instanceof JsonValue.Text(var text)) {
        arguments.add(clean(text));
      }
    }
    if (!NoteDocument.isKnown(id)) {
      fields.leftOut("id", id);
    }
    return NoteDocument.read(id, arguments);
  }

  private static Os readOs(Fields fields) {
    return new Os(
        fields.oneOf("family", words(OsFamily.values())),
        text(fields, "arch"),
        fields.flag("wsl"),
        fields.flag("container"),
        fields.flag("virtual_machine"));
  }

  private static Cpu readCpu(Fields fields) {
    return new Cpu(
        fields.isNull("name") ? Optional.empty() : Optional.of(name(fields, "name")),
        text(fields, "arch"),
        readCount(fields, "physical_cores"),
        readWhole(fields, "performance_cores"),
        fields.integer("logical_cpus", 1, 1 << 20),
        fields.integer("usable_cpus", 1, 1 << 20),
        fields.texts("features"),
        fields.has("sockets") ? readCount(fields, "sockets") : Optional.empty());
  }

  private static Ram readRam(Fields fields) {
    Optional<Bytes> total = readTotal(fields, "total_bytes");
    Optional<Bytes> swap = readBytes(fields, "swap_total_bytes");
    return new Ram(
        total,
        readPart(fields, "available_bytes", total, "total_bytes"),
        readBytes(fields, "installed_bytes"),
        swap,
        readPart(fields, "swap_free_bytes", swap, "swap_total_bytes"),
        fields.any("basis") instanceof JsonValue.Text(var text) ? clean(text) : "",
        fields.has("modules") && !fields.isNull("modules")
            ? fields.optionalObject("modules", MachineDocument::readModules)
            : Optional.empty());
  }

  private static MemoryModules readModules(Fields fields) {
    return new MemoryModules(
        fields.integer("count", 1, 1 << 10),
        fields.integer("megatransfers_per_second", 1, 1 << 20),
        fields.integer("data_bits", 1, 1 << 20));
  }

  private static Disk readDisk(Fields fields) {
    return new Disk(text(fields, "models_path"), readBytes(fields, "free_bytes"));
  }

  private static OllamaSetup readOllama(Fields fields) {
    var environment = new LinkedHashMap<String, String>();
    if (fields.any("environment") instanceof JsonValue.Members(var values)) {
      values.forEach(
          (name, value) -> {
            if (value instanceof JsonValue.Text(var text)) {
              environment.put(clean(name), clean(text));
            }
          });
    }
    // what a server had when the document was written it need not have now
    if (fields.has("server")) {
      fields.forPeople("server");
    }
    return new OllamaSetup(readText(fields, "version"), environment, installation(fields));
  }

  private static Optional<Installation> installation(Fields fields) {
    if (fields.has("installation")
        && fields.any("installation") instanceof JsonValue.Text(var id)) {
      for (Installation one : Installation.values()) {
        if (one.id().equals(id)) {
          return Optional.of(one);
        }
      }
      fields.leftOut("installation", id);
    }
    return Optional.empty();
  }

  static <E extends Enum<E>> Map<String, E> words(E[] values) {
    var map = new LinkedHashMap<String, E>();
    for (E value : List.of(values)) {
      map.put(word(value), value);
    }
    return map;
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<JsonValue> bytes(Optional<Bytes> bytes) {
    return bytes.map(b -> new JsonValue.Whole(b.count()));
  }

  static Optional<JsonValue> whole(Optional<Integer> number) {
    return number.map(n -> new JsonValue.Whole(n));
  }

  static Optional<Bytes> readBytes(Fields fields, String name) {
    return fields.isNull(name)
        ? Optional.empty()
        : Optional.of(Bytes.of(fields.whole(name, 0, MOST_BYTES)));
  }

  /// Memory of which there is some.
  static Optional<Bytes> readTotal(Fields fields, String name) {
    return fields.isNull(name)
        ? Optional.empty()
        : Optional.of(Bytes.of(fields.whole(name, 1, MOST_BYTES)));
  }

  /// What is left of a memory, at most all of it.
  ///
  /// @param whole all of it, where that is known
  /// @param nameOfWhole its member
  static Optional<Bytes> readPart(
      Fields fields, String name, Optional<Bytes> whole, String nameOfWhole) {
    Optional<Bytes> part = readBytes(fields, name);
    if (part.isPresent() && whole.isPresent() && !part.get().atMost(whole.get())) {
      throw fields.invalid(name, InvalidJson.Problem.MORE_THAN, nameOfWhole);
    }
    return part;
  }

  /// A text as it may be shown: anybody may have written the document.
  static String text(Fields fields, String name) {
    return shown(fields, name, clean(fields.text(name)));
  }

  /// A name as the probes clean one.
  static String name(Fields fields, String name) {
    return shown(fields, name, Text.clean(fields.text(name)));
  }

  private static String shown(Fields fields, String name, String cleaned) {
    if (cleaned.isEmpty()) {
      throw fields.wrongKind(name, InvalidJson.Kind.TEXT);
    }
    return cleaned;
  }

  private static String clean(String text) {
    return Text.clean(text, LONGEST_TEXT);
  }

  static Optional<String> readText(Fields fields, String name) {
    return fields.isNull(name) ? Optional.empty() : Optional.of(text(fields, name));
  }

  private static Optional<Integer> readCount(Fields fields, String name) {
    return fields.isNull(name) ? Optional.empty() : Optional.of(fields.integer(name, 1, 1 << 20));
  }

  static Optional<Integer> readWhole(Fields fields, String name) {
    return fields.isNull(name) ? Optional.empty() : Optional.of(fields.integer(name, 0, 1 << 20));
  }
}
