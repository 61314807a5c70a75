package dev.r1pick.doctor.look;

import dev.r1pick.doctor.Running;
import dev.r1pick.doctor.Running.Mount;
import dev.r1pick.doctor.Running.Program;
import dev.r1pick.doctor.Running.Server;
import dev.r1pick.host.Host;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.log.EngineCommand;
import dev.r1pick.ollama.log.SeenProcess;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What runs on a machine.
final class RunningLook {
  private RunningLook() {}

  /// @param nvidia whether there is a card whose tool can be asked who uses it
  static Running read(Host host, boolean nvidia) {
    var asking = new Asking(host);
    List<Program> onGpu = nvidia ? onGpu(asking) : List.of();
    Optional<JsonValue> system = asking.json("oshi-json", "<processes, file systems, power>");
    if (system.isEmpty()) {
      return new Running(false, false, List.of(), List.of(), List.of(), onGpu, false, List.of());
    }
    var servers = new ArrayList<Server>();
    var engines = new ArrayList<EngineCommand>();
    var programs = new ArrayList<Program>();
    for (JsonValue row : items(system.get(), "processes")) {
      String name = Text.clean(row.textAt("name").orElse(""));
      SeenProcess process = SeenProcess.of(row);
      var engine = new EngineCommand(process.command());
      if (engine.isEngine()) {
        engines.add(engine);
      } else if (isOllama(name)) {
        if (process.isServer()) {
          servers.add(
              new Server(
                  row.wholeAt("pid").orElse(0),
                  Text.clean(row.textAt("user").orElse("")),
                  process.environment().orElse(Map.of())));
        }
      } else {
        programs.add(
            new Program(name, Text.bytes(row.wholeAt("memory_bytes"), 1).orElse(Bytes.ZERO)));
      }
    }
    return new Running(
        true,
        isTrue(system.get(), "elevated"),
        servers,
        engines,
        programs,
        onGpu,
        battery(system.get()),
        mounts(system.get()));
  }

  private static List<JsonValue> items(JsonValue value, String name) {
    return value.member(name).map(JsonValue::items).orElse(List.of());
  }

  private static boolean isTrue(JsonValue value, String name) {
    return value.member(name).filter(new JsonValue.Flag(true)::equals).isPresent();
  }

  static boolean isOllama(String program) {
    String lower = program.toLowerCase(Locale.ROOT);
    return lower.contains("ollama") || lower.contains("llama-server");
  }

  private static boolean battery(JsonValue system) {
    for (JsonValue source : items(system, "power")) {
      if (isTrue(source, "discharging") && !isTrue(source, "on_line")) {
        return true;
      }
    }
    return false;
  }

  private static List<Mount> mounts(JsonValue system) {
    var mounts = new ArrayList<Mount>();
    for (JsonValue store : items(system, "file_systems")) {
      boolean readOnly = Text.split(store.textAt("options").orElse(""), ',').contains("ro");
      store
          .textAt("mount")
          .flatMap(Text::cleaned)
          .ifPresent(place -> mounts.add(new Mount(place, readOnly)));
    }
    return mounts;
  }

  /// Rows of name and MiB.
  private static List<Program> onGpu(Asking asking) {
    var programs = new ArrayList<Program>();
    String rows =
        asking
            .output(
                "nvidia-smi-apps",
                "nvidia-smi",
                "--query-compute-apps=process_name,used_memory",
                "--format=csv,noheader,nounits")
            .orElse("");
    for (String row : Text.lines(rows)) {
      int comma = row.lastIndexOf(',');
      Optional<Bytes> memory =
          comma < 0 ? Optional.empty() : Text.bytes(Text.whole(row.substring(comma + 1)), 1 << 20);
      String path = comma < 0 ? "" : row.substring(0, comma).strip();
      String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
      if (memory.isPresent() && !isOllama(path)) {
        programs.add(new Program(Text.clean(name), memory.get()));
      }
    }
    return programs;
  }
}
