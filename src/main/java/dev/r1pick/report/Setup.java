package dev.r1pick.report;

import dev.r1pick.advice.Candidate;
import dev.r1pick.fit.LoadAssumptions.Era;
import dev.r1pick.fit.OllamaRules;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Os;
import java.util.ArrayList;
import java.util.List;

/// What has to be told to Ollama so that it runs a pick as planned.
///
/// The variables count in the environment of the server, not of the client (ollama docs/faq.mdx,
/// "How do I configure Ollama server?").
public final class Setup {
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

  /// The command that starts the server so, on that system, in lines of at most that width.
  static List<String> serve(Os.Family family, List<String> variables, int columns) {
    boolean windows = family == Os.Family.WINDOWS;
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
