package dev.r1pick.hardware.record;

import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.probe.Detector;
import dev.r1pick.hardware.probe.system.ModuleProbe;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult;
import dev.r1pick.host.RememberingHost;
import dev.r1pick.host.RememberingHost.Asked;
import dev.r1pick.host.RememberingHost.Question;
import dev.r1pick.host.UserFiles;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.ollama.log.LogFiles;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Writes what a detection asked a machine and what it answered into a folder that [RecordedHost]
/// reads, without serial numbers, UUIDs and names of users and hosts.
public final class Recorder {
  /// The names of outputs in recordings, by command; others are called after their id.
  private static final Map<String, String> OUTPUTS =
      Map.of(
          "nvidia-smi-csv", "nvidia-smi.csv",
          "nvidia-smi-csv-min", "nvidia-smi-min.csv",
          "nvidia-smi-xml", "nvidia-smi-q.xml",
          "nvidia-smi-list", "nvidia-smi-L.txt",
          "xpu-smi-discovery-json", "xpu-smi-discovery.json",
          "vm-stat", "vm_stat.txt",
          "system-profiler-json", "system_profiler.json",
          "metal-device-json", "metal.json",
          "getprop-soc", "getprop.txt");

  /// What every recording holds, whether or not a probe needed it.
  private static final List<String> ALWAYS = List.of("/proc/cpuinfo", "/proc/meminfo");

  /// A time-out is written as a command that would hang longer than any detection waits.
  private static final long HANG_MS = 600_000;

  private Recorder() {}

  /// Detects the machine and keeps every question and answer.
  ///
  /// @return what was written and what was detected
  /// @param user whose folder it is
  /// @throws IOException if the folder cannot be written
  public static Recording record(Host host, UserFiles user, Path folder) throws IOException {
    return record(host, new Detector(), user, folder);
  }

  static Recording record(Host host, Detector detector, UserFiles user, Path folder)
      throws IOException {
    var remembering = new RememberingHost(host);
    Machine machine = detector.detect(remembering);
    for (String file : ALWAYS) {
      remembering.read(file);
    }
    Map<String, String> files = new TreeMap<>(files(remembering.asked(), new Redaction(host)));
    files.put(
        RecordedHost.SYSTEM_FILE,
        JsonWriter.pretty(JsonValue.object().put("arch", host.arch()).build()));
    for (var file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      user.createFolders(target.resolveSibling(""));
      user.write(target, file.getValue());
    }
    return new Recording(machine, List.copyOf(files.keySet()));
  }

  /// What a recording holds.
  ///
  /// @param machine as it was detected while recording
  /// @param files their paths inside the folder, in order
  public record Recording(Machine machine, List<String> files) {
    public Recording {
      files = List.copyOf(files);
    }
  }

  /// The contents of the folder, by path.
  static Map<String, String> files(List<Asked> asked, Redaction redaction) {
    var texts = new TreeMap<String, String>();
    var commands = new LinkedHashMap<String, JsonValue>();
    var nodes = new LinkedHashMap<String, JsonValue>();
    // Outputs first, so that beginnings of UUIDs in variables can be completed.
    for (Asked one : asked) {
      if (one.question() instanceof Question.Command(var id, var argv)
          && one.answer() instanceof CommandResult result) {
        command(id, argv, result, redaction, texts)
            .ifPresent(recorded -> commands.putIfAbsent(id, recorded));
      }
    }
    var environment = new TreeMap<String, String>();
    for (Asked one : asked) {
      switch (one.question()) {
        case Question.File(var path) -> file(path, one.answer(), redaction, texts);
        case Question.Variable(var name) -> {
          if (one.answer() instanceof Optional<?> value && value.isPresent()) {
            environment.put(name, redaction.variable(name, value.get().toString()));
          }
        }
        case Question.Node(var path) -> {
          if (one.answer() != Host.Access.UNKNOWN) {
            nodes.put(path, node(one.answer()));
          }
        }
        case Question.Space(var path) ->
            space(redaction.line(path), one.answer(), texts)
                .ifPresent(recorded -> commands.putIfAbsent("df", recorded));
        case Question.Folder(var path) -> nodes(path, one.answer(), texts);
        case Question.Existence _, Question.Command _ -> {}
      }
    }
    for (Asked one : asked) {
      if (one.question() instanceof Question.Existence(var path)) {
        existence(path, one.answer(), redaction, texts);
      }
    }
    texts.put(
        "commands.json",
        JsonWriter.pretty(new JsonValue.Items(new ArrayList<>(commands.values()))));
    texts.put("env.json", JsonWriter.pretty(members(environment)));
    if (!nodes.isEmpty()) {
      texts.put("dev-access.json", JsonWriter.pretty(new JsonValue.Members(nodes)));
    }
    return withoutFolders(texts);
  }

  private static Map<String, String> withoutFolders(NavigableMap<String, String> texts) {
    var files = new LinkedHashMap<String, String>();
    for (var text : texts.entrySet()) {
      // A path that others lie below is a folder, whose existence needs no file.
      String below = texts.higherKey(text.getKey() + "/");
      if (below == null || !below.startsWith(text.getKey() + "/")) {
        files.put(text.getKey(), text.getValue());
      }
    }
    return files;
  }

  private static JsonValue members(Map<String, String> texts) {
    var members = new HashMap<String, JsonValue>();
    texts.forEach((name, value) -> members.put(name, new JsonValue.Text(value)));
    return new JsonValue.Members(new TreeMap<>(members));
  }

  private static Optional<JsonValue> command(
      String id,
      List<String> argv,
      CommandResult result,
      Redaction redaction,
      Map<String, String> texts) {
    var recorded = JsonValue.object().put("id", id).put("argv", JsonValue.texts(argv));
    return switch (result) {
      case CommandResult.NotInstalled _ -> Optional.empty();
      case CommandResult.TimedOut _ ->
          Optional.of(recorded.put("exit", -1).put("hang_ms", HANG_MS).build());
      case CommandResult.Finished(var exit, var output, var errors) -> {
        String name = OUTPUTS.getOrDefault(id, nameOf(id));
        texts.put(
            name,
            new ServerTexts(redaction).answer(id, output).orElseGet(() -> redaction.text(output)));
        recorded.put("exit", exit).put("stdout", name);
        if (!errors.isBlank()) {
          recorded.put("stderr", redaction.line(errors.strip()));
        }
        yield Optional.of(recorded.build());
      }
    };
  }

  private static String nameOf(String id) {
    return id.endsWith("-json") ? id.substring(0, id.length() - 5) + ".json" : id + ".txt";
  }

  private static void file(
      String path, Object answer, Redaction redaction, Map<String, String> texts) {
    if (answer instanceof Optional<?> value && value.isPresent()) {
      String text = value.get().toString();
      // The first answer is the one that was detected from.
      texts.putIfAbsent(RecordedFiles.place(redaction.line(path)), contents(path, text, redaction));
    }
  }

  private static String contents(String path, String text, Redaction redaction) {
    if (path.equals("/proc/self/status")) {
      return linesOf(text, "Cpus_allowed");
    }
    if (path.equals(ModuleProbe.UDEV)) {
      return ModuleProbe.linesOfModules(text);
    }
    if (LogFiles.isLog(path)) {
      return new ServerTexts(redaction).log(text);
    }
    if (path.equals("/proc/net/fib_trie")) {
      return "";
    }
    return path.startsWith("/sys/class/kfd/") && path.endsWith("/properties")
        ? redaction.nodeProperties(text)
        : redaction.text(text);
  }

  private static String linesOf(String text, String start) {
    var kept = new StringBuilder();
    for (String line : Text.lines(text)) {
      if (line.startsWith(start)) {
        kept.append(line).append('\n');
      }
    }
    return kept.toString();
  }

  /// The nodes of a card have names only, and no file in them is asked for.
  private static void nodes(String folder, Object answer, NavigableMap<String, String> texts) {
    if (folder.endsWith("/drm") && answer instanceof List<?> names) {
      for (Object name : names) {
        if (name.toString().startsWith("renderD")) {
          texts.putIfAbsent(RecordedFiles.place(folder) + "/" + name + "/dev", "");
        }
      }
    }
  }

  private static void existence(
      String path, Object answer, Redaction redaction, Map<String, String> texts) {
    if (answer.equals(true)) {
      texts.putIfAbsent(RecordedFiles.place(redaction.line(path)), "");
    }
  }

  private static JsonValue node(Object answer) {
    return JsonValue.object()
        .put("exists", answer != Host.Access.ABSENT)
        .put("readable", answer == Host.Access.OPEN)
        .put("writable", answer == Host.Access.OPEN)
        .build();
  }

  private static Optional<JsonValue> space(String path, Object answer, Map<String, String> texts) {
    if (!(answer instanceof Optional<?> value
        && value.isPresent()
        && value.get() instanceof Bytes free)) {
      return Optional.empty();
    }
    texts.put(
        "df.txt",
        "Filesystem     1024-blocks      Used Available Capacity Mounted on\n"
            + "-                        0         0 "
            + free.count() / 1024
            + "       -% "
            + path
            + "\n");
    return Optional.of(
        JsonValue.object()
            .put("id", "df")
            .put("argv", JsonValue.texts(List.of("df", "-Pk", path)))
            .put("exit", 0)
            .put("stdout", "df.txt")
            .build());
  }
}
