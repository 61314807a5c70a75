package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.r1pick.speed.SpeedConstants.ClassSpeed;
import dev.r1pick.speed.SpeedConstants.ErrorRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every figure of `docs/speed.md` that is a constant is the one that ships.
class SpeedPageTest {
  private static final SpeedConstants SHIPPED = SpeedConstantsReader.shipped();

  private static String range(ErrorRange error) {
    return String.format(Locale.ROOT, "×%.2f … ×%.2f", error.lowFactor(), error.highFactor());
  }

  private static List<String> sentences() {
    CpuSpeed cpu = SHIPPED.cpu();
    SpeedConstants.MixtureSpeed mixture = SHIPPED.mixture();
    var all = new ArrayList<String>();
    all.add(
        String.format(
            Locale.ROOT, "plus %.0f µs for each boundary", SHIPPED.secondsPerBoundary() * 1e6));
    all.add(
        String.format(
            Locale.ROOT,
            "%.2f ms; in Ollama up to 0.12 %.2f ms",
            SHIPPED.secondsPerToken() * 1e3,
            SHIPPED.secondsPerTokenBefore() * 1e3));
    all.add(
        String.format(
            Locale.ROOT,
            "at %.1f GB/s a core, a quantized one at %.2f of that",
            cpu.cacheRate() / 1e9,
            cpu.quantizedCacheFactor()));
    all.add(
        String.format(
            Locale.ROOT,
            "costs %.0f µs × cores^%.2f of waiting",
            cpu.secondsPerLayer() * 1e6,
            cpu.coresExponent()));
    all.add(
        String.format(
            Locale.ROOT,
            "| e | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f of the sum |",
            cpu.efficiencies().get(ProcessorKind.DESKTOP),
            cpu.efficiencies().get(ProcessorKind.LAPTOP),
            cpu.efficiencies().get(ProcessorKind.SERVER),
            cpu.efficiencies().get(ProcessorKind.BOARD),
            cpu.efficiencies().get(ProcessorKind.UNKNOWN),
            cpu.measuredEfficiency(),
            cpu.twoSocketEfficiency()));
    var unpack = new StringBuilder("|");
    var prompt = new StringBuilder("|");
    for (InstructionSet set : InstructionSet.values()) {
      unpack.append(
          String.format(Locale.ROOT, " %.1f |", cpu.unpackRates().getOrDefault(set, 0.0) / 1e9));
      prompt.append(
          String.format(Locale.ROOT, " %.0f |", cpu.prompt().rates().getOrDefault(set, 0.0) / 1e9));
    }
    all.add(
        String.format(
            Locale.ROOT,
            "GB/s (Q8_0 ×%.2f, F16 ×%.2f) %s",
            cpu.unpackFactors().get("Q8_0"),
            cpu.unpackFactors().get("F16"),
            unpack));
    all.add("prompt, GFLOPS " + prompt);
    all.add("The range is " + range(cpu.error()) + ",");
    all.add(
        String.format(Locale.ROOT, "at %.0f GFLOPS a core", cpu.prompt().attentionRate() / 1e9)
            + ", so the rate falls with depth; "
            + range(cpu.prompt().error()));
    all.add(
        String.format(
            Locale.ROOT,
            "bytes in RAM / (bandwidth · %.2f)  +  bytes on the GPU / (its bandwidth · %.2f)"
                + "  +  61 · %.0f µs",
            mixture.efficiency(),
            mixture.gpuEfficiency(),
            mixture.secondsPerLayer() * 1e6));
    all.add(
        String.format(
            Locale.ROOT, "%.2f of the sum of both is reached", mixture.twoSocketEfficiency()));
    all.add(
        String.format(
            Locale.ROOT,
            "%s with one socket, %s with two",
            range(mixture.error()),
            range(mixture.twoSocketError())));
    all.add(
        String.format(
            Locale.ROOT,
            "expected is %.2f, and the low end %.2f",
            SHIPPED.withoutFan().expected(),
            SHIPPED.withoutFan().low()));
    SHIPPED
        .backends()
        .forEach(
            (id, backend) ->
                all.add(
                    String.format(
                        Locale.ROOT,
                        "| %s | %.2f | %.0f | %.2f (%.2f … %.2f) |",
                        id,
                        backend.fallback().efficiency(),
                        backend.fallback().secondsPerLayer() * 1e6,
                        backend.contextWeight().expected(),
                        backend.contextWeight().low(),
                        backend.contextWeight().high())));
    for (ClassSpeed one : SHIPPED.classes().values()) {
      all.add(
          String.format(
              Locale.ROOT,
              "| %s | %.2f | %.0f | %d | %s | %.2f | %d |",
              one.id(),
              one.efficiency(),
              one.secondsPerLayer() * 1e6,
              one.rows(),
              range(one.error()),
              one.promptEfficiency(),
              one.promptRows()));
    }
    return all;
  }

  @TestFactory
  Stream<DynamicTest> theFiguresAreThoseThatShip() throws IOException {
    String page = flowing(Files.readString(Path.of("docs", "speed.md")));
    return sentences().stream()
        .map(
            sentence ->
                dynamicTest(
                    sentence,
                    () ->
                        assertEquals(sentence, page.contains(flowing(sentence)) ? sentence : "")));
  }

  /// Lines may break anywhere.
  private static String flowing(String text) {
    return text.replaceAll("\\s+", " ");
  }
}
