package dev.r1pick.cli;

import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.cli.command.BenchCommand;
import dev.r1pick.cli.command.CheckCommand;
import dev.r1pick.cli.command.Command;
import dev.r1pick.cli.command.CommandModel;
import dev.r1pick.cli.command.CompareCommand;
import dev.r1pick.cli.command.ConfigCommand;
import dev.r1pick.cli.command.DoctorCommand;
import dev.r1pick.cli.command.ExplainCommand;
import dev.r1pick.cli.command.HardwareCommand;
import dev.r1pick.cli.command.HelpText;
import dev.r1pick.cli.command.ListCommand;
import dev.r1pick.cli.command.NextCommand;
import dev.r1pick.cli.command.PlanCommand;
import dev.r1pick.cli.command.PullCommand;
import dev.r1pick.cli.command.RecommendCommand;
import dev.r1pick.cli.command.ShowCommand;
import dev.r1pick.cli.command.StatusCommand;
import dev.r1pick.cli.completion.CompletionCommand;
import dev.r1pick.cli.config.Defaults;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.Console;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.console.Names;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.ScreenOptions;
import dev.r1pick.cli.option.Session;
import dev.r1pick.host.FolderGone;
import dev.r1pick.host.LocalHost;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program as a function: arguments, console and host in, exit code out. What it reads, writes
/// and asks goes through these two.
public final class R1Pick {
  private final Console console;
  private final LocalHost host;
  private final ScreenOptions screen;
  private final Messages messages;
  private final String version;

  private R1Pick(Console console, LocalHost host, ScreenOptions screen, String version) {
    this.console = console;
    this.host = host;
    this.screen = screen;
    this.messages = screen.screen();
    this.version = version;
  }

  /// Runs one command.
  ///
  /// @param args as typed, without the program's name
  /// @param console where it writes
  /// @param host the machine it runs on, with the files of its user
  /// @param language what the system says of the reader's language
  /// @param version of r1pick, as `--version` prints it
  /// @return the exit code
  public static ExitCode run(
      List<String> args, Console console, LocalHost host, Locale language, String version) {
    ScreenOptions screen = ScreenOptions.of(args, host, language, console.style());
    return new R1Pick(console.with(screen.style()), host, screen, version).run(args);
  }

  private ExitCode run(List<String> args) {
    try {
      return dispatch(args);
    } catch (CliFailure failure) {
      return failures(args).refuse(failure);
    } catch (InvalidJson invalid) {
      return failures(args).refuse(invalid);
    } catch (FolderGone _) {
      return failures(args).refuse(new CliFailure(new CliError.NoWorkingDirectory()));
    } catch (Console.Unread _) {
      return ExitCode.INTERRUPTED;
    } catch (Console.NotWritten unwritten) {
      return failures(args).unwritten(unwritten);
    } catch (RuntimeException | Error bug) {
      if (console.out() instanceof FirstTry first && first.isUntouched()) {
        throw new FirstTry.Failed(bug);
      }
      // an Error too: a class that a damaged installation lacks must not end as exit code 1
      return failures(args).bug(bug, version);
    }
  }

  private Failures failures(List<String> args) {
    var names = new ArrayList<String>();
    for (Command command : commands()) {
      names.add(command.name());
    }
    return new Failures(args, names, console, host, screen);
  }

  private ExitCode dispatch(List<String> args) {
    List<Command> commands = commands();
    var line = new CommandLineWords(args, commands);
    if (line.wantsStart()) {
      console.answer(new HelpText(messages, console.style()).start());
      return ExitCode.OK;
    }
    if (line.wantsHelp()) {
      console.answer(usage(commands, line.helpOf()));
      return ExitCode.OK;
    }
    if (line.wantsVersion()) {
      console.answer("r1pick " + version + "\n");
      return ExitCode.OK;
    }
    ParseResult parsed = parse(commands, line.toParse());
    ParseResult chosen = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    if (chosen.isUsageHelpRequested() || !parsed.hasSubcommand()) {
      // an -h among other letters, or options without a command
      console.answer(usage(commands, line.command()));
      return ExitCode.OK;
    }
    for (Command command : commands) {
      if (command.name().equals(chosen.commandSpec().name())) {
        Defaults defaults = screen.read().orElseGet(() -> Defaults.of(host));
        var session =
            new Session(
                new Arguments(chosen, defaults),
                console,
                host,
                messages,
                screen.documents(),
                version);
        ScreenOptions.check(session.arguments());
        if (!command.name().equals(ConfigCommand.NAME)) {
          remarkUnknownVariables(session, commands, defaults);
        }
        return command.run(session);
      }
    }
    throw new IllegalStateException("no command " + chosen.commandSpec().name());
  }

  /// All commands, in the order of the help.
  public static List<Command> commands() {
    return List.of(
        new RecommendCommand(),
        new CheckCommand(),
        new PullCommand(),
        new NextCommand(),
        new StatusCommand(),
        new DoctorCommand(),
        new BenchCommand(),
        new HardwareCommand(),
        new PlanCommand(),
        new CompareCommand(),
        new ExplainCommand(),
        new ListCommand(),
        new ShowCommand(),
        new ConfigCommand(),
        new CompletionCommand(R1Pick::commands));
  }

  /// Of variables that look like ours only those that somebody may have meant to count: names near
  /// to one that does, and those of options that have no default.
  private static void remarkUnknownVariables(
      Session session, List<Command> commands, Defaults defaults) {
    for (Defaults.UnknownSetting unknown : defaults.strays()) {
      String option = Defaults.optionOf(unknown.name());
      boolean withoutDefault =
          commands.stream()
              .flatMap(command -> command.allOptions().stream())
              .anyMatch(known -> known.names().contains(option));
      if (withoutDefault) {
        session.remark("cli.variable-without-default", unknown.name(), option);
      } else if (!unknown.near().isEmpty()) {
        session.remark("cli.variable-unknown", unknown.name(), unknown.near());
      }
    }
  }

  private String usage(List<Command> commands, Optional<String> name) {
    var help = new HelpText(messages, console.style());
    for (Command command : commands) {
      if (name.equals(Optional.of(command.name()))) {
        return help.command(command);
      }
    }
    return help.program(commands);
  }

  /// Builds only commands that are named, since each costs time; an error about what is not known
  /// needs all of them.
  private static ParseResult parse(List<Command> commands, List<String> args) {
    var named = new ArrayList<Command>();
    for (Command command : commands) {
      if (args.contains(command.name())) {
        named.add(command);
      }
    }
    return parse(named, commands, args);
  }

  private static ParseResult parse(List<Command> built, List<Command> commands, List<String> args) {
    try {
      return CommandModel.parser(built).parseArgs(args.toArray(String[]::new));
    } catch (UnmatchedArgumentException e) {
      if (built.size() < commands.size()) {
        return parse(commands, commands, args);
      }
      throw unknown(e);
    } catch (MissingParameterException e) {
      throw new CliFailure(
          new CliError.OptionNeedsValue(
              Names.of(e.getMissing()), e.getCommandLine().getCommandName()));
    } catch (OverwrittenOptionException e) {
      throw new CliFailure(new CliError.Twice(Names.of(List.of(e.getOverwritten())).getFirst()));
    } catch (ParameterException e) {
      throw new CliFailure(new CliError.CommandLine(String.valueOf(e.getMessage())));
    }
  }

  private static CliFailure unknown(UnmatchedArgumentException e) {
    String given = e.getUnmatched().getFirst();
    String command = e.getCommandLine().getCommandName();
    List<String> known = Names.known(e.getCommandLine(), given.startsWith("-"));
    if (given.startsWith("-") && e.getCommandLine().getParent() == null) {
      for (var entry : e.getCommandLine().getSubcommands().entrySet()) {
        if (Names.known(entry.getValue(), true).contains(given)) {
          return new CliFailure(new CliError.OptionOfCommand(given, entry.getKey()));
        }
      }
    }
    List<String> near = Names.nearest(given, known);
    boolean isCommand = e.getCommandLine().getParent() == null;
    if (given.startsWith("-")) {
      return new CliFailure(
          near.isEmpty()
              ? new CliError.NoSuchOption(given, command)
              : new CliError.NoSuchOptionNear(given, command, near));
    }
    boolean takesTag = !e.getCommandLine().getCommandSpec().positionalParameters().isEmpty();
    if (near.isEmpty() && !takesTag && CatalogReader.readDefault().tag(given).isPresent()) {
      return new CliFailure(
          isCommand ? new CliError.TagAsCommand(given) : new CliError.TagAsWord(given));
    }
    if (!isCommand) {
      return new CliFailure(new CliError.WordTooMany(given, command));
    }
    return new CliFailure(
        near.isEmpty()
            ? new CliError.NoSuchCommand(given)
            : new CliError.NoSuchCommandNear(given, near));
  }
}
