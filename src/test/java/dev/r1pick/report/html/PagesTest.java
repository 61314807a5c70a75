package dev.r1pick.report.html;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.read.Resources;
import dev.r1pick.cli.Run;
import dev.r1pick.text.Escaping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages as files: what they may do, how large they are, and the samples in docs/.
class PagesTest {
  private static final boolean APPROVE = Boolean.getBoolean("approve");
  private static final Pattern ELEMENT =
      Pattern.compile("<(style|script)>(.*?)</\\1>", Pattern.DOTALL);
  private static final Pattern COLOR = Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});");

  @TempDir Path folder;

  private static List<String> questions() {
    return List.of(
        "recommend",
        "recommend --use-case coding",
        "recommend --max-download 1MB",
        "check 32b",
        "check 14b --context 8k",
        "compare 8b 14b 32b",
        "compare --add-gpu RTX3090",
        "plan 1.5b",
        "plan 671b",
        "plan");
  }

  private static String page(String question) {
    return Pages.of(question.split(" "));
  }

  @Test
  void noPageReaches400KilobytesAndNoneFetchesAnything() {
    for (String question : questions()) {
      String page = page(question);
      int size = page.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(size < 400_000, question + " is " + size + " bytes");
      assertFalse(page.contains("sourceMappingURL"), question);
      assertFalse(Pattern.compile("<(link|img|iframe|script [^>]*src)").matcher(page).find());
      assertFalse(Pattern.compile("<[^>]+ (on[a-z]+|style)=").matcher(markup(page)).find());
    }
  }

  /// The page without what stands in its scripts and styles.
  private static String markup(String page) {
    return page.replaceAll("(?s)<(script|style)[^>]*>.*?</\\1>", "");
  }

  @Test
  void aThousandMachinesStayBelowThreeMegabytes() throws IOException {
    int size = Pages.fleet(folder, 1000).getBytes(StandardCharsets.UTF_8).length;
    assertTrue(size < 3_000_000, size + " bytes");
  }

  @Test
  void thePolicyNamesEachStyleAndScriptByItsHash() throws Exception {
    String page = page("recommend");
    String policy = page.replaceAll("(?s).*Content-Security-Policy\" content=\"([^\"]*)\".*", "$1");
    assertTrue(policy.startsWith("default-src 'none'; "), policy);
    assertFalse(policy.contains("unsafe"), policy);
    Matcher element = ELEMENT.matcher(page);
    int elements = 0;
    while (element.find()) {
      byte[] text = element.group(2).getBytes(StandardCharsets.UTF_8);
      String hash =
          Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
      assertTrue(policy.contains("'sha256-" + hash + "'"), element.group(1));
      elements++;
    }
    assertEquals(3, elements);
  }

  @Test
  void namesFromOutsideStayText() throws IOException {
    String machine = Pages.line(Path.of("src/test/resources/documents/grid/15-rtx4060-8.json"));
    String hostile = "</script><script>alert(1)</script><b>&";
    String line = "{\"name\":\"%s\\u202e\",\"machine\":%s}".formatted(hostile, machine);
    Path file = Files.writeString(folder.resolve("m.ndjson"), line + "\n");
    String page = Pages.of("check", "8b", "--machines", file.toString());
    assertFalse(page.contains("<script>alert"), "markup from outside");
    assertFalse(page.contains("\u202e"), "text that turns its direction");
    assertTrue(page.contains("\\u003c/script>\\u003cscript>alert(1)"), "the name is told");
  }

  @Test
  void whatMakesAnOutputHarmlessChangesNoScript() {
    for (String name : List.of("page.css", "page.js", "fleet.js", "chart.js/chart.umd.min.js")) {
      String text = Resources.text("dev/r1pick/report/html/" + name);
      assertEquals(text, Escaping.output(text, false), name);
    }
  }

  @Test
  void theTemplateFillsEachOfItsPlaces() {
    assertFalse(page("recommend").contains("{{"), "a place is left");
  }

  @ParameterizedTest
  @CsvSource({"en, en", "zh, zh-Hans"})
  void aPageOpensInTheLanguageOfTheScreen(String language, String tag) {
    String page = Pages.in(Locale.of(language), "recommend");
    assertTrue(page.contains("<html lang=\"" + tag + "\">"));
    assertTrue(page.contains("{\"language\":\"" + language + "\""));
  }

  /// Text from 4.5 on (WCAG 2.2, 1.4.3), marks from 3 on (1.4.11); what is spare is no mark.
  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void theColorsHaveContrast(String scheme) throws IOException {
    Map<String, String> colors = colors(scheme);
    String ground = String.valueOf(colors.get("ground"));
    String surface = String.valueOf(colors.get("surface"));
    for (String name : List.of("text", "muted", "accent", "good", "fair", "bad", "unknown")) {
      assertAll(
          name,
          () -> assertTrue(contrast(String.valueOf(colors.get(name)), ground) >= 4.5),
          () -> assertTrue(contrast(String.valueOf(colors.get(name)), surface) >= 4.5));
    }
    for (Picture.Role role : Picture.Role.values()) {
      if (role != Picture.Role.SPARE && role != Picture.Role.LINE) {
        String color = String.valueOf(colors.get(role.word()));
        assertTrue(contrast(color, ground) >= 3, role + " " + contrast(color, ground));
      }
    }
  }

  private static Map<String, String> colors(String scheme) throws IOException {
    String css = Files.readString(Path.of("src/main/resources/dev/r1pick/report/html/page.css"));
    int dark = css.indexOf("prefers-color-scheme: dark");
    int end = css.indexOf("\n}\n", dark);
    var colors = new HashMap<String, String>();
    Matcher color =
        COLOR.matcher(scheme.equals("dark") ? css.substring(dark, end) : css.substring(0, dark));
    while (color.find()) {
      colors.put(color.group(1), color.group(2));
    }
    return colors;
  }

  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String color) {
    double sum = 0;
    double[] weights = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(color.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  @Test
  void theSamplesInTheDocumentsAreWhatTheProgramWrites() throws IOException {
    compare("recommend-rtx-3060.html", page("recommend"));
    compare("fleet-of-50.html", Pages.fleet(folder, 50));
  }

  private static void compare(String name, String page) throws IOException {
    Path sample = Path.of("docs/pages", name);
    if (APPROVE) {
      Files.createDirectories(sample.getParent());
      Files.writeString(sample, page);
    }
    assertTrue(Files.exists(sample), sample + " is missing; approve it with -Dapprove=true");
    assertTrue(page.equals(Files.readString(sample)), sample + " differs; see -Dapprove=true");
  }

  @Test
  void aReportChangesNeitherTheAnswerNorTheExitCode() throws IOException {
    for (String question :
        List.of(
            "recommend",
            "recommend --max-download 1MB",
            "plan 8b",
            "compare 8b 14b",
            "check 32b")) {
      Path file = folder.resolve("page.html");
      Run plain = Run.on(Pages.MACHINE, question.split(" "));
      Run reported = Run.on(Pages.MACHINE, (question + " --report html=" + file).split(" "));
      assertEquals(plain, reported, question);
      Run page = Run.on(Pages.MACHINE, (question + " --format html").split(" "));
      assertEquals(plain.code(), page.code(), question);
      assertEquals(page.out(), Files.readString(file), question);
    }
  }
}
