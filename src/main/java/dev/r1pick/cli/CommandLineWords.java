package dev.r1pick.cli;

import dev.r1pick.cli.command.Command;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a command line asks for before its options are read: help and version win wherever they
/// stand, also behind an option that lacks its value.
final class CommandLineWords {
  private static final String END_OF_OPTIONS = "--";

  private final List<String> args;
  private final List<String> commands = new ArrayList<>();

  CommandLineWords(List<String> args, List<Command> commands) {
    this.args = args;
    commands.forEach(command -> this.commands.add(command.name()));
  }

  boolean wantsHelp() {
    return args.isEmpty() || isHelpWord() || has("--help", "-h");
  }

  /// Whether nothing is said but how the screen speaks and looks.
  boolean wantsStart() {
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      boolean joined = word.startsWith("--lang=") || word.startsWith("--color=");
      boolean parted = word.equals("--lang") || word.equals("--color");
      if (parted && i + 1 < args.size()) {
        i++;
      } else if (!joined) {
        return false;
      }
    }
    return true;
  }

  boolean wantsVersion() {
    return has("--version", "-V");
  }

  /// `help recommend` is `recommend --help`.
  private boolean isHelpWord() {
    return !args.isEmpty() && args.getFirst().equals("help");
  }

  private boolean has(String name, String letter) {
    for (String word : args) {
      if (word.equals(END_OF_OPTIONS)) {
        return false;
      }
      if (word.equals(name) || word.equals(letter)) {
        return true;
      }
    }
    return false;
  }

  /// The command whose help is wanted; empty: that of the program.
  ///
  /// @throws CliFailure if the word after `help` is no command
  Optional<String> helpOf() {
    if (!isHelpWord()) {
      return command();
    }
    for (String word : args.subList(1, args.size())) {
      if (commands.contains(word)) {
        return Optional.of(word);
      }
      if (!word.startsWith("-") && !word.equals("help")) {
        List<String> near = Names.nearest(word, commands);
        throw near.isEmpty()
            ? new CliFailure(new CliError.NoSuchCommand(word))
            : new CliFailure(new CliError.NoSuchCommandNear(word, near));
      }
    }
    return Optional.empty();
  }

  /// The first word that is a command.
  Optional<String> command() {
    for (String word : args) {
      if (commands.contains(word)) {
        return Optional.of(word);
      }
    }
    return Optional.empty();
  }

  /// Without an end of options before the command: there are none that it could end.
  List<String> toParse() {
    return args.getFirst().equals(END_OF_OPTIONS) ? args.subList(1, args.size()) : args;
  }
}
