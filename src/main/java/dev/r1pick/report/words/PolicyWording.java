package dev.r1pick.report.words;

import dev.r1pick.hardware.IdleGpu;
import dev.r1pick.policy.Actual;
import dev.r1pick.policy.Finding;
import dev.r1pick.policy.Outcome;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyReason;
import dev.r1pick.policy.PolicyRemedy;
import dev.r1pick.policy.PolicyRule;
import dev.r1pick.policy.PolicyRule.Severity;
import dev.r1pick.policy.Requirement;
import dev.r1pick.text.Escaping;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a policy asks and what a machine answers, in words; every format says the same ones.
public final class PolicyWording {
  private final Messages messages;
  private final Wording words;

  /// Words of one language.
  public PolicyWording(Messages messages) {
    this.messages = messages;
    this.words = new Wording(messages);
  }

  /// What a rule asks for: `coding, 14b or larger, context 16k, 15 tokens/s`.
  public String asked(PolicyRule rule) {
    return switch (rule.requirement()) {
      case Requirement.UseCase useCase -> useCase(useCase);
      case Requirement.Tag tag -> tag(tag);
      case Requirement.Ram(var least) -> messages.text("policy.asked.ram", Amounts.memory(least));
      case Requirement.Vram(var least) -> messages.text("policy.asked.vram", Amounts.memory(least));
      case Requirement.DiskFree(var least) ->
          messages.text("policy.asked.disk", Amounts.download(least));
      case Requirement.Ollama(var range) -> messages.text("policy.asked.ollama", range);
      case Requirement.UnderLicense(var word, _) -> messages.text("policy.asked.license", word);
    };
  }

  private String useCase(Requirement.UseCase asked) {
    var parts = new ArrayList<String>();
    parts.add(
        messages.text(
            "policy.asked.use-case", asked.profile().id(), words.useCase(asked.profile())));
    asked.minSize().ifPresent(size -> parts.add(messages.text("policy.asked.size", size)));
    addContext(parts, asked.context());
    addSpeed(parts, asked.minSpeed());
    asked.maxWait().ifPresent(wait -> parts.add(messages.text("policy.asked.wait", wait)));
    asked
        .maxDownload()
        .ifPresent(
            most -> parts.add(messages.text("policy.asked.download", Amounts.download(most))));
    if (!asked.language().equals("en")) {
      parts.add(messages.text("policy.asked.language", Locale.of(asked.language())));
    }
    return messages.list(parts);
  }

  private String tag(Requirement.Tag asked) {
    var parts = new ArrayList<String>();
    parts.add(asked.tag().fullName());
    switch (asked.placement()) {
      case GPU -> parts.add(messages.text("policy.asked.gpu"));
      case WHOLE -> parts.add(messages.text("policy.asked.whole"));
      case ANY -> {}
    }
    addContext(parts, asked.load().contextLength());
    asked
        .load()
        .parallel()
        .ifPresent(number -> parts.add(messages.counted("policy.asked.parallel", number)));
    addSpeed(parts, asked.minSpeed());
    return messages.list(parts);
  }

  private void addContext(List<String> parts, Optional<ContextLength> context) {
    context.ifPresent(c -> parts.add(messages.text("policy.asked.context", c.shortText())));
  }

  private void addSpeed(List<String> parts, OptionalDouble rate) {
    if (rate.isPresent()) {
      parts.add(messages.text("policy.asked.speed", Amounts.about(rate.getAsDouble())));
    }
  }

  /// What became of it: `deepseek-r1:14b at 16k runs whole on your RTX 4090, 70–85 tokens/s`.
  public String said(Finding finding) {
    Optional<String> reason = finding.reason().map(this::reason);
    return switch (finding.actual()) {
      case Actual.Load load ->
          reason.isPresent()
              ? messages.text("policy.said.load-missed", load.tag().fullName(), reason.get())
              : load(load, finding.rule().requirement());
      case Actual.Amount(var have) ->
          reason.orElseGet(
              () ->
                  messages.text(
                      "policy.said.amount",
                      finding.rule().requirement() instanceof Requirement.DiskFree
                          ? Amounts.download(have)
                          : Amounts.memory(have)));
      case Actual.Version(var version) ->
          reason.orElseGet(() -> messages.text("policy.said.version", version));
      case Actual.Tags(var tags) ->
          reason.isPresent()
              ? messages.text(
                  "policy.said.license-missed", tags.getFirst().fullName(), reason.get())
              : finding.rule().severity() == Severity.FORBID
                  ? messages.counted("policy.said.left-out", tags.size())
                  : messages.text("policy.said.no-such-tag");
      case Actual.Nothing _ -> reason.orElseGet(() -> messages.text("report.unknown"));
    };
  }

  /// `deepseek-r1:14b at 16k runs whole on your RTX 4090, 70–85 tokens/s`.
  public String load(Actual.Load load) {
    return load(load, words.rate(load.speed()));
  }

  private String load(Actual.Load load, String speed) {
    return messages.text(
        "policy.said.load",
        load.tag().fullName(),
        load.fit().plan().settings().contextLength().shortText(),
        words.placement(load.fit().plan()),
        speed);
  }

  /// With the time of an answer where the rule asks for one.
  private String load(Actual.Load load, Requirement requirement) {
    boolean timed =
        requirement instanceof Requirement.UseCase useCase && useCase.maxWait().isPresent();
    return load(
        load,
        timed ? words.speed(load.speed(), load.answerTime(), false) : words.rate(load.speed()));
  }

  String reason(PolicyReason reason) {
    String key = "policy.reason." + reason.id();
    return switch (reason) {
      case PolicyReason.OfRule(var why) -> new ReasonWording(messages).inPolicy(why);
      case PolicyReason.WaitsTooLong(var time) ->
          messages.text(key, time.typical().expected(), time.heavy().expected());
      case PolicyReason.NotWhole(var missing, int gpuLayers, int layers, var context) ->
          messages.text(key, Amounts.memory(missing), gpuLayers, layers, context.shortText());
      case PolicyReason.Ram(var have) -> messages.text(key, Amounts.memory(have));
      case PolicyReason.Vram(var have) -> messages.text(key, Amounts.memory(have));
      case PolicyReason.Disk(var free) -> messages.text(key, Amounts.download(free));
      case PolicyReason.Ollama(var version) -> messages.text(key, version);
      case PolicyReason.OllamaVersionUnknown(var version) -> messages.text(key, version);
      case PolicyReason.License(var license) -> messages.text(key, license);
      case PolicyReason.GpuSilent(var gpu) -> messages.text(key, gpu);
      case PolicyReason.OnTheCpu _,
          PolicyReason.NothingAllowed _,
          PolicyReason.NothingFits _,
          PolicyReason.MemoryUnknown _,
          PolicyReason.GpuMemoryUnknown _,
          PolicyReason.DiskUnknown _,
          PolicyReason.NoGpu _,
          PolicyReason.NoOllama _ ->
          messages.text(key);
    };
  }

  /// What became of it, in one word.
  public String outcome(Outcome outcome) {
    return messages.text("policy.outcome." + outcome.code());
  }

  /// What would help, as a whole phrase.
  public String remedy(PolicyRemedy way) {
    return switch (way) {
      case PolicyRemedy.FitWith(var remedy) ->
          messages.text("policy.way.fit-with", new RemedyWording(messages).sentence(remedy));
      case PolicyRemedy.UseGpu(var gpu, var why) ->
          messages.text("policy.way.use-gpu", Wording.shortName(gpu), words.whyNot(why));
      case PolicyRemedy.FasterMemory(double factor) ->
          messages.text("policy.way.faster-memory", Amounts.decimal(factor, 1));
      case PolicyRemedy.MoreRam(var missing) ->
          messages.text("policy.way.more-ram", Amounts.memory(missing));
      case PolicyRemedy.MoreVram(var missing) ->
          messages.text("policy.way.more-vram", Amounts.memory(missing));
      case PolicyRemedy.FreeDisk(var missing) ->
          messages.text("policy.way.free-disk", Amounts.download(missing));
      case PolicyRemedy.InstallOllama(var range) ->
          messages.text("policy.way.install-ollama", range);
      case PolicyRemedy.DescribeMachine _ -> messages.text("policy.way.describe-machine");
      case PolicyRemedy.AcceptUnknown _ -> messages.text("policy.way.accept-unknown");
    };
  }

  /// Kebab-case, stable: scripts read it.
  public static String kind(PolicyRemedy way) {
    return switch (way) {
      case PolicyRemedy.FitWith(var remedy) -> RemedyWording.kind(remedy);
      case PolicyRemedy.UseGpu _ -> "use-gpu";
      case PolicyRemedy.FasterMemory _ -> "faster-memory";
      case PolicyRemedy.MoreRam _ -> "more-ram";
      case PolicyRemedy.MoreVram _ -> "more-vram";
      case PolicyRemedy.FreeDisk _ -> "free-disk";
      case PolicyRemedy.InstallOllama _ -> "install-ollama";
      case PolicyRemedy.DescribeMachine _ -> "describe-machine";
      case PolicyRemedy.AcceptUnknown _ -> "accept-unknown";
    };
  }

  /// What became of it and what would help, in one line: for formats that have one field for both.
  public String saidWithRemedies(Finding finding) {
    var clauses = new ArrayList<String>();
    clauses.add(said(finding));
    finding.remedies().forEach(way -> clauses.add(remedy(way)));
    return messages.clauses(clauses);
  }

  /// GPUs of the machine that lie idle for a reason that somebody can do something about, a
  /// sentence each.
  public List<String> idle(PolicyAnswer answer) {
    var sentences = new ArrayList<String>();
    for (IdleGpu idle : IdleGpu.of(answer.machine())) {
      sentences.add(words.idle(idle));
    }
    return sentences;
  }

  /// What would help, in one line; empty where nothing would.
  public String remedies(Finding finding) {
    var clauses = new ArrayList<String>();
    finding.remedies().forEach(way -> clauses.add(remedy(way)));
    return messages.clauses(clauses);
  }

  /// `.r1pick.yml: 3 of 5 rules met, 1 not met, 1 unknown`.
  public String sum(PolicyAnswer answer) {
    var parts = new ArrayList<String>();
    parts.add(met(answer));
    for (Outcome outcome : List.of(Outcome.WARNED, Outcome.NOT_MET, Outcome.UNKNOWN)) {
      if (answer.count(outcome) > 0) {
        parts.add(messages.counted("policy.count." + outcome.code(), answer.count(outcome)));
      }
    }
    return messages.text(
        "policy.line", Escaping.line(answer.policy().file()), messages.list(parts));
  }

  /// `3 of 5 rules met`.
  String met(PolicyAnswer answer) {
    return messages.counted("policy.sum", answer.findings().size(), answer.count(Outcome.MET));
  }
}
