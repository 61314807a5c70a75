package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.probe.apple.AppleProbe;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each line of the four sources on macOS means.
class AppleMachinesTest {
  private static final String M3 =
      "hw.memsize: 17179869184\nhw.optional.arm64: 1\nmachdep.cpu.brand_string: Apple M3\n";

  private static AppleProbe probe(String sysctl) {
    return new AppleProbe(sysctl, "", "", "");
  }

  private static Machine machine(String sysctl, String vmStat, String metal, String profiler) {
    return new SmallHost()
        .command("sysctl", 0, sysctl)
        .command("vm-stat", 0, vmStat)
        .command("metal-device-json", 0, metal)
        .command("system-profiler-json", 0, profiler)
        .machine();
  }

  private static Accelerator gpu(String sysctl, String metal, String profiler) {
    List<Accelerator> devices = machine(sysctl, "", metal, profiler).accelerators();
    assertEquals(1, devices.size(), devices.toString());
    return devices.getFirst();
  }

  // --- the chip

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "hw.optional.arm64: 1 | x86_64 | aarch64",
        "hw.optional.arm64: 0 | aarch64 | x86_64",
        "machdep.cpu.brand_string: Apple M1 | x86_64 | aarch64",
        "machdep.cpu.brand_string: Intel(R) Core(TM) i7 | x86_64 | x86_64",
        "~~ | aarch64 | aarch64",
        "~~ | x86_64 | x86_64",
        ": lost its name | aarch64 | aarch64"
      })
  void theArchitectureIsThatOfTheChip(String sysctl, String process, String architecture) {
    assertEquals(architecture, probe(sysctl).os(process).arch());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"chip_type\": \"Apple M4\", \"cpu_type\": \"other\"} | Apple M4",
        "{\"cpu_type\": \"Dual-Core Intel Core i5\"} | Dual-Core Intel Core i5",
        "{\"chip_type\": \" \"}, {\"chip_type\": \"Apple M2\"} | Apple M2"
      })
  void systemProfilerNamesTheChipWhereSysctlDoesNot(String items, String name) {
    var probe =
        new AppleProbe("hw.memsize: 1", "", "", "{\"SPHardwareDataType\": [" + items + "]}");
    assertEquals(Optional.of(name), probe.cpu("aarch64", OptionalInt.empty()).name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "kern.hv_vmm_present: 1 | ~~ | true",
        "kern.hv_vmm_present: 0 | ~~ | false",
        "machdep.cpu.brand_string: Apple M1 (Virtual) | ~~ | true",
        "machdep.cpu.brand_string: Apple M1 | {\"name\": \"Apple Paravirtual device\"} | true",
        "machdep.cpu.brand_string: Apple M1 | {\"name\": \"Apple M1\"} | false"
      })
  void aVirtualMachineIsKnownByAnyOfThreeSigns(String sysctl, String metal, boolean virtual) {
    Os os = new AppleProbe(sysctl, "", metal, "").os("aarch64");
    assertEquals(virtual, os.virtualMachine());
  }

  @Test
  void theGpuOfAVirtualMachineIsNamedAsMetalNamesIt() {
    Accelerator gpu =
        gpu(M3 + "kern.hv_vmm_present: 1\n", "{\"name\": \"Apple Paravirtual device\"}", "");
    assertEquals("Apple Paravirtual device", gpu.name());
    assertEquals(Optional.empty(), gpu.memory().total());
    assertEquals("Apple M3", gpu(M3, "{\"name\": \"Apple M3 GPU\"}", "").name());
  }

  // --- the processor

  @ParameterizedTest
  @CsvSource({
    "10, 12, 14, 10",
    "0, 12, 14, 12",
    "'', 12, 14, 12",
    "'', '', 14, 14",
    "'', '', '', 1",
    "65535, 12, 14, 65535",
    "65536, 12, 14, 12",
    "1, 12, 14, 1"
  })
  void threadsAreCountedByTheFirstSourceThatHasANumber(
      String logical, String all, String processors, int threads) {
    Cpu cpu =
        probe("hw.logicalcpu: " + logical + "\nhw.ncpu: " + all + "\n")
            .cpu(
                "aarch64",
                processors.isEmpty()
                    ? OptionalInt.empty()
                    : OptionalInt.of(Integer.parseInt(processors)));
    assertEquals(threads, cpu.logicalCpus());
    assertEquals(threads, cpu.usableCpus());
  }

  @Test
  void onlyApplesChipsHaveFastCores() {
    String cores = "hw.physicalcpu: 8\nhw.perflevel0.physicalcpu: 4\n";
    Cpu apple = probe(M3 + cores).cpu("aarch64", OptionalInt.empty());
    assertEquals(Optional.of(8), apple.physicalCores());
    assertEquals(Optional.of(4), apple.performanceCores());
    Cpu intel = probe("hw.optional.arm64: 0\n" + cores).cpu("x86_64", OptionalInt.empty());
    assertEquals(Optional.of(8), intel.physicalCores());
    assertEquals(Optional.empty(), intel.performanceCores());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hw.optional.arm64: 1 | neon",
        "hw.optional.arm64: 1,hw.optional.arm.FEAT_DotProd: 1 | neon asimddp",
        "hw.optional.arm64: 1,hw.optional.arm.FEAT_I8MM: 1 | neon i8mm",
        "hw.optional.arm64: 1,hw.optional.arm.FEAT_BF16: 1 | neon bf16",
        "hw.optional.arm64: 1,hw.optional.arm.FEAT_BF16: 0 | neon",
        "hw.optional.avx2_0: 1 | avx avx2 fma f16c",
        "hw.optional.avx2_0: 1,hw.optional.avx512f: 1 | avx avx2 fma f16c avx512f",
        "hw.optional.avx1_0: 1 | avx",
        "hw.optional.avx2_0: 0,hw.optional.avx512f: 1 | none"
      })
  void instructionSetsAreReadOneByOne(String sysctl, String features) {
    Cpu cpu = probe(sysctl.replace(',', '\n')).cpu("x86_64", OptionalInt.empty());
    assertEquals(features.equals("none") ? "" : features, String.join(" ", cpu.features()));
  }

  // --- memory

  private static final String PAGES =
      """
      Mach Virtual Memory Statistics: (page size of 16384 bytes)
      Pages wired down:                          1000.
      Pages purgeable:                            100.
      Anonymous pages:                           2000.
      Pages occupied by compressor:               300.
      """;

  private static Ram ram(String sysctl, String vmStat) {
    return new AppleProbe(sysctl, vmStat, "", "").ram();
  }

  @Test
  void whatProgramsAndKernelHoldIsNotAvailable() {
    Ram ram = ram(M3, PAGES);
    assertEquals(Optional.of(Bytes.ofGiB(16)), ram.total());
    assertEquals(
        Optional.of(Bytes.of((16L << 30) - (2000 - 100 + 1000 + 300) * 16384L)), ram.available());
    assertEquals("hw.memsize, vm_stat", ram.basis());
    Ram plain = ram(M3, PAGES.replace("Pages purgeable", "x").replace("Pages occ", "y"));
    assertEquals(Optional.of(Bytes.of((16L << 30) - (2000 + 1000) * 16384L)), plain.available());
    Ram purged = ram(M3, PAGES.replace(" 100.", " 9000."));
    assertEquals(Optional.of(Bytes.of((16L << 30) - (1000 + 300) * 16384L)), purged.available());
  }

  @ParameterizedTest
  @CsvSource({"Pages wired down", "Anonymous pages"})
  void withoutACountThatMattersNothingIsKnownToBeAvailable(String line) {
    assertEquals(Optional.empty(), ram(M3, PAGES.replace(line, "x")).available());
  }

  @Test
  void withoutATotalNothingIsKnown() {
    Ram ram = ram("hw.optional.arm64: 1\n", PAGES);
    assertEquals(Optional.empty(), ram.total());
    assertEquals(Optional.empty(), ram.available());
    assertEquals("", ram.basis());
  }

  @ParameterizedTest
  @CsvSource({
    "4095, 16384, false, 0",
    "4096, 16384, true, 4096",
    "1048576, 16384, true, 1048576",
    "1048577, 16384, false, 0",
    "'', 16384, true, 16384",
    "'', '', false, 0"
  })
  void aPageHasFrom4KibToOneMib(String stated, String sysctl, boolean known, long size) {
    String vmStat =
        stated.isEmpty()
            ? PAGES.replace("page size of 16384 bytes", "")
            : PAGES.replace("16384", stated);
    Ram ram = ram(M3 + (sysctl.isEmpty() ? "" : "hw.pagesize: " + sysctl + "\n"), vmStat);
    assertEquals(
        known ? Optional.of(Bytes.of(Math.max(0, (16L << 30) - 3200 * size))) : Optional.empty(),
        ram.available());
  }

  @Test
  void theSizeOfAPageMayStandInTheFirstWords() {
    String vmStat = "page size of 4096 bytes\nPages wired down: 1.\nAnonymous pages: 1.\n";
    assertEquals(Optional.of(Bytes.of((16L << 30) - 2 * 4096)), ram(M3, vmStat).available());
  }

  // --- what the GPU may have

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "iogpu.wired_limit_mb: 12288 | {} | 12884901888 | false",
        "debug.iogpu.wired_limit: 12884901888 | {} | 12884901888 | false",
        "iogpu.wired_limit_mb: 0 | {\"recommendedMaxWorkingSetSize\": 12713115648}"
            + " | 12713115648 | false",
        "iogpu.wired_limit_mb: 8192 | {\"recommendedMaxWorkingSetSize\": 12713115648}"
            + " | 8589934592 | false",
        "iogpu.wired_limit_mb: 0 | {\"recommendedMaxWorkingSetSize\": 0} | 11453246122 | true",
        "iogpu.wired_limit_mb: 65536 | {} | 17179869184 | false",
      })
  void theLimitOfItsOwnerCountsBeforeThatOfMetal(
      String sysctl, String metal, long total, boolean floor) {
    Accelerator.Memory memory = gpu(M3 + sysctl + "\n", metal, "").memory();
    assertEquals(Optional.of(Bytes.of(total)), memory.total());
    assertEquals(floor, memory.totalIsLowerBound());
  }

  @Test
  void withoutATotalOfRamALimitIsTakenAsItIsAndAShareCannotBe() {
    String noMemory = "hw.optional.arm64: 1\nmachdep.cpu.brand_string: Apple M3\n";
    assertEquals(
        Optional.of(Bytes.ofGiB(12)),
        gpu(noMemory + "iogpu.wired_limit_mb: 12288\n", "", "").memory().total());
    assertEquals(Optional.empty(), gpu(noMemory, "", "").memory().total());
  }

  @ParameterizedTest
  @CsvSource({
    "38654705668, 28991029251",
    "38654705669, 28991029251",
    "38654705670, 28991029252",
    "38654705671, 28991029253"
  })
  void threeQuartersAreRoundedDown(long memory, long gpu) {
    String sysctl = M3.replace("17179869184", Long.toString(memory));
    assertEquals(Optional.of(Bytes.of(gpu)), gpu(sysctl, "", "").memory().total());
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "1, 1", "4095, 4095", "4096, ''", "'', ''"})
  void coresOfTheGpuTellChipsOfOneNameApart(String cores, String count) {
    String profiler =
        "{\"SPDisplaysDataType\": [{\"_name\": \"x\"}, {\"sppci_cores\": \"%s\"}]}"
            .formatted(cores);
    assertEquals(
        count.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(count)),
        gpu(M3, "", profiler).identity().gpuCores());
  }

  // --- Intel Macs

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"sppci_model\": \"Radeon Pro 560X\", \"spdisplays_vram\": \"4 GB\" | amd | 4294967296",
        "\"_name\": \"AMD FirePro D300\", \"spdisplays_vram\": \"2048 MB\" | amd | 2147483648",
        "\"sppci_model\": \"Intel Iris Pro\", \"spdisplays_vram\": \"1536 MB\" | intel | 1610612736",
        "\"sppci_model\": \"NVIDIA GT 750M\", \"spdisplays_vram\": \"2 GB\" | nvidia | 2147483648",
        "\"sppci_model\": \"GeForce GT 120\", \"spdisplays_vram\": \"512 MB\" | nvidia | 536870912",
        "\"sppci_model\": \"Display\", \"spdisplays_vram\": \"512\" | apple | none"
      })
  void aCardOfAnIntelMacHasItsNameMakerAndSize(String members, String vendor, String size) {
    String profiler =
        "{\"SPDisplaysDataType\": [{%s, \"sppci_bus\": \"spdisplays_pcie_device\"}]}"
            .formatted(members);
    Accelerator card = gpu("hw.memsize: 17179869184\n", "", profiler);
    assertEquals(Kind.DISCRETE, card.kind());
    assertEquals(
        vendor, card.vendor().toString().toLowerCase(Locale.ROOT), "by its name: " + card.name());
    assertEquals(
        size.equals("none") ? Optional.empty() : Optional.of(Bytes.of(Long.parseLong(size))),
        card.memory().total());
    assertEquals(
        List.of("discrete unsupported-by-ollama"),
        SmallHost.judged(machine("hw.memsize: 17179869184\n", "", "", profiler)));
  }

  @Test
  void aGpuInTheProcessorOfAnIntelMacHasNoMemoryOfItsOwn() {
    String profiler =
        """
        {"SPDisplaysDataType": [
          {"sppci_model": "Intel UHD Graphics 630", "sppci_bus": "spdisplays_builtin",
           "spdisplays_vram": "1536 MB"},
          {"sppci_model": "kHW_AppleDisplay"}]}
        """;
    Accelerator gpu = gpu("hw.memsize: 17179869184\n", "", profiler);
    assertEquals(Kind.INTEGRATED, gpu.kind());
    assertEquals(Optional.empty(), gpu.memory().total());
    assertTrue(gpu.memory().unified());
  }
}
