package dev.r1pick.doctor;

import dev.r1pick.ollama.store.ModelStore;
import dev.r1pick.ollama.store.StoreReader;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;

/// The folder of the models.
///
/// @param path of it
/// @param certain whether the server says so; else it is where such an installation keeps it
/// @param reading what came of reading it
/// @param free room there
/// @param others stores of other users in which there are R1 models too
public record StoreSeen(
    String path,
    boolean certain,
    StoreReader.Reading reading,
    Optional<Bytes> free,
    List<String> others) {
  public StoreSeen {
    others = List.copyOf(others);
  }

  /// What lies in it, where that can be seen.
  public Optional<ModelStore> store() {
    return reading instanceof StoreReader.Reading.Read(var store)
        ? Optional.of(store)
        : Optional.empty();
  }
}
