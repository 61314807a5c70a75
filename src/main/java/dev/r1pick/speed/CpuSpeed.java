package dev.r1pick.speed;

import dev.r1pick.speed.SpeedConstants.ErrorRange;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The two formulas for a processor, with their constants.
///
/// Time of a generated token: weights come from memory and are unpacked by the cores at the same
/// time, so the slower of the two decides; so it is with the KV cache. Beside that each layer costs
/// a fixed time, the more the more cores wait for each other:
///
/// ```
/// seconds = slower(weights / (bandwidth · efficiency), weights / (cores · unpack rate))
///         + slower(contextWeight · kvCache / (bandwidth · efficiency), kvCache / (cores · cacheRate))
///         + layers · secondsPerLayer · cores^coresExponent
/// ```
///
/// `slower(a, b)` is the fourth root of `a⁴ + b⁴`: where both are near each other, both cost.
///
/// Time of a prompt token: two operations per active parameter, and attention to the tokens before
/// it, at a rate per core that the instruction set decides.
///
/// @param efficiencies share of the memory's peak that is read with, by kind of processor
/// @param twoSocketEfficiency the same, of the sum of both sockets
/// @param measuredEfficiency the same, of a bandwidth measured by reading memory with all cores
/// @param unpackRates bytes of a K-quant that a core unpacks in a second
/// @param unpackFactors how many times faster a byte of another quantization is unpacked
/// @param secondsPerLayer time per layer of one core in which nothing is read
/// @param coresExponent how it grows with the cores
/// @param contextWeight how much dearer a byte of KV cache is to read than one of weights
/// @param cacheRate bytes of an F16 KV cache that a core works off in a second
/// @param quantizedCacheFactor how many times faster a byte of a quantized cache is worked off
/// @param rows measured runs behind it
/// @param error how far off the formula was on processors it had not seen
/// @param prompt what reading a prompt takes
public record CpuSpeed(
    Map<ProcessorKind, Double> efficiencies,
    double twoSocketEfficiency,
    double measuredEfficiency,
    Map<InstructionSet, Double> unpackRates,
    Map<String, Double> unpackFactors,
    double secondsPerLayer,
    double coresExponent,
    double contextWeight,
    double cacheRate,
    double quantizedCacheFactor,
    int rows,
    ErrorRange error,
    Prompt prompt) {
  public CpuSpeed {
    efficiencies = Collections.unmodifiableMap(new EnumMap<>(efficiencies));
    unpackRates = Collections.unmodifiableMap(new EnumMap<>(unpackRates));
    unpackFactors = Collections.unmodifiableMap(new LinkedHashMap<>(unpackFactors));
  }

  /// What reading a prompt takes.
  ///
  /// @param rates operations per second of one core in large matrix products
  /// @param attentionRate operations per second of one core in attention
  /// @param rows measured runs behind it
  /// @param error how far off the formula was on processors it had not seen
  public record Prompt(
      Map<InstructionSet, Double> rates, double attentionRate, int rows, ErrorRange error) {
    public Prompt {
      rates = Collections.unmodifiableMap(new EnumMap<>(rates));
    }

    /// Seconds per prompt token.
    ///
    /// @param operations of large matrix products
    /// @param attentionOperations of attention to the tokens before it
    double seconds(Cores cores, double operations, double attentionOperations) {
      return (operations / rates.getOrDefault(cores.instructions(), 1.0)
              + attentionOperations / attentionRate)
          / cores.count();
    }
  }

  /// The cores that work.
  ///
  /// @param count 1 or more
  record Cores(int count, InstructionSet instructions) {}

  /// What one generated token makes a processor read.
  ///
  /// @param quantization as llama.cpp writes it
  /// @param weightBytes of weights
  /// @param kvCacheBytes of KV cache that is filled
  /// @param quantizedCache whether the cache is quantized
  /// @param layers transformer blocks there
  record Work(
      String quantization,
      double weightBytes,
      double kvCacheBytes,
      boolean quantizedCache,
      double layers) {}

  /// Share of a bandwidth that is reached.
  double efficiency(CpuBandwidth memory) {
    if (memory.origin() == CpuBandwidth.Origin.MEASURED) {
      return measuredEfficiency;
    }
    return memory.sockets() > 1
        ? twoSocketEfficiency
        : efficiencies.getOrDefault(memory.kind(), 1.0);
  }

  /// The same of a server with one socket.
  double serverEfficiency() {
    return efficiencies.getOrDefault(ProcessorKind.SERVER, 1.0);
  }

  /// Seconds per generated token.
  ///
  /// @param reached bytes per second that come from memory
  double seconds(Work work, Cores cores, double reached) {
    double unpacked =
        cores.count()
            * unpackRates.getOrDefault(cores.instructions(), 1.0)
            * unpackFactors.getOrDefault(work.quantization(), 1.0);
    double weights = slower(work.weightBytes() / reached, work.weightBytes() / unpacked);
    double attended =
        cores.count() * cacheRate * (work.quantizedCache() ? quantizedCacheFactor : 1);
    double cache =
        slower(contextWeight * work.kvCacheBytes() / reached, work.kvCacheBytes() / attended);
    return weights
        + cache
        + work.layers() * secondsPerLayer * Math.pow(cores.count(), coresExponent);
  }

  private static double slower(double a, double b) {
    double squares = a * a * a * a + b * b * b * b;
    return Math.sqrt(Math.sqrt(squares));
  }
}
