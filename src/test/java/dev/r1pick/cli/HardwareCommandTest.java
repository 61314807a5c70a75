package dev.r1pick.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.cli.config.HomeHost;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.host.OsFamily;
import dev.r1pick.report.layout.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `r1pick hardware` shows, and what follows from chips, slices and fills in the answers.
class HardwareCommandTest {
  /// The text as if the terminal had no right edge.
  private static String unwrapped(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nvidia-rtx3060-linux | ✓ NVIDIA GeForce RTX 3060 (cuda)",
        "nvidia-rtx3060-linux | NVIDIA GeForce RTX 3060 in the catalog, 360 GB/s",
        "nvidia-mig-container-no-permission | NVIDIA H100 SXM5 in the catalog; this slice of it has about 1650",
        "amd-mi308-partitions-kfd | AMD Instinct MI308X in the catalog; this slice of it has about 1325",
        "nvidia-kepler-gtx780 | ✗ GeForce GTX 780",
        "nvidia-gb10-container-without-gpu | reads about 273 GB/s",
        "windows-hybrid-gtx1650-vega | ! AMD Radeon(TM) Graphics",
        "windows-hybrid-gtx1650-vega | OLLAMA_IGPU_ENABLE=1",
        "nvidia-a100-mig-4x20g | 4 MIG instances: a program uses one of them",
        "nvidia-a100-mig-4x20g | the driver is older than 550",
      })
  void aScreenSaysWhatEachDeviceIsGoodFor(String machine, String text) {
    String out = Run.on(machine, "hardware").out();
    assertTrue(unwrapped(out).contains(text), out);
    assertTrue(out.lines().count() <= 24, out);
    assertTrue(out.lines().allMatch(line -> line.length() <= 80), out);
  }

  @Test
  void aServerElsewhereIsTheFirstThingSaid() {
    var recorded = Run.host("nvidia-rtx3060-linux");
    var host =
        new HomeHost(recorded, OsFamily.LINUX, Map.of("OLLAMA_HOST", "http://10.1.2.3:11434"));
    String out = Run.on(host, Style.PLAIN, "hardware").out();
    assertTrue(out.startsWith("! OLLAMA_HOST points to"), out);
    assertEquals(out.indexOf("OLLAMA_HOST"), out.lastIndexOf("OLLAMA_HOST"), out);
  }

  @Test
  void anUnknownChipSaysSo(@TempDir Path folder) throws IOException {
    String known = Run.on("nvidia-rtx3060-linux", "hardware", "--format", "json").out();
    Path file = folder.resolve("machine.json");
    Files.writeString(
        file,
        known
            .replace("NVIDIA GeForce RTX 3060", "NVIDIA Zeta 9")
            .replaceAll("\"pci_id\" : \"[^\"]*\"", "\"pci_id\" : null"));
    String out = Run.on("ci-linux-runner-no-gpu", "hardware", "--machine", file.toString()).out();
    assertTrue(
        unwrapped(out).contains("Cards with about this much memory have 264 to 912 GB/s."), out);
    Run check = Run.on("ci-linux-runner-no-gpu", "check", "14b", "--machine", file.toString());
    assertTrue(unwrapped(check.out()).contains("tokens/s: a range over such cards"), check.out());
    String json =
        Run.on(
                "ci-linux-runner-no-gpu",
                "check",
                "14b",
                "--format",
                "json",
                "--machine",
                file.toString())
            .out();
    assertTrue(unwrapped(json).contains("\"expected\" : null"), json);
    assertTrue(
        unwrapped(json).contains("\"kind\" : \"unknown-chip\", \"backend\" : \"cuda\""), json);
  }

  /// A machine document with that many GPUs of one name.
  private static Path farm(Path folder, int gpus, String name) throws IOException {
    String one = Run.on("nvidia-rtx3060-linux", "hardware", "--format", "json").out();
    int start = one.indexOf('{', one.indexOf("\"accelerators\""));
    int end = start + 1;
    for (int open = 1; open > 0; end++) {
      open += one.charAt(end) == '{' ? 1 : one.charAt(end) == '}' ? -1 : 0;
    }
    String device = one.substring(start, end).replace("NVIDIA GeForce RTX 3060", name);
    var all = new ArrayList<String>();
    for (int i = 0; i < gpus; i++) {
      all.add(device);
    }
    Path file = folder.resolve("farm.json");
    Files.writeString(file, one.substring(0, start) + String.join(", ", all) + one.substring(end));
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "NVIDIA H100 80GB HBM3, 8",
    "NVIDIA GeForce RTX 3090, 8",
    "NVIDIA RTX PRO 6000 Blackwell Server Edition, 8"
  })
  void eightGpusStandOnOneScreen(String name, int gpus, @TempDir Path folder) throws IOException {
    String file = farm(folder, gpus, name).toString();
    String out = Run.on("ci-linux-runner-no-gpu", "hardware", "--machine", file).out();
    assertTrue(unwrapped(out).contains("✓ " + gpus + " × " + name), out);
    assertTrue(unwrapped(out).contains("free on each"), out);
    assertTrue(out.lines().count() <= 24, out);
    assertTrue(out.lines().allMatch(line -> line.length() <= 80), out);
  }

  @Test
  void aMachineOfWhichNothingIsReadEndsWithItsOwnCode(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("fs/sys/bus/pci/devices/0000:02:00.0"));
    Path device = folder.resolve("fs/sys/bus/pci/devices/0000:02:00.0");
    Files.writeString(device.resolve("class"), "0x030000");
    Files.writeString(device.resolve("vendor"), "0x1a03");
    Files.writeString(device.resolve("device"), "0x2000");
    Run run = Run.on("ci-linux-runner-no-gpu", "hardware", "--machine", folder.toString());
    assertEquals(ExitCode.HARDWARE_UNKNOWN, run.code());
    assertTrue(run.out().contains("unknown"), run.out());
  }

  @Test
  void jsonTellsNothingOfTheOwner() {
    var host =
        new HomeHost(
            Run.host("nvidia-rtx3060-linux"),
            OsFamily.LINUX,
            Map.of(
                "HOME", "/home/annabel",
                "USER", "annabel",
                "OLLAMA_HOST", "http://secret-server:11434",
                "OLLAMA_MODELS", "/home/annabel/models"));
    String json = Run.on(host, Style.PLAIN, "hardware", "-v", "--format", "json").out();
    assertTrue(json.contains("/home/user/models"), json);
    assertTrue(json.contains("http://elsewhere.invalid:11434"), json);
    assertFalse(json.contains("annabel"), json);
    assertFalse(json.contains("secret"), json);
    String text = Run.on(host, Style.PLAIN, "hardware").out();
    assertTrue(text.contains("/home/annabel/models"), text);
    assertTrue(text.contains("secret-server"), text);
  }

  @Test
  void verboseTellsWhatWasAskedAndHowLongItTook() {
    Run usual = Run.on("nvidia-smi-hangs", "hardware");
    Run verbose = Run.on("nvidia-smi-hangs", "hardware", "-v");
    assertFalse(usual.out().contains("Asked "), usual.out());
    assertTrue(verbose.out().startsWith(usual.out()), verbose.out());
    assertTrue(verbose.out().contains("✗ too slow"), verbose.out());
    assertTrue(verbose.out().contains("command nvidia-smi-csv"), verbose.out());
    assertTrue(verbose.out().contains("file /proc/meminfo"), verbose.out());
  }

  @Test
  void jsonHasTheSourcesOnlyWhereTheyAreWanted() {
    String usual = Run.on("nvidia-rtx3060-linux", "hardware", "--format", "json").out();
    String verbose = Run.on("nvidia-rtx3060-linux", "hardware", "-v", "--format", "json").out();
    assertFalse(usual.contains("\"sources\""), usual);
    assertTrue(verbose.contains("\"sources\""), verbose);
    assertTrue(usual.contains("\"bandwidth_bytes_per_second\" : 360000000000"), usual);
    assertTrue(usual.contains("\"cpu_bandwidth\""), usual);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GB10 | 128GB | linux aarch64 | 119.0 GiB of 119.0 GiB",
        "GB10 | | linux aarch64 | 119.0 GiB of 119.0 GiB",
        "Ryzen AI Max+ 395 | 128GB | linux x86_64 | 64.0 GiB of 128.0 GiB",
        "Jetson AGX Orin 64GB | | linux aarch64 | 59.5 GiB of 59.5 GiB",
        "Radeon 780M | 32GB | linux x86_64 | ! AMD Radeon 780M",
        "Snapdragon X Elite | 32GB | aarch64 | ✗ Qualcomm Snapdragon X Elite",
        "MI300A | 128GB | linux x86_64 | ✓ AMD Instinct MI300A (rocm)",
        "M3 Max | 64GB | macos aarch64 | 48.0 GiB of 64.0 GiB",
      })
  void aDescribedChipBringsItsMachine(String chip, String ram, String system, String text) {
    Run run =
        ram == null
            ? Run.on("nvidia-rtx3060-linux", "hardware", "--gpu", chip)
            : Run.on("nvidia-rtx3060-linux", "hardware", "--gpu", chip, "--ram", ram);
    assertAll(
        () -> assertEquals(ExitCode.OK, run.code(), run.err()),
        () -> assertTrue(run.out().contains(system), run.out()),
        () -> assertTrue(unwrapped(run.out()).contains(text), run.out()),
        () -> assertFalse(run.out().contains("5600"), run.out()));
  }

  @Test
  void theGpusShareOfADescribedChipCanBeGiven() {
    String out =
        Run.on(
                "nvidia-rtx3060-linux",
                "hardware",
                "--gpu",
                "Strix Halo",
                "--ram",
                "128GB",
                "--vram",
                "96GB")
            .out();
    assertTrue(out.contains("96.0 GiB"), out);
    assertFalse(out.contains("are taken to be"), out);
  }

  @Test
  void aLoadStaysOnOneDescribedChip() {
    Run run = Run.on("nvidia-rtx3060-linux", "recommend", "--gpu", "2x GB10");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("is a whole machine"), run.err());
  }

  @Test
  void aDescribedGpuThatOllamaLeavesOutIsSaidToBe() {
    Run left = Run.on("nvidia-rtx3060-linux", "recommend", "--gpu", "Radeon 780M", "--ram", "32GB");
    assertTrue(left.out().contains("on this processor"), left.out());
    assertTrue(unwrapped(left.out()).contains("AMD Radeon 780M is not used"), left.out());
    Run used =
        Run.on(
            "nvidia-rtx3060-linux",
            "recommend",
            "--gpu",
            "Radeon 780M",
            "--ram",
            "32GB",
            "--ollama-env",
            "OLLAMA_IGPU_ENABLE=1");
    assertTrue(used.out().contains("on your Radeon 780M"), used.out());
  }

  @Test
  void migInstancesAreNeverAddedUp(@TempDir Path folder) throws IOException {
    String recorded = Run.on("nvidia-a100-mig-4x20g", "hardware", "--format", "json").out();
    String newDriver =
        recorded.replaceAll("\"driver_version\" : \"[0-9.]+\"", "\"driver_version\" : \"570.86\"");
    Path file = folder.resolve("machine.json");
    Files.writeString(file, newDriver);
    String out =
        Run.on(
                "ci-linux-runner-no-gpu",
                "check",
                "70b",
                "--context",
                "4k",
                "--format",
                "json",
                "--machine",
                file.toString())
            .out();
    assertTrue(out.contains("\"verdict\" : \"fits-partly\""), out);
    assertTrue(out.contains("\"total_vram_bytes\" : 20937965568"), out);
    assertFalse(out.contains("device 1"), out);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "3000, 3000", "8k, 8192"})
  void theRateIsToldAtTheFillThatIsAskedFor(String asked, int tokens) {
    for (String[] command : new String[][] {{"recommend"}, {"check", "8b", "--context", "16k"}}) {
      var args = new ArrayList<>(List.of(command));
      args.addAll(List.of("--at-tokens", asked));
      String text = Run.on("nvidia-rtx3060-linux", args.toArray(String[]::new)).out();
      assertTrue(
          unwrapped(text).contains("tokens/s with " + tokens + " tokens in the context"), text);
      args.addAll(List.of("--format", "json"));
      String json = Run.on("nvidia-rtx3060-linux", args.toArray(String[]::new)).out();
      assertTrue(json.contains("\"at_context_tokens\" : " + tokens + ","), json);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1 | is not a number of tokens",
        "many | is not a number of tokens",
        "16k | is more than a context of 8k holds",
      })
  void aFillThatCannotBeIsRefused(String asked, String sentence) {
    Run run =
        Run.on("nvidia-rtx3060-linux", "check", "8b", "--context", "8k", "--at-tokens", asked);
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains(sentence), run.err());
  }

  @Test
  void answersComeWithTheirTimeAndTheTokensBehindIt() {
    for (String[] command : new String[][] {{"recommend"}, {"check", "8b"}}) {
      var args = new ArrayList<>(List.of(command));
      String text = Run.on("nvidia-rtx3060-linux", args.toArray(String[]::new)).out();
      assertTrue(unwrapped(text).contains("for a usual answer"), text);
      args.addAll(List.of("--format", "json"));
      String json = Run.on("nvidia-rtx3060-linux", args.toArray(String[]::new)).out();
      for (String key :
          new String[] {"median", "p90", "prompt_tokens", "median_tokens", "p90_tokens"}) {
        assertTrue(json.contains("\"" + key + "\" : "), key + " in " + json);
      }
    }
  }

  /// The modules of this machine were counted for a processor that was only named.
  @Test
  void anotherProcessorHasOtherModules(@TempDir Path folder) throws IOException {
    Path modules = Path.of("fs/run/udev/data/+dmi:id");
    for (String file : List.of("commands.json", "env.json", "fs/proc/cpuinfo", "fs/proc/meminfo")) {
      Path to = folder.resolve(file);
      Files.createDirectories(to.getParent());
      Files.copy(Path.of("src/test/resources/machines/nvidia-rtx3060-linux").resolve(file), to);
    }
    Files.createDirectories(folder.resolve(modules).getParent());
    Files.writeString(
        folder.resolve(modules),
        """
        E:MEMORY_DEVICE_0_SIZE=34359738368
        E:MEMORY_DEVICE_0_CONFIGURED_SPEED_MTS=2666
        """);
    String machine = folder.toString();
    String own = Run.on("nvidia-rtx3060-linux", "hardware", "--machine", machine).out();
    assertTrue(unwrapped(own).contains("reads 21 GB/s, by the modules that are fitted"), own);
    String other =
        Run.on("nvidia-rtx3060-linux", "hardware", "--machine", machine, "--cpu", "EPYC 9654")
            .out();
    assertTrue(unwrapped(other).contains("reads about 461 GB/s"), other);
  }
}
