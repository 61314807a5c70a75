package dev.r1pick.cli.completion;

import dev.r1pick.cli.completion.ShellModel.ShellCommand;
import dev.r1pick.cli.completion.ShellModel.ShellOption;
import dev.r1pick.cli.completion.ShellModel.Values;
import dev.r1pick.report.words.Messages;

/// A completion function for zsh.
public final class ZshCompletion {
  private ZshCompletion() {}

  /// The function, in a file of its own or read at the start of the shell.
  public static String of(ShellModel model, Messages messages) {
    String help = stop("-h,--help", messages.text("cli.option.help"));
    var text = new StringBuilder("#compdef r1pick\n");
    text.append("# zsh completion for r1pick, made from its commands by the build.\n\n")
        .append("_r1pick() {\n  local curcontext=\"$curcontext\" state line ret=1\n")
        .append("  local -a commands\n  _arguments -C ")
        .append(help)
        .append(' ')
        .append(stop("-V,--version", messages.text("cli.option.version")))
        .append(" \\\n    '1:")
        .append(messages.text("cli.label.COMMAND"))
        .append(":->command' '*::argument:->argument' && ret=0\n")
        .append("  case $state in\n    command)\n      commands=(\n");
    for (ShellCommand command : model.commands()) {
      text.append("        '").append(command.name()).append(':');
      text.append(quoted(command.summary())).append("'\n");
    }
    text.append("      )\n      _describe -t commands ")
        .append(messages.text("cli.label.COMMAND"))
        .append(" commands && ret=0\n      ;;\n")
        .append("    argument)\n      case $words[1] in\n");
    model.commands().forEach(command -> command(command, help, text));
    return text.append("      esac\n      ;;\n  esac\n  return ret\n}\n\n")
        .append("if [ \"$funcstack[1]\" = _r1pick ]; then\n  _r1pick \"$@\"\nelse\n")
        .append("  compdef _r1pick r1pick\nfi\n")
        .toString();
  }

  /// An option beside which nothing else counts.
  private static String stop(String names, String description) {
    return "'(- *)'{" + names + "}'[" + quoted(description) + "]'";
  }

  private static void command(ShellCommand command, String help, StringBuilder text) {
    text.append("        ").append(command.name()).append(")\n          _arguments");
    for (ShellOption option : command.options()) {
      text.append(" \\\n            ").append(option(option));
    }
    command
        .wordLabel()
        .ifPresent(
            label ->
                text.append(" \\\n            '1:")
                    .append(label)
                    .append(action(command.words()))
                    .append('\''));
    text.append(" \\\n            ").append(help).append(" && ret=0\n").append("          ;;\n");
  }

  private static String option(ShellOption option) {
    String names = String.join(" ", option.names());
    String before = option.repeatable() ? "'*'" : "'(" + names + ")'";
    String end = option.isSwitch() ? "" : "=";
    String all =
        option.names().size() == 1
            ? option.names().getFirst() + end
            : "{" + String.join(end + ",", option.names()) + end + "}";
    String value = option.isSwitch() ? "" : ":" + option.label() + action(option.values());
    return before + all + "'[" + quoted(option.description()) + "]" + value + "'";
  }

  private static String action(Values values) {
    return switch (values) {
      case Values.Free _ -> ": ";
      case Values.Files _ -> ":_files";
      case Values.Words(var words) -> ":(" + String.join(" ", words) + ")";
    };
  }

  /// For a description between single quotes, where brackets and colons mean something.
  private static String quoted(String text) {
    return text.replace("\\", "\\\\")
        .replace("'", "'\\''")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace(":", "\\:");
  }
}
