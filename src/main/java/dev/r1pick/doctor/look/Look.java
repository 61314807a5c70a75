package dev.r1pick.doctor.look;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.doctor.LogSeen;
import dev.r1pick.doctor.LogSigns;
import dev.r1pick.doctor.Patient;
import dev.r1pick.doctor.Presence;
import dev.r1pick.doctor.Running;
import dev.r1pick.doctor.ServerEnvironment;
import dev.r1pick.doctor.Service;
import dev.r1pick.doctor.StoreSeen;
import dev.r1pick.doctor.Symptoms;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.hardware.probe.system.OllamaProbe;
import dev.r1pick.host.Host;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.ServerSettings;
import dev.r1pick.ollama.server.OllamaServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// A look at a machine and its Ollama.
public final class Look {
  private static final List<String> PROXIES =
      List.of(
          "HTTPS_PROXY",
          "https_proxy",
          "HTTP_PROXY",
          "http_proxy",
          "ALL_PROXY",
          "all_proxy",
          "NO_PROXY",
          "no_proxy");

  private Look() {}

  /// Asks everything.
  ///
  /// @param detected the machine
  /// @return what was seen, without what the advice needs
  public static Symptoms at(Patient patient, Machine detected, Catalog catalog) {
    Host host = patient.host();
    OllamaSetup own = detected.ollama();
    boolean nvidia =
        detected.accelerators().stream().anyMatch(gpu -> gpu.vendor() == Vendor.NVIDIA);
    OllamaServer server = OllamaServer.of(patient.http(), host, own);
    Future<Presence> asked = begin(() -> ServerLook.read(server));
    Future<Running> seen = begin(() -> RunningLook.read(host, nvidia));
    Service service = ServiceLook.read(host);
    Installation installation = installation(service, detected);
    LogSeen log = new LogLook(host, LogSigns.shipped()).read(service, installation);
    Running running = end(seen);
    ServerEnvironment environment = EnvironmentLook.read(host, service, running, log);
    Optional<StoreSeen> store = StoreLook.read(patient, environment);
    Presence presence = end(asked);
    return new Symptoms(
        detected.withOllama(setup(own, environment, presence, installation)),
        server.url(),
        OllamaProbe.elsewhere(host, own),
        presence,
        service,
        environment,
        shell(host),
        running,
        log,
        store,
        catalog,
        Optional.empty());
  }

  private static Installation installation(Service service, Machine detected) {
    if (service.container().isPresent()) {
      return Installation.CONTAINER;
    }
    return service.unit().isPresent() ? Installation.SYSTEMD : detected.installation();
  }

  /// The server's own variables in place of those of the shell, where they are known.
  private static OllamaSetup setup(
      OllamaSetup own,
      ServerEnvironment environment,
      Presence presence,
      Installation installation) {
    Optional<String> version =
        presence instanceof Presence.Answers answers
            ? Optional.of(answers.version())
            : own.version();
    var variables = new HashMap<String, String>();
    // of what only an engine gives away the rest is that of this shell, as nothing better is known
    if (!environment.tells("OLLAMA_CONTEXT_LENGTH")) {
      variables.putAll(own.environment());
    }
    if (environment.isKnown()) {
      for (String name : ServerSettings.READ) {
        String value = environment.effective().get(name);
        if (value != null && !name.equals("OLLAMA_HOST")) {
          variables.put(name, value);
        }
      }
      own.variable("OLLAMA_HOST").ifPresent(host -> variables.put("OLLAMA_HOST", host));
    }
    return new OllamaSetup(version, variables, Optional.of(installation));
  }

  private static Map<String, String> shell(Host host) {
    var shell = new HashMap<String, String>();
    var names = new ArrayList<>(host.variables("OLLAMA_"));
    names.addAll(PROXIES);
    for (String name : names) {
      host.environment(name)
          .filter(value -> !value.isBlank())
          .ifPresent(value -> shell.put(name, value));
    }
    return shell;
  }

  private static <T> Future<T> begin(Callable<T> question) {
    var task = new FutureTask<T>(question);
    Thread.ofPlatform().daemon().name("look").start(task);
    return task;
  }

  /// Every question has a deadline of its own.
  private static <T> T end(Future<T> question) {
    try {
      return question.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
