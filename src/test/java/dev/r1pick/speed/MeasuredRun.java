package dev.r1pick.speed;

import dev.r1pick.speed.GpuSpeed.PromptWork;
import dev.r1pick.speed.GpuSpeed.Work;
import dev.r1pick.units.Bandwidth;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// One published measurement: a row of `measured/speed.csv`.
///
/// @param cells by column
/// @param weight of the row in a fit: rows of one card, model, quantization and page differ only in
///   their context, so each counts less
record MeasuredRun(Map<String, String> cells, double weight) {

  /// Every row, in the order of the file.
  static List<MeasuredRun> all() {
    List<Map<String, String>> rows = table("/measured/speed.csv");
    Map<String, Integer> group = new HashMap<>();
    for (Map<String, String> row : rows) {
      group.merge(groupOf(row), 1, Integer::sum);
    }
    List<MeasuredRun> runs = new ArrayList<>();
    for (Map<String, String> row : rows) {
      runs.add(new MeasuredRun(row, 1 / StrictMath.sqrt(group.getOrDefault(groupOf(row), 1))));
    }
    return List.copyOf(runs);
  }

  private static String groupOf(Map<String, String> row) {
    return String.join(
        "|",
        row.get("gpu"),
        row.get("gpus"),
        row.get("backend"),
        row.get("model"),
        row.get("quantization"),
        row.get("source"));
  }

  /// Where each source id was published.
  static Map<String, String> sources() {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Map<String, String> row : table("/measured/speed-sources.csv")) {
      sources.put(row.get("source"), row.get("where"));
    }
    return sources;
  }

  static List<Map<String, String>> table(String resource) {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                MeasuredRun.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      String[] columns = reader.readLine().split(",", -1);
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] values = line.split(",", -1);
        if (values.length != columns.length) {
          throw new IllegalStateException(resource + ": " + line);
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i++) {
          row.put(columns[i], values[i]);
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text(String column) {
    return cells.getOrDefault(column, "");
  }

  double number(String column) {
    return Double.parseDouble(text(column));
  }

  OptionalDouble optional(String column) {
    return text(column).isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(number(column));
  }

  boolean core() {
    return text("tier").equals("core");
  }

  boolean kind(String kind) {
    return text("kind").equals(kind);
  }

  boolean oneGpu() {
    return kind("single");
  }

  boolean mixtureOfExperts() {
    return text("model").startsWith("deepseek2");
  }

  /// Which builds it was made with; the constants are those of `new`, of 2026.
  String age() {
    if (text("tier").equals("secondary")) {
      return "llamafile";
    }
    return switch (text("era")) {
      case "2023-2024" -> "old";
      case "2025" -> "2025";
      default -> "new";
    };
  }

  String backend() {
    return text("backend").toLowerCase(Locale.ROOT);
  }

  String speedClass() {
    String form = text("form");
    return SpeedClass.of(
        backend(),
        text("vendor"),
        text("generation"),
        text("compute_capability"),
        form.equals("apu") || form.equals("igpu") || form.equals("soc"));
  }

  /// The name under which the constants have a factor; all others are taken as K-quants.
  String quantization() {
    String name = text("quantization");
    return name.equals("BF16") ? "F16" : name;
  }

  double rate() {
    return number("tps");
  }

  Bandwidth bandwidth() {
    return Bandwidth.ofGBPerSecond(number("bandwidth_gbs"));
  }

  Work work() {
    return new Work(
        quantization(),
        number("read_bytes"),
        number("kv_bytes_per_token") * number("context"),
        number("layers"));
  }

  /// The rate that the formula gives for it: with several equal GPUs, as on one that holds it all,
  /// and a boundary between each two.
  double predictedRate(SpeedConstants constants) {
    double seconds = constants.of(backend(), speedClass()).seconds(work(), bandwidth());
    return 1 / (seconds + extraSeconds(constants));
  }

  /// Whether a server answered, which chooses tokens and sends them; a benchmark only computes.
  boolean served() {
    return text("engine").equals("server");
  }

  private double extraSeconds(SpeedConstants constants) {
    return (number("gpus") - 1) * constants.secondsPerBoundary()
        + (served() ? secondsPerToken(constants) : 0);
  }

  /// Of the server's age.
  double secondsPerToken(SpeedConstants constants) {
    return age().equals("new") ? constants.secondsPerToken() : constants.secondsPerTokenBefore();
  }

  double slowRate(SpeedConstants constants) {
    double seconds = constants.of(backend(), speedClass()).slowSeconds(work(), bandwidth());
    return 1 / (seconds + extraSeconds(constants));
  }

  double fastRate(SpeedConstants constants) {
    double seconds = constants.of(backend(), speedClass()).fastSeconds(work(), bandwidth());
    return 1 / (seconds + extraSeconds(constants));
  }

  /// Whether the row has a prompt rate from an empty context on a chip whose FP16 rate is known.
  boolean hasPrompt() {
    return optional("prompt_tps").isPresent()
        && optional("prompt_tokens").isPresent()
        && optional("fp16_tflops").isPresent();
  }

  PromptWork promptWork() {
    return new PromptWork(
        quantization(),
        number("parameters_b") * 1e9,
        PromptWork.attention(
            (int) number("layers"), (int) number("attention_width"), number("prompt_tokens") / 2),
        text("flash_attention").equals("yes"));
  }

  double predictedPromptRate(SpeedConstants constants) {
    return 1
        / constants.of(backend(), speedClass()).promptSeconds(promptWork(), number("fp16_tflops"));
  }

  /// The rows that the constants of GPUs are fitted on: the 671B, whose reading pattern is another,
  /// and GPUs that share the work with a CPU are left out.
  static List<MeasuredRun> gpuRows(List<MeasuredRun> all) {
    List<MeasuredRun> rows = new ArrayList<>();
    for (MeasuredRun run : all) {
      if ((run.oneGpu() || run.kind("multi")) && !run.mixtureOfExperts()) {
        rows.add(run);
      }
    }
    return rows;
  }

  /// How much a row says about builds of today.
  double currency() {
    return switch (age()) {
      case "new" -> 2;
      case "2025" -> 1;
      default -> 0.5;
    };
  }

  int sockets() {
    return text("sockets").isEmpty() ? 1 : (int) number("sockets");
  }

  /// The cores that worked, and what they can do.
  CpuSpeed.Cores cores() {
    int cores = (int) number("cores");
    int threads = text("threads").isEmpty() ? cores : (int) number("threads");
    return new CpuSpeed.Cores(
        Math.min(cores, threads),
        InstructionSet.valueOf(text("instructions").toUpperCase(Locale.ROOT)));
  }

  ProcessorKind processor() {
    return ProcessorKind.valueOf(text("processor").toUpperCase(Locale.ROOT));
  }

  CpuSpeed.Work cpuWork() {
    return new CpuSpeed.Work(
        quantization(),
        number("read_bytes"),
        number("kv_bytes_per_token") * number("context"),
        !text("kv_cache").isEmpty(),
        number("layers"));
  }

  /// What the program would know: the bandwidth measured there, or else that of the platform.
  CpuBandwidth memory() {
    if (optional("measured_gbs").isPresent() && optional("bandwidth_gbs").isEmpty()) {
      return CpuBandwidth.measured(Bandwidth.ofGBPerSecond(number("measured_gbs")));
    }
    return new CpuBandwidth(
        bandwidth(),
        bandwidth(),
        bandwidth(),
        CpuBandwidth.Origin.PLATFORM,
        processor(),
        sockets());
  }

  /// Rows of processors whose platform's bandwidth is known.
  static List<MeasuredRun> cpuRows(List<MeasuredRun> all) {
    List<MeasuredRun> rows = new ArrayList<>();
    for (MeasuredRun run : all) {
      boolean known =
          run.optional("bandwidth_gbs").isPresent() || run.optional("measured_gbs").isPresent();
      if (run.kind("cpu") && known && !run.text("cores").isEmpty() && !run.mixtureOfExperts()) {
        rows.add(run);
      }
    }
    return rows;
  }
}
