package dev.r1pick.cli.completion;

import dev.r1pick.cli.completion.ShellModel.ShellCommand;
import dev.r1pick.cli.completion.ShellModel.ShellOption;
import dev.r1pick.cli.completion.ShellModel.Values;
import dev.r1pick.report.words.Messages;

/// Completions for fish.
public final class FishCompletion {
  private FishCompletion() {}

  /// The script.
  public static String of(ShellModel model, Messages messages) {
    var text =
        new StringBuilder("# fish completion for r1pick, made from its commands by the build.\n");
    text.append("complete -c r1pick -f\n")
        .append("complete -c r1pick -s h -l help -d '")
        .append(quoted(messages.text("cli.option.help")))
        .append("'\ncomplete -c r1pick -n __fish_use_subcommand -s V -l version -d '")
        .append(quoted(messages.text("cli.option.version")))
        .append("'\n");
    for (ShellCommand command : model.commands()) {
      text.append("complete -c r1pick -n __fish_use_subcommand -a ")
          .append(command.name())
          .append(" -d '")
          .append(quoted(command.summary()))
          .append("'\n");
    }
    for (ShellCommand command : model.commands()) {
      String line = "complete -c r1pick -n '__fish_seen_subcommand_from " + command.name() + "'";
      if (command.words() instanceof Values.Words(var words)) {
        text.append(line).append(" -a '").append(String.join(" ", words)).append("'\n");
      }
      for (ShellOption option : command.options()) {
        text.append(line);
        for (String name : option.names()) {
          text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.charAt(1));
        }
        if (!option.isSwitch()) {
          text.append(value(option.values()));
        }
        text.append(" -d '").append(quoted(option.description())).append("'\n");
      }
    }
    return text.toString();
  }

  private static String value(Values values) {
    return switch (values) {
      case Values.Free _ -> " -x";
      case Values.Files _ -> " -r -F";
      case Values.Words(var words) -> " -x -a '" + String.join(" ", words) + "'";
    };
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
