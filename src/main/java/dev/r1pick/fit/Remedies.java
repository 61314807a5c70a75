package dev.r1pick.fit;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.LoadAssumptions.KvCacheOrigin;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Usability;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/// Finds the smallest single changes that make a load fit whole, easiest first.
///
/// Each change is checked by planning the load again, at the context of the load that did not fit:
/// a change that only moved the default context would prove nothing.
public final class Remedies {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private static final int CONTEXT_STEP = 256;

  /// Values of a block of any KV type, to compare types by.
  private static final long BLOCK = 32;

  /// What closing programs can free at most: this share of RAM in percent.
  private static final int RECLAIMABLE_PERCENT = 85;

  /// The most RAM that is worth naming.
  private static final long MOST_RAM_GIB = 2048;

  private final FitEstimator estimator;
  private final ModelTag tag;
  private final FitRequest request;
  private final Machine machine;
  private final Goal goal;

  /// What a change has to bring.
  private enum Goal {
    /// It fits whole.
    WHOLE,
    /// It is loaded at all, partly in RAM.
    LOADED,
    /// More of its layers are on the GPU than in RAM.
    MOSTLY_ON_GPU
  }

  private Remedies(
      FitEstimator estimator, ModelTag tag, FitRequest request, Machine machine, Goal goal) {
    this.goal = goal;
    this.estimator = estimator;
    this.tag = tag;
    this.request = request;
    this.machine = machine;
  }

  /// What would make a tag fit whole; empty where it does, or where no single change is enough.
  ///
  /// @param tags every tag that can be pulled
  public static List<Remedy> of(
      FitEstimator estimator,
      ModelTag tag,
      FitRequest request,
      Machine machine,
      List<ModelTag> tags) {
    Fit fit = estimator.estimate(tag, request, machine);
    if (fit instanceof Fit.Whole) {
      return List.of();
    }
    return of(Goal.WHOLE, fit, estimator, tag, request, machine, tags);
  }

  /// Where no single change makes a tag fit whole: what brings it nearer. One that is not loaded at
  /// all is loaded then; one that is mostly in RAM is mostly on the GPU.
  ///
  /// @param tags every tag that can be pulled
  public static List<Remedy> nearer(
      FitEstimator estimator,
      ModelTag tag,
      FitRequest request,
      Machine machine,
      List<ModelTag> tags) {
    Fit fit = estimator.estimate(tag, request, machine);
    return switch (fit) {
      case Fit.Whole _ -> List.of();
      case Fit.DoesNotFit _ -> of(Goal.LOADED, fit, estimator, tag, request, machine, tags);
      case Fit.Partly _ ->
          isMostlyOnGpu(fit)
              ? List.of()
              : of(Goal.MOSTLY_ON_GPU, fit, estimator, tag, request, machine, tags);
    };
  }

  private static List<Remedy> of(
      Goal goal,
      Fit fit,
      FitEstimator estimator,
      ModelTag tag,
      FitRequest request,
      Machine machine,
      List<ModelTag> tags) {
    ContextLength context = fit.plan().settings().contextLength();
    FitRequest fixed = request.withContextLength(context);
    return new Remedies(estimator, tag, fixed, machine, goal).ranked(context, tags);
  }

  /// Settings that cost nothing first, then what costs quality, then what costs money.
  private List<Remedy> ranked(ContextLength wanted, List<ModelTag> tags) {
    List<Remedy> found = new ArrayList<>();
    Optional<ContextLength> largest = largestContext(wanted).filter(ContextLength::isUseful);
    boolean halfIsEnough = largest.isPresent() && largest.get().tokens() * 2L >= wanted.tokens();
    Optional<Remedy> q8 = kvCache(KvCacheType.Q8_0);
    q8.ifPresent(found::add);
    if (halfIsEnough) {
      found.add(new Remedy.SmallerContext(largest.get()));
    }
    freeGpuMemory().ifPresent(found::add);
    freeRam().ifPresent(found::add);
    raiseWiredLimit().ifPresent(found::add);
    if (!halfIsEnough && largest.isPresent()) {
      found.add(new Remedy.SmallerContext(largest.get()));
    }
    smallerQuantization(tags).ifPresent(found::add);
    if (q8.isEmpty()) {
      kvCache(KvCacheType.Q4_0).ifPresent(found::add);
    }
    oneMoreGpu().ifPresent(found::add);
    moreRam().ifPresent(found::add);
    return List.copyOf(found);
  }

  private boolean whole(Machine changed) {
    return reached(estimator.estimate(tag, request, changed));
  }

  private boolean reached(Fit fit) {
    return switch (goal) {
      case WHOLE -> fit instanceof Fit.Whole;
      case LOADED -> !(fit instanceof Fit.DoesNotFit);
      case MOSTLY_ON_GPU -> isMostlyOnGpu(fit);
    };
  }

  private static boolean isMostlyOnGpu(Fit fit) {
    Placement placement = fit.plan().placement();
    return !(fit instanceof Fit.DoesNotFit) && placement.gpuLayers() > placement.cpuLayers();
  }

  private Optional<ContextLength> largestContext(ContextLength wanted) {
    if (goal == Goal.WHOLE) {
      return estimator.largestWholeContext(tag, request, machine);
    }
    int steps = wanted.tokens() / CONTEXT_STEP - 1;
    long least = smallest(steps, step -> reached(withLess(wanted, step)));
    return steps > 0 && least <= steps
        ? Optional.of(withLess(wanted, least).plan().settings().contextLength())
        : Optional.empty();
  }

  private Fit withLess(ContextLength wanted, long steps) {
    int tokens = (int) (wanted.tokens() - Math.max(0, steps) * CONTEXT_STEP);
    return estimator.estimate(tag, request.withContextLength(ContextLength.of(tokens)), machine);
  }

  private Optional<Remedy> kvCache(KvCacheType type) {
    FitRequest changed = request.withKvCacheType(type);
    LoadAssumptions assumptions = estimator.assumptions(tag, changed, machine);
    boolean works =
        assumptions.kvCacheOrigin() == KvCacheOrigin.REQUEST
            && assumptions.failure().isEmpty()
            && reached(estimator.estimate(tag, changed, machine));
    KvCacheType now = estimator.estimate(tag, request, machine).plan().settings().kvCacheType();
    boolean smaller = type.bytesOf(BLOCK) < now.bytesOf(BLOCK);
    return works && smaller ? Optional.of(new Remedy.SmallerKvCache(type)) : Optional.empty();
  }

  private Optional<Remedy> freeGpuMemory() {
    long most = 0;
    for (Accelerator gpu : machine.usableAccelerators()) {
      most = Math.max(most, ceiling(gpu) - free(gpu));
    }
    if (most <= 0) {
      return Optional.empty();
    }
    long steps = most / MIB + 1;
    long least = smallest(steps, mib -> whole(withFreed(mib * MIB)));
    return least <= steps
        ? Optional.of(new Remedy.FreeGpuMemory(Bytes.of(least * MIB)))
        : Optional.empty();
  }

  private Machine withFreed(long bytes) {
    List<Accelerator> changed = new ArrayList<>();
    for (Accelerator gpu : machine.accelerators()) {
      long ceiling = ceiling(gpu);
      long free = free(gpu);
      changed.add(free < ceiling ? withFree(gpu, Math.min(ceiling, free + bytes)) : gpu);
    }
    return machine.withAccelerators(changed);
  }

  /// What a card of its own memory could have free; zero where that does not apply.
  private static long ceiling(Accelerator gpu) {
    boolean applies =
        gpu.memory().pool() != Pool.SHARED
            && gpu.memory().free().isPresent()
            && gpu.usability() instanceof Usability.Usable;
    long total = gpu.memory().total().orElse(Bytes.ZERO).count();
    return applies ? Math.max(0, total - MachinePlanner.DRIVER_SHARE) : 0;
  }

  private static long free(Accelerator gpu) {
    return gpu.memory().free().orElse(Bytes.ZERO).count();
  }

  private static Accelerator withFree(Accelerator gpu, long free) {
    return withMemory(gpu, gpu.memory().total(), Optional.of(Bytes.of(free)));
  }

  private static Accelerator withMemory(
      Accelerator gpu, Optional<Bytes> total, Optional<Bytes> free) {
    Accelerator.Memory memory = gpu.memory();
    return gpu.withMemory(
        new Accelerator.Memory(
            total,
            memory.totalIsLowerBound(),
            free,
            memory.reserved(),
            memory.pool(),
            memory.unified(),
            memory.basis()));
  }

  private Optional<Remedy> freeRam() {
    if (machine.ram().total().isEmpty() || machine.ram().available().isEmpty()) {
      return Optional.empty();
    }
    long available = machine.ram().available().get().count();
    long ceiling = machine.ram().total().get().count() / 100 * RECLAIMABLE_PERCENT;
    if (ceiling <= available) {
      return Optional.empty();
    }
    long steps = (ceiling - available) / MIB + 1;
    long least =
        smallest(steps, mib -> whole(withAvailable(Math.min(ceiling, available + mib * MIB))));
    return least <= steps
        ? Optional.of(new Remedy.FreeRam(Bytes.of(least * MIB)))
        : Optional.empty();
  }

  /// GPUs of the same memory get the freed bytes too, up to their limit.
  private Machine withAvailable(long available) {
    List<Accelerator> changed = new ArrayList<>();
    for (Accelerator gpu : machine.accelerators()) {
      boolean shared = gpu.memory().pool() == Pool.SHARED && gpu.memory().total().isPresent();
      changed.add(
          shared ? withFree(gpu, Math.min(available, gpu.memory().total().get().count())) : gpu);
    }
    var ram = machine.ram();
    return machine
        .withAccelerators(changed)
        .withRam(ram.with(ram.total(), Optional.of(Bytes.of(available)), ram.basis()));
  }

  private Optional<Remedy> raiseWiredLimit() {
    Optional<Bytes> ram = machine.ram().total();
    Optional<Accelerator> metal = metal();
    if (ram.isEmpty() || metal.isEmpty() || metal.get().memory().total().isEmpty()) {
      return Optional.empty();
    }
    long now = metal.get().memory().total().get().count() / MIB;
    long steps = (ram.get().count() - 2 * GIB) / MIB - now;
    long least = steps <= 0 ? 1 : smallest(steps, mib -> whole(withWiredLimit((now + mib) * MIB)));
    return steps > 0 && least <= steps
        ? Optional.of(new Remedy.RaiseWiredLimit((int) (now + least)))
        : Optional.empty();
  }

  private Optional<Accelerator> metal() {
    for (Accelerator gpu : machine.accelerators()) {
      if (gpu.usability() instanceof Usability.Usable(var backend) && backend == Backend.METAL) {
        return Optional.of(gpu);
      }
    }
    return Optional.empty();
  }

  private Machine withWiredLimit(long bytes) {
    Optional<Bytes> limit = Optional.of(Bytes.of(bytes));
    List<Accelerator> changed = new ArrayList<>();
    for (Accelerator gpu : machine.accelerators()) {
      Optional<Bytes> free = machine.ram().available().map(a -> a.min(Bytes.of(bytes)));
      changed.add(withMemory(gpu, limit, free));
    }
    return machine.withAccelerators(changed);
  }

  private Optional<Remedy> smallerQuantization(List<ModelTag> tags) {
    Optional<ModelTag> best = Optional.empty();
    for (ModelTag other : tags) {
      boolean smaller =
          other.variant().id().equals(tag.variant().id())
              && other.download().compareTo(tag.download()) < 0
              && (best.isEmpty() || best.get().download().compareTo(other.download()) < 0);
      if (smaller && reached(estimator.estimate(other, request, machine))) {
        best = Optional.of(other);
      }
    }
    return best.map(Remedy.SmallerQuantization::new);
  }

  private Optional<Remedy> oneMoreGpu() {
    List<Accelerator> changed = new ArrayList<>(machine.accelerators());
    Optional<Accelerator> largest = Optional.empty();
    for (Accelerator gpu : machine.usableAccelerators()) {
      boolean card = gpu.memory().pool() == Pool.DEDICATED && gpu.memory().total().isPresent();
      if (card && (largest.isEmpty() || total(largest.get()) < total(gpu))) {
        largest = Optional.of(gpu);
      }
    }
    if (largest.isEmpty()) {
      return Optional.empty();
    }
    Accelerator like = largest.get();
    changed.add(withFree(like, Math.max(0, total(like) - MachinePlanner.DRIVER_SHARE)));
    return whole(machine.withAccelerators(changed))
        ? Optional.of(new Remedy.OneMoreGpu(like))
        : Optional.empty();
  }

  private static long total(Accelerator gpu) {
    return gpu.memory().total().orElse(Bytes.ZERO).count();
  }

  private Optional<Remedy> moreRam() {
    var ram = machine.ram();
    for (Accelerator gpu : machine.usableAccelerators()) {
      if (gpu.memory().pool() == Pool.SHARED) {
        return Optional.empty();
      }
    }
    long available = ram.available().or(ram::total).orElse(Bytes.ZERO).count();
    long least = smallest(MOST_RAM_GIB, gib -> whole(withMoreRam(available, gib * GIB)));
    return least <= MOST_RAM_GIB
        ? Optional.of(new Remedy.MoreRam(Bytes.ofGiB(least)))
        : Optional.empty();
  }

  private Machine withMoreRam(long available, long more) {
    var ram = machine.ram();
    return machine.withRam(
        ram.with(
            ram.total().map(total -> total.plus(Bytes.of(more))),
            Optional.of(Bytes.of(available + more)),
            ram.basis()));
  }

  /// The smallest count from 1 to `most` for which it holds, given that it then holds for all
  /// larger ones; more than `most` where it holds for none.
  private static long smallest(long most, LongPredicate holds) {
    if (!holds.test(most)) {
      return most + 1;
    }
    long low = 1;
    long high = most;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
