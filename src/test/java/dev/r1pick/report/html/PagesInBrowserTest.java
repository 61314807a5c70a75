package dev.r1pick.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages in a real browser, as somebody who reads, clicks, prints or hears them. Skipped only where
/// there is no Chromium. With `-Dscreenshots=true` what it saw lies in target/screenshots.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesInBrowserTest {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  private static final Map<String, String> QUESTIONS =
      new TreeMap<>(
          Map.of(
              "recommend", "recommend",
              "nothing-fits", "recommend --max-download 1MB",
              "check", "check 32b",
              "compare", "compare 8b 14b 32b",
              "upgrade", "compare --add-gpu RTX3090",
              "plan", "plan 32b",
              "plan-by-size", "plan"));

  /// The pictures that have nothing drawn, or no table.
  private static final String EMPTY_PICTURES =
      """
      [...document.querySelectorAll("figure")].filter((figure) => {
        const canvas = figure.querySelector("canvas");
        const chart = Chart.getChart(canvas);
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const colors = new Set();
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 3] === 255) colors.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
        }
        return chart.marks.length === 0 || colors.size < 3
          || figure.querySelectorAll("tbody tr").length < chart.marks.length;
      }).map((figure) => figure.querySelector("figcaption").textContent).join(", ")
      """;

  private Optional<Browser> started = Optional.empty();

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  void start(@TempDir Path profile) throws IOException {
    Optional<Path> program = Browser.program();
    if (program.isPresent()) {
      started = Optional.of(Browser.start(program.get(), profile));
    }
  }

  @AfterAll
  void stop() {
    started.ifPresent(Browser::close);
  }

  private Browser browser() {
    assumeTrue(started.isPresent(), "there is no Chromium here");
    return started.orElseThrow();
  }

  private Browser open(String name, String page) throws IOException {
    Browser browser = browser();
    browser.resize(1440, 900);
    browser.medium("", "light");
    browser.open(Files.writeString(folder.resolve(name + ".html"), page));
    return browser;
  }

  private Browser open(String name) throws IOException {
    String question = Optional.ofNullable(QUESTIONS.get(name)).orElseThrow();
    return open(name, Pages.of(question.split(" ")));
  }

  private Browser openFleet(int machines) throws IOException {
    return open("fleet", Pages.fleet(folder, machines));
  }

  private static void assertSound(Browser browser, String name) {
    assertEquals(List.of(), browser.complaints(), name);
    assertEquals(1, browser.requests().size(), "more than the page itself: " + browser.requests());
    assertEquals("", browser.text(EMPTY_PICTURES), name + " has a picture without marks or table");
    assertFalse(
        browser.text("document.body.innerText").matches("(?s).*(undefined|NaN|\\[object).*"));
  }

  private static void assertNothingOverflows(Browser browser, int width) {
    browser.resize(width, 900);
    browser.await("innerWidth === " + width);
    assertEquals(
        width, browser.number("document.documentElement.scrollWidth"), "the page is wider");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recommend",
        "nothing-fits",
        "check",
        "compare",
        "upgrade",
        "plan",
        "plan-by-size"
      })
  void aPageIsWholeInEitherLanguageAndOnAnyScreen(String name) throws IOException {
    Browser browser = open(name);
    assertSound(browser, name);
    assertNothingOverflows(browser, 320);
    browser.value("scrollTo(0, document.querySelector('figure, h1').offsetTop - 60)");
    browser.shoot(SCREENSHOTS.resolve(name + "-320.png"));
    assertNothingOverflows(browser, 1440);
    browser.shootAll(SCREENSHOTS.resolve(name + ".png"));
    String english = browser.text("document.querySelector('h1').textContent");
    int pictures = browser.number("document.querySelectorAll('figure').length");
    browser.value("document.querySelector('#languages button[aria-pressed=false]').click()");
    assertEquals("zh-Hans", browser.text("document.documentElement.lang"));
    String chinese = browser.text("document.querySelector('h1').textContent");
    assertNotEquals(english, chinese);
    assertTrue(
        chinese
            .codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN),
        chinese);
    assertEquals(pictures, browser.number("document.querySelectorAll('figure').length"));
    assertSound(browser, name);
    assertNothingOverflows(browser, 320);
    assertNothingOverflows(browser, 1440);
    browser.shootAll(SCREENSHOTS.resolve(name + "-zh.png"));
    browser.medium("", "dark");
    browser.shootAll(SCREENSHOTS.resolve(name + "-dark.png"));
  }

  @Test
  void aCommandIsCopied() throws IOException {
    Browser browser = open("recommend");
    browser.send(
        "Browser.grantPermissions",
        JsonValue.object()
            .put(
                "permissions",
                JsonValue.texts(List.of("clipboardReadWrite", "clipboardSanitizedWrite"))));
    browser.send("Emulation.setFocusEmulationEnabled", JsonValue.object().put("enabled", true));
    browser.value("document.querySelector('.command button').click()");
    browser.await("document.querySelector('.command button').textContent === 'Copied'");
    assertEquals(
        new JsonValue.Text(browser.text("document.querySelector('.command code').textContent")),
        browser.value("navigator.clipboard.readText()"));
    assertSound(browser, "after copying");
  }

  @Test
  void theKeysGoFromMarkToMarkAndTellTheFigures() throws IOException {
    Browser browser = open("recommend");
    browser.send("Emulation.setFocusEmulationEnabled", JsonValue.object().put("enabled", true));
    browser.press("Tab");
    browser.value("document.querySelector('.plot').focus()");
    String told = "document.querySelector('[aria-live]:not(button)').textContent";
    String first = browser.text(told);
    assertTrue(first.startsWith("14b; 26–40 tokens/s; quality 67"), first);
    browser.press("ArrowRight");
    assertNotEquals(first, browser.text(told));
    browser.press("Escape");
    assertEquals("", browser.text(told));
  }

  @Test
  void paperShowsEveryTableAndNoButton() throws IOException {
    Browser browser = open("recommend");
    browser.medium("print", "light");
    browser.await("[...document.querySelectorAll('figure details')].every((one) => one.open)");
    assertEquals(
        0,
        browser.number(
            "[...document.querySelectorAll('button, select')].filter((one) =>"
                + " one.offsetParent !== null && !one.closest('thead')).length"));
    assertSound(browser, "print");
    browser.resize(794, 1123); // A4 at 96 dots per inch
    browser.shootAll(SCREENSHOTS.resolve("recommend-print.png"));
    assertTrue(
        browser.send("Page.printToPDF", JsonValue.object()).textAt("data").orElseThrow().length()
            > 20_000);
    browser.medium("", "light");
    browser.await("[...document.querySelectorAll('figure details')].every((one) => !one.open)");
  }

  private static List<String> column(Browser browser, int column) {
    String cells =
        browser.text(
            "[...document.querySelectorAll('#fleet tbody tr')].map((row) => row.children["
                + column
                + "].textContent).join('|')");
    return List.of(cells.split("\\|"));
  }

  private static void choose(Browser browser, int select, String value) {
    browser.value(
        "(() => { const select = document.querySelectorAll('.filters select')["
            + select
            + "]; select.value = '"
            + value
            + "'; select.dispatchEvent(new Event('change')); })()");
  }

  @Test
  void aFleetIsFilteredSortedAndOpened() throws IOException {
    Browser browser = openFleet(50);
    assertSound(browser, "fleet");
    assertEquals(50, column(browser, 0).size());
    choose(browser, 0, "not-met");
    List<String> missed = column(browser, 1);
    assertTrue(missed.size() > 1 && missed.size() < 50, missed.toString());
    assertTrue(missed.stream().allMatch("not met"::equals), missed.toString());
    choose(browser, 0, "");
    choose(browser, 1, "require[2]");
    assertTrue(column(browser, 0).size() < 50);
    choose(browser, 1, "");
    browser.value(
        "(() => { const field = document.querySelector('input[type=search]'); field.value = 'h100';"
            + " field.dispatchEvent(new Event('input')); })()");
    List<String> found = column(browser, 2);
    assertTrue(found.stream().allMatch(gpu -> gpu.contains("H100")), found.toString());
    browser.value(
        "(() => { const field = document.querySelector('input[type=search]'); field.value = '';"
            + " field.dispatchEvent(new Event('input')); })()");
    browser.value("document.querySelectorAll('#fleet thead button')[4].click()");
    var sizes = new ArrayList<Double>();
    column(browser, 4).forEach(size -> sizes.add(Double.parseDouble(size)));
    var sorted = new ArrayList<>(sizes);
    sorted.sort(Comparator.reverseOrder());
    assertEquals(sorted, sizes);
    assertEquals("descending", browser.text("document.querySelectorAll('#fleet th')[4].ariaSort"));
    browser.value("document.querySelector('#fleet .machine').click()");
    assertEquals(5, browser.number("document.querySelectorAll('.findings li').length"));
    assertEquals("true", browser.text("document.querySelector('.machine').ariaExpanded"));
    browser.shootAll(SCREENSHOTS.resolve("fleet.png"));
    assertNothingOverflows(browser, 320);
    browser.shoot(SCREENSHOTS.resolve("fleet-320.png"));
    browser.resize(1440, 900);
    browser.value("document.querySelector('#languages button[aria-pressed=false]').click()");
    assertSound(browser, "fleet in Chinese");
    browser.medium("", "dark");
    browser.shootAll(SCREENSHOTS.resolve("fleet-zh-dark.png"));
  }

  @Test
  void tenThousandMachinesKeepAShortTable() throws IOException {
    Browser browser = openFleet(10_000);
    assertSound(browser, "ten thousand");
    assertEquals(100, column(browser, 0).size());
    choose(browser, 2, "32b");
    assertEquals(100, column(browser, 0).size());
    browser.value("document.querySelectorAll('#fleet thead button')[3].click()");
    assertEquals(100, column(browser, 0).size());
    browser.value("document.querySelector('#page > section:last-child > .button').click()");
    assertEquals(200, column(browser, 0).size());
  }

  @Test
  void whatIsWrittenAndWhatIsShownIsValidHtml() throws Exception {
    var files = new ArrayList<Path>();
    for (String name : QUESTIONS.keySet()) {
      Browser browser = open(name);
      files.add(folder.resolve(name + ".html"));
      files.add(shown(browser, name));
    }
    Browser browser = openFleet(50);
    browser.value("document.querySelector('#fleet .machine').click()");
    files.add(folder.resolve("fleet.html"));
    files.add(shown(browser, "fleet"));
    assertEquals(List.of(), faults(files));
  }

  /// What the script has made of a page, without the script.
  private Path shown(Browser browser, String name) throws IOException {
    String markup =
        browser.text(
            "(() => { const copy = document.documentElement.cloneNode(true);"
                + " copy.querySelectorAll('script, style, meta[http-equiv]').forEach((one) =>"
                + " one.remove()); return '<!doctype html>' + copy.outerHTML; })()");
    // sizes that Chart.js sets; the page itself has none
    return Files.writeString(
        folder.resolve(name + "-shown.html"), markup.replaceAll(" style=\"[^\"]*\"", ""));
  }

  /// What the Nu Html Checker says, run as the program that it is.
  private List<String> faults(List<Path> files) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("nu.validator.client.SimpleCommandLineValidator", "--errors-only"));
    command.addAll(List.of("--stdout", "--format", "json"));
    files.forEach(file -> command.add(file.toString()));
    Path out = folder.resolve("faults.json");
    Path err = folder.resolve("faults.txt");
    new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start()
        .waitFor();
    String said = Files.readString(out);
    assertTrue(said.startsWith("{"), Files.readString(err));
    var faults = new ArrayList<String>();
    for (JsonValue message :
        JsonReader.read("vnu", said).member("messages").orElseThrow().items()) {
      faults.add(
          message.textAt("url").orElse("").replaceAll(".*/", "")
              + ": "
              + message.textAt("message").orElse("")
              + " "
              + message.textAt("extract").orElse(""));
    }
    return faults;
  }
}
