package dev.r1pick.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Usability.Usable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.probe.RecordedMachines;
import dev.r1pick.hardware.record.Redaction;
import dev.r1pick.host.Host;
import dev.r1pick.host.OverlaidHost;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A machine document carries facts: what Ollama makes of them is derived when it is read.
class MachineDocumentTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";
  private static final Path DOCUMENTS = Path.of("src/test/resources/documents/version-1");

  /// Options that change what is used, one set a line.
  private static final List<Map<String, String>> OPTIONS =
      List.of(
          Map.of("OLLAMA_IGPU_ENABLE", "1"),
          Map.of("OLLAMA_IGPU_ENABLE", "0"),
          Map.of("OLLAMA_VULKAN", "0"),
          Map.of("OLLAMA_LLM_LIBRARY", "cpu"),
          Map.of("OLLAMA_LLM_LIBRARY", "rocm_v7_2"),
          Map.of("CUDA_VISIBLE_DEVICES", "-1"),
          Map.of("CUDA_VISIBLE_DEVICES", "0"),
          Map.of("CUDA_VISIBLE_DEVICES", "1"),
          Map.of("HIP_VISIBLE_DEVICES", "1"),
          Map.of("ROCR_VISIBLE_DEVICES", ""),
          Map.of("ROCR_VISIBLE_DEVICES", "0"),
          Map.of("HSA_OVERRIDE_GFX_VERSION", "10.3.0"),
          Map.of("HSA_OVERRIDE_GFX_VERSION_1", "11.0.0", "OLLAMA_IGPU_ENABLE", "1"),
          Map.of("GGML_VK_VISIBLE_DEVICES", "0"),
          Map.of("OLLAMA_GPU_OVERHEAD", "1073741824"));

  private static final List<String> VERSIONS =
      List.of("0.12.10", "0.12.11", "0.24.0", "0.30.10", "0.30.11", "0.0.0");

  /// What a script may meet in `notes` is listed in the published schema.
  @Test
  void everyNoteIsInTheSchema() throws IOException {
    var ids = new TreeSet<String>();
    for (Class<?> kind : Note.class.getPermittedSubclasses()) {
      for (Class<?> note :
          kind.isInterface() ? kind.getPermittedSubclasses() : new Class<?>[] {kind}) {
        ids.add(Kebab.of(note));
      }
    }
    Path schema = Path.of("docs/schema/hardware.schema.json");
    JsonValue id =
        member(
            JsonReader.read("schema", Files.readString(schema)),
            "$defs",
            "machine",
            "properties",
            "notes",
            "items",
            "properties",
            "id");
    var listed = new TreeSet<String>();
    for (JsonValue example : id.member("examples").orElseThrow().items()) {
      listed.add(((JsonValue.Text) example).value());
    }
    assertEquals(ids, listed);
    for (String known : listed) {
      assertTrue(NoteDocument.isKnown(known), known);
    }
  }

  private static JsonValue member(JsonValue value, String... path) {
    JsonValue inner = value;
    for (String name : path) {
      inner = inner.member(name).orElseThrow(() -> new AssertionError(name));
    }
    return inner;
  }

  static List<String> machines() {
    return RecordedMachines.names();
  }

  static List<Path> documents() throws IOException {
    try (var files = Files.list(DOCUMENTS)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Machine read(Machine machine) {
    String text = JsonWriter.pretty(MachineDocument.write(machine));
    return MachineDocument.read("machine", JsonReader.read("machine", text)).machine();
  }

  @ParameterizedTest
  @MethodSource("machines")
  void aDocumentIsTheMachineThatItWasWrittenFrom(String name) {
    Host host = RecordedMachines.host(name);
    Machine machine = new Redaction(host).machine(RecordedMachines.detector().detect(host));
    assertEquals(machine, read(machine));
  }

  @ParameterizedTest
  @MethodSource("machines")
  void theSameOptionsGiveTheSameAnswerOnFolderAndDocument(String name) {
    Host host = RecordedMachines.host(name);
    Machine document = read(new Redaction(host).machine(RecordedMachines.detector().detect(host)));
    for (Map<String, String> variables : OPTIONS) {
      same(name, host, document, variables, Optional.empty());
    }
    for (String version : VERSIONS) {
      same(name, host, document, Map.of(), Optional.of(version));
    }
  }

  private static void same(
      String name,
      Host host,
      Machine document,
      Map<String, String> variables,
      Optional<String> version) {
    var overlaid = new OverlaidHost(host, variables, version);
    Machine folder = new Redaction(host).machine(RecordedMachines.detector().detect(overlaid));
    Machine read = document.withOllama(document.ollama().with(variables, version));
    assertEquals(usabilities(folder), usabilities(read), () -> name + " " + variables + version);
    assertEquals(withoutUuids(folder), withoutUuids(read), () -> name + " " + variables + version);
  }

  /// Stand-ins are written only where a variable of the machine names devices by them.
  private static Machine withoutUuids(Machine machine) {
    var devices = new ArrayList<Accelerator>();
    for (Accelerator device : machine.accelerators()) {
      devices.add(device.withIdentity(device.identity().withUuid(Optional.empty())));
    }
    return machine.withAccelerators(devices);
  }

  private static List<String> usabilities(Machine machine) {
    var all = new ArrayList<String>();
    for (Accelerator device : machine.accelerators()) {
      all.add(device.name() + " " + device.usability());
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("documents")
  void documentsOfVersion1AreReadAsTheyWereConcluded(Path file) throws IOException {
    JsonValue document = JsonReader.read("document", Files.readString(file));
    var reading = MachineDocument.read("document", document);
    assertEquals(List.of(), reading.leftOut());
    List<JsonValue> stored =
        document.member("machine").flatMap(m -> m.member("accelerators")).orElseThrow().items();
    for (int i = 0; i < stored.size(); i++) {
      Accelerator device = reading.machine().accelerators().get(i);
      assertEquals(
          stored.get(i).member("usable_for_inference").orElseThrow(),
          new JsonValue.Flag(device.usability() instanceof Usable));
      assertEquals(
          stored.get(i).textAt("backend"),
          device.usability().knownBackend().map(backend -> backend.label()));
    }
  }

  @Test
  void theSettingsOfARunCountForADocumentOfVersion1() throws IOException {
    Machine laptop = document("08-igpu16-iris-1135");
    assertEquals(0, laptop.usableAccelerators().size());
    assertEquals(
        1,
        laptop
            .withOllama(laptop.ollama().with(Map.of("OLLAMA_IGPU_ENABLE", "1"), Optional.empty()))
            .usableAccelerators()
            .size());
    Machine two = document("31-2x3090-48");
    assertEquals(2, two.usableAccelerators().size());
    assertEquals(
        1,
        two.withOllama(two.ollama().with(Map.of("CUDA_VISIBLE_DEVICES", "1"), Optional.empty()))
            .usableAccelerators()
            .size());
  }

  private static Machine document(String name) throws IOException {
    String text = Files.readString(DOCUMENTS.resolve(name + ".json"));
    return MachineDocument.read(name, JsonReader.read(name, text)).machine();
  }

  /// Ended with exit code 70 for an unknown note and 2 for an unknown member.
  @Test
  void whatALaterVersionWroteIsLeftOutAndNamed() {
    Host host = RecordedMachines.host("nvidia-rtx3060-linux");
    Machine machine = RecordedMachines.detector().detect(host);
    var members = new LinkedHashMap<>(MachineDocument.write(machine).values());
    members.put("mood", new JsonValue.Text("good"));
    var notes = new ArrayList<JsonValue>();
    notes.add(
        JsonValue.object()
            .put("id", "moon-phase")
            .put("arguments", JsonValue.texts(List.of("full")))
            .build());
    members.put("notes", new JsonValue.Items(notes));
    var device =
        new LinkedHashMap<>(
            ((JsonValue.Members)
                    Objects.requireNonNull(members.get("accelerators")).items().getFirst())
                .values());
    device.put("condition", new JsonValue.Text("asleep"));
    members.put("accelerators", new JsonValue.Items(List.of(new JsonValue.Members(device))));
    var reading = MachineDocument.read("later", new JsonValue.Members(members));
    assertEquals(List.of("accelerators[0].condition", "notes[0].id", "mood"), reading.leftOut());
    var not = (Usability.NotUsable) reading.machine().accelerators().getFirst().usability();
    assertEquals(WhyNot.DRIVER_ERROR, not.reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ram          | total_bytes        | 0           | is out of range",
        "ram          | total_bytes        | -5          | is out of range",
        "ram          | available_bytes    | 99999999999 | MORE_THAN (total_bytes)",
        "ram          | swap_free_bytes    | 99999999999 | MORE_THAN (swap_total_bytes)",
        "cpu          | physical_cores     | 0           | is out of range",
        "cpu          | logical_cpus       | 0           | is out of range",
        "accelerators | memory_free_bytes  | 99999999999 | MORE_THAN (memory_total_bytes)",
        "accelerators | memory_total_bytes | 0           | is out of range",
        "ram          | installed_bytes    | -1          | is out of range",
      })
  void aFigureThatCannotBeWasPlannedWith(String part, String name, long figure, String problem) {
    String written = JsonWriter.compact(MachineDocument.write(machine()));
    int at = written.indexOf("\"" + name + "\":", written.indexOf("\"" + part + "\":"));
    int value = at + name.length() + 3;
    int end = value;
    while (",}".indexOf(written.charAt(end)) < 0) {
      end++;
    }
    String broken = written.substring(0, value) + figure + written.substring(end);
    var invalid =
        assertThrows(
            InvalidJson.class, () -> MachineDocument.read("m", JsonReader.read("m", broken)));
    assertTrue(invalid.path().endsWith(name), invalid.path());
    String said = String.valueOf(invalid.getMessage());
    assertTrue(said.contains(problem.replace("is out of range", "OUT_OF_RANGE")), said);
  }

  private static Machine machine() {
    return RecordedMachines.detector().detect(RecordedMachines.host(MACHINE));
  }

  /// All of it may be free, and a total that is only a lower bound bounds nothing.
  @Test
  void aFigureAtItsBorderIsRead() {
    String written = JsonWriter.compact(MachineDocument.write(machine()));
    Machine read = MachineDocument.read("m", JsonReader.read("m", written)).machine();
    Bytes total = read.ram().total().orElseThrow();
    String full =
        written.replaceFirst("\"available_bytes\":\\d+", "\"available_bytes\":" + total.count());
    assertEquals(
        read.ram().total(),
        MachineDocument.read("m", JsonReader.read("m", full)).machine().ram().available());
    String bound =
        written
            .replaceFirst("\"memory_free_bytes\":\\d+", "\"memory_free_bytes\":99999999999")
            .replaceFirst("lower_bound\":false", "lower_bound\":true");
    assertEquals(
        Optional.of(Bytes.of(99_999_999_999L)),
        MachineDocument.read("m", JsonReader.read("m", bound))
            .machine()
            .accelerators()
            .getFirst()
            .memory()
            .free());
  }

  @Test
  void uuidsAreNeverWritten() {
    Machine machine =
        RecordedMachines.detector().detect(RecordedMachines.host("nvidia-rtx3060-linux"));
    String uuid = machine.accelerators().getFirst().identity().uuid().orElseThrow();
    assertTrue(!JsonWriter.pretty(MachineDocument.write(machine)).contains(uuid));
  }
}
