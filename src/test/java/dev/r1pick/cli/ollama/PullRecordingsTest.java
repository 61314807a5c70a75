package dev.r1pick.cli.ollama;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.ollama.server.FakeOllama;
import dev.r1pick.ollama.server.Recording;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recorded answer to a pull ends with the right exit code and sentence. A cause that may
/// pass is tried again, five times in all where nothing comes.
class PullRecordingsTest {
  private static final String MACHINE = "nvidia-rtx3060-linux";

  /// Recorded for other callers than this program: it always sends a proper name and streams.
  private static final Set<String> UNUSED =
      Set.of(
          "pull-bad-json",
          "pull-empty-body",
          "pull-empty-json",
          "pull-bad-name",
          "pull-stream-false-ok",
          "pull-stream-false-unknown");

  /// The pulls that play on in another test of this folder.
  private static final Set<String> ELSEWHERE =
      Set.of("pull-cancelled", "pull-truncated-blob-not-repaired");

  private static final String[] CASES = {
    "pull-fresh | 0 | 1 |",
    "pull-already-there | 0 | 1 |",
    "pull-alias-shared-blobs | 0 | 1 |",
    "pull-second-model-shares-small-blobs | 0 | 1 |",
    "pull-resumed | 0 | 1 |",
    "pull-connection-cut-once | 0 | 1 |",
    "pull-tag-before-move | 0 | 1 |",
    "pull-tag-moved-removes-unused | 0 | 1 |",
    "pull-proxy-without-scheme-ok | 0 | 1 |",
    "pull-after-removing-broken-partial | 0 | 1 |",
    "pull-shared-second-client | 0 | 1 |",
    "pull-unknown-tag | 6 | 1 | the registry has no deepseek-r1:1.5b",
    "pull-unknown-model | 6 | 1 | the registry has no deepseek-r1:1.5b",
    "pull-manifest-401 | 6 | 1 | registry.ollama.ai asks for a login",
    "pull-manifest-412 | 6 | 1 | this Ollama is too old for deepseek-r1:1.5b",
    "pull-manifest-429 | 6 | 5 | too many requests",
    "pull-manifest-500 | 6 | 5 | the registry has a fault of its own",
    "pull-manifest-503 | 6 | 5 | the registry has a fault of its own",
    "pull-manifest-html | 6 | 1 | a web page came in place of the model",
    "pull-blob404 | 6 | 5 | the file server lacks a file of deepseek-r1:1.5b",
    "pull-blob500 | 6 | 5 | the file server refuses or does not answer",
    "pull-noloc | 6 | 5 | the file server refuses or does not answer",
    "pull-probe403 | 6 | 5 | the file server refuses or does not answer",
    "pull-chunk-403 | 6 | 5 | the file server sends an error page",
    "pull-max-retries-blob-host-blocked | 6 | 5 | the proxy does not reach blobs.example.test",
    "pull-max-retries-real-no-dns-for-blob-host | 6 | 5 | r2.cloudflarestorage.com",
    "pull-no-dns | 6 | 5 | knows no registry.ollama.ai",
    "pull-proxy-403 | 6 | 1 | the proxy does not let Ollama through to registry.ollama.ai",
    "pull-proxy-407 | 6 | 1 | the proxy wants a login",
    "pull-proxy-502 | 6 | 5 | the proxy does not reach registry.ollama.ai",
    "pull-proxy-down | 6 | 1 | the proxy that the server's environment names",
    "pull-proxy-name-unknown | 6 | 1 | the proxy that the server's environment names",
    "pull-socks-proxy-down | 6 | 1 | the proxy that the server's environment names",
    "pull-tls-intercepted | 6 | 1 | the certificate of registry.ollama.ai is not trusted",
    "pull-tls-unknown-authority | 6 | 1 | the certificate of registry.ollama.ai is not trusted",
    "pull-digest-mismatch | 6 | 2 | wrong bytes came",
    "pull-digest-mismatch-real | 6 | 2 | wrong bytes came",
    "pull-digest-mismatch-empty-file | 6 | 2 | an empty file came",
    "pull-disk-full | 5 | 1 | is full",
    "pull-disk-full-again | 5 | 1 | is full",
    "pull-disk-full-at-0 | 5 | 1 | is full",
    "pull-eof-after-disk-full | 5 | 1 | a download that a full disk left behind",
    "pull-broken-partial-json | 5 | 1 | a download that a full disk left behind",
    "pull-read-only-fs | 5 | 1 | cannot be written",
    "pull-permission-denied | 5 | 1 | may not write into its own store",
    "pull-permission-denied-manifest | 5 | 1 | may not write into its own store",
    "pull-server-killed | 6 | 5 | the server stopped in the middle",
    "pull-server-stopped | 6 | 5 | the server stopped in the middle",
    "pull-stalled | 6 | 5 | no byte came for a minute and a half",
    "pull-shared-first-client-leaves | 6 | 5 | no byte came for a minute and a half",
    "pull-resumed-after-kill | 6 | 5 | no byte came for a minute and a half",
    "pull-connection-cut-twice-plateau | 6 | 5 | no byte came for a minute and a half",
  };

  @TempDir private Path home;

  static List<String> cases() {
    return List.of(CASES);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsWithItsExitCodeAndSentence(String row) {
    String[] parts = row.split("\\|", -1);
    String name = parts[0].strip();
    int tries = Integer.parseInt(parts[2].strip());
    try (var fake =
        new FakeOllama()
            .plays("version", "tags", "show")
            .on("POST /api/pull", Recording.of(name))) {
      Run run = new OllamaMachine(MACHINE, home).with(fake).run("pull", "1.5b", "--no-variant");
      assertAll(
          () -> assertEquals(Integer.parseInt(parts[1].strip()), run.code().code(), run.err()),
          () -> assertTrue(run.err().contains(parts[3].strip()), run.err()),
          () -> assertEquals(tries, fake.count("POST /api/pull")));
    }
  }

  @Test
  void everyRecordingOfAPullIsUsedOrNamedAsUnused() {
    var known = new TreeSet<String>(UNUSED);
    known.addAll(ELSEWHERE);
    for (String row : CASES) {
      known.add(row.substring(0, row.indexOf('|')).strip());
    }
    var recorded = new TreeSet<String>();
    for (String name : Recording.all().keySet()) {
      if (name.startsWith("pull-")) {
        recorded.add(name);
      }
    }
    assertEquals(recorded, known);
  }
}
