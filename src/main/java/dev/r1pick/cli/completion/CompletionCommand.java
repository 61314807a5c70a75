package dev.r1pick.cli.completion;

import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.cli.command.Command;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Session;
import dev.r1pick.report.words.Messages;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// `r1pick completion SHELL`: the completion of a shell, to be read by it at its start. What it
/// says of commands and options is in the language of the screen.
public final class CompletionCommand implements Command {
  static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private final Supplier<List<Command>> commands;

  /// The command for the completion of all commands.
  ///
  /// @param commands all of them, this one too
  public CompletionCommand(Supplier<List<Command>> commands) {
    this.commands = commands;
  }

  @Override
  public String name() {
    return "completion";
  }

  @Override
  public Optional<String> word() {
    return Optional.of("SHELL");
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick completion bash", "r1pick completion zsh", "r1pick completion fish");
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public ExitCode run(Session session) {
    List<String> words = session.arguments().words();
    if (words.isEmpty() || words.getFirst().isBlank()) {
      throw new CliFailure(new CliError.NoShell());
    }
    String shell = words.getFirst().toLowerCase(Locale.ROOT);
    if (!SHELLS.contains(shell)) {
      throw new CliFailure(new CliError.Word(name(), words.getFirst(), SHELLS));
    }
    Messages messages = session.messages();
    var model =
        ShellModel.of(
            commands.get(), messages, Data.of(session).catalog(), UseCaseReader.readDefault());
    session
        .console()
        .answer(
            switch (shell) {
              case "bash" -> BashCompletion.of(model);
              case "zsh" -> ZshCompletion.of(model, messages);
              default -> FishCompletion.of(model, messages);
            });
    return ExitCode.OK;
  }
}
