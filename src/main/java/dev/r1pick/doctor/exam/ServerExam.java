package dev.r1pick.doctor.exam;

import dev.r1pick.doctor.Cause;
import dev.r1pick.doctor.Finding;
import dev.r1pick.doctor.Presence;
import dev.r1pick.doctor.Running;
import dev.r1pick.doctor.Service;
import dev.r1pick.doctor.Symptoms;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.ollama.log.LogLine;
import dev.r1pick.ollama.log.ServerLog;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.ollama.server.ShownModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the server is there, and which one it is.
final class ServerExam {
  private final Symptoms symptoms;
  private final List<Finding> findings = new ArrayList<>();

  private ServerExam(Symptoms symptoms) {
    this.symptoms = symptoms;
  }

  static List<Finding> of(Symptoms symptoms) {
    var exam = new ServerExam(symptoms);
    exam.presence();
    exam.ports();
    exam.versions();
    exam.requests();
    if (symptoms.log().log().newest("no-engine").isPresent()) {
      exam.add(Cause.ENGINE_MISSING);
    }
    return exam.findings;
  }

  private void add(Cause cause, Object... figures) {
    findings.add(Finding.of(cause, figures));
  }

  /// Whether nothing at all tells of an Ollama.
  static boolean isAbsent(Symptoms symptoms) {
    Service service = symptoms.service();
    return symptoms.presence() instanceof Presence.Down
        && symptoms.elsewhere().isEmpty()
        && service.unit().isEmpty()
        && service.container().isEmpty()
        && !service.program()
        && symptoms.running().servers().isEmpty()
        && symptoms.log().place().isEmpty();
  }

  private void presence() {
    String url = symptoms.url().toString();
    symptoms.elsewhere().ifPresent(host -> add(Cause.SERVER_ELSEWHERE, host));
    switch (symptoms.presence()) {
      case Presence.Answers answers -> add(Cause.SERVER_ANSWERS, url, answers.version());
      case Presence.Silent _ -> add(Cause.SERVER_STARTING, url);
      case Presence.Unreachable(var words) -> add(Cause.SERVER_UNREACHABLE, url, words);
      case Presence.Refuses(var status, var said) ->
          add(Cause.SERVER_REFUSES, url, status, said.isEmpty() ? "-" : said);
      case Presence.Another(var words) ->
          add(Cause.PORT_OF_ANOTHER, url, words.isEmpty() ? "-" : words);
      case Presence.Down _ -> down(url);
    }
  }

  private void down(String url) {
    Installation installation = symptoms.machine().installation();
    Optional<Service.Unit> unit = symptoms.service().unit();
    if (unit.isPresent() && unit.get().isFailing()) {
      add(Cause.SERVER_FAILS, unit.get().restarts());
    } else if (otherAddress().isPresent()) {
      findings.add(
          Finding.of(Cause.SERVER_DOWN, "other-address", List.of(url, otherAddress().get())));
    } else if (installation == Installation.WINDOWS_APP) {
      findings.add(Finding.of(Cause.SERVER_DOWN, "windows", List.of(url)));
    } else {
      add(Cause.SERVER_DOWN, url, installation.startCommand());
    }
  }

  /// Where the server that runs listens, if it is another place than the one that was asked.
  private Optional<String> otherAddress() {
    for (Running.Server server : symptoms.running().servers()) {
      String value = server.environment().getOrDefault("OLLAMA_HOST", "");
      if (!server.environment().isEmpty() && !ServerUrl.of(value).equals(symptoms.url())) {
        return Optional.of(ServerUrl.of(value).toString());
      }
    }
    return Optional.empty();
  }

  private void ports() {
    ServerLog log = symptoms.log().log();
    if (log.newest("port-reserved-windows").isPresent()) {
      add(Cause.PORT_RESERVED, symptoms.url().port());
    }
    List<Running.Server> servers = symptoms.running().servers();
    if (servers.size() > 1) {
      var names = new ArrayList<String>();
      for (Running.Server server : servers) {
        names.add(server.pid() + " (" + server.user() + ")");
      }
      add(Cause.TWO_SERVERS, servers.size(), names);
    } else if (log.newest("port-taken").isPresent()
        || log.newest("port-taken-windows").isPresent()) {
      add(Cause.PORT_TAKEN, symptoms.url().port());
    }
  }

  private void versions() {
    Optional<Presence.Answers> answers = symptoms.answers();
    if (answers.isEmpty()) {
      return;
    }
    Optional<String> program = symptoms.service().programVersion();
    String server = answers.get().version();
    if (symptoms.elsewhere().isEmpty() && program.isPresent() && !program.get().equals(server)) {
      add(
          Cause.VERSIONS_DIFFER,
          server,
          program.get(),
          symptoms.machine().installation().restartCommand());
    }
    Optional<OllamaVersion> version = OllamaVersion.parse(server);
    if (version.isEmpty()) {
      return;
    }
    if (version.get().compareTo(OllamaRules.FIRST_WITH_QWEN3) < 0) {
      add(Cause.VERSION_TOO_OLD, server, OllamaRules.FIRST_WITH_QWEN3.toString(), "deepseek-r1:8b");
    }
    for (Map.Entry<String, ShownModel> model : answers.get().shown().entrySet()) {
      Optional<OllamaVersion> needed = model.getValue().requires().flatMap(OllamaVersion::parse);
      if (needed.isPresent() && version.get().compareTo(needed.get()) < 0) {
        add(Cause.VERSION_TOO_OLD, server, needed.get().toString(), model.getKey());
      }
    }
  }

  /// Requests that were turned away, by the lines of the web framework.
  private void requests() {
    int forbidden = 0;
    int queued = 0;
    for (ServerLog.Seen seen : symptoms.log().log().seen()) {
      if (seen.sign().id().equals("gin")) {
        LogLine line = seen.line();
        forbidden += line.text().contains("| 403 |") ? 1 : 0;
        queued += line.text().contains("| 503 |") ? 1 : 0;
      }
    }
    if (forbidden > 0) {
      add(Cause.REQUESTS_FORBIDDEN, forbidden);
    }
    if (queued > 0) {
      add(Cause.REQUESTS_QUEUED, queued);
    }
  }
}
