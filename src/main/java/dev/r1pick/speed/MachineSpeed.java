package dev.r1pick.speed;

import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Machine;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How fast one machine runs a plan: knows which chips it has, looks each up once.
public final class MachineSpeed {
  private final SpeedEstimator estimator;
  private final Machine machine;
  private final GpuModels gpus;
  private final CpuBandwidth cpu;
  private final IdentityHashMap<Accelerator, Optional<GpuModel>> known = new IdentityHashMap<>();
  private final IdentityHashMap<Accelerator, Optional<ComparableChips>> comparable =
      new IdentityHashMap<>();

  /// The speed of one machine.
  ///
  /// @param gpus read only if the machine has an accelerator that is used
  public MachineSpeed(
      SpeedEstimator estimator, Machine machine, Supplier<GpuCatalog> gpus, CpuBandwidth cpu) {
    this(estimator, machine, new GpuModels(gpus), cpu);
  }

  /// The speed of one machine of many.
  ///
  /// @param gpus what was looked up for the others
  public MachineSpeed(SpeedEstimator estimator, Machine machine, GpuModels gpus, CpuBandwidth cpu) {
    this.estimator = estimator;
    this.machine = machine;
    this.gpus = gpus;
    this.cpu = cpu;
  }

  /// The rate of a plan when the context holds that many tokens.
  public SpeedEstimate of(Fit fit, int atContextTokens) {
    List<Optional<GpuModel>> models = models(fit);
    return models.contains(Optional.<GpuModel>empty())
        ? between(fit, models, atContextTokens)
        : estimator.estimate(fit.plan(), machine, models, cpu, atContextTokens);
  }

  /// With the slowest and with the fastest chip that can stand in for each unknown one.
  private SpeedEstimate between(Fit fit, List<Optional<GpuModel>> models, int atContextTokens) {
    var slowest = new ArrayList<Optional<GpuModel>>();
    var fastest = new ArrayList<Optional<GpuModel>>();
    for (int i = 0; i < models.size(); i++) {
      Accelerator device = fit.plan().devices().get(i).device();
      Optional<ComparableChips> chips =
          models.get(i).isPresent() ? Optional.empty() : comparable(device);
      slowest.add(models.get(i).or(() -> chips.map(ComparableChips::slowest)));
      fastest.add(models.get(i).or(() -> chips.map(ComparableChips::fastest)));
    }
    SpeedEstimate slow = estimator.estimate(fit.plan(), machine, slowest, cpu, atContextTokens);
    SpeedEstimate fast = estimator.estimate(fit.plan(), machine, fastest, cpu, atContextTokens);
    return slow instanceof SpeedEstimate.Known low && fast instanceof SpeedEstimate.Known high
        ? new SpeedEstimate.Bounds(
            low.generation().low(),
            high.generation().high(),
            low.atContextTokens(),
            SpeedEstimator.backends(fit.plan(), machine))
        : slow;
  }

  /// The known chips that an unknown one is taken to lie between. Of a slice of an unknown device
  /// nothing tells how large the whole is, so there are none.
  public Optional<ComparableChips> comparable(Accelerator accelerator) {
    return comparable.computeIfAbsent(
        accelerator,
        device ->
            isSlice(device)
                ? Optional.empty()
                : estimator.comparable(
                    device, machine, GpuModels.memory(device, machine), gpus.catalog().models()));
  }

  /// How long an answer takes with a plan; empty where the speed is not known, or only bounds of
  /// it.
  public Optional<AnswerTime> answerTime(Fit fit, AnswerTime.Length length) {
    return estimator.answerTime(fit.plan(), machine, models(fit), cpu, length);
  }

  /// The same where the speed in the middle of a typical answer is at hand.
  ///
  /// @param typical what [#of] says there
  public Optional<AnswerTime> answerTime(Fit fit, AnswerTime.Length length, SpeedEstimate typical) {
    return typical instanceof SpeedEstimate.Known known
        ? estimator.answerTime(fit.plan(), machine, models(fit), cpu, length, known)
        : Optional.empty();
  }

  private List<Optional<GpuModel>> models(Fit fit) {
    var models = new ArrayList<Optional<GpuModel>>();
    for (DeviceLoad device : fit.plan().devices()) {
      models.add(model(device.device()));
    }
    return models;
  }

  /// The catalog's entry of an accelerator, for a slice of a device with its share of the
  /// bandwidth; empty for a chip that is not in it, and for one that only drives a screen.
  public Optional<GpuModel> model(Accelerator accelerator) {
    if (accelerator.kind() == Kind.BMC || accelerator.kind() == Kind.VIRTUAL) {
      return Optional.empty();
    }
    return known.computeIfAbsent(accelerator, this::match);
  }

  /// The other kinds that an accelerator can be, where nothing tells it from them: what [#model]
  /// says of it is then a guess, the slowest.
  public List<GpuModel> alternatives(Accelerator accelerator) {
    List<GpuModel> kinds =
        model(accelerator).isPresent() ? gpus.kinds(accelerator, machine) : List.of();
    return kinds.isEmpty() ? List.of() : kinds.subList(1, kinds.size());
  }

  /// The machine changed in something, to plan with where the memory of a usable card is unknown.
  public Machine planned(Machine changed) {
    return new PlannedGpus(gpus).of(changed);
  }

  /// How fast the processor's memory can be read.
  public CpuBandwidth cpu() {
    return cpu;
  }

  private Optional<GpuModel> match(Accelerator accelerator) {
    List<GpuModel> kinds = gpus.kinds(accelerator, machine);
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    GpuModel model = kinds.getFirst();
    return isSlice(accelerator)
        ? accelerator.memory().total().flatMap(model::slice)
        : Optional.of(model);
  }

  /// Whether it is a part of a device that has a part of its memory.
  public static boolean isSlice(Accelerator accelerator) {
    return accelerator.kind() == Kind.MIG_INSTANCE || accelerator.kind() == Kind.PARTITION;
  }
}
