package dev.r1pick.host;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import oshi.SystemInfo;
import oshi.hardware.PowerSource;
import oshi.software.os.OSFileStore;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/// What runs on this machine and what it stands on, by OSHI: processes, file systems, batteries.
///
/// Loading OSHI takes a tenth of a second and more, so it is asked by commands that look into a
/// machine, never by those that recommend.
final class LiveSystem {
  /// Programs that are named because they hold memory: a dozen, from a quarter of a GiB up.
  private static final int MOST_PROGRAMS = 12;

  private static final long LEAST_MEMORY = 256L << 20;

  /// Beginnings of variables that say how the server reaches the registry.
  private static final List<String> OF_NETWORK =
      List.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_");

  private LiveSystem() {}

  /// One document.
  static String json() {
    OperatingSystem system = new SystemInfo().getOperatingSystem();
    return JsonWriter.pretty(
        JsonValue.object()
            .put("elevated", system.isElevated())
            .put("processes", processes(system.getProcesses()))
            .put("file_systems", fileSystems(system.getFileSystem().getFileStores(true)))
            .put("power", power(new SystemInfo().getHardware().getPowerSources()))
            .build());
  }

  private static List<JsonValue> processes(List<OSProcess> all) {
    var sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingLong(OSProcess::getResidentMemory).reversed());
    var rows = new ArrayList<JsonValue>();
    int programs = 0;
    for (OSProcess process : sorted) {
      if (isOfOllama(process)) {
        rows.add(
            row(process)
                .put("user", process.getUser())
                .put("command", JsonValue.texts(process.getArguments()))
                .put("environment", environment(process.getEnvironmentVariables()))
                .build());
      } else if (programs < MOST_PROGRAMS && process.getResidentMemory() >= LEAST_MEMORY) {
        programs++;
        rows.add(row(process).build());
      }
    }
    return rows;
  }

  private static boolean isOfOllama(OSProcess process) {
    String name = process.getName().toLowerCase(Locale.ROOT);
    return name.startsWith("ollama") || name.startsWith("llama-server");
  }

  private static JsonValue.Builder row(OSProcess process) {
    return JsonValue.object()
        .put("name", process.getName())
        .put("pid", process.getProcessID())
        .put("memory_bytes", Math.max(0, process.getResidentMemory()));
  }

  private static JsonValue environment(Map<String, String> variables) {
    var told = JsonValue.object();
    new TreeMap<>(variables)
        .forEach(
            (name, value) -> {
              String upper = name.toUpperCase(Locale.ROOT);
              if (LivePrograms.isTold(name) || OF_NETWORK.stream().anyMatch(upper::startsWith)) {
                told.put(name, value);
              }
            });
    return told.build();
  }

  private static List<JsonValue> fileSystems(List<OSFileStore> stores) {
    var rows = new ArrayList<JsonValue>();
    for (OSFileStore store : stores) {
      rows.add(
          JsonValue.object()
              .put("mount", store.getMount())
              .put("type", store.getType())
              .put("options", store.getOptions())
              .put("usable_bytes", Math.max(0, store.getUsableSpace()))
              .put("total_bytes", Math.max(0, store.getTotalSpace()))
              .build());
    }
    return rows;
  }

  private static List<JsonValue> power(List<PowerSource> sources) {
    var rows = new ArrayList<JsonValue>();
    for (PowerSource source : sources) {
      // where there is no battery OSHI names one that is unknown
      if (source.getMaxCapacity() > 1) {
        rows.add(
            JsonValue.object()
                .put("on_line", source.isPowerOnLine())
                .put("discharging", source.isDischarging())
                .put("remaining", source.getRemainingCapacityPercent())
                .build());
      }
    }
    return rows;
  }
}
