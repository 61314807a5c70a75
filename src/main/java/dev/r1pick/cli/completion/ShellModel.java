package dev.r1pick.cli.completion;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.read.ClientReader;
import dev.r1pick.catalog.read.TopicReader;
import dev.r1pick.catalog.topic.Term;
import dev.r1pick.cli.command.Command;
import dev.r1pick.cli.command.CommandModel;
import dev.r1pick.cli.option.Option;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The commands as a shell completes them and a manual describes them: the same commands and
/// options that are parsed, with the words that can stand for their values.
///
/// @param commands in the order of the help
public record ShellModel(List<ShellCommand> commands) {
  public ShellModel {
    commands = List.copyOf(commands);
  }

  /// One command.
  ///
  /// @param summary what it does, one sentence
  /// @param wordLabel what its one word is called; empty where it takes none
  /// @param words what can stand as that word
  public record ShellCommand(
      String name,
      String summary,
      List<ShellOption> options,
      Optional<String> wordLabel,
      Values words) {
    public ShellCommand {
      options = List.copyOf(options);
    }
  }

  /// One option.
  ///
  /// @param names the long name first
  /// @param description one sentence or more
  /// @param label what stands for its value; empty for a switch
  public record ShellOption(
      List<String> names,
      String description,
      String label,
      boolean repeatable,
      Option.Group group,
      Values values) {
    public ShellOption {
      names = List.copyOf(names);
    }

    /// Whether it takes no value.
    public boolean isSwitch() {
      return label.isEmpty();
    }
  }

  /// What can stand as a value.
  public sealed interface Values {
    /// Anything: a number, a size, a name that only the user knows.
    record Free() implements Values {}

    /// One of these.
    record Words(List<String> words) implements Values {
      public Words {
        words = List.copyOf(words);
      }
    }

    /// A file or folder.
    record Files() implements Values {}
  }

  /// The model of all commands.
  public static ShellModel of(
      List<Command> commands, Messages messages, Catalog catalog, UseCases useCases) {
    var all = new ArrayList<ShellCommand>();
    for (Command command : commands) {
      var options = new ArrayList<ShellOption>();
      for (Option option : command.allOptions()) {
        options.add(
            new ShellOption(
                option.names(),
                CommandModel.description(command, option, messages),
                CommandModel.label(option.label(), messages),
                option.repeatable(),
                option.group(),
                values(command, option, catalog, useCases)));
      }
      all.add(
          new ShellCommand(
              command.name(),
              messages.text("cli.command." + command.name()),
              options,
              command.word().map(label -> CommandModel.label(label, messages)),
              words(command, catalog)));
    }
    return new ShellModel(all);
  }

  /// What can stand behind a command: tags, and for one that takes any number of words also terms.
  private static Values words(Command command, Catalog catalog) {
    if (command.word().isEmpty()) {
      return new Values.Free();
    }
    if (command instanceof CompletionCommand) {
      return new Values.Words(CompletionCommand.SHELLS);
    }
    var words = new ArrayList<String>(tags(catalog));
    if (command.takesManyWords()) {
      for (Term term : TopicReader.terms().terms()) {
        if (term.id().matches("[a-z0-9_-]+") && !words.contains(term.id())) {
          words.add(term.id());
        }
      }
    }
    return new Values.Words(words);
  }

  private static Values values(Command command, Option option, Catalog catalog, UseCases useCases) {
    return switch (option.names().getFirst()) {
      case "--use-case" -> new Values.Words(ids(useCases));
      case "--client" -> new Values.Words(ClientReader.readDefault().ids());
      case "--license" -> new Values.Words(catalog.licenses().words());
      case "--lang" -> new Values.Words(Messages.LANGUAGES);
      case "--format" -> new Values.Words(command.formats());
      default ->
          switch (option.label()) {
            case "FILE", "FOLDER", "PATH", "PLACE" -> new Values.Files();
            default ->
                option.words().isEmpty() ? new Values.Free() : new Values.Words(option.words());
          };
    };
  }

  private static List<String> ids(UseCases useCases) {
    var ids = new ArrayList<String>();
    for (UseCaseProfile profile : useCases.profiles()) {
      ids.add(profile.id());
    }
    return ids;
  }

  /// Without the model before the colon, at which bash would cut the word.
  private static List<String> tags(Catalog catalog) {
    var tags = new ArrayList<String>();
    for (ModelTag tag : catalog.tags()) {
      tags.add(tag.name());
    }
    return tags;
  }
}
