package dev.r1pick.cli.command;

import dev.r1pick.cli.config.ConfigFile;
import dev.r1pick.cli.config.Defaults;
import dev.r1pick.cli.config.Defaults.Default;
import dev.r1pick.cli.config.Defaults.Origin;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.PromptLanguage;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.UseCaseOption;
import dev.r1pick.report.Settings;
import dev.r1pick.report.Settings.Setting;
import dev.r1pick.report.json.SettingsJson;
import dev.r1pick.report.text.SettingsText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `r1pick config`: which defaults hold and where each comes from.
public final class ConfigCommand implements Command {
  public static final String NAME = "config";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick config");
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(Group.QUESTION, "--use-case", "ID").byDefault(UseCaseOption.DEFAULT),
        PromptLanguage.OPTION,
        Option.PRIORITY,
        Option.value(Group.QUESTION, "--context", "TOKENS"),
        Option.KV_CACHE_TYPE,
        Option.PARALLEL,
        Option.value(Group.QUESTION, "--min-speed", "RATE"),
        Option.value(Group.QUESTION, "--max-wait", "TIME"),
        Option.value(Group.QUESTION, "--max-download", "SIZE"),
        Option.values(Group.QUESTION, "--license", "NAME"),
        Option.TOP,
        Option.value(Group.OUTPUT, "--format", "FORMAT").byDefault("text"),
        Option.value(Group.OUTPUT, "--catalog", "FILE"));
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    boolean json = arguments.json();
    refuseWhatNoCommandWouldTake(session);
    var settings = new ArrayList<Setting>();
    for (Option option : allOptions()) {
      if (Defaults.OPTIONS.contains(option.name())) {
        settings.add(setting(arguments, option));
      }
    }
    var strays = new ArrayList<Settings.UnknownSetting>();
    for (Defaults.UnknownSetting stray : arguments.defaults().strays()) {
      strays.add(new Settings.UnknownSetting(stray.name(), stray.near()));
    }
    var found = new Settings(file(arguments.defaults().file()), settings, strays);
    session
        .console()
        .answer(
            json
                ? SettingsJson.settings(found)
                : new SettingsText(session.messages(), session.console().style()).settings(found));
    return ExitCode.OK;
  }

  /// Reads every value as the commands do; the first that cannot be read is named with its place.
  private static void refuseWhatNoCommandWouldTake(Session session) {
    Arguments arguments = session.arguments();
    Data data = Data.of(session);
    UseCaseOption.read(session, data);
    PromptLanguage.set(arguments);
    RecommendCommand.priority(arguments);
    RecommendCommand.wishes(arguments, data.catalog());
    RecommendCommand.tags(arguments);
  }

  private static Setting setting(Arguments arguments, Option known) {
    String option = known.name();
    String key = Defaults.key(option);
    String variable = Defaults.variable(option);
    List<String> values = known.repeatable() ? arguments.all(option) : List.of();
    Optional<String> value =
        values.isEmpty() ? arguments.text(option) : Optional.of(String.join(", ", values));
    if (arguments.given(option)) {
      return new Setting(
          key, variable, value, Settings.Origin.FLAG, Optional.of(option), Optional.empty());
    }
    Optional<Default> found = arguments.defaults().find(option);
    if (found.isEmpty()) {
      return new Setting(
          key,
          variable,
          known.builtIn(),
          Settings.Origin.DEFAULT,
          Optional.empty(),
          Optional.empty());
    }
    return switch (found.get().origin()) {
      case Origin.Variable(var name) ->
          new Setting(
              key,
              variable,
              value,
              Settings.Origin.ENVIRONMENT,
              Optional.of(name),
              Optional.empty());
      case Origin.Line(var file, var number, _) ->
          new Setting(
              key, variable, value, Settings.Origin.FILE, Optional.of(file), Optional.of(number));
    };
  }

  private static Optional<Settings.File> file(ConfigFile file) {
    return switch (file.place()) {
      case ConfigFile.Place.Named(var path) -> Optional.of(new Settings.File(path, true, true));
      case ConfigFile.Place.Usual(var path, var present) ->
          Optional.of(new Settings.File(path, present, false));
      case ConfigFile.Place.Nowhere _ -> Optional.empty();
    };
  }
}
