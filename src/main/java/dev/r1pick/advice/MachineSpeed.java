package dev.r1pick.advice;

import dev.r1pick.catalog.GpuCatalog;
import dev.r1pick.catalog.GpuModel;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.Fit;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Machine;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.speed.CpuBandwidth;
import dev.r1pick.speed.SpeedEstimate;
import dev.r1pick.speed.SpeedEstimator;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How fast one machine runs a plan: knows which chips it has, looks each up once.
public final class MachineSpeed {
  private final SpeedEstimator estimator;
  private final Machine machine;
  private final Supplier<GpuCatalog> gpus;
  private final CpuBandwidth cpu;
  private final IdentityHashMap<Accelerator, Optional<GpuModel>> known = new IdentityHashMap<>();

  /// The speed of one machine.
  ///
  /// @param gpus read only if the machine has an accelerator that is used
  public MachineSpeed(
      SpeedEstimator estimator, Machine machine, Supplier<GpuCatalog> gpus, CpuBandwidth cpu) {
    this.estimator = estimator;
    this.machine = machine;
    this.gpus = gpus;
    this.cpu = cpu;
  }

  /// The rate of a plan when the context holds that many tokens.
  public SpeedEstimate of(Fit fit, int atContextTokens) {
    return estimator.estimate(fit.plan(), machine, models(fit), cpu, atContextTokens);
  }

  /// How long an answer takes with a plan; empty where the speed is not known.
  public Optional<AnswerTime> answerTime(Fit fit, AnswerTime.Length length) {
    return estimator.answerTime(fit.plan(), machine, models(fit), cpu, length);
  }

  private List<Optional<GpuModel>> models(Fit fit) {
    var models = new ArrayList<Optional<GpuModel>>();
    for (DeviceLoad device : fit.plan().devices()) {
      models.add(model(device.device()));
    }
    return models;
  }

  /// The catalog's entry of an accelerator, for a slice of a device with its share of the
  /// bandwidth; empty for a chip that is not in it.
  public Optional<GpuModel> model(Accelerator accelerator) {
    return known.computeIfAbsent(accelerator, this::match);
  }

  /// How fast the processor's memory can be read.
  public CpuBandwidth cpu() {
    return cpu;
  }

  /// What tells kinds of one name apart is the memory of the whole device: a slice has only a part
  /// of it, and a chip that shares the system's memory is sold by that, not by the share it gets.
  private Optional<GpuModel> match(Accelerator accelerator) {
    boolean slice = isSlice(accelerator);
    Optional<Bytes> memory = accelerator.memory().total();
    if (accelerator.memory().unified()) {
      memory = machine.ram().installed().or(() -> machine.ram().total());
    }
    Optional<GpuModel> model =
        gpus.get()
            .match(
                accelerator.identity().pciId(),
                accelerator.name(),
                slice ? Optional.empty() : memory,
                accelerator.identity().gpuCores());
    return slice
        ? model.flatMap(whole -> accelerator.memory().total().flatMap(whole::slice))
        : model;
  }

  /// Whether it is a part of a device that has a part of its memory.
  public static boolean isSlice(Accelerator accelerator) {
    return accelerator.kind() == Kind.MIG_INSTANCE || accelerator.kind() == Kind.PARTITION;
  }
}
