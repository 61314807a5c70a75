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

  @ParameterizedTest
  @CsvSource({
    "SYSTEMD, sudo systemctl start ollama, sudo systemctl restart ollama",
    "MAC_APP, open -a Ollama, killall Ollama; open -a Ollama",
    "BREW, brew services start ollama, brew services restart ollama",
    "SNAP, sudo snap start ollama, sudo snap restart ollama",
    "WINDOWS_APP, Ollama, taskkill /f /im \"ollama app.exe\"",
    "CONTAINER, docker start ollama, docker restart ollama",
    "MANUAL, ollama serve, ollama serve",
  })
  void eachKindIsStartedInItsOwnWay(Installation kind, String start, String restart) {
    assertEquals(start, kind.startCommand());
    assertEquals(restart, kind.restartCommand());
  }

  @ParameterizedTest
  @CsvSource({
    "SYSTEMD, false",
    "MAC_APP, false",
    "BREW, true",
    "SNAP, false",
    "WINDOWS_APP, false",
    "CONTAINER, false",
    "MANUAL, true",
  })
  void onlyWhatAShellStartsTakesSettingsFromIt(Installation kind, boolean fromShell) {
    assertEquals(fromShell, kind.isSetWhenStarted());
  }

  @ParameterizedTest
  @CsvSource({
    "OLLAMA_NUM_PARALLEL, num-parallel",
    "CUDA_VISIBLE_DEVICES, cuda-visible-devices",
  })
  void theSnapHasKeysOfItsOwn(String variable, String key) {
    assertEquals(key, new ServerVariable(variable, "1").snapKey());
  }

  /// The words that stand in the JSON answer.
  @ParameterizedTest
  @CsvSource({
    "SYSTEMD, systemd-service",
    "MAC_APP, macos-app",
    "BREW, brew",
    "SNAP, snap",
    "WINDOWS_APP, windows-app",
    "CONTAINER, container",
    "MANUAL, shell",
  })
  void eachKindHasAWordOfItsOwn(Installation kind, String id) {
    assertEquals(id, kind.id());
  }
}
