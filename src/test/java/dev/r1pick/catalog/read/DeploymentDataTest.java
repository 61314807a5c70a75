package dev.r1pick.catalog.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.Certainty;
import dev.r1pick.catalog.deployment.Deployment;
import dev.r1pick.catalog.deployment.Deployments;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.report.words.Messages;
import dev.r1pick.speed.CpuBandwidthEstimator;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// Laws that the shipped deployments obey, whoever edits them.
class DeploymentDataTest {
  private static final Deployments DATA = DeploymentReader.readDefault();
  static final List<Deployment> WAYS = DATA.ways();

  /// Of the memory of a GPU an engine takes nine tenths (vLLM's and SGLang's default share).
  private static final double USABLE = 0.9;

  @ParameterizedTest
  @FieldSource("WAYS")
  void theWeightsFitIntoTheMemoryOfItsMachines(Deployment way) {
    int gib =
        way.ramGibPerNode().isPresent()
            ? way.ramGibPerNode().getAsInt() + way.gpuGibPerNode().orElse(0)
            : (int) (way.gpuGibPerNode().orElse(Integer.MAX_VALUE) * USABLE);
    assertTrue((long) way.nodes() * gib >= way.weightsGib(), way.id());
  }

  @ParameterizedTest
  @FieldSource("WAYS")
  void everyNoteIsASentenceInEachLanguage(Deployment way) {
    for (String language : Messages.LANGUAGES) {
      for (String note : way.notes()) {
        assertTrue(
            Messages.in(Locale.of(language)).find("plan.note." + note).isPresent(),
            language + " " + note);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("WAYS")
  void whatSpansMachinesSaysHowItIsCutOrWhatThatBrings(Deployment way) {
    assertTrue(
        way.nodes() == 1 || way.split().isPresent() || way.engine().matches("vLLM-Ascend|MindIE"),
        way.id());
  }

  /// Parameters of R1 times the bits of a format, in units of 2^30 bytes; FP8 and INT8 come with
  /// scales, the published FP8 with a layer more.
  @ParameterizedTest
  @CsvSource({"FP8, 620, 650", "BF16, 1240, 1260", "INT8, 620, 640", "W8A8, 620, 640"})
  void theSizeOfTheWeightsIsThatOfTheFormat(String format, int least, int most) {
    for (Deployment way : WAYS) {
      if (way.weights().equals(format)) {
        assertTrue(way.weightsGib() >= least && way.weightsGib() <= most, way.id());
        assertEquals(Certainty.DERIVED, way.certainty(), way.id());
      }
    }
  }

  @Test
  void everySourceIsUsedAndNoIdStandsTwice() {
    Set<String> used = new HashSet<>();
    for (Deployment way : WAYS) {
      used.addAll(way.sources());
      way.rates().forEach(rate -> used.add(rate.source()));
    }
    assertEquals(DATA.sources().keySet(), used);
  }

  @Test
  void everyMachineToPlanWithCanBeDescribed() {
    var cpus = CpuBandwidthEstimator.shipped();
    var gpus = new HashSet<String>();
    for (GpuModel model : GpuCatalogReader.readDefault().models()) {
      gpus.add(model.name());
    }
    DATA.processors()
        .forEach(
            processor ->
                assertTrue(cpus.described(processor.name()).isPresent(), processor.name()));
    DATA.expertHosts()
        .forEach(
            host -> {
              assertTrue(cpus.described(host.cpu()).isPresent(), host.cpu());
              assertTrue(gpus.contains(host.gpu()), host.gpu());
            });
  }

  @ParameterizedTest
  @CsvSource({
    "\"nodes\": 2, \"nodes\": 2.5",
    "\"nodes\": 2, \"node\": 2",
    "\"source\": \"exo\", \"source\": \"nobody\"",
    "\"sources\": [\"exo\"], \"sources\": [\"nobody\"]",
    "ik-llama-cpp-1-card, ktransformers-1-card",
    "\"certainty\": \"rounded\", \"certainty\": \"sure\""
  })
  void aSlipIsRefusedByTheReader(String right, String wrong) throws IOException {
    String text = Files.readString(Path.of("catalog/deployments.json"));
    assertTrue(text.contains(right), right);
    assertThrows(
        InvalidJson.class,
        () -> DeploymentReader.read("test", new StringReader(text.replace(right, wrong))));
  }

  @Test
  void ramIsListedSmallToLarge() throws IOException {
    String text =
        Files.readString(Path.of("catalog/deployments.json"))
            .replaceFirst("\\[16, 32, 64, 128\\]", "[16, 64, 32, 128]");
    assertThrows(InvalidJson.class, () -> DeploymentReader.read("test", new StringReader(text)));
  }
}
