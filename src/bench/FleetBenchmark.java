import dev.r1pick.host.LiveHost;
import dev.r1pick.hardware.probe.Detector;
import dev.r1pick.hardware.MachineDocument;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;

/// How many machines a second `r1pick check --machines` takes, and how much memory.
///
/// Makes documents of varied machines from the recorded ones, the same at each run, and gives them to the packaged
/// launcher. Run by `src/bench/fleet`.
public final class FleetBenchmark {
  private static final Path RECORDED = Path.of("src/test/resources/machines");
  private static final long SEED = 8;
  private static final List<String> VERSIONS = List.of("0.6.5", "0.24.1", "0.30.0", "0.32.15");

  private FleetBenchmark() {}

  /// @param args launcher, folder for the documents, then numbers of machines
  public static void main(String[] args) throws IOException, InterruptedException {
    Path launcher = Path.of(args[0]);
    Path folder = Files.createDirectories(Path.of(args[1]));
    List<JsonValue> machines = recorded();
    Path policy = folder.resolve("policy.yml");
    Files.writeString(
        policy,
        """
        require:
          - {use_case: coding, min_size: 14b, context: 16k, min_speed: 15}
          - {tag: "deepseek-r1:8b", placement: gpu}
          - {ram: 32GiB}
          - {disk_free: 50GiB}
          - {ollama: ">=0.30"}
        forbid: [{license: llama}]
        """);
    System.out.println("| question | machines | seconds | machines/s | CPU seconds per 1,000 | peak memory, MiB |");
    System.out.println("|---|---|---|---|---|---|");
    for (int i = 2; i < args.length; i++) {
      int count = Integer.parseInt(args[i]);
      Path documents = folder.resolve("machines-" + count + ".ndjson");
      write(documents, machines, count);
      run(launcher, documents, count, "policy", List.of("--policy", policy.toString()));
      run(launcher, documents, count, "advice", List.of("--use-case", "coding"));
    }
  }

  private static List<JsonValue> recorded() throws IOException {
    var machines = new ArrayList<JsonValue>();
    try (var folders = Files.list(RECORDED)) {
      for (Path folder : folders.sorted().toList()) {
        if (RecordedHost.open(new LiveHost().files(), folder) instanceof RecordedHost.Opened(var host)) {
          machines.add(MachineDocument.write(new Detector().detect(host)));
        }
      }
    }
    return machines;
  }

  private static void write(Path file, List<JsonValue> machines, int count) throws IOException {
    var random = new SplittableRandom(SEED);
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (int i = 0; i < count; i++) {
        JsonValue machine = varied(machines.get(i % machines.size()), random);
        JsonValue document =
            JsonValue.object().put("name", "machine-" + i).put("machine", machine).build();
        writer.write(JsonWriter.compact(document));
        writer.write('\n');
      }
    }
  }

  /// Less memory free, more or less disk, another Ollama: as machines of one make differ.
  private static JsonValue varied(JsonValue value, SplittableRandom random) {
    return switch (value) {
      case JsonValue.Members(var members) -> {
        var varied = new LinkedHashMap<String, JsonValue>();
        members.forEach((name, member) -> varied.put(name, varied(name, member, random)));
        yield new JsonValue.Members(varied);
      }
      case JsonValue.Items(var items) ->
          new JsonValue.Items(items.stream().map(item -> varied(item, random)).toList());
      default -> value;
    };
  }

  private static JsonValue varied(String name, JsonValue value, SplittableRandom random) {
    return switch (name) {
      case "available_bytes", "memory_free_bytes" ->
          value instanceof JsonValue.Whole(var bytes)
              ? new JsonValue.Whole(Math.round(bytes * random.nextDouble(0.5, 1)))
              : value;
      case "disk" ->
          JsonValue.object()
              .put("models_path", "/var/lib/ollama")
              .put("free_bytes", random.nextLong(5_000_000_000L, 900_000_000_000L))
              .build();
      case "version" -> new JsonValue.Text(VERSIONS.get(random.nextInt(VERSIONS.size())));
      default -> varied(value, random);
    };
  }

  private static void run(
      Path launcher, Path documents, int count, String question, List<String> options)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(launcher.toString(), "check"));
    command.addAll(List.of("--machines", documents.toString(), "--format", "json"));
    command.addAll(options);
    Path out = documents.resolveSibling("answers-" + question + "-" + count + ".ndjson");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long peak = 0;
    double cpu = 0;
    while (process.isAlive()) {
      cpu = Math.max(cpu, process.info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(0.0));
      peak = Math.max(peak, peakKiB(process.pid()));
      Thread.sleep(5);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    try (var lines = Files.lines(out)) {
      if (lines.count() != count + 1) {
        throw new IllegalStateException(out + " has not a line a machine; exit " + process.exitValue());
      }
    }
    System.out.printf(
        "| %s | %,d | %.2f | %,.0f | %.2f | %d |%n",
        question, count, seconds, count / seconds, 1000 * cpu / count, peak / 1024);
  }

  /// The most memory that the process has had, as Linux counts it; 0 where it does not tell.
  private static long peakKiB(long pid) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | java.io.UncheckedIOException _) {
      return 0;
    }
  }
}
