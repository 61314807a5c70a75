package dev.r1pick.ollama.store;

import dev.r1pick.host.Host;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a store may be, by the way Ollama was installed. The applications for macOS and Windows
/// can have another folder in their settings, which nothing outside tells.
public final class StorePlaces {
  /// Of the snap (`mz2/ollama-snap`).
  private static final String SNAP = "/var/snap/ollama/common/models";

  /// Of NixOS and of packages that set `OLLAMA_MODELS` so.
  private static final String PACKAGE = "/var/lib/ollama/models";

  /// Of Arch's package, whose home is the store.
  private static final String PACKAGE_HOME = "/var/lib/ollama";

  private StorePlaces() {}

  /// The folders, likeliest first; none where neither a variable nor a home tells.
  public static List<String> of(Host host, OllamaSetup setup) {
    Optional<String> named = setup.variable("OLLAMA_MODELS");
    if (named.isPresent()) {
      return List.of(named.get());
    }
    if (host.family() == OsFamily.WINDOWS) {
      return home(host, "USERPROFILE", "\\.ollama\\models");
    }
    List<String> own = home(host, "HOME", "/.ollama/models");
    if (host.family() != OsFamily.LINUX) {
      return own;
    }
    var places = new ArrayList<String>();
    if (host.exists(Installation.SERVICE_HOME)) {
      places.add(Installation.SERVICE_HOME + "/.ollama/models");
    }
    for (String place : List.of(SNAP, PACKAGE)) {
      if (host.exists(place)) {
        places.add(place);
      }
    }
    if (host.exists(PACKAGE_HOME + "/blobs")) {
      places.add(PACKAGE_HOME);
    }
    places.addAll(own);
    return places;
  }

  private static List<String> home(Host host, String variable, String below) {
    return host.environment(variable)
        .filter(home -> !home.isBlank())
        .map(home -> List.of(home + below))
        .orElse(List.of());
  }
}
