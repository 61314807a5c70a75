package dev.r1pick.cli.console;

import dev.r1pick.text.Spelling;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Names of commands and options, and which of them somebody may have meant.
public final class Names {
  private static final int MOST = 3;

  private Names() {}

  /// The names of arguments, for an error about them.
  public static List<String> of(List<ArgSpec> args) {
    var names = new ArrayList<String>();
    for (ArgSpec arg : args) {
      names.add(arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel());
    }
    return names;
  }

  /// The options, or the commands, that a command line knows.
  public static List<String> known(CommandLine commandLine, boolean options) {
    var names = new ArrayList<String>();
    if (options) {
      for (OptionSpec option : commandLine.getCommandSpec().options()) {
        names.add(option.longestName());
      }
    } else {
      names.addAll(commandLine.getSubcommands().keySet());
    }
    return names;
  }

  /// Up to three known names that a typing slip could have turned into the given one, nearest
  /// first.
  public static List<String> nearest(String given, List<String> known) {
    return Spelling.slips(given, known, MOST);
  }
}
