package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every screen on every width of a terminal, in both languages: nothing is wider than it, and no
/// line begins or ends with a mark that belongs to the line beside it.
class ScreenWidthTest {
  private static final List<String> MACHINES =
      List.of(
          "nvidia-rtx3060-linux",
          "nvidia-smi-hangs",
          "amd-strix-halo-gtt96",
          "apple-m3-16gb-metal",
          "nvidia-8x-v100-32g-535-ollama-033",
          "ci-linux-runner-no-gpu",
          "container-cgroup1-1g");

  private static final List<String> LINES =
      List.of(
          "recommend",
          "recommend --explain",
          "recommend --use-case coding --priority quality",
          "check 32b --context 32k",
          "check 8b",
          "check 671b",
          "hardware --verbose",
          "next 14b",
          "next 14b --client open-webui");

  /// What does not depend on the machine.
  private static final List<String> OTHERS =
      List.of(
          "list",
          "show 14b",
          "show 671b",
          "config",
          "status",
          "doctor",
          "explain",
          "explain 7b",
          "explain kv-cache",
          "plan",
          "plan 14b",
          "plan 32b --context 32k --min-speed 20",
          "plan 671b",
          "plan 671b --all",
          "compare 7b 14b 32b",
          "compare 8b 14b --gpu RTX4090 --ram 64GB",
          "compare --gpu RTX3060 --with RTX5090 --ram 32GB",
          "compare --add-gpu RTX3060");

  private static final String CLOSING = "，。、；：？！）】》”’…·—";
  private static final String OPENING = "（【《“‘";

  @ParameterizedTest
  @ValueSource(ints = {40, 47, 80, 100})
  void noLineIsWiderThanTheScreenNorBrokenBesideAMark(int columns) {
    var style = new Style(columns, 24, false, StandardCharsets.UTF_8);
    var faults = new TreeSet<String>();
    for (String language : List.of("en", "zh")) {
      for (String machine : MACHINES) {
        LINES.forEach(line -> faults.addAll(faults(machine, style, line, language)));
      }
      OTHERS.forEach(line -> faults.addAll(faults(MACHINES.getFirst(), style, line, language)));
    }
    assertEquals("", String.join("\n", faults));
  }

  private static List<String> faults(String machine, Style style, String line, String language) {
    var args = new ArrayList<>(List.of(line.split(" ", -1)));
    args.addAll(List.of("--lang", language));
    String screen = Run.on(Run.host(machine), style, args.toArray(String[]::new)).out();
    var faults = new ArrayList<String>();
    for (String text : screen.lines().toList()) {
      String shown = text.strip();
      boolean wide = Table.width(text) > style.columns() && !isToBeCopied(text);
      boolean torn =
          !shown.isEmpty()
              && ((CLOSING.indexOf(shown.codePointAt(0)) >= 0 && !isLegend(shown))
                  || OPENING.indexOf(shown.codePointBefore(shown.length())) >= 0);
      if (wide || torn) {
        faults.add(machine + ", " + line + " --lang " + language + ": " + text);
      }
    }
    return faults;
  }

  /// `· free 1.0`, and a bar of nothing but free memory.
  private static boolean isLegend(String line) {
    return line.startsWith("· ") || line.startsWith("··");
  }

  /// A command is never wrapped, nor a name without a blank.
  private static boolean isToBeCopied(String line) {
    String shown = line.strip();
    return shown.startsWith("r1pick ")
        || shown.startsWith("ollama ")
        || shown.startsWith("launchctl ")
        || shown.contains("/r1pick/config")
        || line.startsWith("    ")
        || !shown.contains(" ");
  }
}
