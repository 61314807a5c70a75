package dev.r1pick.hardware.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MemoryModules;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.hardware.probe.RecordedMachines;
import dev.r1pick.host.LiveHost;
import dev.r1pick.ollama.OllamaSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecorderTest {
  @TempDir Path folder;

  static List<String> machines() {
    return RecordedMachines.names();
  }

  @ParameterizedTest
  @MethodSource("machines")
  void aRecordingOfAMachineIsDetectedAsThatMachine(String name) throws IOException {
    Recorder.Recording recording =
        Recorder.record(
            RecordedMachines.host(name),
            RecordedMachines.detector(),
            new LiveHost().files(),
            folder);
    RecordedHost again =
        switch (RecordedHost.open(new LiveHost().files(), folder)) {
          case RecordedHost.Opened(var host) -> host;
          case RecordedHost.NotARecording other -> throw new AssertionError(other.toString());
        };
    Machine replayed = RecordedMachines.detector().detect(again);
    assertEquals(withoutUuids(recording.machine()), withoutUuids(replayed));
  }

  /// Nothing in the files of this machine tells its architecture but the recording itself.
  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "aarch64", "loongarch64", "riscv64", "ppc64le", "s390x"})
  void aRecordingKeepsTheArchitecture(String arch) throws IOException {
    var files = new HashMap<String, byte[]>();
    put(files, "fs/proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable: 7000000 kB\n");
    put(files, "system.json", "{\"arch\": \"" + arch + "\"}");
    var opened = (RecordedHost.Opened) RecordedHost.of(files);
    Recorder.record(opened.host(), RecordedMachines.detector(), new LiveHost().files(), folder);
    var again = (RecordedHost.Opened) RecordedHost.open(new LiveHost().files(), folder);
    assertEquals(arch, RecordedMachines.detector().detect(again.host()).os().arch());
  }

  /// UUIDs have stand-ins in a recording, also in the variables that name them.
  private static Machine withoutUuids(Machine machine) {
    var devices = new ArrayList<Accelerator>();
    for (Accelerator device : machine.accelerators()) {
      devices.add(device.withIdentity(device.identity().withUuid(Optional.empty())));
    }
    return machine
        .withAccelerators(devices)
        .withOllama(new OllamaSetup(machine.ollama().version(), Map.of()));
  }

  @Test
  void nothingPrivateIsWritten() throws IOException {
    var files = new HashMap<String, byte[]>();
    put(
        files,
        "commands.json",
        """
        [{"id": "nvidia-smi-csv", "argv": [], "exit": 0, "stdout": "n.csv"},
         {"id": "nvidia-smi-xml", "argv": [], "exit": 0, "stdout": "n.xml"},
         {"id": "nvidia-smi-list", "argv": [], "exit": 0, "stdout": "n.txt"},
         {"id": "ollama-version", "argv": [], "exit": 0, "stdout": "o.txt",
          "stderr": "cannot read /home/mallory/.ollama/id"}]
        """);
    put(
        files,
        "n.csv",
        "0, GPU-81c595e9-30fa-224b-5e8e-8c32c13d7782, NVIDIA A100, 40960, 40000, 1,"
            + " 570.124.06, 8.0, 00000000:01:00.0, Enabled\n");
    put(
        files,
        "n.xml",
        """
        <gpu id="00000000:01:00.0">
        <serial>1320921004711</serial>
        <uuid>GPU-81c595e9-30fa-224b-5e8e-8c32c13d7782</uuid>
        <mig_device><index>0</index><fb_memory_usage><total>19968 MiB</total><free>19955 MiB</free></fb_memory_usage></mig_device>
        <process_name>/home/mallory/secret-project/train.py</process_name>
        </gpu>
        """);
    put(
        files,
        "n.txt",
        """
        GPU 0: NVIDIA A100 (UUID: GPU-81c595e9-30fa-224b-5e8e-8c32c13d7782)
          MIG 1g.20gb     Device  0: (UUID: MIG-1f2e3d4c-0000-5000-8000-0000000000aa)
        """);
    put(files, "o.txt", "ollama version is 0.33.0\n");
    put(
        files,
        "env.json",
        """
        {"HOME": "/home/mallory", "USER": "mallory", "HOSTNAME": "evilbox",
         "OLLAMA_MODELS": "/srv/mallory/models", "OLLAMA_HOST": "http://gpu.evilbox.example:11434",
         "CUDA_VISIBLE_DEVICES": "MIG-1f2e3d4c"}
        """);
    put(
        files,
        "fs/proc/cpuinfo",
        "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0b\nSerial\t\t: 10000000deadbeef\n");
    put(files, "fs/proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable: 7000000 kB\n");
    put(
        files,
        "fs/proc/self/cgroup",
        "0::/docker/3f1c9a0123456789abcdef0123456789abcdef0123456789abcdef0123456789\n");
    put(files, "fs/proc/self/status", "Name:\tjava\nUid:\t1001\nCpus_allowed_list:\t0\n");
    put(files, "fs/proc/version", "Linux version 6.1 (mallory@evilbox) (gcc)\n");
    put(
        files,
        "fs/sys/class/kfd/kfd/topology/nodes/1/properties",
        "simd_count 80\nvendor_id 4098\ndevice_id 29858\nunique_id 598046273873802902\n");
    put(
        files,
        "fs/run/udev/data/+dmi:id",
        """
        I:4711
        E:ID_SERIAL=BOARD4711
        E:MEMORY_DEVICE_0_SIZE=34359738368
        E:MEMORY_DEVICE_0_SERIAL_NUMBER=2C3F5D81
        E:MEMORY_DEVICE_0_ASSET_TAG=mallory-dimm
        E:MEMORY_DEVICE_0_CONFIGURED_SPEED_MTS=4800
        E:MEMORY_DEVICE_0_DATA_WIDTH=64
        """);
    RecordedHost host =
        switch (RecordedHost.of(files)) {
          case RecordedHost.Opened(var opened) -> opened;
          case RecordedHost.NotARecording other -> throw new AssertionError(other.toString());
        };
    Recorder.Recording recording =
        Recorder.record(host, RecordedMachines.detector(), new LiveHost().files(), folder);
    for (String secret :
        List.of(
            "mallory",
            "evilbox",
            "81c595e9",
            "1f2e3d4c",
            "1320921004711",
            "deadbeef",
            "3f1c9a01",
            "598046273873802902",
            "4711",
            "2C3F5D81",
            "1001")) {
      for (String file : recording.files()) {
        String content = Files.readString(folder.resolve(file));
        assertFalse(content.contains(secret), () -> secret + " stands in " + file);
        assertFalse(file.contains(secret), () -> secret + " stands in the name " + file);
      }
    }
    Machine replayed =
        RecordedMachines.detector()
            .detect(
                ((RecordedHost.Opened) RecordedHost.open(new LiveHost().files(), folder)).host());
    assertEquals(Vendor.NVIDIA, recording.machine().usableAccelerators().getFirst().vendor());
    assertEquals(
        Vendor.NVIDIA,
        replayed.usableAccelerators().getFirst().vendor(),
        "the variable still names the instance that it named");
    assertTrue(replayed.notes().stream().anyMatch(Note.OllamaHostElsewhere.class::isInstance));
    assertEquals(
        Optional.of(new MemoryModules(1, 4800, 64)), replayed.ram().modules(), "as recorded");
    assertEquals("/srv/user/models", replayed.disk().orElseThrow().modelsPath());
  }

  private static void put(Map<String, byte[]> files, String name, String text) {
    files.put(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
