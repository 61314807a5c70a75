package dev.r1pick.plan;

import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.deployment.Deployment;
import dev.r1pick.catalog.deployment.Deployments;
import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuMarket.Availability;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.Placement;
import dev.r1pick.fit.Remedies;
import dev.r1pick.hardware.Machine;
import dev.r1pick.plan.Build.Kind;
import dev.r1pick.plan.HardwarePlan.Miss;
import dev.r1pick.plan.Planned.Standing;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.AnswerTokens;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Asks all hardware of the catalog what `check` asks one machine.
public final class HardwarePlanner {
  /// A GPU that lacks more than a quarter of the file is not asked: weights are nearly all of it.
  private static final double LEAST_SHARE = 0.75;

  /// Cheapest first; without a price by power, which goes with what is bought; then by memory.
  private static final Comparator<Planned> CHEAPEST_FIRST =
      Comparator.<Planned>comparingInt(one -> one.build().listPriceUsd().orElse(Integer.MAX_VALUE))
          .thenComparingInt(one -> one.build().watts().orElse(Integer.MAX_VALUE))
          .thenComparingLong(one -> one.build().ram().count())
          .thenComparing(Comparator.comparingDouble(Planned::low).reversed());

  private final GpuCatalog gpus;
  private final Deployments deployments;
  private final UseCases useCases;
  private final List<ModelTag> manifests;
  private final Workshop workshop;
  private final FitEstimator fits = new FitEstimator();

  /// A planner.
  ///
  /// @param manifests one tag for each distinct manifest of the catalog
  public HardwarePlanner(
      GpuCatalog gpus,
      Deployments deployments,
      UseCases useCases,
      List<ModelTag> manifests,
      Workshop workshop) {
    this.gpus = gpus;
    this.deployments = deployments;
    this.useCases = useCases;
    this.manifests = List.copyOf(manifests);
    this.workshop = workshop;
  }

  /// The hardware for a tag.
  public HardwarePlan plan(ModelTag tag, PlanQuestion question) {
    ContextLength context =
        question
            .context()
            .orElseGet(() -> useCases.neededContext(question.useCase(), tag.variant().id()))
            .clampedTo(tag.variant().trainedContext());
    var asked = new Asked(tag, question, context);
    Bytes ram = question.ram().orElseGet(() -> BuildList.ramFor(tag.download()));
    var planned = new ArrayList<Planned>();
    for (List<Build> sizes : BuildList.gpus(gpus.models(), ram)) {
      asked.first(sizes).ifPresent(planned::add);
    }
    for (List<Build> sizes : BuildList.processors(deployments)) {
      asked.first(sizes).ifPresent(planned::add);
    }
    boolean experts = tag.variant().architecture().experts().isPresent();
    if (experts) {
      for (List<Build> sizes : expertHosts()) {
        asked.first(sizes).ifPresent(planned::add);
      }
    }
    planned.sort(CHEAPEST_FIRST);
    TokenRate target = question.minSpeed().orElseGet(question.useCase()::readerRate);
    List<Planned> judged = judged(planned, target);
    if (question.minSpeed().isEmpty() && !isMet(judged)) {
      target = question.useCase().leastRate();
      judged = judged(planned, target);
    }
    return new HardwarePlan(
        question,
        tag,
        context,
        target,
        judged,
        asked.nearest(ram),
        experts ? deployments.ways() : List.<Deployment>of());
  }

  private static List<Planned> judged(List<Planned> planned, TokenRate target) {
    var judged = new ArrayList<Planned>(planned.size());
    for (Planned one : planned) {
      judged.add(one.judged(target));
    }
    return judged;
  }

  private static boolean isMet(List<Planned> judged) {
    for (Planned one : judged) {
      if (one.standing() == Standing.DOES_IT) {
        return true;
      }
    }
    return false;
  }

  /// The hardware for each of several tags.
  ///
  /// @param tags smallest first
  /// @param language of the prompts, its two-letter code
  public UseCasePlan plan(
      List<ModelTag> tags, PlanQuestion question, QualityEstimator qualities, String language) {
    var steps = new ArrayList<UseCasePlan.Step>();
    for (ModelTag tag : tags) {
      steps.add(
          new UseCasePlan.Step(
              qualities.estimate(tag, question.useCase(), language), plan(tag, question)));
    }
    return new UseCasePlan(question, steps);
  }

  private List<List<Build>> expertHosts() {
    var builds = new ArrayList<List<Build>>();
    for (Deployments.ExpertHost host : deployments.expertHosts()) {
      for (GpuModel model : gpus.models()) {
        if (model.name().equals(host.gpu())) {
          var sizes = new ArrayList<Build>();
          for (Bytes ram : host.ram()) {
            var card = new Build.Gpus(model, model.memorySizes().getLast(), 1);
            sizes.add(new Build(Kind.EXPERTS, Optional.of(card), Optional.of(host.cpu()), ram));
          }
          builds.add(sizes);
        }
      }
    }
    return builds;
  }

  private static boolean isSold(GpuModel model) {
    return model.market().availability().filter(Availability.SOLD::equals).isPresent();
  }

  /// One tag at one context.
  private final class Asked {
    private final ModelTag tag;
    private final PlanQuestion question;
    private final FitRequest request;
    private final AnswerTime.Length length;

    Asked(ModelTag tag, PlanQuestion question, ContextLength context) {
      this.tag = tag;
      this.question = question;
      this.request = FitRequest.DEFAULTS.withContextLength(context);
      this.length = AnswerTokens.of(useCases, question.useCase(), tag.variant());
    }

    /// The first of the sizes that holds the tag, where it is within the limits.
    Optional<Planned> first(List<Build> sizes) {
      for (Build build : sizes) {
        if (!question.isWanted(build.kind())) {
          return Optional.empty();
        }
        if (!isWorthAsking(build)) {
          continue;
        }
        Machine machine = workshop.machine(build);
        boolean usable = build.gpus().isEmpty() || !machine.usableAccelerators().isEmpty();
        if (!usable) {
          return Optional.empty();
        }
        Fit fit = fits.estimate(tag, request, machine);
        if (holds(build, fit)) {
          return question.allows(build)
              ? Optional.of(judged(build, machine, fit))
              : Optional.empty();
        }
      }
      return Optional.empty();
    }

    private boolean isWorthAsking(Build build) {
      Bytes memory =
          build.gpus().isPresent() && build.kind() != Kind.EXPERTS
              ? build.gpus().get().all()
              : build.ram();
      return tag.download().scaledBy(LEAST_SHARE).atMost(memory);
    }

    /// Whole where it computes; for a host of experts with these in RAM and all else on the card.
    private boolean holds(Build build, Fit fit) {
      return switch (build.kind()) {
        case CARDS, LAPTOP, MAC, CHIP ->
            fit instanceof Fit.Whole && !fit.plan().devices().isEmpty();
        case PROCESSOR -> fit instanceof Fit.Whole;
        case EXPERTS ->
            fit instanceof Fit.Partly && fit.plan().placement() instanceof Placement.ExpertsInRam;
      };
    }

    private Planned judged(Build build, Machine machine, Fit fit) {
      MachineSpeed speeds = workshop.speed(machine, build);
      int typical = AnswerTokens.typicalFill(length);
      SpeedEstimate speed = speeds.of(fit, typical);
      return new Planned(
          build,
          machine,
          fit,
          speed instanceof SpeedEstimate.Unknown ? Standing.SPEED_UNKNOWN : Standing.TOO_SLOW,
          speed,
          speeds.of(fit, 0),
          speeds.of(fit, fit.plan().settings().contextLength().tokens()),
          speeds.answerTime(fit, length, speed));
    }

    /// The card in shops and price lists that lacks least, the fastest of its size: what is nearly
    /// enough is what people have, or would rather buy.
    Optional<Miss> nearest(Bytes ram) {
      if (!question.isWanted(Kind.CARDS)) {
        return Optional.empty();
      }
      Optional<Planned> nearest = Optional.empty();
      for (GpuModel model : gpus.models()) {
        if (model.form() != GpuModel.Form.DISCRETE
            || !isSold(model)
            || model.market().listPriceUsd().isEmpty()) {
          continue;
        }
        for (Bytes size : model.memorySizes()) {
          Build build = Build.cards(model, size, 1, ram);
          if (isWorthAsking(build) && question.allows(build)) {
            Machine machine = workshop.machine(build);
            Fit fit = fits.estimate(tag, request, machine);
            if (!(fit instanceof Fit.Whole) && !machine.usableAccelerators().isEmpty()) {
              nearest = nearer(nearest, build, machine, fit);
            }
          }
        }
      }
      return nearest.map(this::miss);
    }

    private Optional<Planned> nearer(
        Optional<Planned> other, Build build, Machine machine, Fit fit) {
      if (other.isPresent()) {
        Build.Gpus own = build.gpus().orElseThrow();
        Build.Gpus others = other.get().build().gpus().orElseThrow();
        int bySize = own.memory().compareTo(others.memory());
        boolean nearer =
            bySize != 0
                ? bySize > 0
                : own.model().bandwidth().compareTo(others.model().bandwidth()) > 0;
        if (!nearer) {
          return other;
        }
      }
      MachineSpeed speeds = workshop.speed(machine, build);
      SpeedEstimate speed = speeds.of(fit, AnswerTokens.typicalFill(length));
      return Optional.of(
          new Planned(
              build,
              machine,
              fit,
              Standing.TOO_SMALL,
              speed,
              speeds.of(fit, 0),
              speeds.of(fit, fit.plan().settings().contextLength().tokens()),
              Optional.empty()));
    }

    private Miss miss(Planned planned) {
      return new Miss(
          planned,
          fits.largestWholeContext(tag, request, planned.machine()),
          Remedies.of(fits, tag, request, planned.machine(), manifests));
    }
  }
}
