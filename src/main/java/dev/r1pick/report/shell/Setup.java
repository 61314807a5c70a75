package dev.r1pick.report.shell;

import dev.r1pick.advice.Candidate;
import dev.r1pick.fit.LoadAssumptions.Era;
import dev.r1pick.fit.OllamaRules;
import dev.r1pick.hardware.Machine;
import dev.r1pick.host.OsFamily;
import java.util.ArrayList;
import java.util.List;

/// What has to be told to Ollama so that it runs a pick as planned.
///
/// The variables count in the environment of the server, not of the client (ollama docs/faq.mdx,
/// "How do I configure Ollama server?").
public final class Setup {
  private static final String SERVICE_HOME = "/usr/share/ollama";

  private Setup() {}

  /// `NAME=value` for each variable of the server's environment; none where its defaults do.
  public static List<String> variables(Candidate pick, Machine machine) {
    var variables = new ArrayList<String>();
    if (pick.changes().contextLength()) {
      variables.add("OLLAMA_CONTEXT_LENGTH=" + pick.contextLength().tokens());
    }
    if (pick.changes().kvCacheType()) {
      if (OllamaRules.of(machine.ollama()).era() != Era.C) {
        // before 0.30 a quantized cache is ignored unless flash attention is asked for by name
        variables.add("OLLAMA_FLASH_ATTENTION=1");
      }
      variables.add("OLLAMA_KV_CACHE_TYPE=" + pick.settings().kvCacheType().label());
    }
    return List.copyOf(variables);
  }

  /// Where a setting is made: the way that changes least and still does it.
  public enum Place {
    /// Nowhere: Ollama's defaults do.
    NOWHERE("nowhere"),
    /// A variant of the tag with its own context; no server is restarted.
    MODEL("model"),
    /// The systemd service of Ollama's Linux installer.
    SERVICE("systemd-service"),
    /// The environment of macOS applications.
    MAC_APP("macos-app"),
    /// The user's environment on Windows.
    WINDOWS_APP("windows-app"),
    /// The container that the server runs in.
    CONTAINER("container"),
    /// A server that is started by hand.
    SHELL("shell");

    private final String id;

    Place(String id) {
      this.id = id;
    }

    /// The word of the JSON answer.
    public String id() {
      return id;
    }
  }

  /// A context alone can be kept with the model; a KV cache type counts for the whole server.
  public static Place place(Candidate pick, Machine machine) {
    if (!pick.changes().any()) {
      return Place.NOWHERE;
    }
    if (!pick.changes().kvCacheType()) {
      return Place.MODEL;
    }
    return switch (machine.os().family()) {
      case MACOS -> Place.MAC_APP;
      case WINDOWS -> Place.WINDOWS_APP;
      case ANDROID -> Place.SHELL;
      case LINUX -> machine.os().container() ? Place.CONTAINER : onLinux(machine);
    };
  }

  /// The installer gives the service's user that home; models elsewhere are a server by hand.
  private static Place onLinux(Machine machine) {
    boolean service =
        machine.disk().filter(d -> d.modelsPath().startsWith(SERVICE_HOME)).isPresent();
    return service ? Place.SERVICE : Place.SHELL;
  }

  /// The exact lines for that place (ollama docs/faq.mdx, docs/modelfile.mdx), at most that wide
  /// where they can be broken.
  public static List<String> lines(Candidate pick, Machine machine, int columns) {
    List<String> variables = variables(pick, machine);
    var lines = new ArrayList<String>();
    switch (place(pick, machine)) {
      case NOWHERE -> {}
      case MODEL -> {
        String context = pick.contextLength().shortText();
        lines.add("echo FROM " + pick.tag().fullName() + " > Modelfile");
        lines.add("echo PARAMETER num_ctx " + pick.contextLength().tokens() + " >> Modelfile");
        lines.add(
            "ollama create "
                + pick.tag().fullName().replace(':', '-')
                + "-"
                + context
                + " -f Modelfile");
      }
      case SERVICE -> {
        lines.add("[Service]");
        variables.forEach(variable -> lines.add("Environment=\"" + variable + "\""));
      }
      case MAC_APP -> variables.forEach(v -> lines.add("launchctl setenv " + v.replace('=', ' ')));
      case WINDOWS_APP -> variables.forEach(v -> lines.add("setx " + v.replace('=', ' ')));
      case CONTAINER -> variables.forEach(v -> lines.add("-e " + v));
      case SHELL -> lines.addAll(serve(machine.os().family(), variables, columns));
    }
    return List.copyOf(lines);
  }

  /// The command that starts the server so, on that system, in lines of at most that width.
  static List<String> serve(OsFamily family, List<String> variables, int columns) {
    boolean windows = family == OsFamily.WINDOWS;
    var parts = new ArrayList<String>();
    for (String variable : variables) {
      parts.add(windows ? "set \"" + variable + "\" &&" : variable);
    }
    parts.add("ollama serve");
    String whole = String.join(" ", parts);
    if (whole.length() <= columns) {
      return List.of(whole);
    }
    var lines = new ArrayList<String>();
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      lines.add(last ? parts.get(i) : parts.get(i) + (windows ? " ^" : " \\"));
    }
    return lines;
  }
}
