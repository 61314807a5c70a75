package dev.r1pick.report.words;

import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.Remedy;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.plan.Build;
import dev.r1pick.plan.HardwarePlan;
import dev.r1pick.plan.PlanQuestion;
import dev.r1pick.plan.Planned;
import dev.r1pick.plan.Planned.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Which hardware runs a tag, in words.
public final class PlanWording {
  private final Messages messages;
  private final Wording words;
  private final BuildWording builds;

  /// Words of one language.
  ///
  /// @param gpus by which cards are named as people type them
  public PlanWording(Messages messages, GpuCatalog gpus) {
    this.messages = messages;
    this.words = new Wording(messages);
    this.builds = new BuildWording(messages, gpus);
  }

  /// What does it cheapest, or that nothing does and what comes nearest.
  public String verdict(HardwarePlan plan) {
    String tag = plan.tag().fullName();
    String context = plan.context().shortText();
    String target = Amounts.asked(plan.target().tokensPerSecond());
    List<Planned> does = plan.shortlist(Standing.DOES_IT, 1);
    if (!does.isEmpty()) {
      Build first = does.getFirst().build();
      return first.listPriceUsd().isPresent()
          ? messages.text(
              "plan.answer-priced",
              tag,
              context,
              target,
              builds.name(first),
              builds.dollars(first.listPriceUsd().getAsInt()),
              first.listPriceYear().orElse(0))
          : messages.text("plan.answer", tag, context, target, builds.name(first));
    }
    Optional<Planned> fastest = plan.fastest();
    return fastest
        .map(
            one ->
                messages.text(
                    "plan.none-so-fast",
                    tag,
                    context,
                    target,
                    builds.name(one.build()),
                    words.rate(one.speed())))
        .orElseGet(() -> messages.text("plan.none-holds", tag, context));
  }

  /// What it takes on GPUs.
  public String need(HardwarePlan plan) {
    FitEstimator.Need need = MemoryByContext.need(plan.tag(), plan.context(), KvCacheType.F16);
    return messages.text(
        "plan.need",
        Amounts.memory(need.device()),
        Amounts.gib(need.weights()),
        Amounts.gib(need.kvCache()),
        Amounts.gib(need.compute()));
  }

  /// The command that looks at one of them.
  public String check(HardwarePlan plan, Planned one) {
    String partial = one.build().kind() == Build.Kind.EXPERTS ? " --allow partial" : "";
    return "r1pick check "
        + plan.tag().name()
        + " --context "
        + plan.context().shortText()
        + partial
        + " "
        + builds.options(one.build());
  }

  /// What comes nearest to holding it, and what would make it fit.
  public String tooSmall(HardwarePlan plan, HardwarePlan.Miss miss) {
    var ways = new ArrayList<String>();
    var wording = new RemedyWording(messages);
    for (Remedy remedy : miss.remedies()) {
      if (ways.size() < 2) {
        ways.add(wording.sentence(remedy));
      }
    }
    String name = builds.name(miss.planned().build());
    return ways.isEmpty()
        ? messages.text("plan.miss", name, plan.context().shortText())
        : messages.text("plan.miss-mended", name, String.join(messages.text("plan.or"), ways));
  }

  /// What has to be known about the hardware that is shown.
  public List<String> remarks(PlanQuestion question, List<Planned> shown) {
    var years = new TreeSet<Integer>();
    boolean several = false;
    for (Planned one : shown) {
      one.build().listPriceYear().ifPresent(years::add);
      several |=
          one.build().kind() == Build.Kind.CARDS && one.build().gpus().orElseThrow().number() > 1;
    }
    var remarks = new ArrayList<String>();
    if (several) {
      remarks.add(messages.text("plan.remark.several"));
    }
    if (!years.isEmpty()) {
      remarks.add(messages.text("plan.remark.prices", List.copyOf(years)));
    }
    if (question.maxPriceUsd().isPresent() || question.maxWatts().isPresent()) {
      remarks.add(messages.text("plan.remark.limits"));
    }
    return remarks;
  }
}
