package dev.r1pick.cli.completion;

import dev.r1pick.cli.completion.ShellModel.ShellCommand;
import dev.r1pick.cli.completion.ShellModel.ShellOption;
import dev.r1pick.cli.completion.ShellModel.Values;
import java.util.ArrayList;
import java.util.List;

/// A completion script for bash from 3.2 on, the one that macOS has.
public final class BashCompletion {
  /// `=` is a word of its own to bash, so `--format=js` comes as three.
  private static final String START =
      """
      # bash completion for r1pick, made from its commands by the build.
      # To use it: source this file, or put it where bash-completion looks.

      _r1pick_files() {
        local IFS=$'\\n'
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$1"))
      }

      _r1pick() {
        local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command='' options='' words='' i
        COMPREPLY=()
        if [[ $cur == = ]]; then
          cur=''
        elif [[ $prev == = ]]; then
          prev=${COMP_WORDS[COMP_CWORD - 2]}
        fi
      """;

  private static final String END =
      """
        if [[ $cur == -* || -z $words ]]; then
          words=$options
        fi
        COMPREPLY=($(compgen -W "$words" -- "$cur"))
      }

      complete -F _r1pick r1pick
      """;

  private BashCompletion() {}

  /// The script.
  public static String of(ShellModel model) {
    var names = new ArrayList<String>();
    for (ShellCommand command : model.commands()) {
      names.add(command.name());
    }
    var text = new StringBuilder(START);
    text.append("  for ((i = 1; i < COMP_CWORD; i++)); do\n")
        .append("    case ${COMP_WORDS[i]} in\n")
        .append("      ")
        .append(String.join(" | ", names))
        .append(
            ")\n        command=${COMP_WORDS[i]}\n        break\n        ;;\n    esac\n  done\n")
        .append("  case $command in\n    '')\n      words='")
        .append(String.join(" ", names))
        .append("'\n      options='--help --version'\n      ;;\n");
    model.commands().forEach(command -> command(command, text));
    return text.append("  esac\n").append(END).toString();
  }

  private static void command(ShellCommand command, StringBuilder text) {
    text.append("    ").append(command.name()).append(")\n      case $prev in\n");
    var free = new ArrayList<String>();
    var files = new ArrayList<String>();
    var all = new ArrayList<String>();
    for (ShellOption option : command.options()) {
      all.addAll(option.names());
      if (!option.isSwitch()) {
        switch (option.values()) {
          case Values.Free _ -> free.addAll(option.names());
          case Values.Files _ -> files.addAll(option.names());
          case Values.Words(var words) -> {
            String list = "words='" + String.join(" ", words) + "'";
            branch(option.names(), list + "\n          options=$words", text);
          }
        }
      }
    }
    branch(files, "_r1pick_files \"$cur\"\n          return", text);
    branch(free, "return", text);
    all.add("--help");
    String words = command.words() instanceof Values.Words(var list) ? String.join(" ", list) : "";
    branch(
        List.of("*"),
        "options='" + String.join(" ", all) + "'\n          words='" + words + "'",
        text);
    text.append("      esac\n      ;;\n");
  }

  private static void branch(List<String> names, String what, StringBuilder text) {
    if (!names.isEmpty()) {
      text.append("        ").append(String.join(" | ", names)).append(")\n          ");
      text.append(what).append("\n          ;;\n");
    }
  }
}
