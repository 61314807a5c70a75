package dev.r1pick.ollama.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.cli.Run;
import dev.r1pick.host.ForwardingHost;
import dev.r1pick.host.Host;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.OllamaSetup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where a store is looked for.
class StorePlacesTest {
  /// A machine of that system where only these folders exist.
  private record Folders(OsFamily family, Set<String> folders, Map<String, String> variables)
      implements ForwardingHost {
    @Override
    public Host host() {
      return Run.host("nvidia-rtx3060-linux");
    }

    @Override
    public boolean exists(String path) {
      return folders.contains(path);
    }

    @Override
    public Optional<String> environment(String name) {
      return Optional.ofNullable(variables.get(name));
    }
  }

  private static List<String> places(OsFamily family, String... folders) {
    return StorePlaces.of(
        new Folders(
            family, Set.of(folders), Map.of("HOME", "/home/me", "USERPROFILE", "C:\\Users\\me")),
        OllamaSetup.UNKNOWN);
  }

  @Test
  void theVariableDecides() {
    assertEquals(
        List.of("/mnt/models"),
        StorePlaces.of(
            new Folders(OsFamily.LINUX, Set.of("/usr/share/ollama"), Map.of("HOME", "/home/me")),
            new OllamaSetup(Optional.empty(), Map.of("OLLAMA_MODELS", "/mnt/models"))));
  }

  @ParameterizedTest
  @CsvSource({
    "LINUX, /home/me/.ollama/models",
    "MACOS, /home/me/.ollama/models",
    "ANDROID, /home/me/.ollama/models",
    "WINDOWS, C:\\Users\\me\\.ollama\\models",
  })
  void otherwiseTheHomeOfTheUser(OsFamily family, String place) {
    assertEquals(List.of(place), places(family));
  }

  @Test
  void onLinuxTheFoldersOfServicesComeFirst() {
    assertEquals(
        List.of("/usr/share/ollama/.ollama/models", "/home/me/.ollama/models"),
        places(OsFamily.LINUX, "/usr/share/ollama"));
    assertEquals(
        List.of(
            "/var/snap/ollama/common/models",
            "/var/lib/ollama/models",
            "/var/lib/ollama",
            "/home/me/.ollama/models"),
        places(
            OsFamily.LINUX,
            "/var/snap/ollama/common/models",
            "/var/lib/ollama/models",
            "/var/lib/ollama/blobs"));
    assertEquals(List.of("/home/me/.ollama/models"), places(OsFamily.LINUX, "/var/lib/ollama"));
    assertEquals(List.of("/home/me/.ollama/models"), places(OsFamily.MACOS, "/usr/share/ollama"));
  }

  @Test
  void withoutAHomeThereIsNone() {
    for (Map<String, String> home : List.of(Map.<String, String>of(), Map.of("HOME", " "))) {
      assertEquals(
          List.of(),
          StorePlaces.of(new Folders(OsFamily.LINUX, Set.of(), home), OllamaSetup.UNKNOWN));
    }
  }
}
