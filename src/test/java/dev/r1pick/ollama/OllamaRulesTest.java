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

  @ParameterizedTest
  @CsvSource({"0.8.9, false", "0.9.0, true", "'', true"})
  void thinkingCanBeSwitchedSinceItsRelease(String version, boolean can) {
    assertEquals(can, rules(version).hasThinkingSwitch());
  }

  @ParameterizedTest
  @CsvSource({"1, true", "0, false", "'', false"})
  void modelsAreSpreadOnlyOnRequest(String value, boolean spread) {
    assertEquals(spread, rules("", "OLLAMA_SCHED_SPREAD=" + value).spreads());
  }

  @ParameterizedTest
  @CsvSource({
    "0.30.0, off, false, FIT_OFF",
    "0.30.0, OFF, false, FIT_OFF",
    "0.30.0, 0, false, FIT_OFF",
    "0.30.0, False, false, FIT_OFF",
    "0.30.0, on, true, ENGINE_DEFAULT",
    "0.30.0, '', true, ENGINE_DEFAULT",
    "0.24.0, off, true, OWN_LAYOUT",
    "0.15.4, '', true, OWN_LAYOUT",
  })
  void onlyTheEngineOfEraCCanBeToldNotToFitLayers(
      String version, String value, boolean fits, MarginOrigin origin) {
    OllamaRules rules = rules(version, "LLAMA_ARG_FIT=" + value);
    assertEquals(fits, rules.fitsLayers());
    assertEquals(origin, rules.marginOrigin());
  }

  @ParameterizedTest
  @CsvSource({
    "2048, 0, 2048",
    "2048, 3, 2048",
    "'512,256', 0, 512",
    "'512, 256', 1, 256",
    "'512,256', 2, 1024",
    "0, 0, 0",
    "-5, 0, 1024",
    "x, 0, 1024",
    "16777215, 0, 16777215",
    "16777216, 0, 1024",
  })
  void theMarginOfEachGpuMayBeSet(String value, int index, long mib) {
    OllamaRules rules = rules("0.30.0", "LLAMA_ARG_FIT_TARGET=" + value);
    assertEquals(MarginOrigin.FIT_TARGET, rules.marginOrigin());
    assertEquals(mib << 20, rules.margin(Backend.CUDA, index, 5));
  }

  @ParameterizedTest
  @CsvSource({
    "0.30.0, CUDA, 1073741824",
    "0.24.0, CUDA, 479199337",
    "0.24.0, ROCM, 479199337",
    "0.24.0, METAL, 536871017",
    "0.15.4, CUDA, 479199337",
  })
  void withoutThatTheMarginGoesByEra(String version, Backend backend, long bytes) {
    assertEquals(bytes, rules(version, "OLLAMA_GPU_OVERHEAD=100").margin(backend, 0, 5));
    assertEquals(0, rules("", "LLAMA_ARG_FIT=off").margin(backend, 0, 5));
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, true",
    "0.13.4, false, true",
    "0.13.3, false, false",
    "0.13.3, true, true",
    "0.12.11, true, true",
    "0.12.10, true, false",
  })
  void flashAttentionCameOnByItselfWithTheRelease(String version, boolean qwen3, boolean on) {
    assertEquals(on, rules(version).turnsFlashAttentionOn(qwen3));
  }

  @ParameterizedTest
  @CsvSource({"0.30.0, false", "0.29.9, true", "0.6.0, true"})
  void flashAttentionHadToBeAskedForByName(String version, boolean byName) {
    assertEquals(byName, rules(version).wantsFlashAttentionByName());
  }

  @Test
  void variablesAreReadThrough() {
    OllamaRules set = rules("0.32.2", "OLLAMA_KV_CACHE_TYPE=q8_0", "OLLAMA_FLASH_ATTENTION=0");
    assertEquals(Optional.of("q8_0"), set.kvCacheVariable());
    assertEquals(Optional.of(false), set.flashAttentionVariable());
    assertEquals(Optional.of(new OllamaVersion(0, 32, 2)), set.version());
    assertEquals(Optional.empty(), rules("").kvCacheVariable());
    assertEquals(Optional.empty(), rules("").flashAttentionVariable());
    assertEquals(Optional.empty(), rules("0.0.0").version());
  }
}
