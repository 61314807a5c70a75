package dev.r1pick.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every plan: it never says anything else than `check`, and asking for more never
/// brings hardware in.
class PlanLawsTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";
  private static final GpuCatalog GPUS = GpuCatalogReader.readDefault();

  /// Of the hardware of a plan one in so many is asked again.
  private static final int SAMPLE = 7;

  private static JsonValue json(String... words) {
    var args = new ArrayList<String>(List.of(words));
    args.addAll(List.of("--format", "json"));
    return JsonReader.read("answer", Run.on(MACHINE, args.toArray(String[]::new)).out());
  }

  private static List<JsonValue> hardware(String... words) {
    return json(words)
        .member("plans")
        .orElseThrow()
        .items()
        .getFirst()
        .member("hardware")
        .orElseThrow()
        .items();
  }

  private static Optional<String> text(JsonValue value, String name) {
    return value.member(name).filter(JsonValue.Text.class::isInstance).isPresent()
        ? value.textAt(name)
        : Optional.empty();
  }

  private static long whole(JsonValue value, String name) {
    return value.member(name).orElseThrow() instanceof JsonValue.Whole(long number) ? number : 0;
  }

  /// The options that describe the hardware of a plan.
  private static List<String> options(JsonValue hardware) {
    var options = new ArrayList<String>();
    Optional<String> gpu = text(hardware, "gpu");
    if (gpu.isPresent()) {
      GpuModel model =
          GPUS.models().stream().filter(m -> m.name().equals(gpu.get())).findFirst().orElseThrow();
      Bytes memory = Bytes.of(whole(hardware, "gpu_memory_bytes"));
      options.add("--gpu");
      options.add(
          whole(hardware, "number") + "x " + GPUS.nameOf(model, Optional.of(memory)).orElseThrow());
    } else {
      options.add("--cpu-only");
    }
    text(hardware, "cpu").ifPresent(cpu -> options.addAll(List.of("--cpu", cpu)));
    options.addAll(List.of("--ram", (whole(hardware, "ram_bytes") >> 30) + "GB"));
    return options;
  }

  @ParameterizedTest
  @CsvSource({"32b, 32k", "8b, 16k", "671b, 8k"})
  void theAnswerForHardwareIsThatOfCheck(String tag, String context) {
    List<JsonValue> all = hardware("plan", tag, "--context", context);
    assertTrue(all.size() > SAMPLE, "a plan of " + all.size() + " machines says little");
    for (int i = 0; i < all.size(); i += SAMPLE) {
      JsonValue planned = all.get(i);
      var args = new ArrayList<String>(List.of("check", tag, "--context", context));
      args.addAll(options(planned));
      JsonValue checked = json(args.toArray(String[]::new));
      for (String member :
          List.of(
              "verdict",
              "placement",
              "speed",
              "speed_at_first",
              "speed_when_full",
              "answer_seconds")) {
        assertEquals(checked.member(member), planned.member(member), args + " " + member);
      }
    }
  }

  @Test
  void theSmallestNumberOfCardsIsPlanned() {
    for (JsonValue planned : hardware("plan", "70b", "--context", "8k", "--kind", "gpu")) {
      long number = whole(planned, "number");
      List<String> options = options(planned);
      if (number != 2 || !text(planned, "kind").equals(Optional.of("cards"))) {
        continue;
      }
      var args = new ArrayList<String>(List.of("check", "70b", "--context", "8k"));
      options.set(1, options.get(1).replace("2x ", ""));
      args.addAll(options);
      assertTrue(
          !json(args.toArray(String[]::new)).textAt("verdict").orElseThrow().equals("fits"),
          args + " fits on one card already");
    }
  }

  /// By kind, GPU and memory of one: how many are needed.
  private static Map<String, Long> needed(String... words) {
    var needed = new HashMap<String, Long>();
    for (JsonValue planned : hardware(words)) {
      String unified = text(planned, "kind").filter(k -> k.equals("cards")).isPresent() ? "" : "*";
      String name =
          text(planned, "gpu").orElse("") + "|" + text(planned, "cpu").orElse("") + unified;
      long size = unified.isEmpty() ? whole(planned, "number") : whole(planned, "ram_bytes") >> 30;
      String key = unified.isEmpty() ? name + "|" + whole(planned, "gpu_memory_bytes") : name;
      needed.merge(key, size, Math::min);
    }
    return needed;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5b", "14b", "70b"})
  void moreContextNeverBringsHardwareInNorTakesLess(String tag) {
    Map<String, Long> before = needed("plan", tag, "--context", "4k");
    for (String context : List.of("8k", "16k", "32k", "64k", "128k")) {
      Map<String, Long> now = needed("plan", tag, "--context", context);
      for (Map.Entry<String, Long> one : now.entrySet()) {
        Long least = before.get(one.getKey());
        assertTrue(least != null, tag + " at " + context + " brings in " + one.getKey());
        assertTrue(least <= one.getValue(), tag + " at " + context + ": " + one.getKey());
      }
      before = now;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--max-price 1500", "--max-power 300W", "--kind gpu", "--kind mac"})
  void aLimitOnlyTakesHardwareAway(String limit) {
    var args = new ArrayList<String>(List.of("plan", "14b"));
    args.addAll(List.of(limit.split(" ", -1)));
    List<JsonValue> limited = hardware(args.toArray(String[]::new));
    var all = new HashSet<>(hardware("plan", "14b"));
    assertTrue(!limited.isEmpty() && limited.size() < all.size(), limit);
    for (JsonValue one : limited) {
      assertTrue(all.contains(one), limit + " changes " + one);
    }
  }

  @Test
  void noLimitIsExceededAndWhatHasNoFigureIsLeftOut() {
    for (JsonValue one : hardware("plan", "32b", "--max-price", "$1,600", "--max-power", "450")) {
      assertTrue(whole(one, "list_price_usd") > 0 && whole(one, "list_price_usd") <= 1600);
      assertTrue(whole(one, "power_watts") > 0 && whole(one, "power_watts") <= 450);
    }
  }

  @Test
  void moreSpeedNeverMovesHardwareUp() {
    for (String speed : List.of("10", "20", "40")) {
      for (JsonValue one : hardware("plan", "14b", "--min-speed", speed)) {
        double target = Double.parseDouble(speed);
        JsonValue rate =
            one.member("speed").orElseThrow().member("generation_tokens_per_second").orElseThrow();
        double low = number(rate, "low");
        double high = number(rate, "high");
        String standing = text(one, "standing").orElseThrow();
        String expected = low >= target ? "does-it" : high >= target ? "may-do-it" : "too-slow";
        // figures are rounded to hundredths in the document
        if (Math.abs(low - target) > 0.01 && Math.abs(high - target) > 0.01) {
          assertEquals(expected, standing, one.toString());
        }
      }
    }
  }

  private static double number(JsonValue value, String name) {
    return switch (value.member(name).orElseThrow()) {
      case JsonValue.Decimal(double number) -> number;
      case JsonValue.Whole(long number) -> number;
      default -> throw new AssertionError(name);
    };
  }

  @Test
  void theQuietAnswerCanBePasted() {
    Run run = Run.on(MACHINE, "plan", "32b", "--context", "32k", "--min-speed", "25", "-q");
    assertEquals(ExitCode.OK, run.code());
    String gpu = run.out().strip();
    Run check = Run.on(MACHINE, "check", "32b", "--context", "32k", "--gpu", gpu, "--ram", "64GB");
    assertEquals(ExitCode.OK, check.code(), gpu + check.err());
  }

  @Test
  void aSpeedThatNothingReachesIsAnAnswerWithTheFastest() {
    Run run = Run.on(MACHINE, "plan", "70b", "--min-speed", "5000");
    assertEquals(ExitCode.NOTHING_FITS, run.code());
    assertTrue(run.out().startsWith("Nothing is known to run deepseek-r1:70b"), run.out());
    assertTrue(run.lastLine().startsWith("r1pick check 70b"), run.out());
    Run quiet = Run.on(MACHINE, "plan", "70b", "--min-speed", "5000", "-q");
    assertEquals("", quiet.out());
    assertEquals(ExitCode.NOTHING_FITS, quiet.code());
  }

  @Test
  void theLastLineOfAPlanIsACommandThatAgrees() {
    for (String tag : List.of("8b", "32b", "70b")) {
      Run run = Run.on(MACHINE, "plan", tag);
      Run check = Run.on(MACHINE, words(run.lastLine().substring("r1pick ".length())));
      assertEquals(ExitCode.OK, check.code(), run.lastLine() + check.err());
    }
  }

  /// The words of a command line, with quotes.
  private static String[] words(String line) {
    var words = new ArrayList<String>();
    String[] parts = line.split("\"", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 1) {
        words.add(parts[i]);
      } else {
        for (String word : parts[i].strip().split(" +", -1)) {
          if (!word.isEmpty()) {
            words.add(word);
          }
        }
      }
    }
    return words.toArray(String[]::new);
  }

  @Test
  void everyGpuOfTheCatalogHasANameThatMeansIt() {
    for (GpuModel model : GPUS.models()) {
      for (Bytes size : model.memorySizes()) {
        assertTrue(
            GPUS.nameOf(model, Optional.of(size)).isPresent()
                || (model.unified() && model.gpuCores().isPresent()),
            model.name() + " with " + size.inGiB());
      }
    }
  }
}
