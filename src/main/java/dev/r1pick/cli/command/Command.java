package dev.r1pick.cli.command;

import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One command of r1pick.
public interface Command {
  /// As typed, for example `recommend`.
  String name();

  /// Its options, in the order of the help.
  List<Option> options();

  /// Its options and those of every command.
  default List<Option> allOptions() {
    var all = new ArrayList<>(options());
    all.addAll(Option.COMMON);
    return all;
  }

  /// Command lines to begin with, that work on any machine; the help starts with them.
  List<String> examples();

  /// The words that `--format` takes, in the order in which an error names them.
  default List<String> formats() {
    return List.of("text", "json");
  }

  /// The label of the word it takes, for example `TAG`; none for most.
  default Optional<String> word() {
    return Optional.empty();
  }

  /// Whether it takes any number of words instead of one.
  default boolean takesManyWords() {
    return false;
  }

  /// Answers.
  ///
  /// @throws CliFailure if something given cannot be worked with
  ExitCode run(Session session);
}
