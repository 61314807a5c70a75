package dev.r1pick.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.MemoryModules;
import dev.r1pick.speed.SpeedConstants.ContextWeight;
import dev.r1pick.speed.SpeedConstants.ErrorRange;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.TokenRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is read off the name and the features of a processor and off a memory that a user tells,
/// and in which order figures must be.
class ToldProcessorsTest {
  private final CpuBandwidthEstimator estimator = CpuBandwidthEstimator.shipped();

  // --- instructions

  @ParameterizedTest
  @CsvSource({
    "aarch64, '', NEON",
    "aarch64, avx2, NEON",
    "x86_64, '', AVX2",
    "x86_64, sse4_2, SSE",
    "x86_64, avx, AVX",
    "x86_64, avx avx2, AVX2",
    "x86_64, avx avx2 avx512f, AVX512",
    "x86_64, avx avx2 avx512f amx_int8, AMX",
  })
  void theWidestInstructionsCount(String arch, String features, InstructionSet set) {
    List<String> all = features.isEmpty() ? List.of() : List.of(features.split(" ", -1));
    Cpu plain = Plans.cpu("", arch, 8);
    var cpu =
        new Cpu(
            plain.name(),
            arch,
            plain.physicalCores(),
            plain.performanceCores(),
            plain.logicalCpus(),
            plain.usableCpus(),
            all);
    assertEquals(set, InstructionSet.of(cpu));
  }

  /// Whoever describes a processor gets one that can do what such processors can.
  @ParameterizedTest
  @CsvSource({
    "EPYC 9654, x86_64, AVX512, 1",
    "2x EPYC 9654, x86_64, AVX512, 2",
    "8xEPYC 9654, x86_64, AVX512, 8",
    "9x EPYC 9654, x86_64, AVX512, 1",
    "1x EPYC 9654, x86_64, AVX512, 1",
    "Xeon 6980P, x86_64, AMX, 1",
    "Raspberry Pi 5, aarch64, NEON, 1",
    "Ryzen 7950X, x86_64, AVX512, 1",
    "Ryzen 9 7950X, x86_64, AVX512, 1",
  })
  void aDescribedProcessorIsOfItsPlatform(
      String name, String arch, InstructionSet set, int sockets) {
    Cpu cpu = estimator.described(name).orElseThrow();
    assertEquals(arch, cpu.arch());
    assertEquals(set, InstructionSet.of(cpu));
    assertEquals(Optional.of(sockets), cpu.sockets());
    Cpu one = estimator.described(name.replaceFirst("^[1-9]x ?", "")).orElseThrow();
    assertEquals(sockets * one.usableCpus(), cpu.usableCpus());
  }

  /// Makers, classes and sockets in Chinese, and English names as people write them.
  @ParameterizedTest
  @CsvSource({
    "鲲鹏 920, Kunpeng 920, 1, 8",
    "华为鲲鹏920, Kunpeng 920, 1, 8",
    "飞腾 FT-2000+, Phytium FT-2000+, 1, 8",
    "飞腾腾云 S5000C, Phytium S5000C, 1, 8",
    "飞腾腾锐 D2000, Phytium D2000, 1, 2",
    "龙芯 3A6000, Loongson 3A6000, 1, 2",
    "龙芯3C5000, Loongson 3C5000, 1, 4",
    "海光 C86 7285, Hygon C86 7285, 1, 8",
    "海光 7285, Hygon 7285, 1, 8",
    "兆芯 KX-7000, Zhaoxin KX-7000, 1, 2",
    "锐龙 7 5800X, Ryzen 7 5800X, 1, 2",
    "锐龙 5800X, Ryzen 9 5800X, 1, 2",
    "至强 6226R, Xeon 6226R, 1, 6",
    "至强金牌 6330, Xeon Gold 6330, 1, 8",
    "霄龙 7763, EPYC 7763, 1, 8",
    "骁龙 X Elite, Snapdragon X Elite, 1, 2",
    "酷睿 i5-12400F, Core i5-12400F, 1, 2",
    "线程撕裂者 7980X, Threadripper 7980X, 1, 4",
    "树莓派5, Raspberry Pi 5, 1, 2",
    "台式机 DDR5, desktop DDR5, 1, 2",
    "笔记本 DDR5, laptop DDR5, 1, 2",
    "服务器 DDR4, server DDR4, 1, 8",
    "Phytium D2000, Phytium D2000, 1, 2",
    "Core i5 12400F, Core i5 12400F, 1, 2",
    "E5 2680v4, E5 2680v4, 1, 4",
    "双路 E5-2680 v4, 2x E5-2680 v4, 2, 4",
    "双路E5-2680 v4, 2x E5-2680 v4, 2, 4",
    "E5-2680 v4 双路, 2x E5-2680 v4, 2, 4",
    "两颗 EPYC 7763, 2x EPYC 7763, 2, 8",
    "四路 至强 8380, 4x Xeon 8380, 4, 8",
    "EPYC 7763 x2, 2x EPYC 7763, 2, 8",
    "２× EPYC 7763, 2x EPYC 7763, 2, 8",
    "dual EPYC 7763, 2x EPYC 7763, 2, 8",
  })
  void aProcessorIsFoundByItsChineseName(String typed, String name, int sockets, int channels) {
    Cpu cpu = estimator.described(typed).orElseThrow();
    assertEquals(Optional.of(name), cpu.name());
    assertEquals(Optional.of(sockets), cpu.sockets());
    CpuBandwidth all = estimator.given(cpu, FittedMemory.parse("DDR4-1000").orElseThrow());
    assertEquals(8.0 * channels * sockets, all.expected().inGBPerSecond(), 0.01, typed);
  }

  /// It was taken for a laptop's Ryzen 5 220 and given the memory of one.
  @Test
  void aRyzenOfFourDigitsIsNotOneOfThree() {
    Cpu old = estimator.described("Ryzen 5 2600").orElseThrow();
    assertEquals(InstructionSet.AVX2, InstructionSet.of(old));
    assertEquals(
        InstructionSet.AVX512, InstructionSet.of(estimator.described("Ryzen 5 220").orElseThrow()));
  }

  @ParameterizedTest
  @CsvSource({
    "Ryzen 7950X, Ryzen 9 7950X",
    "AMD ryzen 7950X, AMD ryzen 9 7950X",
    "Ryzen 9 7950X, Ryzen 9 7950X",
    "ryzen 7950, ryzen 9 7950",
  })
  void aRyzenMayBeNamedWithoutItsTier(String typed, String name) {
    assertEquals(Optional.of(name), estimator.described(typed).orElseThrow().name());
  }

  @Test
  void whatIsNoProcessorHasNone() {
    for (String name : List.of("", "Abacus", "Ryzen 795", "ryzen ")) {
      assertEquals(Optional.empty(), estimator.described(name), name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AMD Ryzen 7 7840U with Radeon Graphics, LAPTOP",
    "AMD Ryzen 9 7945HX with Radeon Graphics, LAPTOP",
    "AMD Ryzen 9 7950X 16-Core Processor, DESKTOP",
    "13th Gen Intel(R) Core(TM) i7-13700H, LAPTOP",
    "13th Gen Intel(R) Core(TM) i7-13700K, DESKTOP",
    "13th Gen Intel(R) Core(TM) i7-13700HX, LAPTOP",
    "13th Gen Intel(R) Core(TM) i7-13700, DESKTOP",
    "AMD EPYC 9654 96-Core Processor, SERVER",
    "Abacus 9000, UNKNOWN",
  })
  void lettersBehindTheNumberTellLaptopsFromDesktops(String name, ProcessorKind kind) {
    assertEquals(
        kind, estimator.estimate(Plans.machine(Plans.cpu(name, "x86_64", 8), Plans.LINUX)).kind());
  }

  @Test
  void namesAreComparedWithoutSignsAndBlanks() {
    CpuBandwidth plain =
        estimator.estimate(
            Plans.machine(Plans.cpu("AMD EPYC 9654 96-Core", "x86_64", 96), Plans.LINUX));
    CpuBandwidth signs =
        estimator.estimate(
            Plans.machine(
                Plans.cpu("  AMD(R)  EPYC(TM)   9654 96-Core ", "x86_64", 96), Plans.LINUX));
    assertEquals(plain, signs);
    assertEquals(ProcessorKind.SERVER, plain.kind());
  }

  // --- memory

  @ParameterizedTest
  @CsvSource({
    "DDR5-4800, 0 4800",
    "12x DDR5-4800, 12 4800",
    "12×DDR5-4800, 12 4800",
    "1x LPDDR5X-8533, 1 8533",
    "96x DDR5-200, 96 200",
    "97x DDR5-4800, none",
    "0x DDR5-4800, none",
    "x DDR5-4800, none",
    "DDR5-199, none",
    "DDR5-20000, 0 20000",
    "DDR5-20001, none",
    "DDR5-1000000, none",
    "DDR5-48a0, none",
    "DDR5-, none",
    "DDR9-4800, none",
    "-4800, none",
    "4800, none",
    "12, none",
    "ddr3l-1600, 0 1600",
    "mrdimm-8800, 0 8800",
    "双通道 DDR5-5600, 2 5600",
    "双通道DDR5-5600, 2 5600",
    "DDR5-5600 双通道, 2 5600",
    "四通道 DDR4-3200, 4 3200",
    "12 通道 DDR5-4800, 12 4800",
    "十二通道 DDR5-4800, 12 4800",
    "4根 DDR4-3200, 4 3200",
    "两条 DDR4-3200, 2 3200",
    "ＤＤＲ５－５６００, 0 5600",
    "dual channel DDR5-5600, 2 5600",
    "dual-channel DDR5-5600, 2 5600",
    "DDR5 5600, 0 5600",
    "DDR5-5600MHz, 0 5600",
    "DDR4-3200 x4, 4 3200",
    "零通道 DDR5-5600, none",
    "0 通道 DDR5-5600, none",
  })
  void modulesAreKindAndTransfers(String text, String read) {
    assertEquals(
        read,
        FittedMemory.parse(text)
            .map(memory -> memory.modules() + " " + memory.transfers())
            .orElse("none"));
  }

  @ParameterizedTest
  @CsvSource({
    "460GB/s, 460",
    "460 gb/s, 460",
    "1 GB/s, 1",
    "0.9 GB/s, none",
    "20000 GB/s, 20000",
    "20001 GB/s, none",
    "fast GB/s, none",
    "GB/s, none"
  })
  void orTheWholeBandwidth(String text, String gigabytes) {
    assertEquals(
        gigabytes,
        FittedMemory.parse(text)
            .map(memory -> String.valueOf(Math.round(memory.on(2).inGBPerSecond())))
            .orElse("none"));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5600, 64, 1",
    "2, 5600, 128, 2",
    "1, 6400, 32, 1",
    "8, 8533, 256, 4",
    "4, 8533, 65, 1"
  })
  void chipsOfLessThanAChannelCountByTheirShare(int count, int transfers, int bits, int modules) {
    FittedMemory memory = FittedMemory.of(new MemoryModules(count, transfers, bits));
    assertEquals(modules, memory.modules());
    assertEquals(modules * 8.0 * transfers / 1000, memory.on(modules).inGBPerSecond(), 1e-6);
  }

  // --- figures in order

  @Test
  void rangesAreInOrder() {
    TokenRate one = new TokenRate(1);
    TokenRate two = new TokenRate(2);
    assertEquals(one, new SpeedEstimate.Range(one, one, one).low());
    assertThrows(IllegalArgumentException.class, () -> new SpeedEstimate.Range(two, one, two));
    assertThrows(IllegalArgumentException.class, () -> new SpeedEstimate.Range(one, two, one));
    assertEquals("cuda", new SpeedEstimate.Bounds(one, one, 0, "cuda").backend());
    assertThrows(
        IllegalArgumentException.class, () -> new SpeedEstimate.Bounds(two, one, 0, "cuda"));
    Bandwidth slow = Bandwidth.ofGBPerSecond(1);
    Bandwidth fast = Bandwidth.ofGBPerSecond(2);
    assertThrows(IllegalArgumentException.class, () -> memory(fast, slow, fast));
    assertThrows(IllegalArgumentException.class, () -> memory(slow, fast, slow));
    assertEquals(1, memory(slow, slow, slow).sockets());
  }

  private static CpuBandwidth memory(Bandwidth low, Bandwidth expected, Bandwidth high) {
    return new CpuBandwidth(
        low, expected, high, CpuBandwidth.Origin.GIVEN, ProcessorKind.SERVER, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, true",
    "1, 2, 2, true",
    "1, 2, 3, true",
    "-1, 2, 3, false",
    "1, -1, 3, false",
    "1, 2, 1, false"
  })
  void lengthsOfAnswersAreInOrder(int prompt, int typical, int heavy, boolean valid) {
    if (valid) {
      var length = new AnswerTime.Length(prompt, typical, heavy);
      assertEquals(prompt + typical / 2, AnswerTokens.typicalFill(length));
    } else {
      assertThrows(
          IllegalArgumentException.class, () -> new AnswerTime.Length(prompt, typical, heavy));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, true",
    "0, 1, 2, false",
    "2, 1, 2, false",
    "1, 2, 1, false",
    "1, 2, 3, true"
  })
  void weightsOfTheCacheAreInOrder(double low, double expected, double high, boolean valid) {
    if (valid) {
      assertEquals(low, new ContextWeight(low, expected, high).low());
    } else {
      assertThrows(IllegalArgumentException.class, () -> new ContextWeight(low, expected, high));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, true", "-1, 1, true", "0.1, 1, false", "-1, -0.1, false"})
  void errorsHoldTheEstimate(double low, double high, boolean valid) {
    if (valid) {
      assertEquals(Math.exp(low), new ErrorRange(low, high).lowFactor(), 1e-12);
      assertEquals(Math.exp(high), new ErrorRange(low, high).highFactor(), 1e-12);
    } else {
      assertThrows(IllegalArgumentException.class, () -> new ErrorRange(low, high));
    }
  }

  // --- lengths of answers

  /// Where nothing was measured they are those of the use, longer for what thinks longer.
  @Test
  void anAnswerIsAsLongAsMeasuredOrAsTheUseAndTheVariantSay() {
    UseCases useCases = UseCaseReader.readDefault();
    var odd = new ArrayList<String>();
    int assumed = 0;
    for (UseCaseProfile use : useCases.profiles()) {
      for (var variant : CatalogReader.readDefault().variants()) {
        AnswerTime.Length length = AnswerTokens.of(useCases, use, variant);
        double factor = useCases.lengthFactor(use, variant.id());
        if (!length.measured()) {
          assumed++;
          long typical = Math.round(use.typicalAnswerTokens() * factor);
          if (length.typicalTokens() != typical || length.promptTokens() != use.promptTokens()) {
            odd.add(use.id() + " " + variant.id());
          }
          if (useCases.answerLength(use, variant.id()).isEmpty()
              && length.heavyTokens()
                  != Math.max(typical, Math.round(use.heavyAnswerTokens() * factor))) {
            odd.add(use.id() + " heavy " + variant.id());
          }
        }
      }
    }
    assertEquals(List.of(), odd);
    assertEquals(true, assumed > 0);
  }
}
