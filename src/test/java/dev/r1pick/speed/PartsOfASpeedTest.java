package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.fit.LoadPlan;
import dev.r1pick.fit.Placement;
import dev.r1pick.speed.Plans.Size;
import dev.r1pick.speed.SpeedEstimate.Known;
import dev.r1pick.units.TokenRate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The time of a token is the sum of the times of its parts, at each end of the range.
class PartsOfASpeedTest {
  private static final GpuModel CARD = Plans.gpu("NVIDIA GeForce RTX 3090", "Ampere", 936.2, 142);
  private static final List<Function<SpeedEstimate.Range, TokenRate>> ENDS =
      List.of(SpeedEstimate.Range::low, SpeedEstimate.Range::expected, SpeedEstimate.Range::high);

  private final CpuBandwidth ddr5 =
      CpuBandwidthEstimator.shipped()
          .estimate(
              Plans.machine(
                  Plans.cpu("AMD Ryzen 9 9950X 16-Core Processor", "x86_64", 16), Plans.LINUX));
  private final SpeedConstants constants = SpeedConstantsReader.shipped();

  private Known known(LoadPlan plan) {
    List<Optional<GpuModel>> models = Collections.nCopies(plan.devices().size(), Optional.of(CARD));
    return assertInstanceOf(
        Known.class,
        new SpeedEstimator(constants).estimate(plan, Plans.machine(), models, ddr5, 4096));
  }

  /// Seconds of one token at an end of the range.
  private double seconds(LoadPlan plan, Function<SpeedEstimate.Range, TokenRate> end) {
    return end.apply(known(plan).generation()).secondsFor(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void everyBorderBetweenGpusCostsTheSame(int gpus) {
    for (var end : ENDS) {
      double more =
          seconds(Plans.whole(Size.THIRTY_TWO, gpus), end)
              - seconds(Plans.whole(Size.THIRTY_TWO, 1), end);
      double borders = (gpus - 1) * constants.secondsPerBoundary();
      assertTrue(borders > 0);
      assertEquals(borders, more, 0.01 * borders);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 0.75})
  void whatIsPartlyInRamTakesTheTimesOfBothParts(double onGpu) {
    LoadPlan partly = Plans.partly(Size.THIRTY_TWO, onGpu);
    LoadPlan onCard =
        new LoadPlan(
            partly.tag(),
            partly.settings(),
            new Placement.AllOnGpu(partly.placement().gpuLayers()),
            partly.devices(),
            partly.host());
    LoadPlan inRam =
        new LoadPlan(
            partly.tag(),
            partly.settings(),
            new Placement.CpuOnly(partly.placement().cpuLayers()),
            List.of(),
            partly.host());
    double ofServer = difference(partly, onCard, inRam, SpeedEstimate.Range::expected);
    for (var end : ENDS) {
      assertEquals(ofServer, difference(partly, onCard, inRam, end), 1e-6);
    }
    assertTrue(Math.abs(ofServer) < 0.05 * seconds(partly, SpeedEstimate.Range::expected));
  }

  /// What a token costs once, whatever the parts.
  private double difference(
      LoadPlan partly,
      LoadPlan onCard,
      LoadPlan inRam,
      Function<SpeedEstimate.Range, TokenRate> end) {
    return seconds(onCard, end) + seconds(inRam, end) - seconds(partly, end);
  }

  @Test
  void theSlowEndOfWhatIsPartlyInRamIsSlowerThanExpected() {
    Known partly = known(Plans.partly(Size.THIRTY_TWO, 0.5));
    double slow = partly.generation().low().tokensPerSecond();
    double expected = partly.generation().expected().tokensPerSecond();
    double fast = partly.generation().high().tokensPerSecond();
    assertTrue(slow < 0.95 * expected && expected < 0.99 * fast, partly.toString());
  }
}
