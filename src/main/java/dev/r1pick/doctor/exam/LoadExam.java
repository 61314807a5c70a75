package dev.r1pick.doctor.exam;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.doctor.Cause;
import dev.r1pick.doctor.Finding;
import dev.r1pick.doctor.Presence;
import dev.r1pick.doctor.Symptoms;
import dev.r1pick.doctor.Wanted;
import dev.r1pick.ollama.log.LogLine;
import dev.r1pick.ollama.log.LoggedLoad;
import dev.r1pick.ollama.log.ServerLog;
import dev.r1pick.ollama.server.InstalledModel;
import dev.r1pick.ollama.server.LoadedModel;
import dev.r1pick.ollama.server.ShownModel;
import dev.r1pick.text.Text;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// What was loaded and how it ran.
final class LoadExam {
  private static final double SLOW_SECONDS = 120;

  /// A rate below this share of the least that is predicted is that of another device.
  private static final double FAR_BELOW = 0.4;

  /// What a line of a failed load means, the most telling first.
  private static final List<Map.Entry<String, Cause>> FAILURES =
      List.of(
          Map.entry("kv-type-wrong", Cause.KV_TYPE_WRONG),
          Map.entry("kv-needs-fa-c", Cause.KV_NEEDS_FLASH_ATTENTION),
          Map.entry("no-engine", Cause.ENGINE_MISSING),
          Map.entry("oom-cuda", Cause.LOAD_VRAM_SHORT),
          Map.entry("oom-vulkan", Cause.LOAD_VRAM_SHORT),
          Map.entry("oom-metal", Cause.LOAD_METAL_SHORT),
          Map.entry("oom-cpu-a", Cause.LOAD_RAM_SHORT),
          Map.entry("oom-cpu-c", Cause.LOAD_RAM_SHORT),
          Map.entry("ram-refused", Cause.LOAD_RAM_SHORT),
          Map.entry("killed", Cause.LOAD_KILLED),
          Map.entry("timeout", Cause.LOAD_TIMED_OUT),
          Map.entry("sigill", Cause.LOAD_ILLEGAL_INSTRUCTION),
          Map.entry("oom-runtime", Cause.LOAD_VRAM_SHORT),
          Map.entry("terminated-ab", Cause.LOAD_FAILED),
          Map.entry("terminated-c", Cause.LOAD_FAILED),
          Map.entry("post-predict", Cause.LOAD_FAILED));

  private final Symptoms symptoms;
  private final ServerLog log;
  private final List<Finding> findings = new ArrayList<>();

  private LoadExam(Symptoms symptoms) {
    this.symptoms = symptoms;
    this.log = symptoms.log().log();
  }

  static List<Finding> of(Symptoms symptoms) {
    var exam = new LoadExam(symptoms);
    exam.installed();
    exam.loaded();
    if (symptoms.elsewhere().isEmpty()) {
      exam.failure();
      exam.lastLoad();
      exam.prompts();
    }
    return exam.findings;
  }

  private void add(Cause cause, Object... figures) {
    findings.add(Finding.of(cause, figures));
  }

  private void installed() {
    Optional<Presence.Answers> answers = symptoms.answers();
    if (answers.isEmpty()) {
      return;
    }
    boolean any = false;
    for (InstalledModel model : answers.get().installed()) {
      any |= model.name().startsWith(ModelTag.MODEL) || model.parent().isPresent();
    }
    if (!any && symptoms.wanted().isPresent()) {
      add(Cause.NOTHING_INSTALLED, symptoms.wanted().get().tag().fullName());
    }
    for (Map.Entry<String, ShownModel> model : new TreeMap<>(answers.get().shown()).entrySet()) {
      List<String> can = model.getValue().capabilities();
      if (!can.isEmpty() && !can.contains("thinking")) {
        add(Cause.THINKING_MISSING, model.getKey());
      }
      if (model.getValue().hasLatentCache()) {
        add(Cause.LATENT_CACHE, model.getKey());
      }
    }
  }

  private void loaded() {
    for (LoadedModel model : symptoms.answers().map(Presence.Answers::loaded).orElse(List.of())) {
      long percent = Math.round(100.0 * model.vram().count() / Math.max(1, model.size().count()));
      Object context = model.context().<Object>map(c -> c).orElse("?");
      add(Cause.LOADED_NOW, model.name(), context, model.size(), percent);
      if (percent > 0 && percent < 100) {
        findings.add(Finding.of(Cause.LOAD_PARTLY, "loaded", List.of(model.name(), percent)));
      }
      contextOfClient(model);
    }
  }

  /// A context that neither the model nor the server asks for comes from the program that chats.
  private void contextOfClient(LoadedModel model) {
    OptionalInt own = ownContext(model.name());
    if (own.isPresent()
        && model.context().isPresent()
        && model.context().get().tokens() > own.getAsInt()) {
      add(
          Cause.CONTEXT_OF_CLIENT,
          model.name(),
          model.context().get(),
          ContextLength.of(own.getAsInt()));
    }
  }

  private OptionalInt ownContext(String model) {
    Optional<ShownModel> shown = symptoms.answers().map(answers -> answers.shown().get(model));
    Optional<String> named =
        shown
            .flatMap(known -> Optional.ofNullable(known.parameters().get("num_ctx")))
            .or(
                () ->
                    Optional.ofNullable(
                        symptoms.environment().effective().get("OLLAMA_CONTEXT_LENGTH")));
    long tokens = named.map(text -> Text.whole(text).orElse(0)).orElse(0L);
    return tokens > 0 ? OptionalInt.of((int) Math.min(tokens, 1 << 26)) : log.defaultContext();
  }

  private void failure() {
    List<String> signs = new ArrayList<>();
    if (!log.loads().isEmpty()) {
      signs.addAll(log.loads().getLast().failures());
    } else {
      log.seen().forEach(seen -> signs.add(seen.sign().id()));
    }
    for (Map.Entry<String, Cause> failure : FAILURES) {
      if (signs.contains(failure.getKey())) {
        failed(failure.getKey(), failure.getValue());
        break;
      }
    }
    if (log.newest("fit-abort").isPresent()) {
      add(Cause.LAYERS_FORCED);
    }
    log.newest("oom-retry-ctx")
        .ifPresent(
            line ->
                add(
                    Cause.CONTEXT_LOWERED,
                    line.value("old_num_ctx").orElse("?"),
                    line.value("new_num_ctx").orElse("?")));
  }

  private void failed(String sign, Cause cause) {
    switch (cause) {
      // told among the settings and with the server
      case KV_TYPE_WRONG, KV_NEEDS_FLASH_ATTENTION, ENGINE_MISSING -> {}
      case LOAD_RAM_SHORT -> {
        Optional<LogLine> refused = log.newest("ram-refused");
        if (sign.equals("ram-refused") && refused.isPresent()) {
          findings.add(
              Finding.of(
                  cause,
                  "refused",
                  List.of(
                      refused.get().value("requested").orElse("?"),
                      refused.get().value("available").orElse("?"))));
        } else {
          add(cause);
        }
      }
      default -> add(cause);
    }
  }

  private void lastLoad() {
    if (log.loads().isEmpty() || !log.loads().getLast().failures().isEmpty()) {
      return;
    }
    LoggedLoad last = log.loads().getLast();
    String name = nameOf(last).orElse("?");
    if (last.layers().isPresent() && last.layersOnGpu().isPresent()) {
      if (last.isPartly()) {
        add(Cause.LOAD_PARTLY, name, last.layersOnGpu().getAsInt(), last.layers().getAsInt());
      } else {
        add(
            Cause.LAST_LOAD,
            name,
            last.layersOnGpu().getAsInt(),
            last.layers().getAsInt(),
            last.context().isPresent()
                ? ContextLength.of(Math.max(1, last.context().getAsInt()))
                : "?",
            last.kvCacheType().orElse("f16"));
      }
    }
    if (last.seconds().orElse(0) >= SLOW_SECONDS) {
      add(Cause.LOAD_SLOW, name, Math.round(last.seconds().orElse(0)));
    }
    rate(last, name);
  }

  private void rate(LoggedLoad last, String name) {
    if (last.usualRate().isEmpty() || symptoms.wanted().isEmpty()) {
      return;
    }
    Wanted wanted = symptoms.wanted().get();
    double rate = last.usualRate().getAsDouble();
    double slowest = wanted.slowest().orElse(0);
    if (!name.equals(wanted.tag().fullName()) || slowest <= 0) {
      return;
    }
    if (rate < FAR_BELOW * slowest) {
      add(Cause.RATE_TOO_LOW, name, rate, slowest);
    } else {
      add(Cause.RATE_AS_PREDICTED, name, rate, slowest);
    }
  }

  /// The model whose weights a load took, by their digest.
  private Optional<String> nameOf(LoggedLoad load) {
    String blob = load.command().blob().orElse("");
    for (Map.Entry<String, ShownModel> model :
        symptoms
            .answers()
            .map(answers -> new TreeMap<>(answers.shown()))
            .orElse(new TreeMap<>())
            .entrySet()) {
      if (!blob.isEmpty() && model.getValue().weights().filter(blob::equals).isPresent()) {
        return Optional.of(model.getKey());
      }
    }
    return symptoms
        .store()
        .flatMap(seen -> seen.store())
        .flatMap(store -> store.users(blob).stream().findFirst())
        .map(model -> model.name());
  }

  private void prompts() {
    Optional<LogLine> cut = log.newest("truncate-c").or(() -> log.newest("truncate-ab"));
    if (cut.isPresent()) {
      add(
          Cause.PROMPT_CUT,
          cut.get().value("prompt").orElse("?"),
          cut.get().value("new").or(() -> cut.get().value("limit")).orElse("?"));
    }
  }
}
