package dev.r1pick.ollama.log;

import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Collects what the lines of one load say.
final class LoadLines {
  private static final String KV_TOTAL = "llama_kv_cache: size =";
  private static final String KV_BUFFER = " KV buffer size =";
  private static final String MODEL_BUFFER = " model buffer size =";
  private static final int MOST_RATES = 1000;
  private static final long MIB = 1L << 20;

  /// Buffers that are system memory, however they are called.
  private static final List<String> HOST_BUFFERS =
      List.of("CPU", "CPU_Mapped", "CPU_REPACK", "CPU_AARCH64", "Host", "CUDA_Host", "ROCm_Host");

  private final EngineCommand command;
  private OptionalInt layersOnGpu = OptionalInt.empty();
  private OptionalInt layers = OptionalInt.empty();
  private OptionalInt context = OptionalInt.empty();
  private Optional<Bytes> kvTotal = Optional.empty();
  private Bytes kvBuffers = Bytes.ZERO;
  private Optional<String> kvType;
  private Bytes onGpu = Bytes.ZERO;
  private Bytes inRam = Bytes.ZERO;
  private OptionalDouble seconds = OptionalDouble.empty();
  private final List<Double> rates = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  LoadLines(EngineCommand command) {
    this.command = command;
    this.kvType = command.kvCacheType();
  }

  /// Takes a line of that kind.
  void add(LogSign sign, LogLine line) {
    switch (sign.id()) {
      case "offloaded", "offloaded-old", "offloaded-none" -> offloaded(line);
      case "buf-model", "buf-cpu" -> buffer(line);
      case "kv-a" -> kvBuffers = kvBuffers.plus(mib(line, KV_BUFFER).orElse(Bytes.ZERO));
      case "kv-c" -> kvCache(line);
      case "ctx" -> context = number(line.after("= ").orElse(""));
      case "loaded" -> seconds = decimal(line.after(" started in ").orElse(""));
      case "timing" -> rate(line);
      default -> {
        if (sign.area() == LogSign.Area.CRASH
            || sign.id().equals("timeout")
            || sign.id().equals("kv-type-wrong")
            || sign.id().equals("kv-needs-fa-c")
            || sign.id().equals("no-engine")) {
          failures.add(sign.id());
        }
      }
    }
  }

  /// `offloaded 5/37 layers to GPU`.
  private void offloaded(LogLine line) {
    String figures = line.after("offloaded ").orElse("");
    int slash = figures.indexOf('/');
    if (slash > 0) {
      layersOnGpu = number(figures.substring(0, slash));
      layers = number(figures.substring(slash + 1));
    }
  }

  private void buffer(LogLine line) {
    int end = line.text().indexOf(MODEL_BUFFER);
    List<String> words = Text.words(line.text().substring(0, Math.max(0, end)));
    Optional<Bytes> size = mib(line, MODEL_BUFFER);
    if (words.isEmpty() || size.isEmpty()) {
      return;
    }
    if (HOST_BUFFERS.contains(words.getLast())) {
      inRam = inRam.plus(size.get());
    } else {
      onGpu = onGpu.plus(size.get());
    }
  }

  /// `size = 14.00 MiB ( 4096 cells, 28 layers, 1/1 seqs), K (f16): 7.00 MiB, V …`.
  private void kvCache(LogLine line) {
    kvTotal = mib(line, KV_TOTAL);
    String keys = line.after(" K (").orElse("");
    int end = keys.indexOf(')');
    if (end > 0) {
      kvType = Text.cleaned(keys.substring(0, end));
    }
  }

  /// `eval time = 11.07 ms / 8 tokens ( 1.58 ms per token, 632.17 tokens per second)`; the time of
  /// the prompt has a line of its own kind before it.
  private void rate(LogLine line) {
    int end = line.text().indexOf(" tokens per second");
    String before = line.text().substring(0, Math.max(0, end));
    OptionalDouble rate = decimal(before.substring(before.lastIndexOf(' ') + 1));
    if (rate.isPresent() && !line.text().contains("prompt eval") && rates.size() < MOST_RATES) {
      rates.add(rate.getAsDouble());
    }
  }

  private static Optional<Bytes> mib(LogLine line, String words) {
    OptionalDouble mib = decimal(line.after(words).orElse(""));
    return mib.isPresent() && mib.getAsDouble() < 1L << 30
        ? Optional.of(Bytes.of(Math.round(mib.getAsDouble() * MIB)))
        : Optional.empty();
  }

  /// The number at the start of a text; empty where there is none.
  static OptionalDouble decimal(String text) {
    String stripped = text.strip();
    int end = 0;
    while (end < stripped.length()
        && (Character.isDigit(stripped.charAt(end)) || stripped.charAt(end) == '.')) {
      end++;
    }
    try {
      return end == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(Double.parseDouble(stripped.substring(0, end)));
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }

  static OptionalInt number(String text) {
    long number = Text.leadingWhole(text).orElse(-1);
    return number >= 0 && number <= Integer.MAX_VALUE
        ? OptionalInt.of((int) number)
        : OptionalInt.empty();
  }

  /// Tokens of one request: Ollama before 0.30 prints those of all together.
  private OptionalInt contextOfOne() {
    if (command.context().isPresent()) {
      return OptionalInt.of(command.context().getAsInt() / command.parallel());
    }
    return context;
  }

  LoggedLoad load() {
    boolean any = kvTotal.isPresent() || !kvBuffers.isZero();
    return new LoggedLoad(
        command,
        layersOnGpu,
        layers,
        contextOfOne(),
        kvTotal.or(() -> any ? Optional.of(kvBuffers) : Optional.empty()),
        kvType,
        onGpu,
        inRam,
        seconds,
        rates,
        failures);
  }
}
