package dev.r1pick.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.host.OsFamily;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallationTest {
  @ParameterizedTest
  @CsvSource({
    "LINUX, false, /usr/share/ollama/.ollama/models, SYSTEMD",
    "LINUX, false, /var/lib/ollama/models, SYSTEMD",
    "LINUX, false, /var/snap/ollama/common/models, SNAP",
    "LINUX, false, /home/someone/.ollama/models, MANUAL",
    "LINUX, true, /root/.ollama/models, CONTAINER",
    "LINUX, false, '', MANUAL",
    "MACOS, false, '', MAC_APP",
    "WINDOWS, false, '', WINDOWS_APP",
    "ANDROID, false, '', MANUAL",
  })
  void theKindFollowsFromSystemAndFolderOfModels(
      OsFamily family, boolean container, String models, Installation kind) {
    assertEquals(
        kind,
        Installation.by(
            family, container, models.isEmpty() ? Optional.empty() : Optional.of(models)));
  }

  @ParameterizedTest
  @CsvSource({
    "SYSTEMD, Environment=\"OLLAMA_KV_CACHE_TYPE=q8_0\"",
    "MAC_APP, launchctl setenv OLLAMA_KV_CACHE_TYPE q8_0",
    "WINDOWS_APP, setx OLLAMA_KV_CACHE_TYPE q8_0",
    "CONTAINER, -e OLLAMA_KV_CACHE_TYPE=q8_0",
    "SNAP, sudo snap set ollama kv-cache-type=q8_0",
    "BREW, OLLAMA_KV_CACHE_TYPE=q8_0",
    "MANUAL, OLLAMA_KV_CACHE_TYPE=q8_0",
  })
  void eachKindTakesSettingsInItsOwnWay(Installation kind, String line) {
    assertEquals(line, kind.lineFor(new ServerVariable("OLLAMA_KV_CACHE_TYPE", "q8_0")));
  }
}
