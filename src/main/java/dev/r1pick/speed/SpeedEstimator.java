package dev.r1pick.speed;

import dev.r1pick.catalog.Architecture;
import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.fit.DeviceLoad;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Usability;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.HardwareSupport;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.speed.CpuSpeed.Cores;
import dev.r1pick.speed.GpuSpeed.PromptWork;
import dev.r1pick.speed.GpuSpeed.Work;
import dev.r1pick.speed.SpeedConstants.ErrorRange;
import dev.r1pick.speed.SpeedConstants.MixtureSpeed;
import dev.r1pick.speed.SpeedEstimate.Basis;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.TokenRate;
import java.util.List;
import java.util.Optional;

/// How fast a plan generates and reads: the time of a token is the sum of the times of its parts,
/// because layers are worked off one after another, GPU by GPU and the processor's share after
/// them. More GPUs hold more; they do not make one answer faster.
///
/// Pure; an estimate is a few dozen multiplications.
public final class SpeedEstimator {
  private final SpeedConstants constants;
  private final MeasuredFactor measured;

  /// With the constants of `catalog/speed.json`.
  public SpeedEstimator(SpeedConstants constants) {
    this(constants, MeasuredFactor.NONE);
  }

  /// For a machine that was measured.
  public SpeedEstimator(SpeedConstants constants, MeasuredFactor measured) {
    this.constants = constants;
    this.measured = measured;
  }

  /// How fast this plan runs.
  ///
  /// A GPU that the catalog does not know has no bandwidth, so the answer is then
  /// [SpeedEstimate.Unknown]; [#comparable] tells which known chips can stand in for it.
  ///
  /// @param plan where the weights are
  /// @param machine whose GPUs they are; its system tells the backend where nothing else does
  /// @param models the kind of each GPU of the plan, in the order of the plan
  /// @param cpu bandwidth of the processor's memory
  /// @param atContextTokens how full the context is, 0 or more; more than the plan's context counts
  ///   as full
  /// @throws IllegalArgumentException if there are not as many models as GPUs in the plan
  public SpeedEstimate estimate(
      LoadPlan plan,
      Machine machine,
      List<Optional<GpuModel>> models,
      CpuBandwidth cpu,
      int atContextTokens) {
    if (models.size() != plan.devices().size()) {
      throw new IllegalArgumentException(
          models.size() + " kinds for " + plan.devices().size() + " GPUs");
    }
    int context = Math.clamp(atContextTokens, 0, plan.settings().contextLength().tokens());
    var total = new Total(plan, context, constants);
    TokenReads reads = TokenReads.of(plan);
    for (int i = 0; i < models.size(); i++) {
      DeviceLoad load = plan.devices().get(i);
      Optional<Backend> backend = backendOf(load.device(), machine);
      if (models.get(i).isEmpty()) {
        return new SpeedEstimate.Unknown("gpu-not-in-catalog");
      }
      if (backend.isEmpty()) {
        return new SpeedEstimate.Unknown("backend-not-known");
      }
      total.add(
          constants.of(backend.get(), models.get(i).get()),
          models.get(i).get(),
          reads.devices().get(i));
    }
    if (models.size() > 1) {
      total.addSeconds((models.size() - 1) * constants.secondsPerBoundary());
    }
    if (!reads.host().isNothing()) {
      Cores cores =
          new Cores(CpuBandwidthEstimator.cores(machine.cpu()), InstructionSet.of(machine.cpu()));
      total.addHost(constants.cpu(), cpu, cores, reads.host());
    }
    total.addSeconds(
        isBeforeItsOwnEngine(machine)
            ? constants.secondsPerTokenBefore()
            : constants.secondsPerToken());
    return measured.applied(plan, total.estimate());
  }

  /// Up to 0.12, whose runner chose tokens in a slower way.
  private static boolean isBeforeItsOwnEngine(Machine machine) {
    return !machine.ollama().isAtLeast(13, 0);
  }

  /// How long an answer takes. The time of a token grows evenly with the context, so that the time
  /// of all is their number times the time in the middle of the answer.
  ///
  /// @param plan where the weights are
  /// @param machine whose GPUs they are; its system tells the backend where nothing else does
  /// @param models the kind of each GPU of the plan, in the order of the plan
  /// @param cpu bandwidth of the processor's memory
  /// @param length how much is read and generated
  /// @return empty where the speed is unknown
  public Optional<AnswerTime> answerTime(
      LoadPlan plan,
      Machine machine,
      List<Optional<GpuModel>> models,
      CpuBandwidth cpu,
      AnswerTime.Length length) {
    int prompt = length.promptTokens();
    SpeedEstimate typical =
        estimate(plan, machine, models, cpu, prompt + length.typicalTokens() / 2);
    return typical instanceof SpeedEstimate.Known known
        ? answerTime(plan, machine, models, cpu, length, known)
        : Optional.empty();
  }

  /// The same where the speed in the middle of a typical answer is at hand.
  ///
  /// @param typical the speed when the context holds the prompt and half of a typical answer
  public Optional<AnswerTime> answerTime(
      LoadPlan plan,
      Machine machine,
      List<Optional<GpuModel>> models,
      CpuBandwidth cpu,
      AnswerTime.Length length,
      SpeedEstimate.Known typical) {
    int prompt = length.promptTokens();
    SpeedEstimate reading = estimate(plan, machine, models, cpu, prompt);
    SpeedEstimate heavy = estimate(plan, machine, models, cpu, prompt + length.heavyTokens() / 2);
    return reading instanceof SpeedEstimate.Known r && heavy instanceof SpeedEstimate.Known h
        ? Optional.of(AnswerTime.of(r.prompt(), typical.generation(), h.generation(), length))
        : Optional.empty();
  }

  /// The known chips that an unknown one is taken to lie between.
  ///
  /// @param memory of the whole device, of the machine where it is unified
  /// @param known every known chip
  /// @return empty where nothing tells the backend, or no chip of it is known
  public Optional<ComparableChips> comparable(
      Accelerator device, Machine machine, Optional<Bytes> memory, List<GpuModel> known) {
    HardwareSupport ollama = machine.support();
    return backendOf(device, machine)
        .flatMap(backend -> ComparableChips.of(device, backend, memory, ollama, known, constants));
  }

  /// What drives the devices of a plan, for example `cuda`; several with `+` between.
  public static String backends(LoadPlan plan, Machine machine) {
    String names = "";
    for (DeviceLoad load : plan.devices()) {
      String name = backendOf(load.device(), machine).map(Backend::label).orElse("");
      if (!name.isEmpty() && !names.contains(name)) {
        names = names.isEmpty() ? name : names + "+" + name;
      }
    }
    return names;
  }

  /// What drives the device; on a Mac nothing else than Metal can.
  private static Optional<Backend> backendOf(Accelerator device, Machine machine) {
    return switch (device.usability()) {
      case Usability.Usable(var backend) -> Optional.of(backend);
      case Usability.NotUsable(_, var backend, _, _) ->
          backend.isPresent() || machine.os().family() != OsFamily.MACOS
              ? backend
              : Optional.of(Backend.METAL);
    };
  }

  /// Sums up the parts of one plan.
  private static final class Total {
    private final LoadPlan plan;
    private final int context;
    private final MixtureSpeed mixture;
    private final SpeedConstants.Sustained withoutFan;
    private final boolean experts;
    private final String quantization;
    private final PromptWork promptWork;
    private double expected;
    private double slow;
    private double fast;
    private double weights;
    private double promptExpected;
    private double promptSlow;
    private double promptFast;
    private boolean promptKnown = true;
    private int rows = Integer.MAX_VALUE;
    private boolean byBackend;
    private boolean measured;
    private String classes = "";

    Total(LoadPlan plan, int context, SpeedConstants constants) {
      this.plan = plan;
      this.context = context;
      this.mixture = constants.mixture();
      this.withoutFan = constants.withoutFan();
      this.experts = plan.tag().variant().architecture().experts().isPresent();
      this.quantization = plan.tag().quantization().label();
      Architecture architecture = plan.tag().variant().architecture();
      this.promptWork =
          new PromptWork(
              quantization,
              architecture.activeParameters(),
              PromptWork.attention(
                  architecture.layers(), widthOf(architecture.attention()), context / 2.0),
              plan.settings().flashAttention());
    }

    /// Values of all query heads.
    private static int widthOf(Attention attention) {
      return switch (attention) {
        case Attention.GroupedHeads(int heads, _, int headSize) -> heads * headSize;
        case Attention.FullHeads(var sizes) -> widthOf(sizes);
        case Attention.Latent(var sizes) -> widthOf(sizes);
      };
    }

    private static int widthOf(Attention.LatentSizes sizes) {
      return sizes.heads() * (sizes.noPositionHeadSize() + sizes.ropeHeadSize());
    }

    /// A GPU reads its share at its own pace.
    void add(GpuSpeed speed, GpuModel gpu, TokenReads.Part part) {
      var work =
          new Work(quantization, part.weights(), part.kvCachePerToken() * context, part.layers());
      Bandwidth bandwidth = gpu.bandwidth();
      int rows = speed.own().rows();
      if (plan.placement() instanceof Placement.ExpertsInRam) {
        double seconds =
            bandwidth.secondsToRead(work.weightBytes() + work.kvCacheBytes())
                / mixture.gpuEfficiency();
        add(seconds, seconds / mixture.error().lowFactor(), seconds / mixture.error().highFactor());
      } else if (experts) {
        double factor = mixture.gpuFactor(speed.backend().id());
        add(
            speed.seconds(work, bandwidth) / factor,
            speed.slowSeconds(work, bandwidth) / factor / mixture.gpuError().lowFactor(),
            speed.fastSeconds(work, bandwidth) / factor / mixture.gpuError().highFactor());
        rows = Math.min(mixture.gpuRows(), rows);
      } else {
        boolean mayLackFan = GpuSpeed.mayLackFan(gpu);
        add(
            speed.seconds(work, bandwidth) / (mayLackFan ? withoutFan.expected() : 1),
            speed.slowSeconds(work, bandwidth) / (mayLackFan ? withoutFan.low() : 1),
            speed.fastSeconds(work, bandwidth));
      }
      weights += part.weights();
      if (gpu.halfPrecisionTflops().isPresent()) {
        double seconds = speed.promptSeconds(promptWork, gpu.halfPrecisionTflops().getAsDouble());
        addPrompt(seconds, speed.own().promptError(), part.weights());
      } else {
        promptKnown = false;
      }
      join(speed.hasRows() ? speed.own().id() : speed.backend().id(), rows);
      byBackend |= !speed.hasRows();
    }

    private void add(double seconds, double slowSeconds, double fastSeconds) {
      expected += seconds;
      slow += slowSeconds;
      fast += fastSeconds;
    }

    /// What costs the same whatever is read.
    void addSeconds(double seconds) {
      add(seconds, seconds, seconds);
    }

    /// The processor reads the rest from RAM. What the fitted modules are not known to reach counts
    /// as well as what the formula is known to be off; the wider of the two, not both.
    void addHost(CpuSpeed speed, CpuBandwidth memory, Cores cores, TokenReads.Part part) {
      ErrorRange error =
          !experts
              ? speed.error()
              : memory.sockets() > 1 ? mixture.twoSocketError() : mixture.error();
      double seconds = hostSeconds(speed, memory, memory.expected(), cores, part);
      add(
          seconds,
          Math.max(
              seconds / error.lowFactor(), hostSeconds(speed, memory, memory.low(), cores, part)),
          Math.min(
              seconds / error.highFactor(),
              hostSeconds(speed, memory, memory.high(), cores, part)));
      weights += part.weights();
      double promptSeconds =
          speed
              .prompt()
              .seconds(cores, 2 * promptWork.parameters(), promptWork.attentionOperations());
      addPrompt(
          experts ? promptSeconds / mixture.promptFactor() : promptSeconds,
          experts ? mixture.promptError() : speed.prompt().error(),
          part.weights());
      join("cpu", experts ? mixture.rows() : speed.rows());
      measured = memory.origin() == CpuBandwidth.Origin.MEASURED;
    }

    private double hostSeconds(
        CpuSpeed speed,
        CpuBandwidth memory,
        Bandwidth bandwidth,
        Cores cores,
        TokenReads.Part part) {
      double kvCache = part.kvCachePerToken() * context;
      double efficiency = speed.efficiency(memory);
      if (!experts) {
        boolean quantized = plan.settings().kvCacheType() != KvCacheType.F16;
        return speed.seconds(
            new CpuSpeed.Work(quantization, part.weights(), kvCache, quantized, part.layers()),
            cores,
            bandwidth.bytesPerSecond() * efficiency);
      }
      double share =
          memory.origin() == CpuBandwidth.Origin.MEASURED
              ? efficiency * mixture.efficiency() / speed.serverEfficiency()
              : memory.sockets() > 1 ? mixture.twoSocketEfficiency() : mixture.efficiency();
      double layers =
          part.layers() > 0 ? part.layers() : plan.tag().variant().architecture().layers();
      return bandwidth.secondsToRead(part.weights() + kvCache) / share
          + layers * mixture.secondsPerLayer();
    }

    /// A part computes as large a share of a prompt as it holds of the weights that are read.
    private void addPrompt(double seconds, ErrorRange error, double share) {
      promptExpected += seconds * share;
      promptSlow += seconds * share / error.lowFactor();
      promptFast += seconds * share / error.highFactor();
    }

    private void join(String id, int ofRows) {
      rows = Math.min(rows, ofRows);
      if (classes.isEmpty()) {
        classes = id;
      } else if (!classes.equals(id) && !classes.endsWith("+" + id)) {
        classes = classes + "+" + id;
      }
    }

    SpeedEstimate estimate() {
      if (!(expected > 0)) {
        return new SpeedEstimate.Unknown("nothing-is-read");
      }
      return new SpeedEstimate.Known(
          range(slow, expected, fast),
          promptKnown
              ? Optional.of(
                  range(promptSlow / weights, promptExpected / weights, promptFast / weights))
              : Optional.empty(),
          context,
          basis());
    }

    private Basis basis() {
      if (measured) {
        return new Basis.MeasuredHere();
      }
      return byBackend ? new Basis.ByBackend(classes) : new Basis.FromBandwidth(classes, rows);
    }

    private static SpeedEstimate.Range range(double slow, double expected, double fast) {
      return new SpeedEstimate.Range(
          TokenRate.ofSecondsPerToken(slow),
          TokenRate.ofSecondsPerToken(expected),
          TokenRate.ofSecondsPerToken(fast));
    }
  }
}
