package dev.r1pick.doctor.exam;

import dev.r1pick.doctor.Cause;
import dev.r1pick.doctor.Finding;
import dev.r1pick.doctor.Presence;
import dev.r1pick.doctor.ServerEnvironment;
import dev.r1pick.doctor.ServerEnvironment.Source;
import dev.r1pick.doctor.Symptoms;
import dev.r1pick.doctor.Wanted;
import dev.r1pick.fit.Fit;
import dev.r1pick.ollama.Era;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.ServerSettings;
import dev.r1pick.ollama.ServerVariable;
import dev.r1pick.ollama.log.LogLine;
import dev.r1pick.ollama.server.ShownModel;
import dev.r1pick.text.Kebab;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the server is told by its environment, against what it understands and what the advice
/// needs.
final class SettingsExam {
  /// What the engine takes (`llama.cpp`, common/arg.cpp, kv_cache_types).
  private static final List<String> KV_TYPES =
      List.of("f32", "f16", "bf16", "q8_0", "q4_0", "q4_1", "iq4_nl", "q5_0", "q5_1");

  private static final List<String> UNQUANTIZED = List.of("f32", "f16", "bf16");

  /// Variables that people set and no version knows, or none any more, with what they mean
  /// (`envconfig/config.go`; issues 14130 and 6382 of ollama/ollama).
  private static final Map<String, String> NOT_KNOWN =
      Map.of(
          "OLLAMA_NUM_CTX", "OLLAMA_CONTEXT_LENGTH",
          "OLLAMA_MAX_CONTEXT", "OLLAMA_CONTEXT_LENGTH",
          "OLLAMA_CTX_SIZE", "OLLAMA_CONTEXT_LENGTH",
          "OLLAMA_HOME", "OLLAMA_MODELS",
          "OLLAMA_MODEL_PATH", "OLLAMA_MODELS",
          "OLLAMA_GPU_LAYERS", "num_gpu",
          "OLLAMA_NUM_GPU", "num_gpu",
          "OLLAMA_MAX_VRAM", "LLAMA_ARG_FIT_TARGET");

  private static final List<String> NUMBERS =
      List.of("OLLAMA_CONTEXT_LENGTH", "OLLAMA_NUM_PARALLEL", "OLLAMA_MAX_LOADED_MODELS");

  /// Below so much free memory the prompts that the engine keeps are felt.
  private static final Bytes LITTLE_MEMORY = Bytes.ofGiB(12);

  private final Symptoms symptoms;
  private final ServerEnvironment environment;
  private final OllamaSetup setup;
  private final Era era;
  private final List<Finding> findings = new ArrayList<>();

  private SettingsExam(Symptoms symptoms) {
    this.symptoms = symptoms;
    this.environment = symptoms.environment();
    this.setup = new OllamaSetup(symptoms.machine().ollama().version(), environment.effective());
    this.era = OllamaRules.of(setup).era();
  }

  static List<Finding> of(Symptoms symptoms) {
    if (symptoms.elsewhere().isPresent()) {
      return List.of();
    }
    var exam = new SettingsExam(symptoms);
    exam.source();
    exam.cacheType();
    exam.values();
    exam.shell();
    exam.restart();
    exam.context();
    exam.wanted();
    exam.rest();
    return exam.findings;
  }

  private void add(Cause cause, Object... figures) {
    findings.add(Finding.of(cause, figures));
  }

  private Installation installation() {
    return symptoms.machine().installation();
  }

  private void source() {
    Optional<Source> from = environment.runningFrom().or(environment::configuredIn);
    if (from.isPresent()) {
      findings.add(Finding.of(Cause.ENVIRONMENT_READ, Kebab.of(from.get()), List.of()));
    } else if (symptoms.answers().isPresent()) {
      add(Cause.ENVIRONMENT_UNKNOWN);
    }
  }

  private void cacheType() {
    Optional<String> type = setup.variable("OLLAMA_KV_CACHE_TYPE");
    String name = type.orElse("").toLowerCase(Locale.ROOT);
    boolean wrong = type.isPresent() && !KV_TYPES.contains(name);
    if (wrong || symptoms.log().log().newest("kv-type-wrong").isPresent()) {
      String shown =
          type.orElseGet(
              () ->
                  symptoms
                      .log()
                      .log()
                      .newest("kv-type-wrong")
                      .flatMap(line -> line.after("cache type: "))
                      .orElse("?"));
      add(era == Era.C ? Cause.KV_TYPE_WRONG : Cause.KV_TYPE_IGNORED, Text.clean(shown), KV_TYPES);
      return;
    }
    boolean quantized = type.isPresent() && !UNQUANTIZED.contains(name);
    boolean off = setup.flag("OLLAMA_FLASH_ATTENTION").filter(on -> !on).isPresent();
    boolean failed = symptoms.log().log().newest("kv-needs-fa-c").isPresent();
    if ((quantized && off && era == Era.C) || failed) {
      add(Cause.KV_NEEDS_FLASH_ATTENTION, type.orElse("?"));
      return;
    }
    for (String sign : List.of("kv-needs-fa", "kv-fa-off", "fa-gpu")) {
      if (symptoms.log().log().newest(sign).isPresent()) {
        findings.add(Finding.of(Cause.KV_TYPE_IGNORED, sign, List.of(type.orElse("q8_0"))));
        return;
      }
    }
  }

  private void values() {
    for (String name : NUMBERS) {
      Optional<String> value = setup.variable(name);
      if (value.isPresent() && Text.whole(value.get()).isEmpty()) {
        add(Cause.SETTING_UNREADABLE, name, value.get());
      }
    }
    Optional<LogLine> bad = symptoms.log().log().newest("bad-env");
    bad.flatMap(line -> line.value("key"))
        .filter(name -> setup.variable(name).isEmpty())
        .ifPresent(
            name ->
                add(
                    Cause.SETTING_UNREADABLE,
                    Text.clean(name),
                    bad.flatMap(line -> line.value("value")).map(Text::clean).orElse("?")));
    var set = new TreeMap<>(symptoms.shell());
    set.putAll(environment.configured());
    set.putAll(environment.running());
    for (String name : set.keySet()) {
      String meant = NOT_KNOWN.get(name);
      if (meant != null) {
        add(Cause.SETTING_UNKNOWN, name, meant);
      }
    }
  }

  /// What the shell has and the server has not.
  private void shell() {
    if (!environment.isKnown()) {
      return;
    }
    for (Map.Entry<String, String> variable : new TreeMap<>(symptoms.shell()).entrySet()) {
      String name = variable.getKey();
      boolean counts =
          ServerSettings.READ.contains(name)
              && name.startsWith("OLLAMA_")
              && !name.equals("OLLAMA_HOST")
              && environment.tells(name);
      if (counts && !variable.getValue().equals(environment.effective().get(name))) {
        var set = new ServerVariable(name, variable.getValue());
        add(Cause.SETTING_ONLY_IN_SHELL, set, new Finding.Line(set, installation()));
      }
    }
  }

  /// What was set since the server was started.
  private void restart() {
    // an engine does not tell what was set: some models get other values than the server has
    if (environment.runningFrom().filter(from -> from != Source.ENGINE).isEmpty()) {
      return;
    }
    boolean whole = environment.runningFrom().get() == Source.PROCESS;
    for (Map.Entry<String, String> variable : new TreeMap<>(environment.configured()).entrySet()) {
      String name = variable.getKey();
      String value = variable.getValue();
      boolean counts =
          name.startsWith("OLLAMA_") && ServerSettings.READ.contains(name) && !isDefault(value);
      if (counts && !value.equals(environment.running().get(name)) && (whole || known(name))) {
        add(
            Cause.SETTING_NEEDS_RESTART,
            new ServerVariable(name, value).toString(),
            installation().restartCommand());
      }
    }
  }

  private static boolean isDefault(String value) {
    return value.isBlank() || value.equals("0") || value.equals("false");
  }

  /// Whether the line of the log has that variable at all.
  private static boolean known(String name) {
    return !name.equals("OLLAMA_HOST");
  }

  private void context() {
    if (symptoms.wanted().isEmpty()) {
      return;
    }
    Wanted wanted = symptoms.wanted().get();
    ContextLength opened = wanted.byItself().plan().settings().contextLength();
    boolean told = environment.tells("OLLAMA_CONTEXT_LENGTH");
    boolean spills = !(wanted.byItself() instanceof Fit.Whole) && wanted.fit() instanceof Fit.Whole;
    if (told && spills && opened.compareTo(wanted.context()) > 0) {
      Bytes shortfall =
          switch (wanted.byItself()) {
            case Fit.Partly(_, var missing) -> missing;
            case Fit.DoesNotFit(_, var missing, _) -> missing;
            case Fit.Whole _ -> Bytes.ZERO;
          };
      add(
          Cause.CONTEXT_TOO_LONG,
          wanted.tag().fullName(),
          opened,
          shortfall,
          new Finding.Line(contextLine(wanted.context()), installation()));
    } else if (variant(wanted).isPresent()) {
      add(Cause.CONTEXT_OPENED, variant(wanted).get(), wanted.context());
    } else if (!told && environment.isKnown()) {
      add(Cause.CONTEXT_UNKNOWN, wanted.tag().fullName(), wanted.context());
    } else if (!told) {
      return;
    } else if (opened.compareTo(wanted.context()) < 0) {
      add(Cause.CONTEXT_SHORT, wanted.tag().fullName(), opened, wanted.context());
    } else {
      add(Cause.CONTEXT_OPENED, wanted.tag().fullName(), opened);
    }
  }

  /// A variant of the tag that asks for the planned context itself.
  private Optional<String> variant(Wanted wanted) {
    Map<String, ShownModel> shown =
        symptoms.answers().map(Presence.Answers::shown).orElse(Map.of());
    for (Map.Entry<String, ShownModel> model : new TreeMap<>(shown).entrySet()) {
      long own = Text.whole(model.getValue().parameters().getOrDefault("num_ctx", "")).orElse(0);
      boolean made = model.getValue().parent().filter(wanted.tag().fullName()::equals).isPresent();
      if (made && own >= wanted.context().tokens()) {
        return Optional.of(model.getKey());
      }
    }
    return Optional.empty();
  }

  private static ServerVariable contextLine(ContextLength context) {
    return new ServerVariable("OLLAMA_CONTEXT_LENGTH", Integer.toString(context.tokens()));
  }

  private void wanted() {
    if (symptoms.wanted().isEmpty() || !environment.isKnown()) {
      return;
    }
    Wanted wanted = symptoms.wanted().get();
    for (ServerVariable variable : wanted.server()) {
      if (!environment.tells(variable.name())) {
        continue;
      }
      add(
          Cause.SETTING_DIFFERS,
          variable,
          wanted.tag().fullName(),
          environment.effective().getOrDefault(variable.name(), "-"),
          new Finding.Line(variable, installation()));
    }
    boolean isShort = findings.stream().anyMatch(f -> f.cause() == Cause.CONTEXT_SHORT);
    boolean isAsPlanned = wanted.server().isEmpty() && environment.tells("OLLAMA_CONTEXT_LENGTH");
    if (isAsPlanned && !isShort) {
      add(Cause.SETTINGS_AS_PLANNED, wanted.tag().fullName());
    }
  }

  private void rest() {
    int parallel = OllamaRules.of(setup).parallelVariable();
    if (parallel > 1) {
      add(Cause.PARALLEL_MULTIPLIES, parallel);
    }
    String host = setup.variable("OLLAMA_HOST").orElse("");
    if (host.contains("0.0.0.0") || host.startsWith(":") || host.contains("[::]")) {
      add(Cause.HOST_OPEN, Text.clean(host));
    }
    boolean q8 =
        setup.variable("OLLAMA_KV_CACHE_TYPE").flatMap(KvCacheType::named).isPresent()
            && installation() == Installation.BREW;
    if (q8) {
      add(Cause.BREW_SETTINGS, setup.variable("OLLAMA_KV_CACHE_TYPE").orElse(""));
    }
    boolean little =
        symptoms
            .machine()
            .ram()
            .available()
            .filter(free -> free.compareTo(LITTLE_MEMORY) < 0)
            .isPresent();
    Optional<LogLine> kept = symptoms.log().log().newest("cache-ram-state");
    if (little && kept.isPresent()) {
      add(
          Cause.PROMPTS_KEPT_IN_RAM,
          kept.get().after("prompts, ").map(text -> Text.words(text).getFirst()).orElse("?"));
    }
  }
}
