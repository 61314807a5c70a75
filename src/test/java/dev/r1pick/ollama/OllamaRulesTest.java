package dev.r1pick.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.units.Bytes;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaRulesTest {
  private static OllamaRules rules(String version, String... variables) {
    var environment = new HashMap<String, String>();
    for (String variable : variables) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return OllamaRules.of(
        new OllamaSetup(version.isEmpty() ? Optional.empty() : Optional.of(version), environment));
  }

  @ParameterizedTest
  @CsvSource({
    "0.6, A",
    "0.6.6, A",
    "0.15.4, A",
    "v0.15.4, A",
    "0.15.5, B",
    "0.15.5-rc1, B",
    "0.24.0, B",
    "0.29.9, B",
    "0.30, C",
    "0.30.0, C",
    "0.32.15, C",
    "0.33.0-rc2, C",
    "0.0.0, C",
    "1.0.0, C",
    "nonsense, C",
    "'', C"
  })
  void eraGoesByVersion(String version, Era era) {
    assertEquals(era, rules(version).era());
  }

  @ParameterizedTest
  @CsvSource({
    "0.6.5, false",
    "0.6, false",
    "0.6.6, true",
    "0.0.0, true",
    "garbage, true",
    "'', true",
  })
  void zeroSixIsZeroSixZeroForTheQwen3Rule(String version, boolean runs) {
    assertEquals(runs, rules(version).runsQwen3());
  }

  @ParameterizedTest
  @CsvSource({
    "0.15.4, 64, 4096",
    "0.6.6, 64, 2048",
    "0.6.7, 64, 4096",
    "0.15.5, 47, 262144",
    "'', 47, 262144",
    "'', 46, 32768",
    "'', 23, 32768",
    "'', 22, 4096",
  })
  void theDefaultContextGoesByMemorySinceEraB(String version, long gib, int tokens) {
    assertEquals(tokens, rules(version).defaultContext(Bytes.ofGiB(gib)));
  }

  @Test
  void overheadCountsForEachGpu() {
    assertEquals(
        Bytes.ofGiB(22),
        rules("", "OLLAMA_GPU_OVERHEAD=2147483648").countedMemory(Bytes.ofGiB(24)));
    assertEquals(
        Bytes.ZERO, rules("", "OLLAMA_GPU_OVERHEAD=2147483648").countedMemory(Bytes.ofGiB(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.5.12, 0",
    "0.5.13, 8192",
    "'', 8192",
  })
  void theContextVariableIsKnownSinceItsRelease(String version, long tokens) {
    assertEquals(tokens, rules(version, "OLLAMA_CONTEXT_LENGTH=8192").contextVariable());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-3, 0", "x, 0", "1024, 1024", "1025, 1024"})
  void parallelStaysWithinReason(String value, int parallel) {
    assertEquals(parallel, rules("", "OLLAMA_NUM_PARALLEL=" + value).parallelVariable());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 7.0, true",
    "'', 7.2, false",
    "'', 6.0, true",
    "'', 5.2, false",
    "0.31.1, 6.1, false",
    "0.31.1, 7.0, true",
    "0.31.2, 6.0, true",
    "0.24.0, 5.0, true",
    "0.24.0, 7.2, false",
    "'', odd, true",
  })
  void flashAttentionGoesByChipAndRelease(String version, String capability, boolean can) {
    assertEquals(can, rules(version).canDoFlashAttention(Optional.of(capability)));
  }

  @ParameterizedTest
  @CsvSource({
    "0.30.0, false, false, false, true",
    "0.24.0, false, true, false, false",
    "0.24.0, false, true, true, true",
    "0.24.0, true, true, false, true",
    "0.13.4, false, true, false, false",
    "0.13.3, false, true, false, true",
    "0.11.9, true, true, false, true",
    "0.5.0, false, true, false, true",
    "0.4.9, false, true, true, false",
    "0.24.0, true, false, true, false",
  })
  void aQuantizedCacheIsHonoredByRelease(
      String version, boolean qwen3, boolean flash, boolean byName, boolean honored) {
    assertEquals(honored, rules(version).honorsQuantizedCache(qwen3, flash, byName));
  }

  @ParameterizedTest
  @CsvSource({"0.32.1, false", "0.32.2, true", "0.24.0, false", "'', true"})
  void directReadsCameWith0322(String version, boolean direct) {
    assertEquals(direct, rules(version).readsDirectly());
  }
}
