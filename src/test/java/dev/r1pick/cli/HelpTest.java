package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.cli.command.Command;
import dev.r1pick.cli.command.HelpText;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Option;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Messages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The helps, as somebody reads them who has never used the program.
class HelpTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  static List<Command> commands() {
    return R1Pick.commands();
  }

  @ParameterizedTest
  @CsvSource({"en, 40", "en, 80", "en, 140", "zh, 40", "zh, 80"})
  void noLineIsWiderThanTheTerminal(String language, int columns) {
    Messages messages = Messages.in(Locale.of(language));
    var style = new Style(columns, false, StandardCharsets.UTF_8);
    var helps = new ArrayList<String>();
    helps.add(new HelpText(messages, style).program(commands()));
    helps.add(new HelpText(messages, style).start());
    commands().forEach(command -> helps.add(new HelpText(messages, style).command(command)));
    var wide = new ArrayList<String>();
    for (String help : helps) {
      help.lines()
          .filter(line -> Table.width(line) > columns && !line.strip().startsWith("r1pick "))
          .forEach(wide::add);
    }
    assertEquals(List.of(), wide);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theHelpBeginsWithExamplesThatWorkAndNamesEveryOption(Command command) {
    String help = Run.on(MACHINE, command.name(), "--help").out();
    assertTrue(help.indexOf("Examples:") < help.indexOf("Usage: "), help);
    for (Option option : command.allOptions()) {
      assertTrue(help.contains(option.name()), option.name());
    }
    for (String example : command.examples()) {
      assertTrue(help.contains("  " + example + "\n"), example);
      List<String> words = words(example);
      Run run = Run.on(MACHINE, words.subList(1, words.size()).toArray(String[]::new));
      assertFalse(List.of(ExitCode.USAGE, ExitCode.BUG).contains(run.code()), example + run.err());
    }
  }

  private static List<String> words(String line) {
    var words = new ArrayList<String>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aChineseHelpIsChineseAndNamesAPageThatIsThere(Command command) {
    String help = Run.in(Locale.CHINESE, MACHINE, command.name(), "--help").out();
    assertFalse(help.contains("OPTIONS") || help.contains("=FILE"), help);
    assertTrue(help.contains("用法：r1pick " + command.name()), help);
    for (String language : List.of("en", "zh")) {
      String page = Messages.in(Locale.of(language)).text("cli.page." + command.name());
      assertTrue(Files.exists(Path.of(page)), page);
    }
  }

  @Test
  void theLanguageAloneIsNoCommand() {
    Run run = Run.on(MACHINE, "--lang", "zh");
    assertEquals(ExitCode.OK, run.code());
    assertTrue(run.out().contains("所有命令"), run.out());
  }

  @Test
  void theProgramAloneShowsWhatToBeginWith() {
    Run run = Run.on(MACHINE);
    assertEquals(ExitCode.OK, run.code());
    assertTrue(run.out().lines().count() < 10, run.out());
    for (String start : List.of("r1pick recommend", "r1pick check", "r1pick explain", "--help")) {
      assertTrue(run.out().contains(start), run.out());
    }
  }

  @Test
  void theHelpListsAllUses() {
    String help = Run.on(MACHINE, "recommend", "--help").out().replaceAll("\\s+", " ");
    UseCaseReader.readDefault()
        .profiles()
        .forEach(use -> assertTrue(help.contains(use.id()), use.id()));
  }
}
