package dev.r1pick.build;

import dev.r1pick.cli.completion.ShellModel;
import dev.r1pick.cli.completion.ShellModel.ShellCommand;
import dev.r1pick.cli.completion.ShellModel.ShellOption;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Option;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A manual page for the program and one for each command, in the `man` macros of roff.
final class ManPages {
  private final ShellModel model;
  private final Messages messages;
  private final String version;

  private ManPages(ShellModel model, Messages messages, String version) {
    this.model = model;
    this.messages = messages;
    this.version = version;
  }

  /// The pages by file name.
  static Map<String, String> of(ShellModel model, Messages messages, String version) {
    return new ManPages(model, messages, version).pages();
  }

  private Map<String, String> pages() {
    var pages = new LinkedHashMap<String, String>();
    pages.put("r1pick.1", main());
    for (ShellCommand command : model.commands()) {
      pages.put("r1pick-" + command.name() + ".1", page(command));
    }
    return pages;
  }

  private String main() {
    var text = head("r1pick", messages.text("cli.description"));
    text.append(".B r1pick\n.I ")
        .append(messages.text("cli.label.COMMAND"))
        .append("\n[\\fI")
        .append(messages.text("cli.label.OPTIONS"))
        .append("\\fR]\n");
    section(text, "description").append(escaped(messages.text("cli.description"))).append('\n');
    section(text, "commands");
    for (ShellCommand command : model.commands()) {
      text.append(".TP\n.B ").append(escaped(command.name())).append('\n');
      text.append(escaped(command.summary())).append('\n');
    }
    section(text, "options");
    helpOption(text);
    text.append(".TP\n\\fB\\-V\\fR, \\fB\\-\\-version\\fR\n");
    text.append(escaped(messages.text("cli.option.version"))).append('\n');
    exitStatus(text);
    section(text, "files");
    lines(text, messages.text("cli.defaults"));
    section(text, "examples").append(".nf\n");
    lines(text, messages.text("cli.examples"));
    return seeAlso(text.append(".fi\n"), Optional.empty());
  }

  private String page(ShellCommand command) {
    var text = head("r1pick-" + command.name(), command.summary());
    text.append(".B r1pick ")
        .append(escaped(command.name()))
        .append("\n[\\fI")
        .append(messages.text("cli.label.OPTIONS"))
        .append("\\fR]\n");
    command
        .wordLabel()
        .ifPresent(label -> text.append("[\\fI").append(escaped(label)).append("\\fR]\n"));
    section(text, "description").append(escaped(command.summary())).append('\n');
    section(text, "options");
    command
        .wordLabel()
        .ifPresent(
            label ->
                text.append(".TP\n.I ")
                    .append(escaped(label))
                    .append('\n')
                    .append(escaped(messages.text("cli.word." + command.name())))
                    .append('\n'));
    helpOption(text);
    for (Option.Group group : Option.Group.values()) {
      var options = new ArrayList<ShellOption>();
      for (ShellOption option : command.options()) {
        if (option.group() == group) {
          options.add(option);
        }
      }
      if (!options.isEmpty()) {
        String heading = messages.text("cli.heading." + group.key());
        text.append(".SS \"").append(escaped(heading).replace("\"", "\\(dq")).append("\"\n");
        options.forEach(option -> option(option, text));
      }
    }
    exitStatus(text);
    return seeAlso(text, Optional.of(command.name()));
  }

  private StringBuilder head(String name, String summary) {
    return new StringBuilder(".\\\" Made from the commands of r1pick by the build.\n.TH ")
        .append(escaped(name.toUpperCase(Locale.ROOT)))
        .append(" 1 \"\" \"r1pick ")
        .append(escaped(version))
        .append("\" \"")
        .append(messages.text("cli.man.user-commands"))
        .append("\"\n.ad l\n.SH ")
        .append(messages.text("cli.man.name"))
        .append('\n')
        .append(escaped(name))
        .append(" \\- ")
        .append(escaped(firstSentence(summary)))
        .append("\n.SH ")
        .append(messages.text("cli.man.synopsis"))
        .append('\n');
  }

  /// One line is what lists of manual pages show.
  private static String firstSentence(String text) {
    String latin = text.split("\\.( |$)", 2)[0];
    return latin.split("。", 2)[0];
  }

  private StringBuilder section(StringBuilder text, String key) {
    return text.append(".SH ").append(messages.text("cli.man." + key)).append('\n');
  }

  private void helpOption(StringBuilder text) {
    text.append(".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\n");
    text.append(escaped(messages.text("cli.option.help"))).append('\n');
  }

  private static void option(ShellOption option, StringBuilder text) {
    var names = new ArrayList<String>();
    for (String name : option.names()) {
      names.add("\\fB" + escaped(name) + "\\fR");
    }
    text.append(".TP\n").append(String.join(", ", names));
    if (!option.isSwitch()) {
      text.append(" \\fI").append(escaped(option.label())).append("\\fR");
    }
    text.append('\n').append(escaped(option.description())).append('\n');
  }

  private void exitStatus(StringBuilder text) {
    section(text, "exit-status");
    for (ExitCode code : ExitCode.values()) {
      text.append(".TP\n.B ").append(code.code()).append('\n');
      text.append(escaped(messages.text("cli.exit." + code.code()))).append('\n');
    }
  }

  private static void lines(StringBuilder text, String lines) {
    for (String line : lines.split("\n", -1)) {
      text.append(escaped(line)).append('\n');
    }
  }

  private String seeAlso(StringBuilder text, Optional<String> besides) {
    section(text, "see-also");
    List<String> pages = new ArrayList<>();
    besides.ifPresent(_ -> pages.add(".BR r1pick (1)"));
    for (ShellCommand command : model.commands()) {
      if (!besides.equals(Optional.of(command.name()))) {
        pages.add(".BR r1pick\\-" + escaped(command.name()) + " (1)");
      }
    }
    return text.append(String.join(",\n", pages)).append('\n').toString();
  }

  /// For a line of text: roff takes a backslash, a hyphen, and a dot or quote at its beginning for
  /// something else.
  private static String escaped(String text) {
    String safe = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
