package dev.r1pick.cli.config;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.Names;
import dev.r1pick.host.LocalHost;
import dev.r1pick.report.shell.AdviceScript;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an option is where the command line does not say: a variable `R1PICK_…` of the environment,
/// else a line of the configuration file.
///
/// Both are those of the user who asks, also where the question is about another machine. Only
/// options that say what is wanted have a default: those that describe a machine, and switches, are
/// meant for one run, and a forgotten one would give a wrong answer without a word.
public final class Defaults {
  /// The options that can have a default, in the order in which they are shown.
  public static final List<String> OPTIONS =
      List.of(
          "--use-case",
          "--prompt-language",
          "--priority",
          "--context",
          "--kv-cache-type",
          "--parallel",
          "--min-speed",
          "--max-wait",
          "--max-download",
          "--license",
          "--top",
          "--format",
          "--catalog",
          "--lang",
          "--color");

  private static final String PREFIX = "R1PICK_";

  /// Variables that are no default: they name the file, show a fault in full, train the AOT cache.
  private static final List<String> OTHER_VARIABLES =
      List.of(ConfigFile.VARIABLE, "R1PICK_DEBUG", "R1PICK_AOT_OUTPUT");

  /// The formats that every command has.
  private static final List<String> FORMATS = List.of("text", "json");

  private final LocalHost host;
  private final ConfigFile file;

  private Defaults(LocalHost host, ConfigFile file) {
    this.host = host;
    this.file = file;
  }

  /// Reads the configuration file of a user.
  ///
  /// @throws CliFailure if it cannot be understood
  public static Defaults of(LocalHost host) {
    return new Defaults(host, ConfigFile.of(host, keys()));
  }

  /// A default and where it stands.
  public record Default(String value, Origin origin) {}

  /// Where a default stands.
  public sealed interface Origin {
    /// As an error names it.
    String label();

    /// A variable of the environment.
    record Variable(String name) implements Origin {
      @Override
      public String label() {
        return name;
      }
    }

    /// A line of the configuration file.
    record Line(String file, int number, String key) implements Origin {
      @Override
      public String label() {
        return file + ":" + number + ": " + key;
      }
    }
  }

  /// The configuration file.
  public ConfigFile file() {
    return file;
  }

  /// The default of an option, if it has one.
  ///
  /// @throws CliFailure if it is a format that not every command has
  public Optional<Default> find(String option) {
    if (!OPTIONS.contains(option)) {
      return Optional.empty();
    }
    Optional<Default> variable = variableOf(option);
    Optional<Default> found = variable.isPresent() ? variable : lineOf(option);
    if (option.equals("--format") && found.isPresent()) {
      Default format = found.get();
      if (!FORMATS.contains(format.value().toLowerCase(Locale.ROOT))) {
        throw new CliFailure(new CliError.FormatDefault(format.origin().label(), format.value()));
      }
    }
    return found;
  }

  private Optional<Default> variableOf(String option) {
    String name = variable(option);
    Optional<String> value = host.environment(name);
    return value.isEmpty() || value.get().isBlank()
        ? Optional.empty()
        : Optional.of(new Default(value.get().strip(), new Origin.Variable(name)));
  }

  private Optional<Default> lineOf(String option) {
    Optional<ConfigFile.Entry> entry = file.entry(key(option));
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    String path = file.path().orElseThrow();
    String value = entry.get().value();
    return Optional.of(
        new Default(
            option.equals("--catalog") ? beside(path, value) : value,
            new Origin.Line(path, entry.get().number(), entry.get().key())));
  }

  /// The file counts in every folder, so a path in it starts where the file lies.
  private static String beside(String file, String value) {
    try {
      return Path.of(file).resolveSibling(value).toString();
    } catch (InvalidPathException _) {
      return value; // refused where it is opened
    }
  }

  /// `R1PICK_USE_CASE` for `--use-case`.
  public static String variable(String option) {
    return PREFIX + key(option).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /// `--use-case` for `R1PICK_USE_CASE`.
  ///
  /// @param variable that begins as ours do
  public static String optionOf(String variable) {
    return "--" + variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// `use-case` for `--use-case`.
  public static String key(String option) {
    return option.substring(2);
  }

  private static List<String> keys() {
    var keys = new ArrayList<String>();
    for (String option : OPTIONS) {
      keys.add(key(option));
    }
    return keys;
  }

  /// Variables that begin with `R1PICK_` and mean nothing here, and which known one is near.
  public List<UnknownSetting> strays() {
    var known = new ArrayList<String>();
    for (String option : OPTIONS) {
      known.add(variable(option));
    }
    known.addAll(OTHER_VARIABLES);
    var strays = new ArrayList<UnknownSetting>();
    for (String name : host.variables(PREFIX)) {
      if (!known.contains(name)
          && !AdviceScript.VARIABLES.contains(name)
          && !AdviceScript.NOTES.contains(name)) {
        strays.add(new UnknownSetting(name, near(name, known)));
      }
    }
    return strays;
  }

  private static List<String> near(String name, List<String> known) {
    List<String> near = Names.nearest(name, known);
    return near.isEmpty() ? near : near.subList(0, 1);
  }

  /// A variable that means nothing.
  ///
  /// @param near known ones that may have been meant, nearest first
  public record UnknownSetting(String name, List<String> near) {
    public UnknownSetting {
      near = List.copyOf(near);
    }
  }
}
