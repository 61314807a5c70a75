package dev.r1pick.catalog.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GpuCatalogTest {
  private GpuCatalog gpus = new GpuCatalog("", java.util.Map.of(), List.of(), GpuWords.none());

  @BeforeAll
  void read() {
    gpus = GpuCatalogReader.readDefault();
  }

  @ParameterizedTest
  @CsvSource({
    "RTX 4090, NVIDIA GeForce RTX 4090, 24",
    "rtx4090, NVIDIA GeForce RTX 4090, 24",
    "4090, NVIDIA GeForce RTX 4090, 24",
    "NVIDIA GeForce RTX 4090, NVIDIA GeForce RTX 4090, 24",
    "nvidia-rtx-4090, NVIDIA GeForce RTX 4090, 24",
    "RTX 4090 48GB, NVIDIA GeForce RTX 4090, 48",
    "RTX 4090 Laptop, NVIDIA GeForce RTX 4090 Laptop, 16",
    "RTX 4090 Laptop GPU, NVIDIA GeForce RTX 4090 Laptop, 16",
    "RTX 4090 mobile, NVIDIA GeForce RTX 4090 Laptop, 16",
    "RTX 4050, NVIDIA GeForce RTX 4050 Laptop, 6",
    "RTX 3060 12GB, NVIDIA GeForce RTX 3060, 12",
    "RTX 3060 12 GiB, NVIDIA GeForce RTX 3060, 12",
    "rtx 3060 12g, NVIDIA GeForce RTX 3060, 12",
    "RTX 3060 8GB, NVIDIA GeForce RTX 3060 8GB, 8",
    "RTX 3060 Ti, NVIDIA GeForce RTX 3060 Ti, 8",
    "RTX 3060TI, NVIDIA GeForce RTX 3060 Ti, 8",
    "GTX 1060 3GB, NVIDIA GeForce GTX 1060 3GB, 3",
    "GTX 1080, NVIDIA GeForce GTX 1080, 8",
    "RTX 4070 Ti Super, NVIDIA GeForce RTX 4070 Ti SUPER, 16",
    "RTX 4060 Ti 16GB, NVIDIA GeForce RTX 4060 Ti, 16",
    "A100 80GB, NVIDIA A100 PCIe 80GB, 80",
    "A100 SXM 80GB, NVIDIA A100 SXM4 80GB, 80",
    "A100-SXM4-40GB, NVIDIA A100 SXM4 40GB, 40",
    "H100 80GB, NVIDIA H100 PCIe, 80",
    "H100 SXM, NVIDIA H100 SXM5, 80",
    "A6000, NVIDIA RTX A6000, 48",
    "RTX 6000 Ada, NVIDIA RTX 6000 Ada Generation, 48",
    "RTX PRO 6000, NVIDIA RTX PRO 6000 Blackwell Server Edition, 96",
    "P40, NVIDIA Tesla P40, 24",
    "T4, NVIDIA Tesla T4, 16",
    "DGX Spark, NVIDIA GB10, 128",
    "RX 7900 XTX, AMD Radeon RX 7900 XTX, 24",
    "7900xtx, AMD Radeon RX 7900 XTX, 24",
    "Radeon RX 7900 XT, AMD Radeon RX 7900 XT, 20",
    "MI300X, AMD Instinct MI300X, 192",
    "Radeon VII, AMD Radeon VII, 16",
    "Arc B580, Intel Arc B580, 12",
    "M3 Max 64GB, Apple M3 Max (40-core GPU), 64",
    "m3max 36GB, Apple M3 Max (30-core GPU), 36",
    "Apple M3 Max (30-core GPU) 96GB, Apple M3 Max (30-core GPU), 96",
    "M4 Max 36GB, Apple M4 Max (32-core GPU), 36",
    "GH200 144G HBM3e, NVIDIA GH200, 144",
    "Orin Nano 4GB, NVIDIA Jetson Orin Nano 4GB, 4"
  })
  void aTypedNameIsFoundWithItsMemory(String text, String name, int gib) {
    if (gpus.named(text) instanceof GpuLookup.Found(var model, var memory, _)) {
      assertEquals(name, model.name());
      assertEquals(Optional.of(Bytes.ofGiB(gib)), memory);
    } else {
      fail(text + ": " + gpus.named(text));
    }
  }

  @Test
  void anIntegratedGpuHasTheMachinesMemory() {
    var found = assertInstanceOf(GpuLookup.Found.class, gpus.named("780M"));
    assertEquals("AMD Radeon 780M", found.model().name());
    assertEquals(Optional.empty(), found.memory());
  }

  @ParameterizedTest
  @CsvSource({
    "RTX 3060, 8 12",
    "RTX 3080, 10 12",
    "RTX 4060 Ti, 8 16",
    "GTX 1060, 3 6",
    "A100, 40 80",
    "H100, 80 94",
    "V100, 16 32",
    "RTX 6000, 24 48 96",
    "M3 Max, 36 48 64 96 128",
    "GH200, 96 144"
  })
  void aNameSoldInSeveralSizesIsAmbiguousWithoutOne(String text, String sizes) {
    var ambiguous = assertInstanceOf(GpuLookup.AmbiguousMemory.class, gpus.named(text));
    assertEquals(
        sizes,
        String.join(
            " ", ambiguous.sizes().stream().map(b -> Long.toString(b.count() >> 30)).toList()));
  }

  @Test
  void theMachinesRamDecidesBetweenTheTwoM3Max() {
    var found =
        assertInstanceOf(GpuLookup.Found.class, gpus.named("M3 Max", Optional.of(Bytes.ofGiB(64))));
    assertEquals("Apple M3 Max (40-core GPU)", found.model().name());
    assertEquals(Optional.of(Bytes.ofGiB(64)), found.memory());
  }

  @Test
  void aTiIsNotTheCardWithoutTi() {
    var wrong = assertInstanceOf(GpuLookup.WrongMemory.class, gpus.named("RTX 3060 TI 12GB"));
    assertEquals("NVIDIA GeForce RTX 3060 Ti", wrong.model().name());
    assertEquals(List.of(Bytes.ofGiB(8)), wrong.sizes());
    assertEquals(List.of("RTX 3060 12GB", "RTX 3060 Ti"), wrong.suggestions());
  }

  @Test
  void aSizeThatWasNeverSoldOffersTheOnesThatWere() {
    var wrong = assertInstanceOf(GpuLookup.WrongMemory.class, gpus.named("A100 60GB"));
    assertEquals(List.of(Bytes.ofGiB(40), Bytes.ofGiB(80)), wrong.sizes());
    assertTrue(wrong.suggestions().contains("A100 PCIe 80GB"), wrong.suggestions().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "RTX 6090, RTX 5090",
    "RTX 4095, RTX 4090",
    "RTX 3090 Super, RTX 3090",
    "RX 7900 XTY, RX 7900 XT",
    "RX 8800 XT, RX 7800 XT",
    "M9 Max, M5 Max"
  })
  void anUnknownNameOffersNearOnes(String text, String expected) {
    var unknown = assertInstanceOf(GpuLookup.Unknown.class, gpus.named(text));
    assertTrue(
        unknown.nearest().stream().anyMatch(n -> n.startsWith(expected)),
        unknown.nearest().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "24GB", "12 GB", "X", "RTX 9999", "Tesla M60", "GT 1030", "GTX 960M"})
  void whatIsLikeNoGpuIsUnknownAndOffersNothing(String text) {
    assertEquals(new GpuLookup.Unknown(List.of()), gpus.named(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RTX", "NVIDIA", "GeForce", "GPU", "Radeon", "quadro"})
  void aVendorOrAFamilyNamesNoCard(String text) {
    assertEquals(new GpuLookup.NoCard(GpuWords.Sense.NO_MODEL, List.of()), gpus.named(text));
  }

  @Test
  void theStartOfSeveralNamesAsksWithAllOfThem() {
    assertEquals(
        new GpuLookup.Several(List.of("RX 7900 GRE", "RX 7900 XT", "RX 7900 XTX")),
        gpus.named("RX 7900"));
  }

  @Test
  void aVeryLongNameIsAnsweredAtOnce() {
    assertInstanceOf(GpuLookup.Unknown.class, gpus.named("x 9".repeat(100_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "10de:2684, NVIDIA GeForce RTX 4090, 25757220864, NVIDIA GeForce RTX 4090",
    "'', NVIDIA GeForce RTX 4090 Laptop GPU, 17171480576, NVIDIA GeForce RTX 4090 Laptop",
    "'', NVIDIA GeForce RTX 3060, 12884901888, NVIDIA GeForce RTX 3060",
    "10DE:2503, NVIDIA GeForce RTX 3060, 8589934592, NVIDIA GeForce RTX 3060 8GB",
    "10de:2204, NVIDIA GA102 [GeForce RTX 3090], 0, NVIDIA GeForce RTX 3090",
    "'', NVIDIA GA102 [GeForce RTX 3090], 0, NVIDIA GeForce RTX 3090",
    "1002:744c, AMD Radeon Graphics, 25753026560, AMD Radeon RX 7900 XTX",
    "1002:744c, AMD Radeon Graphics, 21458059264, AMD Radeon RX 7900 XT",
    "'', NVIDIA H100 80GB HBM3 MIG instance 0, 42278584320, NVIDIA H100 SXM5",
    "'', NVIDIA GH200 480GB, 102625181696, NVIDIA GH200",
    "'', Orin (nvgpu), 7988809728, NVIDIA Jetson Orin Nano 8GB",
    "'', NVIDIA Thor, 131880660992, NVIDIA Jetson AGX Thor",
    "'', NVIDIA GB10, 0, NVIDIA GB10",
    "'', Tesla T4, 16106127360, NVIDIA Tesla T4",
    "'', Apple M3, 17179869184, Apple M3 (8-core GPU)",
    "'', Intel(R) Arc(TM) A770 Graphics, 17179869184, Intel Arc A770",
    "'', AMD Radeon RX 9070 XT, 17095983104, AMD Radeon RX 9070 XT",
    "'', Radeon 8060S (gfx1151), 33285996544, AMD Radeon 8060S",
    "'', Radeon RX 6800/6800 XT / 6900 XT, 17163091968, AMD Radeon RX 6800",
    "'', AMD Instinct MI60 / MI50, 17163091968, AMD Radeon Instinct MI60",
    "'', AMD Instinct MI308X partition (node 2), 51522830336, AMD Instinct MI308X",
    "'', Qualcomm(R) Adreno(TM) X1-45 GPU, 17179869184, Qualcomm Snapdragon X Plus (Adreno X1-45)",
    "'', Intel(R) Arc(TM) 130V GPU (16GB), 34359738368, Intel Arc Graphics 130V",
    "'', AMD Radeon(TM) 780M, 8589934592, AMD Radeon 780M"
  })
  void aDetectedDeviceIsMatched(String pci, String driverName, long memory, String expected) {
    Optional<GpuModel> match =
        gpus.match(
            pci.isEmpty() ? Optional.empty() : Optional.of(pci),
            driverName,
            memory == 0 ? Optional.empty() : Optional.of(Bytes.of(memory)),
            Optional.empty());
    assertEquals(Optional.of(expected), match.map(GpuModel::name));
  }

  @ParameterizedTest
  @CsvSource({"30, 0, 300", "40, 0, 400", "0, 64, 400", "0, 36, 300", "0, 0, 300"})
  void theM3MaxHasTwoBandwidths(int cores, int gib, int atLeast) {
    GpuModel match =
        gpus.match(
                Optional.empty(),
                "Apple M3 Max",
                gib == 0 ? Optional.empty() : Optional.of(Bytes.ofGiB(gib)),
                cores == 0 ? Optional.empty() : Optional.of(cores))
            .orElseThrow();
    assertEquals(atLeast, Math.floor(match.bandwidth().inGBPerSecond() / 100) * 100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AMD Radeon(TM) Graphics",
        "Microsoft Basic Render Driver",
        "llvmpipe",
        "GRID P40-24Q",
        "",
        "Matrox G200eW3",
        "GeForce GTX 780"
      })
  void aDeviceThatIsNotKnownIsNotGuessed(String name) {
    assertEquals(
        Optional.empty(),
        gpus.match(Optional.empty(), name, Optional.of(Bytes.ofGiB(3)), Optional.empty()));
  }
}
