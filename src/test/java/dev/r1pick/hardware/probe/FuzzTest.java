package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every file of every recorded machine, broken in many ways: nothing may be thrown, nothing that
/// could drive a terminal may come through, and no figure may be absurd.
class FuzzTest {
  private static final long SEED = 20251121;
  private static final int MUTANTS = 24_000;

  /// Files that recordings have since the first machines were recorded: the architecture, the
  /// answers of a server with a loaded model, the plugs of a snap.
  private static final Map<String, String> OF_RECORDINGS =
      Map.of(
          "system.json",
          "{\"arch\": \"x86_64\"}",
          "http.json",
          """
          [{"path": "/api/version", "status": 200, "body": "version.json"},
           {"path": "/api/tags", "status": 200, "body": "tags.json"},
           {"path": "/api/ps", "status": 200, "body": "ps.json"}]
          """,
          "version.json",
          "{\"version\": \"0.33.0\"}",
          "tags.json",
          "{\"models\": [{\"name\": \"deepseek-r1:8b\", \"size\": 5225376047}]}",
          "ps.json",
          """
          {"models": [{"name": "deepseek-r1:8b", "size": 6654289920, "size_vram": 6654289920}]}
          """);

  @Test
  void noBrokenFileBreaksTheDetector() {
    var random = new Random(SEED);
    List<String> names = RecordedMachines.names();
    int perMachine = (MUTANTS + names.size() - 1) / names.size();
    int detected = 0;
    int refused = 0;
    for (String name : names) {
      Map<String, byte[]> files = RecordedMachines.host(name).files();
      files.remove("expected.json");
      OF_RECORDINGS.forEach(
          (file, text) -> files.putIfAbsent(file, text.getBytes(StandardCharsets.UTF_8)));
      List<String> targets = new ArrayList<>(new TreeMap<>(files).keySet());
      for (int i = 0; i < perMachine; i++) {
        var mutant = new HashMap<>(files);
        String target = targets.get(i % targets.size());
        mutant.put(target, mutated(files.getOrDefault(target, new byte[0]), random));
        switch (RecordedHost.of(mutant)) {
          case RecordedHost.Opened(var host) -> {
            isSound(name + " " + target + " #" + i, RecordedMachines.detector().detect(host));
            detected++;
          }
          case RecordedHost.NotARecording(_, _, var detail) -> {
            assertEquals(Text.clean(detail), detail);
            refused++;
          }
        }
      }
    }
    assertTrue(detected + refused >= 20_000, "mutants: " + (detected + refused));
    assertTrue(detected > 3 * refused, detected + " detected, " + refused + " refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nvidia-rtx3060-linux/nvidia-smi.csv",
        "nvidia-a100-mig-4x20g/nvidia-smi-q.xml",
        "amd-rx7900xt-linux/lspci.txt",
        "windows-780m-uma8/win-cim.json",
        "apple-m3-16gb-metal/sysctl.txt",
        "nvidia-rtx3060-linux/fs/proc/cpuinfo",
        "container-cgroup1-1g/fs/proc/self/cgroup"
      })
  void tenMegabytesOfNoiseAreCutOff(String path) {
    String name = path.substring(0, path.indexOf('/'));
    Map<String, byte[]> files = RecordedMachines.host(name).files();
    byte[] noise = new byte[10 << 20];
    new Random(SEED).nextBytes(noise);
    files.put(path.substring(path.indexOf('/') + 1), noise);
    var opened = (RecordedHost.Opened) RecordedHost.of(files);
    isSound(path, RecordedMachines.detector().detect(opened.host()));
  }

  private static byte[] mutated(byte[] original, Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> Arrays.copyOf(original, random.nextInt(original.length + 1));
      case 1 -> flipped(original, 1, random);
      case 2 -> flipped(original, 1 + original.length / 20, random);
      case 3 -> repeated(original, random);
      case 4 -> hugeNumber(original, random);
      case 5 -> new String(original, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
      case 6 -> inserted(original, "\u001b]0;owned\u0007\u001b[2J\u0000\u202e\u009b31m", random);
      case 7 -> noise(random);
      case 8 -> inserted(original, "\n\t: [ ,]{\"}=-1 0x,,999999999999\r", random);
      default -> withoutALine(original, random);
    };
  }

  private static byte[] flipped(byte[] original, int count, Random random) {
    byte[] changed = original.clone();
    for (int i = 0; i < count && changed.length > 0; i++) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  private static byte[] repeated(byte[] original, Random random) {
    int times = 2 + random.nextInt(6);
    byte[] changed = new byte[original.length * times];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = original[i % original.length];
    }
    return changed;
  }

  private static byte[] hugeNumber(byte[] original, Random random) {
    String text = new String(original, StandardCharsets.ISO_8859_1);
    int digit = -1;
    int from = text.isEmpty() ? 0 : random.nextInt(text.length());
    for (int i = from; i < text.length() && digit < 0; i++) {
      digit = Character.isDigit(text.charAt(i)) ? i : -1;
    }
    List<String> numbers =
        List.of(
            "9223372036854775807",
            "18446744073709551616",
            "999999999999999999",
            "-1",
            "0",
            "1e309",
            "4294967296",
            "9".repeat(1200));
    String number = numbers.get(random.nextInt(numbers.size()));
    return digit < 0
        ? number.getBytes(StandardCharsets.ISO_8859_1)
        : (text.substring(0, digit) + number + text.substring(digit + 1))
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] inserted(byte[] original, String text, Random random) {
    byte[] insert = text.getBytes(StandardCharsets.UTF_8);
    int at = random.nextInt(original.length + 1);
    byte[] changed = new byte[original.length + insert.length];
    System.arraycopy(original, 0, changed, 0, at);
    System.arraycopy(insert, 0, changed, at, insert.length);
    System.arraycopy(original, at, changed, at + insert.length, original.length - at);
    return changed;
  }

  private static byte[] noise(Random random) {
    byte[] noise = new byte[random.nextInt(4096)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] withoutALine(byte[] original, Random random) {
    List<String> lines =
        new ArrayList<>(List.of(new String(original, StandardCharsets.ISO_8859_1).split("\n", -1)));
    lines.remove(random.nextInt(lines.size()));
    return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void isSound(String what, Machine machine) {
    var texts = new ArrayList<String>();
    machine.cpu().name().ifPresent(texts::add);
    texts.add(machine.cpu().arch());
    texts.addAll(machine.cpu().features());
    texts.add(machine.ram().basis());
    machine.disk().ifPresent(disk -> texts.add(disk.modelsPath()));
    machine.ollama().version().ifPresent(texts::add);
    texts.addAll(machine.ollama().environment().values());
    for (Note note : machine.notes()) {
      texts.add(note.toString());
      assertFalse(
          note instanceof Note.ProbeFailed || note instanceof Note.ProbeTimedOut,
          () -> what + ": " + note);
    }
    assertTrue(machine.accelerators().size() < 1000, what);
    for (Accelerator device : machine.accelerators()) {
      textsOf(device, texts);
      assertTrue(
          device.memory().free().isEmpty()
              || device.memory().total().isEmpty()
              || device.memory().free().get().atMost(device.memory().total().get()),
          () -> what + ": more free than there is: " + device);
    }
    assertTrue(machine.cpu().usableCpus() >= 1, what);
    assertTrue(machine.cpu().usableCpus() <= machine.cpu().logicalCpus(), what);
    for (String text : texts) {
      assertTrue(text.length() <= 4096, what);
      assertFalse(
          text.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x202e),
          () -> what + ": control character in " + text);
    }
  }

  private static void textsOf(Accelerator device, List<String> texts) {
    texts.add(device.name());
    texts.add(device.vendor().label());
    device.memory().basis().ifPresent(texts::add);
    Identity identity = device.identity();
    for (Optional<String> text :
        List.of(
            identity.pciAddress(),
            identity.pciId(),
            identity.uuid(),
            identity.driverVersion(),
            identity.computeCapability(),
            identity.gfxTarget())) {
      text.ifPresent(texts::add);
    }
    if (device.usability() instanceof NotUsable notUsable) {
      texts.addAll(notUsable.arguments());
      notUsable.optIn().ifPresent(texts::add);
    }
  }
}
