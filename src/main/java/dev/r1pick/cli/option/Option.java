package dev.r1pick.cli.option;

import java.util.List;

/// One option of a command; its description is the message `cli.option.` and the name.
///
/// @param names the long name first
/// @param label what stands for its value in the help; empty for a switch
/// @param repeatable whether it may be given several times
/// @param group the heading under which the help lists it
public record Option(List<String> names, String label, boolean repeatable, Group group) {

  /// Headings of the help.
  public enum Group {
    QUESTION("question"),
    MACHINE("machine"),
    OUTPUT("output");

    private final String key;

    Group(String key) {
      this.key = key;
    }

    /// The key of the heading, below `cli.heading.`.
    public String key() {
      return key;
    }
  }

  /// What every command takes: how the screen speaks and looks.
  public static final List<Option> COMMON =
      List.of(value(Group.OUTPUT, "--lang", "LANG"), value(Group.OUTPUT, "--color", "WHEN"));

  /// An option with a value.
  public static Option value(Group group, String name, String label) {
    return new Option(List.of(name), label, false, group);
  }

  /// An option with a value that may be given several times.
  public static Option values(Group group, String name, String label) {
    return new Option(List.of(name), label, true, group);
  }

  /// A switch.
  public static Option flag(Group group, String... names) {
    return new Option(List.of(names), "", false, group);
  }
}
