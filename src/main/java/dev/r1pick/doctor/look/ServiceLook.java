package dev.r1pick.doctor.look;

import dev.r1pick.doctor.Service;
import dev.r1pick.doctor.Service.Container;
import dev.r1pick.doctor.Service.Unit;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.host.OsFamily;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.UnitEnvironment;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What starts the server: systemd, Docker, a program.
final class ServiceLook {
  private ServiceLook() {}

  static Service read(Host host) {
    var asking = new Asking(host);
    Optional<Finished> version = asking.ask("ollama-version", "ollama", "--version");
    return new Service(
        host.family() == OsFamily.LINUX ? unit(asking) : Optional.empty(),
        container(asking),
        version.isPresent(),
        version.flatMap(done -> programVersion(done.output() + "\n" + done.errors())));
  }

  /// `client version is` stands there only where the server has another one, or there is none.
  private static Optional<String> programVersion(String text) {
    for (String words : List.of("client version is ", "ollama version is ")) {
      for (String line : Text.lines(text)) {
        int at = line.indexOf(words);
        if (at >= 0) {
          return Text.cleaned(line.substring(at + words.length()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Unit> unit(Asking asking) {
    String output =
        asking
            .output("systemctl-show-ollama", UnitEnvironment.COMMAND.toArray(String[]::new))
            .orElse("");
    return UnitEnvironment.properties(output)
        .map(
            properties ->
                new Unit(
                    properties.getOrDefault("ActiveState", ""),
                    Text.whole(properties.getOrDefault("NRestarts", "")).orElse(0),
                    Text.cleaned(properties.getOrDefault("User", "")),
                    UnitEnvironment.read(output).orElse(Map.of())));
  }

  private static Optional<Container> container(Asking asking) {
    Optional<String> name =
        asking
            .output(
                "docker-ps-ollama",
                "docker",
                "ps",
                "--filter",
                "ancestor=ollama/ollama",
                "--format",
                "{{.Names}}")
            .map(Text::words)
            .filter(names -> !names.isEmpty())
            .map(List::getFirst);
    return name.flatMap(
        known ->
            asking
                .json("docker-inspect-ollama", "docker", "inspect", known)
                .map(JsonValue::items)
                .filter(rows -> !rows.isEmpty())
                .map(rows -> container(Text.clean(known), rows.getFirst())));
  }

  private static Container container(String name, JsonValue row) {
    var environment = new HashMap<String, String>();
    JsonValue config = row.member("Config").orElse(new JsonValue.Null());
    var pairs = new ArrayList<String>();
    for (JsonValue pair : config.member("Env").map(JsonValue::items).orElse(List.of())) {
      if (pair instanceof JsonValue.Text(var text)) {
        pairs.add(text);
      }
    }
    environment.putAll(UnitEnvironment.variables(pairs));
    JsonValue host = row.member("HostConfig").orElse(new JsonValue.Null());
    boolean gpu =
        !host.member("DeviceRequests").map(JsonValue::items).orElse(List.of()).isEmpty()
            || !host.member("Devices").map(JsonValue::items).orElse(List.of()).isEmpty()
            || host.textAt("Runtime").filter("nvidia"::equals).isPresent();
    return new Container(name, gpu, environment);
  }
}
