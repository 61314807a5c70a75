package dev.r1pick.catalog.client;

import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All clients that are known.
///
/// @param version of the data, an ISO date
/// @param clients in the order in which they are listed
/// @param repositories where GGUF files of a variant lie on Hugging Face, by the id of the variant;
///   they are other files than those of Ollama
public record Clients(String version, List<Client> clients, Map<String, String> repositories) {
  public Clients {
    clients = List.copyOf(clients);
    repositories = Map.copyOf(repositories);
  }

  /// The client of that name, whatever its case, blanks and dashes.
  public Optional<Client> find(String text) {
    String wanted = plain(text);
    for (Client client : clients) {
      boolean named = plain(client.id()).equals(wanted) || plain(client.name()).equals(wanted);
      for (String name : client.names()) {
        named |= plain(name).equals(wanted);
      }
      if (named) {
        return Optional.of(client);
      }
    }
    return Optional.empty();
  }

  /// The ids, in the order in which they are listed.
  public List<String> ids() {
    var ids = new ArrayList<String>();
    for (Client client : clients) {
      ids.add(client.id());
    }
    return ids;
  }

  private static String plain(String text) {
    return Text.narrow(text)
        .toLowerCase(Locale.ROOT)
        .replace(" ", "")
        .replace("-", "")
        .replace("_", "");
  }
}
