package dev.r1pick.report;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.client.Client;
import dev.r1pick.catalog.client.Clients;
import dev.r1pick.fit.Fit;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What to do after the pull: a tag with its context, connected to the programs that use it.
///
/// @param tag the tag
/// @param context the context it is planned with
/// @param byItself what Ollama would open
/// @param fit how it fits with that context
/// @param place where the context is set
/// @param setup the lines that set it; none where nothing has to be set
/// @param server where Ollama listens
/// @param clients all that are known
/// @param client the one that was asked for
public record NextSteps(
    ModelTag tag,
    ContextLength context,
    ContextLength byItself,
    Fit fit,
    Setup.Place place,
    List<String> setup,
    ServerUrl server,
    Clients clients,
    Optional<Client> client) {
  public NextSteps {
    setup = List.copyOf(setup);
  }

  /// The variant that carries the context, where one has to be made.
  public Optional<String> variant() {
    return place instanceof Setup.Place.Model
        ? Optional.of(Setup.variantName(tag, context))
        : Optional.empty();
  }

  /// Whether this client needs the variant.
  public boolean needsVariant(Client client) {
    return client.context() == Client.ContextBy.VARIANT && variant().isPresent();
  }

  /// The name that this client asks for.
  public String modelFor(Client client) {
    return client.context() == Client.ContextBy.VARIANT
        ? variant().orElse(tag.fullName())
        : tag.fullName();
  }

  /// Lines to run or to paste, filled in; none where it is all done in menus, and where a program
  /// has its own files and none of this variant is known.
  ///
  /// @param prompt what to ask the model for a try
  public List<String> snippet(Client client, String prompt) {
    boolean elsewhere = server.otherMachine().isPresent() && !client.snippetElsewhere().isEmpty();
    var lines = new ArrayList<String>();
    for (String line : elsewhere ? client.snippetElsewhere() : client.snippet()) {
      lines.add(filled(line, client).replace("{prompt}", prompt).stripTrailing());
    }
    for (String line : lines) {
      if (line.contains("{repository}")) {
        return List.of();
      }
    }
    return lines;
  }

  /// A text of the client with its places filled.
  public String filled(String text, Client client) {
    String filled =
        text.replace("{address}", server.toString())
            .replace("{model}", modelFor(client))
            .replace("{context}", Integer.toString(context.tokens()))
            .replace("{quantization}", tag.quantization().label());
    Optional<String> repository =
        Optional.ofNullable(clients.repositories().get(tag.variant().id()));
    return repository.map(place -> filled.replace("{repository}", place)).orElse(filled);
  }
}
