package dev.r1pick.report.shell;

import dev.r1pick.host.ForwardingHost;
import dev.r1pick.host.Host;
import dev.r1pick.ollama.ServerVariable;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The machine as its shell was before an answer was evaluated in it.
///
/// An answer may set variables of Ollama's server. They are meant for a server that is yet to be
/// started; read back as the environment of the one that runs, they would change the next answer.
/// So the shell keeps a note of them, and what they stood in for, and neither is seen here.
///
/// @param host the machine with the shell as it is
public record EvaluatedShell(Host host) implements ForwardingHost {
  /// What an answer has set: `NAME=value`, with blanks between.
  static final String SETTINGS = "R1PICK_SETTINGS";

  /// What the user had set there before, in the same form.
  static final String SETTINGS_BEFORE = "R1PICK_SETTINGS_BEFORE";

  @Override
  public Optional<String> environment(String name) {
    if (isOurs(name)) {
      return Optional.ofNullable(noted(SETTINGS_BEFORE).get(name));
    }
    return host.environment(name);
  }

  @Override
  public List<String> variables(String prefix) {
    var names = new ArrayList<String>();
    for (String name : host.variables(prefix)) {
      if (environment(name).isPresent()) {
        names.add(name);
      }
    }
    return names;
  }

  /// Set by an answer and not changed since.
  private boolean isOurs(String name) {
    if (name.equals(SETTINGS) || name.equals(SETTINGS_BEFORE)) {
      return false;
    }
    String value = noted(SETTINGS).get(name);
    return value != null && host.environment(name).equals(Optional.of(value));
  }

  private Map<String, String> noted(String variable) {
    var noted = new LinkedHashMap<String, String>();
    for (String pair : Text.words(host.environment(variable).orElse(""))) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        noted.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return noted;
  }

  /// The lines that set what an answer needs and put back what only an earlier one needed.
  String exchange(Shell shell, List<ServerVariable> needed) {
    var lines = new StringBuilder();
    var set = new LinkedHashMap<String, String>();
    var before = new LinkedHashMap<String, String>();
    for (ServerVariable variable : needed) {
      set.put(variable.name(), variable.value());
      environment(variable.name())
          .filter(value -> Text.words(value).equals(List.of(value)))
          .ifPresent(value -> before.put(variable.name(), value));
    }
    for (String name : noted(SETTINGS).keySet()) {
      if (!set.containsKey(name) && isOurs(name)) {
        lines.append(
            environment(name)
                .map(value -> shell.assignment(name, value))
                .orElseGet(() -> shell.withdrawal(name)));
      }
    }
    set.forEach((name, value) -> lines.append(shell.assignment(name, value)));
    note(lines, shell, SETTINGS, set);
    note(lines, shell, SETTINGS_BEFORE, before);
    return lines.toString();
  }

  private void note(
      StringBuilder lines, Shell shell, String variable, Map<String, String> settings) {
    if (settings.isEmpty()) {
      lines.append(host.environment(variable).isPresent() ? shell.withdrawal(variable) : "");
      return;
    }
    var pairs = new ArrayList<String>();
    settings.forEach((name, value) -> pairs.add(name + "=" + value));
    lines.append(shell.assignment(variable, String.join(" ", pairs)));
  }
}
