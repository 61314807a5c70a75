package dev.r1pick.doctor;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.Fit;
import dev.r1pick.ollama.ServerVariable;
import dev.r1pick.units.ContextLength;
import java.util.List;
import java.util.OptionalDouble;

/// What the advice for this machine, with the environment of its server, needs.
///
/// @param tag the pick
/// @param context that it is planned with
/// @param fit with that context
/// @param byItself how it would be loaded with what the server does by itself
/// @param server what has to be set for the server; empty where a variant of the tag does, or
///   nothing
/// @param slowest tokens per second that are the least to expect
public record Wanted(
    ModelTag tag,
    ContextLength context,
    Fit fit,
    Fit byItself,
    List<ServerVariable> server,
    OptionalDouble slowest) {
  public Wanted {
    server = List.copyOf(server);
  }
}
