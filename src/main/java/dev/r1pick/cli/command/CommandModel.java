package dev.r1pick.cli.command;

import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Option;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The commands as picocli sees them, built without annotations: reflection over them would cost
/// more at each start than the answer itself (docs/decisions/0001).
public final class CommandModel {
  private CommandModel() {}

  /// The root command with these commands below it, without a word of help, for parsing.
  public static CommandLine parser(List<Command> commands) {
    CommandSpec root = root(_ -> "");
    for (Command command : commands) {
      CommandSpec spec = CommandSpec.create().name(command.name());
      command.allOptions().forEach(option -> spec.addOption(option(option, "")));
      addWordAndHelp(command, spec, _ -> "");
      root.addSubcommand(command.name(), spec);
    }
    return commandLine(root);
  }

  /// All commands with their options under headings, for the help. Not for parsing: in a group
  /// picocli takes an option that is given twice for a second group.
  public static CommandLine help(List<Command> commands, Messages messages) {
    CommandSpec root = root(messages::text);
    root.usageMessage()
        .synopsisHeading(messages.text("cli.heading.usage"))
        .description(messages.text("cli.description"))
        .synopsisSubcommandLabel("COMMAND")
        .commandListHeading("%n" + messages.text("cli.heading.commands") + "%n")
        .optionListHeading("%n" + messages.text("cli.heading.options") + "%n")
        .exitCodeListHeading("%n" + messages.text("cli.heading.exit-codes") + "%n")
        .exitCodeList(exitCodes(messages))
        .footerHeading("%n" + messages.text("cli.heading.examples") + "%n")
        .footer(footer(messages).split("\n"));
    for (Command command : commands) {
      CommandSpec spec = CommandSpec.create().name(command.name());
      addGroups(command, messages, spec);
      addWordAndHelp(command, spec, messages::text);
      spec.usageMessage()
          .synopsisHeading(messages.text("cli.heading.usage"))
          .description(messages.text("cli.command." + command.name()))
          .sortOptions(false)
          .abbreviateSynopsis(true);
      root.addSubcommand(command.name(), spec);
    }
    return commandLine(root);
  }

  private static CommandSpec root(UnaryOperator<String> words) {
    CommandSpec root = CommandSpec.create().name("r1pick");
    root.addOption(switchOption("cli.option.help", words, "-h", "--help").usageHelp(true).build());
    root.addOption(
        switchOption("cli.option.version", words, "-V", "--version").versionHelp(true).build());
    return root;
  }

  private static CommandLine commandLine(CommandSpec root) {
    return new CommandLine(root)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setExpandAtFiles(false) // "@x" is a value like any other
        .setOverwrittenOptionsAllowed(false)
        .setAbbreviatedOptionsAllowed(false);
  }

  private static String footer(Messages messages) {
    return messages.text("cli.examples")
        + "\n\n"
        + messages.text("cli.heading.defaults")
        + "\n"
        + messages.text("cli.defaults");
  }

  private static Map<String, String> exitCodes(Messages messages) {
    var lines = new LinkedHashMap<String, String>();
    for (ExitCode code : ExitCode.values()) {
      lines.put(String.valueOf(code.code()), messages.text("cli.exit." + code.code()));
    }
    return lines;
  }

  private static void addWordAndHelp(
      Command command, CommandSpec spec, UnaryOperator<String> words) {
    command
        .word()
        .ifPresent(
            label ->
                spec.addPositional(
                    PositionalParamSpec.builder()
                        .paramLabel(label)
                        .index(command.takesManyWords() ? "0..*" : "0")
                        .arity(command.takesManyWords() ? "0..*" : "0..1")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .description(words.apply("cli.word." + command.name()))
                        .build()));
    spec.addOption(switchOption("cli.option.help", words, "-h", "--help").usageHelp(true).build());
  }

  private static void addGroups(Command command, Messages messages, CommandSpec spec) {
    var groups = new EnumMap<Option.Group, List<OptionSpec>>(Option.Group.class);
    for (Option option : command.allOptions()) {
      groups
          .computeIfAbsent(option.group(), _ -> new ArrayList<>())
          .add(option(option, description(command, option, messages)));
    }
    groups.forEach(
        (group, options) -> {
          var builder =
              ArgGroupSpec.builder()
                  .validate(false)
                  .exclusive(false)
                  .heading("%n" + messages.text("cli.heading." + group.key()) + "%n")
                  .order(spec.argGroups().size());
          options.forEach(builder::addArg);
          spec.addArgGroup(builder.build());
        });
  }

  /// What the option means for this command, else for all.
  public static String description(Command command, Option option, Messages messages) {
    String name = option.names().getFirst().substring(2);
    return messages
        .find("cli.option." + command.name() + "." + name)
        .orElseGet(() -> messages.text("cli.option." + name));
  }

  private static OptionSpec option(Option option, String description) {
    var builder =
        OptionSpec.builder(option.names().toArray(String[]::new)).description(description);
    if (option.label().isEmpty()) {
      builder.arity("0").type(boolean.class);
    } else if (option.repeatable()) {
      builder.arity("1").type(List.class).auxiliaryTypes(String.class).paramLabel(option.label());
    } else {
      builder.arity("1").type(String.class).paramLabel(option.label());
    }
    return builder.build();
  }

  private static OptionSpec.Builder switchOption(
      String key, UnaryOperator<String> words, String... names) {
    return OptionSpec.builder(names).arity("0").type(boolean.class).description(words.apply(key));
  }
}
