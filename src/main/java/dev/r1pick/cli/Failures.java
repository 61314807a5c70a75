package dev.r1pick.cli;

import dev.r1pick.cli.command.PullCommand;
import dev.r1pick.cli.config.Defaults;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.Console;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.console.Names;
import dev.r1pick.cli.option.ScreenOptions;
import dev.r1pick.hardware.record.Redaction;
import dev.r1pick.host.LocalHost;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.json.ErrorJson;
import dev.r1pick.report.shell.AdviceScript;
import dev.r1pick.report.shell.EvaluatedShell;
import dev.r1pick.report.shell.Shell;
import dev.r1pick.report.words.ErrorWording;
import dev.r1pick.report.words.JsonWording;
import dev.r1pick.report.words.Messages;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The end of a run that has no answer: one sentence for people on standard error, and on standard
/// output what its reader can tell from an answer: one JSON object where JSON was asked for, lines
/// that withdraw old variables where a shell reads, else nothing.
final class Failures {
  private final List<String> args;
  private final List<String> commands;
  private final Console console;
  private final LocalHost host;
  private final Messages messages;
  private final Messages documents;

  /// Failures of one run.
  ///
  /// @param args as typed: a command line that cannot be read can still say which format it wants
  /// @param commands the names of all commands
  Failures(
      List<String> args,
      List<String> commands,
      Console console,
      LocalHost host,
      ScreenOptions screen) {
    this.args = args;
    this.commands = commands;
    this.console = console;
    this.host = host;
    this.messages = screen.screen();
    this.documents = screen.documents();
  }

  /// Something given cannot be worked with.
  ExitCode refuse(CliFailure failure) {
    return end(failure.error());
  }

  /// A file is not what it should be.
  ExitCode refuse(InvalidJson invalid) {
    String problem = problem(invalid);
    return end(
        invalid.path().equals("$")
            ? new CliError.File(invalid.file(), problem)
            : new CliError.FileAt(invalid.file(), invalid.path(), problem));
  }

  private String problem(InvalidJson invalid) {
    if (invalid.problem() == InvalidJson.Problem.UNKNOWN) {
      String field = invalid.path().substring(invalid.path().lastIndexOf('.') + 1);
      List<String> near = Names.nearest(field, JsonWording.names(invalid));
      if (!near.isEmpty()) {
        return messages.text("cli.json.UNKNOWN-near", near.getFirst(), JsonWording.names(invalid));
      }
    }
    return JsonWording.problem(invalid, messages);
  }

  /// Standard output takes nothing, so there is nothing to be written to it.
  ExitCode unwritten(Console.NotWritten unwritten) {
    var error = new CliError.Output(unwritten.reason());
    console.remark("r1pick: " + ErrorWording.sentence(messages, error.key(), error).sentence());
    return error.exitCode();
  }

  /// A fault of r1pick itself, or of its installation.
  ExitCode bug(Throwable bug, String version) {
    try {
      StackTraceElement[] frames = bug.getStackTrace();
      String where = frames.length == 0 ? "" : frames[0].toString();
      return end(new CliError.Fault(version, bug.toString(), where));
    } catch (RuntimeException | Error _) {
      // an installation that lacks its sentences still has an exit code
      console.remark("r1pick: " + bug);
      return ExitCode.BUG;
    } finally {
      if (host.environment("R1PICK_DEBUG").filter(value -> !value.isBlank()).isPresent()) {
        var trace = new StringWriter();
        bug.printStackTrace(new PrintWriter(trace, true));
        console.remark(trace.toString());
      }
    }
  }

  private ExitCode end(CliError error) {
    Messages.Parts said = ErrorWording.sentence(messages, error.key(), error);
    console.remark("r1pick: " + said.sentence());
    try {
      console.answer(standIn(error));
    } catch (Console.NotWritten _) {
      // it takes no answer either; the sentence is said
    }
    return error.exitCode();
  }

  private String standIn(CliError error) {
    String format = format();
    int code = error.exitCode().code();
    if (format.equals("json")) {
      Messages.Parts said = ErrorWording.sentence(documents, error.key(), error);
      JsonValue told = ErrorJson.error(error.code(), passedOn(said), code);
      return command().equals(Optional.of(PullCommand.NAME))
          ? ErrorJson.line(command(), told)
          : ErrorJson.document(command(), told);
    }
    Optional<Shell> shell = args.contains("recommend") ? Shell.ofFormat(format) : Optional.empty();
    return shell.isEmpty()
        ? ""
        : AdviceScript.noAnswer(shell.get(), code, new EvaluatedShell(host));
  }

  /// JSON is made to be passed on, so it tells nothing of the owner.
  private Messages.Parts passedOn(Messages.Parts said) {
    var redaction = new Redaction(host);
    return new Messages.Parts(
        redaction.sentence(said.sentence()),
        redaction.sentence(said.message()),
        said.hint().map(redaction::sentence));
  }

  private Optional<String> command() {
    for (String word : args) {
      if (commands.contains(word)) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  /// What was asked for, as far as that can be told without reading the command line as a whole.
  private String format() {
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      if (word.startsWith("--format=")) {
        return word.substring("--format=".length()).toLowerCase(Locale.ROOT);
      }
      if (word.equals("--format")) {
        return i + 1 < args.size() ? args.get(i + 1).toLowerCase(Locale.ROOT) : "";
      }
    }
    return !args.contains("-q") && !args.contains("--quiet") && isJsonTheDefault() ? "json" : "";
  }

  private boolean isJsonTheDefault() {
    try {
      return Defaults.of(host).find("--format").filter(f -> isJson(f.value())).isPresent();
    } catch (RuntimeException _) {
      return isJsonTheDefaultOfTheEnvironment();
    }
  }

  /// For a configuration file that cannot be read.
  private boolean isJsonTheDefaultOfTheEnvironment() {
    try {
      return host.environment(Defaults.variable("--format")).filter(Failures::isJson).isPresent();
    } catch (RuntimeException _) {
      return false;
    }
  }

  private static boolean isJson(String format) {
    return format.strip().equalsIgnoreCase("json");
  }
}
