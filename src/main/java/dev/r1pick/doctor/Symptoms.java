package dev.r1pick.doctor;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.server.ServerUrl;
import java.util.Map;
import java.util.Optional;

/// Everything that was seen of a machine and its Ollama. Nothing in it is judged yet.
///
/// @param machine as it was detected, with the environment of the server where that is known
/// @param url where the server is
/// @param elsewhere the other machine that `OLLAMA_HOST` names
/// @param presence whether it answers
/// @param service what starts it
/// @param environment of the server
/// @param shell variables of the shell that asks: Ollama's and those of proxies
/// @param running what runs there
/// @param log what it logged
/// @param store its models on the disk; empty where nobody knows where
/// @param catalog what can be pulled
/// @param wanted what the advice needs; empty where nothing fits
public record Symptoms(
    Machine machine,
    ServerUrl url,
    Optional<String> elsewhere,
    Presence presence,
    Service service,
    ServerEnvironment environment,
    Map<String, String> shell,
    Running running,
    LogSeen log,
    Optional<StoreSeen> store,
    Catalog catalog,
    Optional<Wanted> wanted) {
  public Symptoms {
    shell = Map.copyOf(shell);
  }

  /// The answers of the server, where it gives any.
  public Optional<Presence.Answers> answers() {
    return presence instanceof Presence.Answers answers ? Optional.of(answers) : Optional.empty();
  }

  /// The same with what the advice needs.
  public Symptoms with(Optional<Wanted> advice) {
    return new Symptoms(
        machine,
        url,
        elsewhere,
        presence,
        service,
        environment,
        shell,
        running,
        log,
        store,
        catalog,
        advice);
  }
}
