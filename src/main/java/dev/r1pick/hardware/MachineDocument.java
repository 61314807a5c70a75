package dev.r1pick.hardware;

import dev.r1pick.hardware.Accelerator.Identity;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A [Machine] as JSON: the `machine` part of every JSON answer, and what `--machine FILE` reads.
///
/// Figures that are not known are `null`. Serial numbers, UUIDs, user and host names are never
/// written.
public final class MachineDocument {
  private static final long MOST_BYTES = 1L << 56;

  private MachineDocument() {}

  /// The machine as a JSON object.
  public static JsonValue.Members write(Machine machine) {
    var accelerators = new ArrayList<JsonValue>();
    for (Accelerator accelerator : machine.accelerators()) {
      accelerators.add(accelerator(accelerator));
    }
    var notes = new ArrayList<JsonValue>();
    for (Note note : machine.notes()) {
      notes.add(
          JsonValue.object()
              .put("id", note.id())
              .put("arguments", JsonValue.texts(note.arguments()))
              .build());
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
    return JsonValue.object()
        .put("version", ollama.version().map(JsonValue.Text::new))
        .put("environment", environment.build())
        .build();
  }

  private static JsonValue accelerator(Accelerator accelerator) {
    Memory memory = accelerator.memory();
    Identity identity = accelerator.identity();
    Usability usability = accelerator.usability();
    var object =
        JsonValue.object()
            .put("name", accelerator.name())
            .put("vendor", accelerator.vendor())
            .put("kind", word(accelerator.kind()))
            .put("memory_total_bytes", bytes(memory.total()))
            .put("memory_total_is_lower_bound", memory.totalIsLowerBound())
            .put("memory_free_bytes", bytes(memory.free()))
            .put("reserved_bytes", bytes(memory.reserved()))
            .put("memory_pool", memory.pool() == Pool.NONE ? null : word(memory.pool()))
            .put("unified", memory.unified())
            .put("basis", memory.basis().map(JsonValue.Text::new));
    switch (usability) {
      case Usability.Usable(var backend) ->
          object
              .put("usable_for_inference", true)
              .put("why_not", Optional.empty())
              .put("backend", backend.label())
              .put("opt_in", Optional.empty())
              .put("fix_arguments", List.of());
      case Usability.NotUsable(var reason, var backend, var optIn, var arguments) ->
          object
              .put("usable_for_inference", false)
              .put("why_not", reason.code())
              .put("backend", backend.map(b -> new JsonValue.Text(b.label())))
              .put("opt_in", optIn.map(JsonValue.Text::new))
              .put("fix_arguments", JsonValue.texts(arguments));
    }
    return object
        .put("pci", identity.pciAddress().map(JsonValue.Text::new))
        .put("pci_id", identity.pciId().map(JsonValue.Text::new))
        .put("driver_version", identity.driverVersion().map(JsonValue.Text::new))
        .put("compute_capability", identity.computeCapability().map(JsonValue.Text::new))
        .put("gfx", identity.gfxTarget().map(JsonValue.Text::new))
        .put("gpu_cores", whole(identity.gpuCores()))
        .build();
  }

  /// Reads what [#write] wrote.
  ///
  /// @param fields the `machine` object
  /// @throws InvalidJson if it is not of that shape
  public static Machine read(Fields fields) {
    return new Machine(
        fields.object("os", MachineDocument::readOs),
        fields.object("cpu", MachineDocument::readCpu),
        fields.object("ram", MachineDocument::readRam),
        fields.list("accelerators", MachineDocument::readAccelerator),
        fields.isNull("disk")
            ? Optional.empty()
            : fields.optionalObject("disk", MachineDocument::readDisk),
        fields.object("ollama", MachineDocument::readOllama),
        fields.list("notes", f -> new Note(f.text("id"), f.texts("arguments"))));
  }

  private static Os readOs(Fields fields) {
    return new Os(
        fields.oneOf("family", words(OsFamily.values())),
        fields.text("arch"),
        fields.flag("wsl"),
        fields.flag("container"),
        fields.flag("virtual_machine"));
  }

  private static Cpu readCpu(Fields fields) {
    return new Cpu(
        readText(fields, "name"),
        fields.text("arch"),
        readWhole(fields, "physical_cores"),
        readWhole(fields, "performance_cores"),
        fields.integer("logical_cpus", 1, 1 << 20),
        fields.integer("usable_cpus", 1, 1 << 20),
        fields.texts("features"));
  }

  private static Ram readRam(Fields fields) {
    return new Ram(
        readBytes(fields, "total_bytes"),
        readBytes(fields, "available_bytes"),
        readBytes(fields, "installed_bytes"),
        readBytes(fields, "swap_total_bytes"),
        readBytes(fields, "swap_free_bytes"),
        fields.text("basis"));
  }

  private static Disk readDisk(Fields fields) {
    return new Disk(fields.text("models_path"), readBytes(fields, "free_bytes"));
  }

  private static OllamaSetup readOllama(Fields fields) {
    var environment = new LinkedHashMap<String, String>();
    if (fields.any("environment") instanceof JsonValue.Members(var values)) {
      values.forEach(
          (name, value) -> {
            if (value instanceof JsonValue.Text(var text)) {
              environment.put(name, text);
            }
          });
    }
    return new OllamaSetup(readText(fields, "version"), environment);
  }

  private static Accelerator readAccelerator(Fields fields) {
    Optional<Backend> backend =
        fields.isNull("backend")
            ? Optional.empty()
            : Optional.of(fields.oneOf("backend", backends()));
    boolean usable = fields.flag("usable_for_inference");
    Optional<String> optIn = readText(fields, "opt_in");
    Usability usability;
    if (usable) {
      usability =
          new Usability.Usable(
              backend.orElseThrow(
                  () -> fields.invalid("backend", InvalidJson.Problem.MISSING, "")));
      fields.has("why_not");
      fields.has("fix_arguments");
    } else {
      usability =
          new Usability.NotUsable(
              fields.oneOf("why_not", reasons()), backend, optIn, fields.texts("fix_arguments"));
    }
    return new Accelerator(
        fields.text("name"),
        fields.text("vendor"),
        fields.oneOf("kind", words(Kind.values())),
        new Memory(
            readBytes(fields, "memory_total_bytes"),
            fields.flag("memory_total_is_lower_bound"),
            readBytes(fields, "memory_free_bytes"),
            readBytes(fields, "reserved_bytes"),
            fields.isNull("memory_pool")
                ? Pool.NONE
                : fields.oneOf("memory_pool", words(Pool.values())),
            fields.flag("unified"),
            readText(fields, "basis")),
        usability,
        new Identity(
            readText(fields, "pci"),
            readText(fields, "pci_id"),
            Optional.empty(),
            readText(fields, "driver_version"),
            readText(fields, "compute_capability"),
            readText(fields, "gfx"),
            readWhole(fields, "gpu_cores")));
  }

  private static Map<String, Backend> backends() {
    var map = new LinkedHashMap<String, Backend>();
    for (Backend backend : Backend.values()) {
      map.put(backend.label(), backend);
    }
    return map;
  }

  private static Map<String, Usability.WhyNot> reasons() {
    var map = new LinkedHashMap<String, Usability.WhyNot>();
    for (Usability.WhyNot reason : Usability.WhyNot.values()) {
      map.put(reason.code(), reason);
    }
    return map;
  }

  private static <E extends Enum<E>> Map<String, E> words(E[] values) {
    var map = new LinkedHashMap<String, E>();
    for (E value : List.of(values)) {
      map.put(word(value), value);
    }
    return map;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<JsonValue> bytes(Optional<Bytes> bytes) {
    return bytes.map(b -> new JsonValue.Whole(b.count()));
  }

  private static Optional<JsonValue> whole(Optional<Integer> number) {
    return number.map(n -> new JsonValue.Whole(n));
  }

  private static Optional<Bytes> readBytes(Fields fields, String name) {
    return fields.isNull(name)
        ? Optional.empty()
        : Optional.of(Bytes.of(fields.whole(name, 0, MOST_BYTES)));
  }

  private static Optional<String> readText(Fields fields, String name) {
    return fields.isNull(name) ? Optional.empty() : Optional.of(fields.text(name));
  }

  private static Optional<Integer> readWhole(Fields fields, String name) {
    return fields.isNull(name) ? Optional.empty() : Optional.of(fields.integer(name, 0, 1 << 20));
  }
}
