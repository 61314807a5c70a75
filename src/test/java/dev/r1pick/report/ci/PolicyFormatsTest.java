package dev.r1pick.report.ci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.json.JsonReader;
import dev.r1pick.report.json.Schemas;
import dev.r1pick.text.Escaping;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// What CI servers read: every format follows its schema, and nothing in a name breaks out of it.
class PolicyFormatsTest {
  private static final String POLICY =
      """
      require:
        - {use_case: coding, min_size: 14b, context: 16k, min_speed: 15, why: "100% | <sure>"}
        - {tag: "deepseek-r1:8b", placement: gpu}
        - {ram: 32GiB}
        - {disk_free: 50GiB}
        - {ollama: ">=0.30"}
      forbid: [{license: llama}]
      warn: [{vram: 16GB}, {license: apache}]
      """;

  /// A name as somebody would choose it who wants to get out of a cell, an element or a line.
  private static final String EVIL =
      "=cmd|' /C calc'!A1 <b>&\\\"\\u0007\\u202E\\n::error::x, y | z";

  @TempDir Path folder;

  private String policy(String text) throws IOException {
    return Files.writeString(folder.resolve("p.yml"), text).toString();
  }

  private Run check(String machine, String format) throws IOException {
    return Run.on(machine, "check", "--policy", policy(POLICY), "--format", format);
  }

  /// A machine whose GPU and processor have that name.
  private String evilMachine() throws IOException {
    String document =
        Run.on("nvidia-rtx3060-linux", "hardware", "--format", "json")
            .out()
            .replace("NVIDIA GeForce RTX 3060", EVIL);
    return Files.writeString(folder.resolve("evil.json"), document).toString();
  }

  private Run evil(String format) throws IOException {
    return Run.on(
        "nvidia-rtx3060-linux",
        "check",
        "--policy",
        policy("require: [{tag: 8b, placement: gpu}, {tag: 14b, context: 128k}]"),
        "--machine",
        evilMachine(),
        "--format",
        format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nvidia-rtx3060-linux",
        "nvidia-nvml-mismatch",
        "ci-linux-runner-no-gpu",
        "apple-m3-16gb-metal",
        "windows-lunarlake-arc-130v"
      })
  void everyFormatFollowsItsSchema(String machine) throws Exception {
    assertEquals(List.of(), Schemas.closed().faults("policy-check", check(machine, "json").out()));
    assertEquals(List.of(), sarifFaults(check(machine, "sarif").out()));
    validJunit(check(machine, "junit").out());
  }

  private static List<String> sarifFaults(String text) throws IOException {
    try (InputStream stream =
        Objects.requireNonNull(
            PolicyFormatsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
              .getSchema(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      return schema.validate(text, InputFormat.JSON).stream()
          .map(fault -> fault.getInstanceLocation() + ": " + fault.getMessage())
          .toList();
    }
  }

  /// Each suite follows the schema of Surefire's reports; around them stands what JUnit's own
  /// reports have there.
  private static List<Element> validJunit(String text) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    assertEquals("testsuites", document.getDocumentElement().getTagName());
    Validator validator =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(Path.of("src/test/resources/schema/surefire-test-report.xsd").toFile())
            .newValidator();
    var suites = new ArrayList<Element>();
    var nodes = document.getElementsByTagName("testsuite");
    for (int i = 0; i < nodes.getLength(); i++) {
      validator.validate(new DOMSource(nodes.item(i)));
      suites.add((Element) nodes.item(i));
    }
    assertFalse(suites.isEmpty());
    return suites;
  }

  @Test
  void junitCountsWhatEachServerCounts() throws Exception {
    Element suite = validJunit(check("nvidia-rtx3060-linux", "junit").out()).getFirst();
    assertEquals("8", suite.getAttribute("tests"));
    assertEquals("1", suite.getAttribute("failures"), "Ollama");
    assertEquals("1", suite.getAttribute("errors"), "disk not known");
    assertEquals("2", suite.getAttribute("skipped"), "a warning");
    assertEquals(1, suite.getElementsByTagName("failure").getLength());
  }

  @Test
  void sarifPointsAtTheLineOfThePolicy() throws IOException {
    Files.createDirectory(folder.resolve(".git"));
    String out = check("nvidia-rtx3060-linux", "sarif").out();
    var results = JsonReader.read("s", out).member("runs").orElseThrow().items().getFirst();
    var fifth = results.member("results").orElseThrow().items().get(4);
    assertEquals("error", fifth.textAt("level").orElseThrow());
    assertTrue(out.replace(" ", "").contains("\"startLine\":6"), out);
    assertEquals(
        List.of("pass", "pass", "pass", "open", "fail", "pass", "fail", "fail"),
        results.member("results").orElseThrow().items().stream()
            .map(result -> result.textAt("kind").orElseThrow())
            .toList());
  }

  @Test
  void githubGetsAnnotationsAndASummary() throws IOException {
    Files.createDirectory(folder.resolve(".git"));
    Run run = check("nvidia-rtx3060-linux", "github");
    List<String> lines = run.out().lines().toList();
    assertEquals(5, lines.size(), run.out());
    assertTrue(lines.get(0).startsWith("::error file=p.yml,line="), run.out());
    assertTrue(lines.get(1).contains(",line=6,col=5,title=not met%3A Ollama >=0.30.0::"));
    assertTrue(lines.get(2).startsWith("::warning file="), run.out());
    assertEquals(ExitCode.NOTHING_FITS, run.code());
  }

  @Test
  void noNameBreaksOutOfItsCellElementOrLine() throws Exception {
    String github = evil("github").out();
    assertEquals(0, github.lines().filter(line -> line.startsWith("::error::x")).count(), github);
    String markdown = evil("markdown").out();
    long cells = markdown.lines().filter(line -> line.startsWith("| ")).count();
    assertEquals(3, cells, markdown);
    assertTrue(markdown.contains("&lt;b&gt;"), markdown);
    assertTrue(markdown.contains("\\| z"), markdown);
    validJunit(evil("junit").out());
    for (String format : List.of("text", "junit", "markdown", "csv", "github")) {
      String out = evil(format).out();
      assertFalse(out.contains("\u0007") || out.contains("\u202E"), format + out);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "=1+1;'=1+1",
        "+cmd;'+cmd",
        "-cmd;'-cmd",
        "@sum;'@sum",
        "a,b;\"a,b\"",
        "say \"x\";\"say \"\"x\"\"\"",
        "-12.5;-12.5",
        "plain;plain"
      })
  void aFieldOfCsvIsNeverAFormula(String text, String field) {
    assertEquals(field, Escaping.csv(text));
  }

  @Test
  void reportsAreFilesBesideTheAnswer() throws Exception {
    Path junit = folder.resolve("r.xml");
    Path csv = folder.resolve("r.csv");
    Files.writeString(junit, "old");
    Run run =
        Run.on(
            "nvidia-rtx3060-linux",
            "check",
            "--policy",
            policy(POLICY),
            "--report",
            "junit=" + junit,
            "--report",
            "csv=" + csv);
    assertEquals(ExitCode.NOTHING_FITS, run.code());
    assertTrue(run.out().contains("of 8 rules met"), run.out());
    validJunit(Files.readString(junit));
    assertEquals(9, Files.readAllLines(csv).size());
    try (var files = Files.list(folder)) {
      assertEquals(0, files.filter(f -> f.toString().endsWith(".part")).count());
    }
  }

  @ParameterizedTest
  @CsvSource({"missing/r.xml, no such folder", "., is a folder"})
  void aReportThatCannotBeWrittenIsOneLineAndExitFive(String file, String words)
      throws IOException {
    Run run =
        Run.on(
            "nvidia-rtx3060-linux",
            "check",
            "--policy",
            policy(POLICY),
            "--report",
            "junit=" + folder.resolve(file).normalize());
    assertEquals(ExitCode.DISK, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("cannot be written: "), run.err());
    assertTrue(run.err().contains(words), run.err());
    assertTrue(run.out().contains("rules met"), "the answer is given all the same");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "require: [{ram: 32GiB}]                     |       | OK",
        "require: [{ram: 64GiB}]                     |       | NOTHING_FITS",
        "require: [{ram: 64GiB}]                     | never | OK",
        "require: [{disk_free: 1GB}]                 |       | HARDWARE_UNKNOWN",
        "warn: [{ram: 64GiB}]                        |       | OK",
        "warn: [{ram: 64GiB}]                        | error | OK",
        "warn: [{ram: 64GiB}]                        | warn  | NOTHING_FITS",
        "warn: [{disk_free: 1GB}]                    | warn  | HARDWARE_UNKNOWN",
        "require: [{rum: 64GiB}]                     |       | USAGE",
        "require: [{rum: 64GiB}]                     | never | USAGE",
      })
  void theExitCodeSaysHowItWent(String policy, String failOn, ExitCode code) throws IOException {
    var args = new ArrayList<>(List.of("check", "--policy", policy(policy)));
    if (failOn != null) {
      args.addAll(List.of("--fail-on", failOn));
    }
    Run run = Run.on("nvidia-rtx3060-linux", args.toArray(String[]::new));
    assertEquals(code, run.code(), run.out() + run.err());
    assertEquals(code == ExitCode.USAGE ? 1 : 0, run.err().lines().count(), run.err());
    if (code == ExitCode.USAGE) {
      assertTrue(run.err().contains("p.yml:1:12: there is no key \"rum\" here. Did you mean ram?"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check                                     | there is no policy here",
        "check 8b --policy p.yml                   | cannot go together",
        "check --policy none.yml                   | --policy \"none.yml\" does not exist",
        "check 8b --report junit                   | does not have the form KIND=FILE",
        "check 8b --report tap=x                   | does not have the form KIND=FILE",
        "check 8b --fail-on panic --format csv     | is unknown; write one of error, warn, never",
        "check 8b --format sarif --machines -      | not as sarif",
        "check 8b --machines - --gpu RTX4090       | drop --gpu",
      })
  void whatCannotBeMeantIsRefusedInOneSentence(String line, String sentence) {
    Run run = Run.on("nvidia-rtx3060-linux", line.strip().split(" +"));
    assertEquals(ExitCode.USAGE, run.code(), run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(sentence), run.err());
  }

  @Test
  void aTagIsAPolicyOfOneRuleWhereCiAsks() throws Exception {
    Run fits = Run.on("nvidia-rtx3060-linux", "check", "8b", "--format", "junit");
    assertEquals(ExitCode.OK, fits.code());
    assertEquals("0", validJunit(fits.out()).getFirst().getAttribute("failures"));
    Run not = Run.on("nvidia-rtx3060-linux", "check", "32b", "--format", "github");
    assertEquals(ExitCode.NOTHING_FITS, not.code());
    assertTrue(not.out().startsWith("::error "), not.out());
    assertEquals(
        ExitCode.OK,
        Run.on("nvidia-rtx3060-linux", "check", "32b", "--allow", "partial", "--format", "csv")
            .code());
  }
}
