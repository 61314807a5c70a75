package dev.r1pick.hardware;

import static dev.r1pick.hardware.MachineDocument.bytes;
import static dev.r1pick.hardware.MachineDocument.name;
import static dev.r1pick.hardware.MachineDocument.readBytes;
import static dev.r1pick.hardware.MachineDocument.readPart;
import static dev.r1pick.hardware.MachineDocument.readText;
import static dev.r1pick.hardware.MachineDocument.readTotal;
import static dev.r1pick.hardware.MachineDocument.readWhole;
import static dev.r1pick.hardware.MachineDocument.whole;
import static dev.r1pick.hardware.MachineDocument.word;
import static dev.r1pick.hardware.MachineDocument.words;

import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.DeviceCondition.WithoutDriver;
import dev.r1pick.hardware.DeviceCondition.Working;
import dev.r1pick.hardware.Identity.Jetson;
import dev.r1pick.hardware.Identity.VulkanPlace;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.Usable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.host.Host.Access;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One device of a machine document: its facts, and beside them what Ollama makes of them, which a
/// reader derives anew.
final class AcceleratorDocument {
  private static final String WORKING = "working";
  private static final String WITHOUT_DRIVER = "without-driver";
  private static final String TOLD = "told";

  /// The beginning of the stand-ins that take the place of UUIDs in recordings and documents.
  private static final String STAND_IN = "00000000-0000-0000-0000-";

  private AcceleratorDocument() {}

  static JsonValue write(Accelerator accelerator) {
    Memory memory = accelerator.memory();
    Identity identity = accelerator.identity();
    var object =
        JsonValue.object()
            .put("name", accelerator.name())
            .put("vendor", accelerator.vendor().label())
            .put("kind", word(accelerator.kind()))
            .put("memory_total_bytes", bytes(memory.total()))
            .put("memory_total_is_lower_bound", memory.totalIsLowerBound())
            .put("memory_free_bytes", bytes(memory.free()))
            .put("reserved_bytes", bytes(memory.reserved()))
            .put("memory_pool", memory.pool() == Pool.NONE ? null : word(memory.pool()))
            .put("unified", memory.unified())
            .put("basis", text(memory.basis()));
    usability(object, accelerator.usability());
    facts(object, accelerator.condition());
    return object
        .put("pci", text(identity.pciAddress()))
        .put("pci_id", text(identity.pciId()))
        .put("pci_subsystem", text(identity.pciSubsystem()))
        .put("pci_revision", text(identity.pciRevision()))
        .put("uuid", text(identity.uuid().filter(uuid -> uuid.contains(STAND_IN))))
        .put("driver_version", text(identity.driverVersion()))
        .put("driver_index", whole(identity.driverIndex()))
        .put("vulkan_index", whole(identity.vulkanPlace().map(VulkanPlace::index)))
        .put("vulkan_devices", whole(identity.vulkanPlace().flatMap(VulkanPlace::devices)))
        .put("compute_capability", text(identity.computeCapability()))
        .put("jetson", identity.jetson().isPresent())
        .put("jetson_release", whole(identity.jetson().flatMap(Jetson::release)))
        .put("gfx", text(identity.gfxTarget()))
        .put("gpu_cores", whole(identity.gpuCores()))
        .build();
  }

  private static void usability(JsonValue.Builder object, Usability usability) {
    switch (usability) {
      case Usable(var backend) ->
          object
              .put("usable_for_inference", true)
              .put("why_not", Optional.empty())
              .put("backend", backend.label())
              .put("opt_in", Optional.empty())
              .put("fix_arguments", List.of());
      case NotUsable(var reason, var backend, var optIn, var arguments) ->
          object
              .put("usable_for_inference", false)
              .put("why_not", reason.code())
              .put("backend", text(backend.map(Backend::label)))
              .put("opt_in", text(optIn))
              .put("fix_arguments", JsonValue.texts(arguments));
    }
  }

  private static void facts(JsonValue.Builder object, DeviceCondition condition) {
    Working access = condition instanceof Working working ? working : Working.FINE;
    Optional<String> bound =
        condition instanceof WithoutDriver(var driver) ? driver : Optional.empty();
    object
        .put("condition", text(condition(condition)))
        .put("bound_driver", text(bound))
        .put("compute_node", access(access.computeNode()))
        .put("render_node", access(access.renderNode()));
  }

  private static Optional<String> condition(DeviceCondition condition) {
    return switch (condition) {
      case Working _ -> Optional.of(WORKING);
      case WithoutDriver _ -> Optional.of(WITHOUT_DRIVER);
      case DeviceCondition.Blocked(var reason) -> Optional.of(reason.id());
      case DeviceCondition.Told _ -> Optional.of(TOLD);
      case DeviceCondition.Concluded _ -> Optional.empty();
    };
  }

  private static Optional<JsonValue> access(Access access) {
    return access == Access.UNKNOWN
        ? Optional.empty()
        : Optional.of(new JsonValue.Text(word(access)));
  }

  private static Optional<JsonValue> text(Optional<String> text) {
    return text.map(JsonValue.Text::new);
  }

  // --- reading

  static Accelerator read(Fields fields) {
    Usability usability = readUsability(fields);
    Optional<Bytes> total = readTotal(fields, "memory_total_bytes");
    boolean atLeast = fields.flag("memory_total_is_lower_bound");
    return new Accelerator(
        name(fields, "name"),
        Vendor.named(fields.text("vendor")),
        fields.oneOf("kind", words(Kind.values())),
        new Memory(
            total,
            atLeast,
            readPart(
                fields,
                "memory_free_bytes",
                atLeast ? Optional.empty() : total,
                "memory_total_bytes"),
            readBytes(fields, "reserved_bytes"),
            fields.isNull("memory_pool")
                ? Pool.NONE
                : fields.oneOf("memory_pool", words(Pool.values())),
            fields.flag("unified"),
            readText(fields, "basis")),
        readCondition(fields, usability),
        readIdentity(fields),
        usability);
  }

  private static Usability readUsability(Fields fields) {
    Optional<Backend> backend =
        fields.isNull("backend")
            ? Optional.empty()
            : Optional.of(fields.oneOf("backend", backends()));
    boolean usable = fields.flag("usable_for_inference");
    Optional<String> optIn = readText(fields, "opt_in");
    fields.has("why_not");
    fields.has("fix_arguments");
    if (usable) {
      return new Usable(
          backend.orElseThrow(() -> fields.invalid("backend", InvalidJson.Problem.MISSING, "")));
    }
    return new NotUsable(readReason(fields), backend, optIn, fields.texts("fix_arguments"));
  }

  /// The first reason of that code; one of a later version counts as an error of the driver.
  private static WhyNot readReason(Fields fields) {
    String code = fields.text("why_not");
    for (WhyNot reason : WhyNot.values()) {
      if (reason.code().equals(code)) {
        return reason;
      }
    }
    fields.leftOut("why_not", code);
    return WhyNot.DRIVER_ERROR;
  }

  /// Documents of version 1 have none: then it is what the conclusion speaks for.
  private static DeviceCondition readCondition(Fields fields, Usability usability) {
    Access computeNode = readAccess(fields, "compute_node");
    Access renderNode = readAccess(fields, "render_node");
    Optional<String> bound = optionalText(fields, "bound_driver");
    Optional<String> condition = optionalText(fields, "condition");
    if (condition.isEmpty()) {
      return new DeviceCondition.Concluded(usability, OllamaSetup.UNKNOWN);
    }
    return switch (condition.get()) {
      case WORKING -> new Working(computeNode, renderNode);
      case WITHOUT_DRIVER -> new WithoutDriver(bound);
      case TOLD ->
          usability.knownBackend().isPresent()
              ? new DeviceCondition.Told(usability.knownBackend().get())
              : Working.FINE;
      default -> readBlocked(fields, condition.get());
    };
  }

  private static DeviceCondition readBlocked(Fields fields, String id) {
    for (WhyNot reason : WhyNot.values()) {
      if (reason.id().equals(id)) {
        return new DeviceCondition.Blocked(reason);
      }
    }
    fields.leftOut("condition", id);
    return new DeviceCondition.Blocked(WhyNot.DRIVER_ERROR);
  }

  private static Access readAccess(Fields fields, String name) {
    Optional<String> word = optionalText(fields, name);
    for (Access access : Access.values()) {
      if (word.equals(Optional.of(word(access)))) {
        return access;
      }
    }
    return Access.UNKNOWN;
  }

  private static Identity readIdentity(Fields fields) {
    Optional<Integer> index = optionalWhole(fields, "vulkan_index");
    Optional<Integer> devices = optionalWhole(fields, "vulkan_devices");
    boolean jetson = fields.optionalFlag("jetson");
    Optional<Integer> release = optionalWhole(fields, "jetson_release");
    return new Identity(
        readText(fields, "pci"),
        readText(fields, "pci_id"),
        optionalText(fields, "pci_subsystem"),
        optionalText(fields, "pci_revision"),
        optionalText(fields, "uuid"),
        readText(fields, "driver_version"),
        readText(fields, "compute_capability"),
        readText(fields, "gfx"),
        readWhole(fields, "gpu_cores"),
        optionalWhole(fields, "driver_index"),
        index.map(place -> new VulkanPlace(place, devices)),
        jetson ? Optional.of(new Jetson(release)) : Optional.empty());
  }

  private static Optional<String> optionalText(Fields fields, String name) {
    return fields.has(name) ? readText(fields, name) : Optional.empty();
  }

  private static Optional<Integer> optionalWhole(Fields fields, String name) {
    return fields.has(name) ? readWhole(fields, name) : Optional.empty();
  }

  private static Map<String, Backend> backends() {
    var map = new LinkedHashMap<String, Backend>();
    for (Backend backend : Backend.values()) {
      map.put(backend.label(), backend);
    }
    return map;
  }

  // --- documents of version 1

  /// The devices with facts in place of conclusions, as far as the conclusions speak for any. Where
  /// the rules come to something else than the document, what it says is kept as long as Ollama and
  /// its settings are the document's.
  static List<Accelerator> withFacts(Machine read) {
    var guessed = new ArrayList<Accelerator>();
    int next = 0;
    for (Accelerator device : read.accelerators()) {
      Accelerator guess =
          device.condition() instanceof DeviceCondition.Concluded(var usability, _)
              ? device.withCondition(guessed(usability))
              : device;
      boolean counted =
          guess.condition() instanceof Working
              && guess.vendor() == Vendor.NVIDIA
              && !guess.equals(device);
      guessed.add(
          counted
              ? guess.withIdentity(guess.identity().withDriverIndex(Optional.of(next++)))
              : guess);
    }
    List<Accelerator> judged = read.withAccelerators(guessed).judged().accelerators();
    var devices = new ArrayList<Accelerator>();
    for (int i = 0; i < guessed.size(); i++) {
      Accelerator stored = read.accelerators().get(i);
      boolean kept =
          stored.condition() instanceof DeviceCondition.Concluded
              && !sameConclusion(stored.usability(), judged.get(i).usability());
      devices.add(
          kept
              ? guessed
                  .get(i)
                  .withCondition(new DeviceCondition.Concluded(stored.usability(), read.ollama()))
              : guessed.get(i));
    }
    return devices;
  }

  private static DeviceCondition guessed(Usability usability) {
    return switch (usability) {
      case Usable _ -> Working.FINE;
      case NotUsable not ->
          switch (not.reason()) {
            case COMPUTE_CAPABILITY_TOO_LOW,
                DRIVER_TOO_OLD,
                HIDDEN_BY_ENVIRONMENT,
                IGPU_DROPPED_BY_DEFAULT,
                UNSUPPORTED_BY_OLLAMA ->
                Working.FINE;
            case DRIVER_MISSING -> new WithoutDriver(Optional.empty());
            default -> new DeviceCondition.Blocked(not.reason());
          };
    };
  }

  private static boolean sameConclusion(Usability stored, Usability derived) {
    return switch (stored) {
      case Usable usable -> usable.equals(derived);
      case NotUsable not ->
          derived instanceof NotUsable other
              && other.reason().code().equals(not.reason().code())
              && other.optIn().equals(not.optIn());
    };
  }
}
