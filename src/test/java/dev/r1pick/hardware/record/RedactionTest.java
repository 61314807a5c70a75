package dev.r1pick.hardware.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.Run;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.probe.RecordedMachines;
import dev.r1pick.host.LiveHost;
import dev.r1pick.report.layout.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept out of JSON and recordings, and that it changes no answer.
class RedactionTest {
  private static final String UUID = "81c595e9-30fa-224b-5e8e-8c32c13d7782";
  private static final String NUMBER_ONE = "00000000-0000-0000-0000-000000000001";

  @TempDir Path folder;

  private static RecordedHost host(Map<String, String> variables, Map<String, String> files) {
    var all = new HashMap<String, byte[]>();
    var environment = new StringBuilder("{");
    variables.forEach(
        (name, value) ->
            environment
                .append(environment.length() > 1 ? "," : "")
                .append("\"%s\": \"%s\"".formatted(name, value.replace("\\", "\\\\"))));
    all.put("commands.json", "[]".getBytes(StandardCharsets.UTF_8));
    all.put("env.json", environment.append('}').toString().getBytes(StandardCharsets.UTF_8));
    all.put(
        "fs/proc/meminfo",
        "MemTotal: 67108864 kB\nMemAvailable: 62914560 kB\n".getBytes(StandardCharsets.UTF_8));
    files.forEach((name, text) -> all.put("fs" + name, text.getBytes(StandardCharsets.UTF_8)));
    return switch (RecordedHost.of(all)) {
      case RecordedHost.Opened(var opened) -> opened;
      case RecordedHost.NotARecording other -> throw new AssertionError(other.toString());
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://ann:pa55@127.0.0.1:11434                | http://127.0.0.1:11434",
        "http://ann:pa55@127.0.0.1:11434/?token=t0k3n   | http://127.0.0.1:11434/",
        "http://127.0.0.1:11434/api?token=t0k3n#x       | http://127.0.0.1:11434/api",
        "http://ann:p@55@10.1.2.3:11434                 | http://elsewhere.invalid:11434",
        "gpu-box?token=t0k3n                            | http://elsewhere.invalid:11434",
        "0.0.0.0                                        | 0.0.0.0",
      })
  void aLoginOrTokenStoodInTheAddressOfTheServer(String given, String written) {
    assertEquals(written, new Redaction(host(Map.of(), Map.of())).variable("OLLAMA_HOST", given));
  }

  @Test
  void aLoginStoodInTheCaveatOnTheScreen() {
    var there = host(Map.of("OLLAMA_HOST", "http://ann:pa55@gpu-box:11434"), Map.of());
    for (String command : List.of("hardware", "recommend", "check 8b")) {
      Run run = Run.on(there, Style.PLAIN, command.split(" "));
      assertFalse((run.out() + run.err()).contains("pa55"), run.out());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "li   | /data/li/models        | /data/user/models",
        "li   | li                     | user",
        "li   | OWNER=li               | OWNER=user",
        "li   | D:\\li\\models         | D:\\user\\models",
        "li   | polite li in a line    | polite li in a line",
        "li   | /data/lima/models      | /data/lima/models",
        "li   | /data/x-li/models      | /data/x-li/models",
        "王伟 | /数据/王伟/模型        | /数据/user/模型",
        "王伟 | 王伟                   | user",
        "王伟 | /数据/王伟国/模型      | /数据/王伟国/模型",
        "王小明 | /srv/王小明          | /srv/user",
        "annabel | /srv/annabel-2/x    | /srv/user-2/x",
        "root | /root/models           | /root/models",
      })
  void aShortOrHanNameStayed(String name, String text, String written) {
    assertEquals(written, new Redaction(host(Map.of("USER", name), Map.of())).line(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/home/bob/.ollama            | /home/user/.ollama",
        "/var/home/bob/models         | /var/home/user/models",
        "/Users/bob                   | /Users/user",
        "/Users/Shared/models         | /Users/Shared/models",
        "C:\\Users\\bob\\models       | C:\\Users\\user\\models",
        "/home/linuxbrew/.linuxbrew   | /home/linuxbrew/.linuxbrew",
        "/home/a:/home/b              | /home/user:/home/user",
        "/homework/bob                | /homework/bob",
      })
  void theHomeOfSomebodyElseStayed(String text, String written) {
    assertEquals(written, new Redaction(host(Map.of("USER", "ann"), Map.of())).line(text));
  }

  @ParameterizedTest
  @CsvSource({
    "/kubepods/burstable/pod81c595e9-30fa-224b-5e8e-8c32c13d7782, /kubepods/burstable/pod00000000-0000-0000-0000-000000000001",
    "kubepods-burstable-pod81c595e9_30fa_224b_5e8e_8c32c13d7782.slice, kubepods-burstable-pod00000000_0000_0000_0000_000000000001.slice",
    "cri-containerd-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.scope, cri-containerd-id1.scope",
  })
  void theIdOfAPodStayed(String text, String written) {
    assertEquals(written, new Redaction().line(text));
  }

  @Test
  void theSameThingHasTheSameStandInInEveryForm() {
    var redaction = new Redaction();
    assertEquals(NUMBER_ONE, redaction.line(UUID));
    assertEquals("GPU-" + NUMBER_ONE, redaction.variable("CUDA_VISIBLE_DEVICES", "GPU-81c595e9"));
    assertEquals(NUMBER_ONE.replace('-', '_'), redaction.line(UUID.replace('-', '_')));
    assertEquals(NUMBER_ONE, redaction.line(NUMBER_ONE), "a stand-in stays");
  }

  @Test
  void theNameOfAnAmdGpuNoLongerMatchedItsChip() {
    var redaction = new Redaction();
    assertEquals(
        "simd_count 80\nunique_id 1\nhive_id 0\n",
        redaction.nodeProperties("simd_count 80\nunique_id 598046273873802902\nhive_id 0\n"));
    String name =
        "GPU-"
            + Long.toHexString(598046273873802902L).transform(h -> "0".repeat(16 - h.length()) + h);
    assertEquals("GPU-0000000000000001", redaction.variable("ROCR_VISIBLE_DEVICES", name));
  }

  @Test
  void aUnitOfSystemdIsNoMailAddress() {
    var redaction = new Redaction();
    String group = "0::/user.slice/user-1000.slice/user@1000.service/app.slice/x.scope";
    assertEquals(group, redaction.line(group));
    assertEquals(
        "Linux version 6.1 builder (gcc)", redaction.line("Linux version 6.1 (ann@box) (gcc)"));
    assertEquals("/srv/builder/x", redaction.line("/srv/ann@box/x"));
  }

  /// The limit stands in the group of the user's services, below a name with an `@`.
  @Test
  void theLimitOfAUsersServicesWasLostInARecording() throws IOException {
    String group = "/user.slice/user-1000.slice/user@1000.service";
    RecordedHost limited =
        host(
            Map.of(),
            Map.of(
                "/proc/self/cgroup",
                "0::" + group + "/app.slice/x.scope\n",
                "/sys/fs/cgroup" + group + "/memory.max",
                "8589934592\n",
                "/sys/fs/cgroup" + group + "/memory.current",
                "1073741824\n",
                "/sys/fs/cgroup" + group + "/cpu.max",
                "200000 100000\n"));
    Recorder.Recording recording =
        Recorder.record(limited, RecordedMachines.detector(), new LiveHost().files(), folder);
    Machine again =
        RecordedMachines.detector()
            .detect(
                ((RecordedHost.Opened) RecordedHost.open(new LiveHost().files(), folder)).host());
    assertEquals(8L << 30, recording.machine().ram().total().orElseThrow().count());
    assertEquals(recording.machine().ram(), again.ram());
    assertEquals(recording.machine().cpu(), again.cpu());
  }

  @Test
  void anErrorAsJsonNamedTheHome() {
    var owned = host(Map.of("HOME", "/data/homes/annabel"), Map.of());
    for (String file : List.of("/data/homes/annabel/m.json", "/home/annabel/m.json")) {
      Run run = Run.on(owned, Style.PLAIN, "recommend", "--machine", file, "--format", "json");
      assertTrue(run.out().contains("/home/user/m.json"), run.out());
      assertFalse(run.out().contains("annabel"), run.out());
      assertTrue(run.err().contains(file), run.err());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"recommend", "check 8b", "hardware", "hardware -v"})
  void jsonOfOneCommandAloneWasRedacted(String command) {
    var owned =
        host(
            Map.of(
                "HOME", "/home/annabel",
                "USER", "annabel",
                "OLLAMA_HOST", "http://ann:pa55@127.0.0.1:11434/?token=t0k3n",
                "CUDA_VISIBLE_DEVICES", "GPU-" + UUID,
                "OLLAMA_MODELS", "/home/annabel/models"),
            Map.of(
                "/proc/self/cgroup",
                "0::/kubepods.slice/kubepods-pod81c595e9_30fa_224b_5e8e_8c32c13d7782.slice\n",
                "/sys/fs/cgroup/kubepods.slice/kubepods-pod81c595e9_30fa_224b_5e8e_8c32c13d7782.slice/memory.max",
                "34359738368\n"));
    String[] words = (command + " --format json").split(" ");
    String out = Run.on(owned, Style.PLAIN, words).out();
    assertTrue(out.contains("\"machine\""), out);
    for (String secret : List.of("annabel", "pa55", "t0k3n", "81c595e9", "ann:")) {
      assertFalse(out.contains(secret), () -> secret + " stands in " + out);
    }
  }
}
