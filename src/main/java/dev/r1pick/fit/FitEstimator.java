package dev.r1pick.fit;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.engine.ComputeBuffers;
import dev.r1pick.fit.engine.ComputeForm;
import dev.r1pick.fit.engine.LoadShape;
import dev.r1pick.fit.engine.MemoryEstimator;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.fit.engine.Weights;
import dev.r1pick.hardware.Machine;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.IdentityHashMap;
import java.util.Optional;

/// Says whether a tag fits a machine, where its layers go and what that takes, by the rules of the
/// Ollama that is installed there.
///
/// Pure: the same question has the same answer. An instance remembers the tensor sums of the tags
/// it was asked about and the GPUs of the machine it was asked about last; it is safe for use by
/// several threads.
public final class FitEstimator {
  private final IdentityHashMap<ModelTag, MemoryEstimator> estimators = new IdentityHashMap<>();
  private Optional<MachinePlanner> planner = Optional.empty();

  /// Whether a tag fits, and how.
  public Fit estimate(ModelTag tag, FitRequest request, Machine machine) {
    return on(machine).load(tag, of(tag), request).fit();
  }

  /// Which rules applied to that load, and why.
  public LoadAssumptions assumptions(ModelTag tag, FitRequest request, Machine machine) {
    return on(machine).load(tag, of(tag), request).assumptions();
  }

  /// The context that Ollama opens by itself, within the trained limit.
  public ContextLength defaultContext(ModelTag tag, Machine machine) {
    return on(machine).context(tag, FitRequest.DEFAULTS).length();
  }

  /// The longest context, in steps of 256, at which a tag still fits whole; empty where none does.
  public Optional<ContextLength> largestWholeContext(
      ModelTag tag, FitRequest request, Machine machine) {
    MachinePlanner on = on(machine);
    MemoryEstimator estimator = of(tag);
    int trained = tag.variant().trainedContext().tokens();
    int steps = trained / LoadShape.CELL_STEP;
    FitRequest least =
        request.microBatch().isPresent() ? request : request.withMicroBatch(MicroBatch.LEAST);
    if (steps == 0 || !wholeAt(on, tag, estimator, least, 1)) {
      return Optional.empty();
    }
    int low = 1;
    int high = steps;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (wholeAt(on, tag, estimator, least, middle)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    // the rule may take a larger micro-batch than the least one, so step down to where it fits too
    for (int step = low; step > 0; step--) {
      if (wholeAt(on, tag, estimator, request, step)) {
        return Optional.of(ContextLength.of(step * LoadShape.CELL_STEP));
      }
    }
    return Optional.empty();
  }

  private static boolean wholeAt(
      MachinePlanner on, ModelTag tag, MemoryEstimator estimator, FitRequest request, int step) {
    ContextLength context = ContextLength.of(step * LoadShape.CELL_STEP);
    return on.isWhole(tag, estimator, request.withContextLength(context));
  }

  /// Memory of a load with everything on one GPU of a backend, whatever a machine has: what a table
  /// of needs by context shows.
  ///
  /// @param settings every default resolved; flash attention as it says
  /// @param form the buffer rules
  public static Need need(ModelTag tag, RunSettings settings, ComputeForm form) {
    return Need.whole(new MemoryEstimator(Weights.of(tag)), settings, form);
  }

  /// The micro-batch that Ollama takes for one sequence of that context where memory is not short.
  public static int usualMicroBatch(ContextLength context) {
    return MicroBatch.wanted(context.tokens());
  }

  private synchronized MemoryEstimator of(ModelTag tag) {
    MemoryEstimator known = estimators.get(tag);
    if (known != null) {
      return known;
    }
    MemoryEstimator made = new MemoryEstimator(Weights.of(tag));
    estimators.put(tag, made);
    return made;
  }

  /// A machine is one value for a whole advice, so remembering the last one is enough.
  private synchronized MachinePlanner on(Machine machine) {
    if (planner.isPresent() && planner.get().isFor(machine)) {
      return planner.get();
    }
    MachinePlanner made = new MachinePlanner(machine);
    planner = Optional.of(made);
    return made;
  }

  /// What a load takes.
  ///
  /// @param weights on the GPU
  /// @param kvCache on the GPU
  /// @param compute on the GPU
  /// @param host in system memory, all terms together
  public record Need(Bytes weights, Bytes kvCache, Bytes compute, Bytes host) {
    static Need whole(MemoryEstimator estimator, RunSettings settings, ComputeForm form) {
      LoadShape shape =
          LoadShape.of(
              settings,
              settings.flashAttention()
                  ? LoadShape.AttentionPath.FLASH
                  : LoadShape.AttentionPath.FLASH_IMPOSSIBLE,
              LoadShape.Outputs.SERVER);
      Weights weights = estimator.weights();
      int layers = weights.layers();
      long host = estimator.output(shape);
      if (form == ComputeForm.CPU) {
        long all = weights.onHost(layers, true) + estimator.kvCache(form, shape, layers);
        return new Need(
            Bytes.ZERO, Bytes.ZERO, Bytes.ZERO, Bytes.of(host + all + estimator.cpuCompute(shape)));
      }
      return new Need(
          Bytes.of(weights.onDevice(form, 0, layers, true)),
          Bytes.of(estimator.kvCache(form, shape, layers)),
          Bytes.of(
              estimator.deviceCompute(form, shape, ComputeBuffers.DevicePosition.ONLY, layers)),
          Bytes.of(host + weights.onHost(0, false) + estimator.hostCompute(form, shape, 0, 1)));
    }

    /// On the GPU.
    public Bytes device() {
      return weights.plus(kvCache).plus(compute);
    }
  }
}
