package dev.r1pick.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.host.OsFamily;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HardwareSupportTest {
  @ParameterizedTest
  @CsvSource({
    "'', LINUX, 8.6, 550",
    "'', WINDOWS, 8.6, 551.61",
    "'', LINUX, 6.1, 570",
    "0.30.11, LINUX, 5.2, 570",
    "0.30.10, LINUX, 5.2, 531",
    "0.24.0, WINDOWS, 8.6, 531",
    "0.33.0-rc2, LINUX, 7.5, 550",
    "1.0.0, LINUX, 7.5, 550"
  })
  void theDriverFloorBelongsToTheRelease(
      String version, OsFamily family, String capability, String floor) {
    assertEquals(floor, support(version, family, Map.of()).driverFloor(Optional.of(capability)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', true",
    "'', 0, false",
    "'', false, false",
    "'', yes, true",
    "0.30.0, '', true",
    "0.24.0, '', false",
    "0.24.0, 1, true",
    "0.12.10, 1, false"
  })
  void vulkanIsOnByDefaultSinceItsRelease(String version, String value, boolean on) {
    Map<String, String> environment = value.isEmpty() ? Map.of() : Map.of("OLLAMA_VULKAN", value);
    assertEquals(on, support(version, OsFamily.LINUX, environment).drives(Backend.VULKAN));
  }

  @Test
  void onlySomeIntegratedGpusAreUsedByDefault() {
    HardwareSupport usual = support("", OsFamily.LINUX, Map.of());
    assertTrue(usual.usesIntegrated(Backend.CUDA, Optional.empty()));
    assertTrue(usual.usesIntegrated(Backend.ROCM, Optional.of("gfx1151")));
    assertFalse(usual.usesIntegrated(Backend.ROCM, Optional.of("gfx1150")));
    assertFalse(usual.usesIntegrated(Backend.VULKAN, Optional.empty()));
    HardwareSupport on = support("", OsFamily.LINUX, Map.of("OLLAMA_IGPU_ENABLE", "1"));
    assertTrue(on.usesIntegrated(Backend.VULKAN, Optional.empty()));
    HardwareSupport off = support("", OsFamily.LINUX, Map.of("OLLAMA_IGPU_ENABLE", "0"));
    assertFalse(off.usesIntegrated(Backend.CUDA, Optional.empty()));
    assertFalse(off.usesIntegrated(Backend.ROCM, Optional.of("gfx1151")));
  }

  private static HardwareSupport support(
      String version, OsFamily family, Map<String, String> environment) {
    return new HardwareSupport(
        new OllamaSetup(version.isEmpty() ? Optional.empty() : Optional.of(version), environment),
        family,
        "x86_64");
  }

  @ParameterizedTest
  @CsvSource({
    "0.30.0, ROCM, false",
    "0.30.1, ROCM, true",
    "0.29.9, VULKAN, true",
    "0.30.0, VULKAN, false",
    "0.30.0, METAL, true",
  })
  void integratedGpusCameAndWentWithTheRelease(String version, Backend backend, boolean used) {
    assertEquals(
        used,
        support(version, OsFamily.LINUX, Map.of()).usesIntegrated(backend, Optional.of("gfx1151")));
  }

  @ParameterizedTest
  @CsvSource({
    "LINUX, x86_64, '', CUDA ROCM VULKAN",
    "LINUX, x86_64, 0.12.10, CUDA ROCM",
    "LINUX, x86_64, 0.12.11, CUDA ROCM VULKAN",
    "LINUX, aarch64, '', CUDA",
    "LINUX, loongarch64, '', ''",
    "LINUX, riscv64, '', ''",
    "LINUX, ppc64le, '', ''",
    "LINUX, s390x, '', ''",
    "WINDOWS, x86_64, '', CUDA ROCM VULKAN",
    "WINDOWS, aarch64, '', CUDA",
    "WINDOWS, aarch64, 0.32.2, CUDA",
    "WINDOWS, aarch64, 0.32.1, ''",
    "MACOS, aarch64, '', METAL",
    "MACOS, x86_64, '', ''",
    "ANDROID, aarch64, '', ''",
  })
  void aBuildHasItsBackendsBySystemAndArchitecture(
      OsFamily family, String arch, String version, String backends) {
    var support =
        new HardwareSupport(
            new OllamaSetup(version.isEmpty() ? Optional.empty() : Optional.of(version), Map.of()),
            family,
            arch);
    var built = new StringBuilder();
    for (Backend backend : Backend.values()) {
      if (support.isBuiltWith(backend)) {
        built.append(built.isEmpty() ? "" : " ").append(backend);
      }
    }
    assertEquals(backends, built.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "x86_64, true",
    "aarch64, true",
    "loongarch64, false",
    "riscv64, false",
    "ppc64le, false",
    "s390x, false",
  })
  void onlyTwoArchitecturesHaveAnOllama(String arch, boolean exists) {
    assertEquals(exists, HardwareSupport.existsFor(arch));
  }

  @ParameterizedTest
  @CsvSource({
    "34, false, true",
    "35, true, true",
    "36, true, true",
    "37, true, true",
    "38, true, false"
  })
  void jetsonsGoByTheReleaseOfTheirLinux(int release, boolean driven, boolean ownBuild) {
    assertEquals(driven, HardwareSupport.drivesJetson(Optional.of(release)));
    assertEquals(ownBuild, HardwareSupport.hasOwnJetsonBuild(Optional.of(release)));
  }

  @Test
  void aJetsonOfUnknownReleaseIsTakenToBeDriven() {
    assertTrue(HardwareSupport.drivesJetson(Optional.empty()));
    assertTrue(HardwareSupport.hasOwnJetsonBuild(Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"4.9, true", "3.5, true", "5.0, false", "12.1, false", "'', false"})
  void chipsBelowFiveAreTooOld(String capability, boolean old) {
    assertEquals(
        old,
        HardwareSupport.isTooOld(
            capability.isEmpty() ? Optional.empty() : Optional.of(capability)));
  }

  @ParameterizedTest
  @CsvSource({
    "LINUX, x86_64, gfx908, true, true",
    "WINDOWS, x86_64, gfx908, false, true",
    "WINDOWS, x86_64, gfx1151, true, true",
    "LINUX, x86_64, gfx1031, false, false",
    "LINUX, aarch64, gfx908, false, true",
    "MACOS, aarch64, gfx908, false, true",
  })
  void kernelsForAnAmdChipAreInSomeBuilds(
      OsFamily family, String arch, String target, boolean here, boolean somewhere) {
    assertEquals(here, new HardwareSupport(OllamaSetup.UNKNOWN, family, arch).drivesRocm(target));
    assertEquals(somewhere, HardwareSupport.hasRocmKernels(target));
  }

  @ParameterizedTest
  @CsvSource({
    "'', true, true, true",
    "cuda_v12, true, false, false",
    "rocm, false, true, false",
    "cpu_avx2, false, false, false",
  })
  void oneLibraryMayBeKept(String library, boolean cuda, boolean rocm, boolean vulkan) {
    HardwareSupport kept = support("", OsFamily.LINUX, Map.of("OLLAMA_LLM_LIBRARY", library));
    assertEquals(cuda, kept.keepsBackend(Backend.CUDA));
    assertEquals(rocm, kept.keepsBackend(Backend.ROCM));
    assertEquals(vulkan, kept.keepsBackend(Backend.VULKAN));
  }

  @Test
  void aCapabilityThatIsNoNumberIsNotTooOld() {
    assertFalse(HardwareSupport.isTooOld(Optional.of("3")));
    assertFalse(HardwareSupport.isTooOld(Optional.of("")));
    assertFalse(HardwareSupport.isTooOld(Optional.of("10.0")));
  }

  @Test
  void aDriverOfAnUnknownChipHasTheLowerFloor() {
    assertEquals("550", support("", OsFamily.LINUX, Map.of()).driverFloor(Optional.empty()));
    assertEquals("570", support("", OsFamily.WINDOWS, Map.of()).driverFloor(Optional.of("6.1")));
  }
}
