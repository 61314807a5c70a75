package dev.r1pick.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Troubles that people have with R1 on Ollama, by the names that they have in docs/doctor.md: each
/// one that leaves a sign is made on a recorded machine, and doctor must see it.
class TroublesTest {
  private static final Path PAGE = Path.of("docs/doctor.md");
  private static final Path TROUBLES = Path.of("src/test/resources/ollama/troubles.txt");
  private static final String RTX3060 = "nvidia-rtx3060-linux";
  private static final String LOAD =
      "msg=\"starting llama-server\" cmd=\"llama-server --model /m/blobs/sha256-"
          + Ailing.BLOB
          + " -c 4096 -np 1 --flash-attn auto\"";

  /// What is seen in a trouble, by its name.
  private record Case(Ailing ailing, String finding) {}

  private static Map<String, Case> cases() {
    var cases = new LinkedHashMap<String, Case>();
    cases.put(
        "pull-eof",
        new Case(
            Ailing.usual()
                .logs("msg=\"60e05f210007 part 5 attempt 0 failed: EOF, retrying in 1s\""),
            "pull-gets-error-page"));
    cases.put(
        "pull-stalled",
        new Case(
            Ailing.usual()
                .logs(
                    "msg=\"e43f38cef80e part 1 stalled; retrying. If this\"",
                    "msg=\"e43f38cef80e part 2 stalled; retrying. If this\"",
                    "msg=\"e43f38cef80e part 1 stalled; retrying. If this\""),
            "pull-stalls"));
    cases.put(
        "pull-zero-for-ever",
        new Case(
            Ailing.usual().answers("/api/version", "{\"version\":\"0.32.1\"}"),
            "known-fault/stall-not-noticed"));
    cases.put(
        "restarted-from-zero",
        new Case(Ailing.usual().logs("msg=\"total unused blobs removed: 3\""), "partials-pruned"));
    String partial = Ailing.MODELS + "/blobs/sha256-" + "ef".repeat(32) + "-partial";
    String part = "{\"N\":0,\"Offset\":0,\"Size\":100000000,\"Completed\":23003136}\n";
    cases.put(
        "disk-full-by-partials",
        new Case(
            Ailing.usual()
                .size(partial, 4_000_000_000L)
                .file(partial + "-0", part)
                .command(
                    "df", "x 1024-blocks Used Available Capacity Mounted on\n- 0 0 1000 -% /\n"),
            "disk-full-of-partials"));
    cases.put(
        "eof-after-disk-full",
        new Case(
            Ailing.usual().size(partial, 4_000_000_000L).file(partial + "-0", ""),
            "partial-broken"));
    cases.put(
        "store-elsewhere",
        new Case(
            Ailing.usual()
                .stored("7b", 4_000_000_000L)
                .file(
                    "/home/user/.ollama/models/manifests/registry.ollama.ai/library/deepseek-r1/8b",
                    "{}")
                .variable("HOME", "/home/user"),
            "store-elsewhere"));
    cases.put(
        "store-permission",
        new Case(
            Ailing.usual()
                .fails("")
                .command(
                    "systemctl-show-ollama",
                    "LoadState=loaded\nActiveState=activating\nNRestarts=40\nEnvironment=\n")
                .logs(
                    "Error: mkdir /mnt/data/ollama: permission denied: ensure path elements are"
                        + " traversable"),
            "store-closed"));
    cases.put(
        "store-disk-away",
        new Case(
            Ailing.usual()
                .fails("")
                .logs(
                    "Error: mkdir /Volumes/disk: permission denied: ensure path elements are"
                        + " traversable"),
            "store-away"));
    cases.put(
        "proxy-only-in-shell",
        new Case(
            Ailing.usual().variable("HTTPS_PROXY", "http://user:secret@proxy.corp.test:3128"),
            "proxy-only-in-shell"));
    cases.put(
        "company-ca",
        new Case(
            Ailing.usual()
                .logs(
                    "msg=\"request failed: Get \\\"https://registry.ollama.ai/v2/\\\": tls: failed"
                        + " to verify certificate: x509: certificate signed by unknown authority\""),
            "certificate-unknown"));
    cases.put(
        "server-too-old",
        new Case(
            Ailing.usual()
                .answers("/api/version", "{\"version\":\"0.6.2\"}")
                .command(
                    "ollama-version",
                    "ollama version is 0.6.2\nWarning: client version is 0.32.15\n"),
            "versions-differ"));
    cases.put(
        "driver-too-old",
        new Case(
            Ailing.blind(RTX3060)
                .logs(
                    "level=WARN msg=\"NVIDIA driver too old\" device=GPU-1 compute=6.1 driver=535"
                        + " required_driver=\"550 or newer\""),
            "gpu-driver-too-old"));
    cases.put(
        "igpu-dropped",
        new Case(
            Ailing.blind("amd-780m-16g-carveout-default")
                .logs(
                    "msg=\"dropping integrated GPU; to enable, set OLLAMA_IGPU_ENABLE=1\" id=0"
                        + " library=Vulkan description=\"AMD Radeon 780M\""),
            "integrated-gpu-left-out"));
    cases.put(
        "rtx30-laptop-windows",
        new Case(
            windows("nvidia-smi", "C:\\Users\\user\\.ollama\\models", "0.30.10"),
            "known-fault/capability-8-6-windows"));
    cases.put(
        "gpu-lost-after-suspend",
        new Case(
            Ailing.usual()
                .logs(
                    "level=WARN msg=\"unable to refresh free memory, using old values\"",
                    LOAD,
                    "load_tensors: offloaded 0/49 layers to GPU"),
            "gpu-lost-after-suspend"));
    cases.put(
        "container-loses-gpu",
        new Case(
            Ailing.usual()
                .logs(
                    "cuda driver library failed to get device context 800",
                    LOAD,
                    "load_tensors: offloaded 0/49 layers to GPU"),
            "gpu-lost-in-container"));
    cases.put("container-no-gpu", new Case(container(), "container-without-gpu"));
    cases.put(
        "discovery-timeout",
        new Case(
            Ailing.blind(RTX3060)
                .logs(
                    "level=WARN msg=\"llama-server GPU discovery watchdog timed out\" error=\"x\""),
            "gpu-search-timed-out"));
    cases.put("says-gpu-runs-cpu", new Case(answered(1.5), "rate-too-low"));
    cases.put(
        "partly-offloaded",
        new Case(
            Ailing.usual().logs(LOAD, "load_tensors: offloaded 20/65 layers to GPU"),
            "load-partly"));
    cases.put(
        "context-tier",
        new Case(
            Ailing.usual()
                .forgetLog()
                .start("OLLAMA_CONTEXT_LENGTH:131072")
                .logs(
                    "msg=\"inference compute\" id=0 library=CUDA description=\"NVIDIA GeForce RTX"
                        + " 3060\" total=\"11.6 GiB\""),
            "context-too-long"));
    cases.put(
        "context-times-parallel",
        new Case(
            Ailing.usual()
                .start("OLLAMA_NUM_PARALLEL:10")
                .logs(
                    "level=WARN msg=\"model request too large for system\" requested=\"338.1 GiB\""
                        + " available=\"337.2 GiB\""),
            "parallel-multiplies"));
    cases.put(
        "client-asks-larger-context",
        new Case(
            Ailing.usual()
                .answers(
                    "/api/ps",
                    "{\"models\":[{\"name\":\"deepseek-r1:8b\",\"size\":6000000000,"
                        + "\"size_vram\":6000000000,\"context_length\":8192}]}"),
            "context-of-client"));
    cases.put(
        "671b-killed",
        new Case(
            Ailing.usual()
                .logs(LOAD, "error=\"llama-server process has terminated: signal: killed\""),
            "load-killed"));
    cases.put(
        "cuda-oom",
        new Case(
            Ailing.usual().logs(LOAD, "error=\"cudaMalloc failed: out of memory\""),
            "load-vram-short"));
    cases.put(
        "metal-oom",
        new Case(
            Ailing.usual()
                .logs(
                    LOAD,
                    "error: Insufficient Memory (00000008:kIOGPUCommandBufferCallbackErrorOutOf"
                        + "Memory)"),
            "load-metal-short"));
    cases.put(
        "amd-target",
        new Case(
            Ailing.blind("amd-rx6700xt-linux-names")
                .logs(
                    "level=WARN msg=\"dropping ROCm device — no rocblas support for gfx target\""
                        + " device=0 gfx_target=gfx1031"),
            "amd-target-unsupported"));
    cases.put(
        "windows-non-ascii-path",
        new Case(
            windows("x", "C:\\Users\\张三\\.ollama\\models", "0.31.1"),
            "known-fault/windows-non-ascii-path"));
    cases.put("port-taken", new Case(Ailing.usual().process("ollama", "serve"), "two-servers"));
    cases.put(
        "prompt-cut",
        new Case(
            Ailing.usual()
                .logs(
                    "level=WARN source=llama_server.go:317 msg=\"truncating input prompt\""
                        + " limit=1027 prompt=8101 keep=5 new=1027"),
            "prompt-cut"));
    cases.put(
        "think-in-answer",
        new Case(
            Ailing.usual()
                .answers(
                    "/api/tags",
                    "{\"models\":[{\"name\":\"deepseek-r1:7b\",\"size\":1,\"digest\":\"x\"}]}")
                .answers("/api/show", "{\"capabilities\":[\"completion\"]}"),
            "thinking-missing"));
    cases.put(
        "load-timeout",
        new Case(
            Ailing.usual().logs(LOAD, "Error text: timed out waiting for llama-server to start - "),
            "load-timed-out"));
    cases.put(
        "client-403",
        new Case(
            Ailing.usual()
                .logs(
                    "[GIN] 2026/11/27 - 21:59:17 | 403 | 13.3µs | 127.0.0.1 | POST \"/api/chat\""),
            "requests-forbidden"));
    cases.put(
        "kv-type-wrong",
        new Case(Ailing.usual().start("OLLAMA_KV_CACHE_TYPE:q8"), "kv-type-wrong"));
    cases.put(
        "cut-blob",
        new Case(
            Ailing.usual()
                .stored("7b", 4_000_000_000L)
                .size(Ailing.MODELS + "/blobs/sha256-" + Ailing.BLOB, 3_000_000_000L),
            "blob-cut"));
    return cases;
  }

  private static Ailing windows(String why, String models, String version) {
    String gpu = why.equals("nvidia-smi") ? "windows-rtx3080-wddm-old-driver" : "windows-780m-uma8";
    return Ailing.on(gpu)
        .drop("systemctl-show-ollama")
        .answers("/api/version", "{\"version\":\"" + version + "\"}")
        .command("reg-environment", "    OLLAMA_MODELS    REG_SZ    " + models + "\n");
  }

  private static Ailing container() {
    return Ailing.on(RTX3060)
        .drop("systemctl-show-ollama")
        .command("docker-ps-ollama", "ollama\n")
        .command(
            "docker-inspect-ollama",
            "[{\"Config\":{\"Env\":[\"OLLAMA_HOST=0.0.0.0\"]},\"HostConfig\":{\"DeviceRequests\":"
                + "null}}]")
        .command(
            "docker-logs-ollama",
            "",
            "msg=\"inference compute\" id=cpu library=cpu total=\"15 GiB\"");
  }

  /// The pick for an RTX 3060 is loaded and answers at that rate.
  private static Ailing answered(double rate) {
    return Ailing.usual()
        .stored("14b", 9_000_000_000L)
        .logs(
            LOAD,
            "load_tensors: offloaded 49/49 layers to GPU",
            "slot print_timing: id  0 | task 0 |        eval time =      11.07 ms /     8 tokens ("
                + "    1.58 ms per token,   "
                + rate
                + " tokens per second)");
  }

  static List<String> found(Path machine) {
    Run run = Run.on(RTX3060, "doctor", "--machine", machine.toString(), "--format", "json");
    assertTrue(run.code() != ExitCode.BUG && run.code() != ExitCode.USAGE, run.out() + run.err());
    var ids = new ArrayList<String>();
    for (JsonValue finding :
        JsonReader.read("json", run.out()).member("findings").orElseThrow().items()) {
      String kind = finding.textAt("kind").map(k -> "/" + k).orElse("");
      ids.add(finding.textAt("id").orElseThrow());
      ids.add(finding.textAt("id").orElseThrow() + kind);
    }
    return ids;
  }

  @TestFactory
  Stream<DynamicTest> doctorSeesEveryTroubleThatLeavesASign(@TempDir Path folder) {
    return cases().entrySet().stream()
        .map(
            trouble ->
                DynamicTest.dynamicTest(
                    trouble.getKey(),
                    () -> {
                      Case one = trouble.getValue();
                      List<String> seen = found(one.ailing().in(folder.resolve(trouble.getKey())));
                      assertTrue(seen.contains(one.finding()), seen.toString());
                    }));
  }

  @Test
  void aMachineOnWhichAllIsWellHadFindings(@TempDir Path folder) throws IOException {
    Run run = Run.on(RTX3060, "doctor", "--machine", answered(30).in(folder).toString());
    assertEquals(ExitCode.OK, run.code(), run.out());
    List<String> seen = found(folder);
    assertTrue(seen.contains("gpu-used") && seen.contains("rate-as-predicted"), run.out());
    for (Case one : cases().values()) {
      assertFalse(seen.contains(one.finding()), one.finding());
    }
  }

  /// Rows `| trouble | by | how |`: by is doctor, pull, both, or nobody with the reason.
  @Test
  void thePageListsEveryTroubleAndWhoSeesIt() throws IOException {
    var rows = new TreeMap<String, String>();
    for (String line : Files.readAllLines(PAGE)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 5 && cells[1].strip().startsWith("`")) {
        String id = cells[1].strip().replace("`", "");
        rows.put(id, cells[2].strip() + "|" + cells[3].strip());
      }
    }
    assertEquals(new TreeSet<>(Files.readAllLines(TROUBLES)), rows.keySet());
    Map<String, Case> cases = cases();
    rows.forEach(
        (id, row) -> {
          assertEquals(cases.containsKey(id), row.startsWith("doctor"), id);
          if (cases.containsKey(id)) {
            String finding = cases.get(id).finding();
            String cause =
                finding.indexOf('/') < 0 ? finding : finding.substring(0, finding.indexOf('/'));
            assertTrue(row.contains("`" + cause + "`"), id + ": " + row);
          }
        });
  }
}
