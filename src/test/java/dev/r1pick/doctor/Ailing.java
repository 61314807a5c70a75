package dev.r1pick.doctor;

import dev.r1pick.cli.Run;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A recorded machine with an Ollama to which something happened.
final class Ailing {
  static final String MODELS = "/usr/share/ollama/.ollama/models";
  static final String BLOB = "ab".repeat(32);
  private static final String CONFIG = "cd".repeat(32);

  private final Map<String, byte[]> files;
  private final List<JsonValue> commands = new ArrayList<>();
  private final Map<String, JsonValue> variables = new HashMap<>();
  private final List<JsonValue> http = new ArrayList<>();
  private final Map<String, JsonValue> sizes = new LinkedHashMap<>();
  private final StringBuilder log = new StringBuilder();
  private final List<JsonValue> processes = new ArrayList<>();
  private String system = "";

  private Ailing(String machine) {
    this.files = ((RecordedHost) Run.host(machine)).files();
    commands.addAll(json("commands.json").items());
    if (json("env.json") instanceof JsonValue.Members(var members)) {
      variables.putAll(members);
    }
  }

  /// A machine on which Ollama's service runs and answers, with nothing installed.
  static Ailing on(String machine) {
    return new Ailing(machine)
        .answers("/api/version", "{\"version\":\"0.32.15\"}")
        .answers("/api/tags", "{\"models\":[]}")
        .answers("/api/ps", "{\"models\":[]}")
        .command("ollama-version", "ollama version is 0.32.15\n")
        .command(
            "systemctl-show-ollama",
            "LoadState=loaded\nActiveState=active\nNRestarts=0\nUser=ollama\nEnvironment=PATH=/bin\n")
        .process("ollama", "serve");
  }

  /// The same whose log says that it found this GPU.
  static Ailing with(String machine, String library, String gpu, String total) {
    return on(machine)
        .start("")
        .logs(
            "msg=\"inference compute\" id=0 library="
                + library
                + " compute=8.6 name=X description=\""
                + gpu
                + "\" total=\""
                + total
                + "\" available=\""
                + total
                + "\"",
            "msg=\"vram-based default context\" total_vram=\"" + total + "\" default_num_ctx=4096");
  }

  /// The same on an RTX 3060.
  static Ailing usual() {
    return with("nvidia-rtx3060-linux", "CUDA", "NVIDIA GeForce RTX 3060", "11.6 GiB");
  }

  /// The same whose log says that it found no GPU.
  static Ailing blind(String machine) {
    return on(machine)
        .start("")
        .logs(
            "msg=\"inference compute\" id=cpu library=cpu total=\"15 GiB\" available=\"6 GiB\"",
            "msg=\"vram-based default context\" total_vram=\"0 B\" default_num_ctx=4096");
  }

  private JsonValue json(String file) {
    byte[] text = files.get(file);
    return text == null
        ? new JsonValue.Null()
        : JsonReader.read(file, new String(text, StandardCharsets.UTF_8));
  }

  Ailing start(String variables) {
    return logs(
        "msg=\"server config\" env=\"map[OLLAMA_HOST:http://127.0.0.1:11434 OLLAMA_MODELS:"
            + MODELS
            + " "
            + variables
            + "]\"",
        "msg=\"Listening on 127.0.0.1:11434 (version 0.32.15)\"");
  }

  Ailing logs(String... lines) {
    for (String line : lines) {
      log.append(line).append('\n');
    }
    return this;
  }

  Ailing forgetLog() {
    log.setLength(0);
    return this;
  }

  Ailing command(String id, String output) {
    return command(id, output, "");
  }

  Ailing command(String id, String output, String errors) {
    commands.removeIf(known -> known.textAt("id").filter(id::equals).isPresent());
    files.put(id + ".out", output.getBytes(StandardCharsets.UTF_8));
    commands.add(
        JsonValue.object()
            .put("id", id)
            .put("argv", JsonValue.texts(List.of(id)))
            .put("exit", 0)
            .put("stdout", id + ".out")
            .put("stderr", errors)
            .build());
    return this;
  }

  Ailing drop(String... ids) {
    for (String id : ids) {
      commands.removeIf(known -> known.textAt("id").filter(id::equals).isPresent());
    }
    return this;
  }

  Ailing answers(String path, String body) {
    return answers(path, 200, body);
  }

  Ailing answers(String path, int status, String body) {
    String file = "http" + path.replace('/', '-');
    files.put(file, body.getBytes(StandardCharsets.UTF_8));
    http.removeIf(known -> known.textAt("path").filter(path::equals).isPresent());
    http.add(JsonValue.object().put("path", path).put("status", status).put("body", file).build());
    return this;
  }

  Ailing fails(String failure) {
    http.clear();
    if (!failure.isEmpty()) {
      http.add(JsonValue.object().put("path", "/api/version").put("failure", failure).build());
    }
    return this;
  }

  Ailing variable(String name, String value) {
    variables.put(name, new JsonValue.Text(value));
    return this;
  }

  Ailing file(String path, String text) {
    files.put("fs" + path, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Ailing size(String path, long bytes) {
    sizes.put(path, new JsonValue.Whole(bytes));
    return file(path, "");
  }

  /// A process with `NAME=value` as its environment.
  Ailing process(String name, String word, String... environment) {
    var variables = JsonValue.object();
    for (String pair : environment) {
      variables.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    processes.add(
        JsonValue.object()
            .put("name", name)
            .put("pid", 100 + processes.size())
            .put("memory_bytes", 1L << 30)
            .put("user", "ollama")
            .put("command", JsonValue.texts(List.of("/usr/bin/" + name, word)))
            .put("environment", variables.build())
            .build());
    return this;
  }

  /// An engine by the words of its command line, in JSON.
  Ailing engine(String words) {
    processes.add(
        JsonReader.read(
            "engine", "{\"name\":\"llama-server\",\"pid\":9,\"command\":[" + words + "]}"));
    return this;
  }

  /// No server runs.
  Ailing stop() {
    processes.clear();
    return this;
  }

  Ailing program(String name, long bytes) {
    processes.add(
        JsonValue.object().put("name", name).put("pid", 7).put("memory_bytes", bytes).build());
    return this;
  }

  /// What OSHI says beside the processes: members of a JSON object.
  Ailing system(String members) {
    system = members;
    return this;
  }

  /// A whole R1 in the store.
  Ailing stored(String tag, long weights) {
    return file(
            MODELS + "/manifests/registry.ollama.ai/library/deepseek-r1/" + tag,
            "{\"config\":{\"digest\":\"sha256:"
                + CONFIG
                + "\",\"size\":10},\"layers\":[{\"mediaType\":"
                + "\"application/vnd.ollama.image.model\",\"digest\":\"sha256:"
                + BLOB
                + "\",\"size\":"
                + weights
                + "}]}")
        .size(MODELS + "/blobs/sha256-" + BLOB, weights)
        .size(MODELS + "/blobs/sha256-" + CONFIG, 10);
  }

  /// The whole as a folder that `--machine` takes.
  Path in(Path folder) throws IOException {
    if (!log.isEmpty()) {
      command("journal-ollama", log.toString());
    }
    command(
        "oshi-json",
        "{\"elevated\":false,\"processes\":"
            + JsonWriter.compact(new JsonValue.Items(processes))
            + (system.isEmpty() ? "" : "," + system)
            + "}");
    files.put("commands.json", bytes(new JsonValue.Items(commands)));
    files.put("env.json", bytes(new JsonValue.Members(variables)));
    files.put("http.json", bytes(new JsonValue.Items(http)));
    files.put("sizes.json", bytes(new JsonValue.Members(sizes)));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    return folder;
  }

  private static byte[] bytes(JsonValue value) {
    return JsonWriter.pretty(value).getBytes(StandardCharsets.UTF_8);
  }
}
