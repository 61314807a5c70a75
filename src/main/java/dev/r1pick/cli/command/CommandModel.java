package dev.r1pick.cli.command;

import dev.r1pick.cli.option.Option;
import dev.r1pick.report.words.Messages;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
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

  /// What the option means for this command, else for all.
  public static String description(Command command, Option option, Messages messages) {
    String name = option.names().getFirst().substring(2);
    return messages
        .find("cli.option." + command.name() + "." + name)
        .orElseGet(() -> messages.text("cli.option." + name));
  }

  /// What stands for a value, in the language of the reader: `FILE`, `KIND=FILE`.
  public static String label(String label, Messages messages) {
    int equals = label.indexOf('=');
    return equals < 0
        ? messages.find("cli.label." + label).orElse(label)
        : label(label.substring(0, equals), messages)
            + "="
            + label(label.substring(equals + 1), messages);
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
