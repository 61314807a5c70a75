package dev.r1pick.cli.option;

import java.util.List;
import java.util.Optional;

/// One option of a command; its description is the message `cli.option.` and the name.
///
/// @param names the long name first
/// @param label what stands for its value in the help; empty for a switch
/// @param repeatable whether it may be given several times
/// @param group the heading under which the help lists it
/// @param words the values that it takes, in the order in which an error names them, or those that
///   a shell offers; none where anything may stand or the data tell
/// @param builtIn what stands for it where nothing sets it; empty where that depends on the
///   question
public record Option(
    List<String> names,
    String label,
    boolean repeatable,
    Group group,
    List<String> words,
    Optional<String> builtIn) {

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

  static final Option COLOR = value(Group.OUTPUT, "--color", "WHEN").of("auto", "always", "never");

  /// What every command takes: how the screen speaks and looks.
  public static final List<Option> COMMON = List.of(value(Group.OUTPUT, "--lang", "LANG"), COLOR);

  // Those of several commands, and those whose words are read in one place and offered in another.

  public static final Option PRIORITY =
      value(Group.QUESTION, "--priority", "PREFERENCE")
          .of("quality", "balanced", "speed")
          .byDefault("balanced");

  public static final Option KV_CACHE_TYPE =
      value(Group.QUESTION, "--kv-cache-type", "TYPE").of("f16", "q8_0", "q4_0");

  public static final Option PARALLEL = value(Group.QUESTION, "--parallel", "N").byDefault("1");

  public static final Option FLASH_ATTENTION =
      value(Group.QUESTION, "--flash-attention", "MODE").of("auto", "on", "off");

  public static final Option ALLOW = value(Group.QUESTION, "--allow", "CASE").of("partial");

  public static final Option FAIL_ON =
      value(Group.QUESTION, "--fail-on", "LEVEL").of("error", "warn", "never");

  public static final Option REPORT = values(Group.OUTPUT, "--report", "KIND=FILE");

  public static final Option TOP = value(Group.QUESTION, "--top", "N").byDefault("3");

  static final Option BACKEND =
      value(Group.MACHINE, "--backend", "NAME").of("cuda", "rocm", "metal", "vulkan", "cpu");

  /// An option with a value.
  public static Option value(Group group, String name, String label) {
    return new Option(List.of(name), label, false, group, List.of(), Optional.empty());
  }

  /// An option with a value that may be given several times.
  public static Option values(Group group, String name, String label) {
    return new Option(List.of(name), label, true, group, List.of(), Optional.empty());
  }

  /// A switch.
  public static Option flag(Group group, String... names) {
    return new Option(List.of(names), "", false, group, List.of(), Optional.empty());
  }

  /// The same with words.
  public Option of(String... others) {
    return new Option(names, label, repeatable, group, List.of(others), builtIn);
  }

  /// The same with what stands where nothing sets it.
  public Option byDefault(String value) {
    return new Option(names, label, repeatable, group, words, Optional.of(value));
  }

  /// The long name.
  public String name() {
    return names.getFirst();
  }
}
