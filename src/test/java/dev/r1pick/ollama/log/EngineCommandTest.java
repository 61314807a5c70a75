package dev.r1pick.ollama.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.text.Text;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Ollama decided for a load, read off the command line of its engine.
class EngineCommandTest {
  private static EngineCommand command(String line) {
    return new EngineCommand(Text.words(line));
  }

  private static String text(OptionalInt number) {
    return number.isPresent() ? String.valueOf(number.getAsInt()) : "";
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/lib/ollama/llama-server --model /m/x -c 4096, true",
    "/usr/bin/ollama runner --ollama-engine --model /m/x, true",
    "/usr/bin/ollama serve, false",
    "/usr/bin/ollama runner, false",
    "/usr/lib/ollama/llama-server --list-devices, false",
    "/usr/lib/ollama/llama-server --model, false",
    "vim --model x, false",
    "'', false"
  })
  void anEngineIsKnownByItsNameAndItsModel(String line, boolean engine) {
    assertEquals(engine, command(line).isEngine());
  }

  @ParameterizedTest
  @CsvSource({
    "x --model /m/blobs/sha256-abc, abc",
    "x --model C:\\m\\blobs\\sha256:abc, abc",
    "--model sha256-abc, abc",
    "x --model /sha256-old/blobs/sha256-abc, abc",
    "x --model /m/own.gguf, ''",
    "x, ''"
  })
  void theWeightsAreNamedByTheirDigest(String line, String digest) {
    assertEquals(digest, command(line).blob().orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "x -c 4096, 4096",
    "x --ctx-size 2048, 2048",
    "x -c 0, 0",
    "x -c 67108864, 67108864",
    "x -c 67108865, ''",
    "x -c many, ''",
    "x -c, ''",
    "x, ''"
  })
  void theContextIsANumberWithinReason(String line, String tokens) {
    assertEquals(tokens, text(command(line).context()));
  }

  @ParameterizedTest
  @CsvSource({"x -np 4, 4", "x --parallel 3, 3", "x -np 1, 1", "x -np 0, 1", "x, 1"})
  void atLeastOneRequestIsServedAtOnce(String line, int parallel) {
    assertEquals(parallel, command(line).parallel());
  }

  @ParameterizedTest
  @CsvSource({
    "x --cache-type-k q8_0 --cache-type-v f16, q8_0",
    "x --kv-cache-type q4_0, q4_0",
    "x, ''"
  })
  void theTypeOfTheCacheIsThatOfItsKeys(String line, String type) {
    assertEquals(type, command(line).kvCacheType().orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "x --flash-attn on, on",
    "x --flash-attn off, off",
    "x --flash-attn auto --no-mmap, auto",
    "x --flash-attn --no-mmap, on",
    "x --flash-attn, on",
    "x --no-mmap, ''"
  })
  void flashAttentionIsAWordOrJustTheOption(String line, String said) {
    assertEquals(said, command(line).flashAttention().orElse(""));
  }

  @ParameterizedTest
  @CsvSource({"x -ngl 99, 99", "x --n-gpu-layers 80, 80", "x -ngl -1, ''", "x, ''"})
  void layersMayBeAskedForByNumber(String line, String layers) {
    assertEquals(layers, text(command(line).layers()));
    assertEquals(Optional.empty(), command(line).blob());
  }
}
