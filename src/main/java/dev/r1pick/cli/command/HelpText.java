package dev.r1pick.cli.command;

import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Option;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `--help` says: examples first, then every option under its heading, as wide as the
/// terminal. picocli writes no help below 55 columns, and none that begins with examples.
public final class HelpText {
  private static final int INDENT = 2;

  /// Names of options stand beside their descriptions where these then have so many columns.
  private static final int LEAST_DESCRIPTION = 36;

  private static final int WIDEST_NAME = 24;

  private final Messages messages;
  private final Style style;
  private final List<String> lines = new ArrayList<>();

  /// A writer in one language and style.
  public HelpText(Messages messages, Style style) {
    this.messages = messages;
    this.style = style;
  }

  /// `r1pick` alone: what to begin with.
  public String start() {
    paragraph(0, messages.text("cli.description"));
    lines.add("");
    for (String command : List.of("recommend", "check 14b", "explain 7b")) {
      entry("r1pick " + command, messages.text("cli.start." + command.split(" ", 2)[0]));
    }
    entry("r1pick --help", messages.text("cli.start.help"));
    return end();
  }

  /// The help of the program.
  public String program(List<Command> commands) {
    paragraph(0, messages.text("cli.description"));
    heading(messages.text("cli.heading.examples"));
    for (String example : messages.text("cli.examples").lines().toList()) {
      lines.add(" ".repeat(INDENT) + example.strip());
    }
    usage("r1pick " + messages.text("cli.label.COMMAND"));
    heading(messages.text("cli.heading.commands"));
    for (Command command : commands) {
      entry(command.name(), messages.parts("cli.command." + command.name()).message());
    }
    heading(messages.text("cli.heading.options"));
    entry("-h, --help", messages.text("cli.option.help"));
    entry("-V, --version", messages.text("cli.option.version"));
    heading(messages.text("cli.heading.exit-codes"));
    for (ExitCode code : ExitCode.values()) {
      entry(Integer.toString(code.code()), messages.text("cli.exit." + code.code()));
    }
    heading(messages.text("cli.heading.defaults"));
    paragraph(INDENT, messages.text("cli.defaults"));
    heading(messages.text("cli.heading.more"));
    paragraph(INDENT, messages.text("cli.more"));
    return end();
  }

  /// The help of one command.
  public String command(Command command) {
    paragraph(0, messages.text("cli.command." + command.name()));
    heading(messages.text("cli.heading.examples"));
    for (String example : command.examples()) {
      lines.add(" ".repeat(INDENT) + example);
    }
    Optional<String> label = command.word().map(word -> CommandModel.label(word, messages));
    String word = label.map(name -> " [" + name + "]").orElse("");
    usage("r1pick " + command.name() + word + (command.takesManyWords() ? "…" : ""));
    label.ifPresent(name -> entry(name, messages.text("cli.word." + command.name())));
    for (Option.Group group : Option.Group.values()) {
      List<Option> options =
          command.allOptions().stream().filter(option -> option.group() == group).toList();
      if (!options.isEmpty()) {
        heading(messages.text("cli.heading." + group.key()));
        for (Option option : options) {
          entry(name(option), CommandModel.description(command, option, messages));
        }
      }
    }
    entry("-h, --help", messages.text("cli.option.help"));
    heading(messages.text("cli.heading.more"));
    paragraph(
        INDENT, messages.text("cli.documentation", messages.text("cli.page." + command.name())));
    return end();
  }

  /// The long name and a letter; an old name of an option is taken and not shown.
  private String name(Option option) {
    var name = new StringBuilder();
    for (String other : option.names()) {
      if (other.length() == 2) {
        name.append(other).append(", ");
      }
    }
    name.append(option.name());
    return option.label().isEmpty()
        ? name.toString()
        : name + "=" + CommandModel.label(option.label(), messages);
  }

  private void usage(String line) {
    lines.add("");
    paragraph(0, messages.text("cli.heading.usage", line));
  }

  private void heading(String heading) {
    lines.add("");
    paragraph(0, style.bold(heading));
  }

  private void paragraph(int indent, String text) {
    for (String line : Table.wrap(text, style.columns() - indent)) {
      lines.add(" ".repeat(indent) + line);
    }
  }

  private void entry(String name, String description) {
    int column = INDENT + WIDEST_NAME + INDENT;
    boolean beside = style.columns() - column >= LEAST_DESCRIPTION;
    int at = beside ? column : 2 * INDENT + INDENT;
    String lead = " ".repeat(INDENT) + name;
    if (!beside || Table.width(name) > WIDEST_NAME) {
      lines.add(lead);
      lead = "";
    }
    for (String line : Table.wrap(description, style.columns() - at)) {
      lines.add(lead + " ".repeat(at - Table.width(lead)) + line);
      lead = "";
    }
  }

  private String end() {
    return String.join("\n", lines) + "\n";
  }
}
