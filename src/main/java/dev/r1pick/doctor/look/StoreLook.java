package dev.r1pick.doctor.look;

import dev.r1pick.doctor.Patient;
import dev.r1pick.doctor.ServerEnvironment;
import dev.r1pick.doctor.StoreSeen;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.store.StorePlaces;
import dev.r1pick.ollama.store.StoreReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at the models on the disk.
final class StoreLook {
  private static final String R1 = "/manifests/registry.ollama.ai/library/deepseek-r1";

  private StoreLook() {}

  /// @param environment of the server
  static Optional<StoreSeen> read(Patient patient, ServerEnvironment environment) {
    var setup = new OllamaSetup(Optional.empty(), environment.effective());
    var own = new OllamaSetup(Optional.empty(), Map.of());
    List<String> places = StorePlaces.of(patient.host(), setup);
    if (places.isEmpty()) {
      return Optional.empty();
    }
    Path folder;
    try {
      folder = Path.of(places.getFirst());
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
    var others = new LinkedHashSet<>(StorePlaces.of(patient.host(), own));
    others.remove(places.getFirst());
    var filled = new ArrayList<String>();
    for (String other : others) {
      if (patient.host().exists(other + R1)) {
        filled.add(other);
      }
    }
    return Optional.of(
        new StoreSeen(
            places.getFirst(),
            setup.variable("OLLAMA_MODELS").isPresent(),
            new StoreReader(patient.files()).read(folder),
            patient.host().usableSpace(places.getFirst()),
            filled));
  }
}
