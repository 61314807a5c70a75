package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of GPUs as people, tools and shops write them, each given to `--gpu`: right is the card
/// with its memory and count, a question with the right choices, or a refusal that offers nothing
/// wrong.
class GpuNamesTest {
  private static final Path NAMES = Path.of("src/test/resources/names");

  /// Words of a maker that an offered name may leave out.
  private static final List<String> MAKERS =
      List.of("nvidia ", "geforce ", "amd ", "radeon ", "intel ", "apple ", "huawei ");

  /// A line of the file.
  private record Name(
      String typed,
      String seenIn,
      String answer,
      int count,
      List<String> gpus,
      String gib,
      List<String> offered,
      List<String> neverFirst,
      String asGood) {
    static Name of(String line) {
      List<String> cells =
          new ArrayList<>(Stream.of(line.split("\\|", -1)).map(String::strip).toList());
      while (cells.size() < 9) {
        cells.add("");
      }
      return new Name(
          cells.get(0),
          cells.get(1),
          cells.get(2),
          Integer.parseInt(cells.get(3)),
          parts(cells.get(4)),
          cells.get(5),
          parts(cells.get(6)),
          parts(cells.get(7)),
          cells.get(8));
    }

    private static List<String> parts(String cell) {
      return cell.isEmpty() ? List.of() : Text.split(cell, ';');
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpus.csv"})
  void atLeast97OfAHundredNamesAreRight(String file) throws IOException {
    Map<String, int[]> right = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    int all = 0;
    for (String line : Files.readAllLines(NAMES.resolve(file))) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      Name name = Name.of(line);
      Run run =
          Run.on("nvidia-rtx3060-linux", "hardware", "--gpu", name.typed(), "--format", "json");
      String why = wrong(name, run);
      all++;
      right.computeIfAbsent(name.seenIn(), _ -> new int[2])[why.isEmpty() ? 0 : 1]++;
      if (!why.isEmpty()) {
        wrong.add(name.typed() + " (" + name.answer() + "): " + why);
      }
    }
    var table = new StringBuilder(file).append('\n');
    right.forEach(
        (kind, counts) ->
            table.append(
                String.format("%-16s %d of %d%n", kind, counts[0], counts[0] + counts[1])));
    wrong.forEach(miss -> table.append(miss).append('\n'));
    assertTrue(wrong.size() <= all * 0.03, table.toString());
  }

  /// Empty where the answer is right, else what is wrong with it.
  private static String wrong(Name name, Run run) {
    if (run.code() == ExitCode.OK) {
      String given = machine(run);
      if (name.answer().equals("accept")) {
        return accepted(name, run);
      }
      return name.asGood().equals("accept") ? "" : "taken to be " + given;
    }
    List<String> offers = offers(run.err());
    if (run.code() != ExitCode.USAGE) {
      return "exit code " + run.code() + ": " + run.err();
    }
    if (name.answer().equals("accept")) {
      return name.asGood().isEmpty() ? run.err().strip() : "";
    }
    for (String wanted : name.offered()) {
      boolean there = false;
      for (String offer : offers) {
        there |= isSame(wanted, offer, name.count());
      }
      if (!there) {
        return wanted + " is missing: " + run.err().strip();
      }
    }
    for (String never : name.neverFirst()) {
      if (!offers.isEmpty() && isSame(never, offers.getFirst(), name.count())) {
        return "never first: " + run.err().strip();
      }
    }
    return name.answer().equals("ask") && offers.isEmpty() && !run.err().contains("--ram")
        ? "no choices: " + run.err().strip()
        : "";
  }

  private static String accepted(Name name, Run run) {
    var found = accelerators(run);
    if (found.size() != name.count()) {
      return found.size() + " of them";
    }
    for (JsonValue one : found) {
      String gpu = ((JsonValue.Text) member(one, "name")).value();
      if (!name.gpus().contains(gpu)) {
        return "taken to be " + gpu;
      }
      if (!name.gib().isEmpty()) {
        boolean unified = ((JsonValue.Flag) member(one, "unified")).value();
        JsonValue bytes =
            unified
                ? member(member(member(document(run), "machine"), "ram"), "total_bytes")
                : member(one, "memory_total_bytes");
        double gib = ((JsonValue.Whole) bytes).value() / 0x1p30;
        double wanted = Double.parseDouble(name.gib());
        // A driver reports less than the box says: 22.5 of 24 GiB with ECC.
        if (gib > wanted || gib < wanted * 0.93) {
          return "taken with " + gib + " GiB";
        }
      }
    }
    return "";
  }

  private static String machine(Run run) {
    var names = new ArrayList<String>();
    for (JsonValue one : accelerators(run)) {
      names.add(((JsonValue.Text) member(one, "name")).value());
    }
    return names.toString();
  }

  private static List<JsonValue> accelerators(Run run) {
    return ((JsonValue.Items) member(member(document(run), "machine"), "accelerators")).values();
  }

  private static JsonValue document(Run run) {
    return JsonReader.read("answer", run.out());
  }

  private static JsonValue member(JsonValue value, String name) {
    return value.member(name).orElseThrow();
  }

  /// The names in quotation marks behind the one that was typed.
  private static List<String> offers(String message) {
    var offers = new ArrayList<String>();
    List<String> parts = Text.split(message, '"');
    boolean repeated = message.startsWith("r1pick: \"") || message.contains("called \"");
    for (int i = repeated ? 3 : 1; i < parts.size(); i += 2) {
      offers.add(parts.get(i));
    }
    return offers;
  }

  private static boolean isSame(String wanted, String offer, int count) {
    String prefix = count == 1 ? "" : count + "x ";
    if (!offer.startsWith(prefix)) {
      return false;
    }
    String one = bare(wanted);
    String other = bare(offer.substring(prefix.length()));
    // Another build with the same memory is as good.
    return other.equals(one)
        || other.equals(one.replace("pcie", "sxm2"))
        || other.equals(one.replace("pcie", "sxm4"))
        || (other.startsWith(one) && other.substring(one.length()).matches("[0-9]+gb"));
  }

  private static String bare(String name) {
    String bare = name.toLowerCase(Locale.ROOT);
    for (String maker : MAKERS) {
      bare = bare.replace(maker, "");
    }
    return bare.replace("rx ", "").replace(" ", "");
  }
}
