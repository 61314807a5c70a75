package dev.r1pick.report.shell;

import dev.r1pick.advice.Candidate;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.hardware.Machine;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.ollama.ServerVariable;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;

/// What has to be told to Ollama so that it runs a pick as planned.
///
/// The variables count in the environment of the server, not of the client (ollama docs/faq.mdx,
/// "How do I configure Ollama server?").
public final class Setup {
  private Setup() {}

  /// The variables of the server's environment; none where its defaults do.
  public static List<ServerVariable> variables(Candidate pick, Machine machine) {
    var variables = new ArrayList<ServerVariable>();
    pick.changes().visibleDevices().ifPresent(variables::add);
    if (pick.changes().contextLength()) {
      variables.add(
          new ServerVariable(
              "OLLAMA_CONTEXT_LENGTH", Integer.toString(pick.contextLength().tokens())));
    }
    if (pick.changes().kvCacheType()) {
      if (OllamaRules.of(machine.ollama()).wantsFlashAttentionByName()) {
        variables.add(new ServerVariable("OLLAMA_FLASH_ATTENTION", "1"));
      }
      variables.add(
          new ServerVariable("OLLAMA_KV_CACHE_TYPE", pick.settings().kvCacheType().label()));
    }
    if (pick.changes().parallel()) {
      variables.add(parallel(pick.settings()));
    }
    return List.copyOf(variables);
  }

  /// The variable that says how many requests the server serves at once.
  public static ServerVariable parallel(RunSettings settings) {
    return new ServerVariable("OLLAMA_NUM_PARALLEL", Integer.toString(settings.parallel()));
  }

  /// Where a setting is made: the way that changes least and still does it.
  public sealed interface Place {
    /// The word of the JSON answer.
    String id();

    /// Nowhere: Ollama's defaults do.
    record Nowhere() implements Place {
      @Override
      public String id() {
        return "nowhere";
      }
    }

    /// A variant of the tag with its own context; no server is restarted.
    record Model() implements Place {
      @Override
      public String id() {
        return "model";
      }
    }

    /// The environment of the server.
    record Server(Installation installation) implements Place {
      @Override
      public String id() {
        return installation.id();
      }
    }
  }

  /// A context alone can be kept with the model; the rest counts for the whole server.
  public static Place place(Candidate pick, Machine machine) {
    if (!pick.changes().any()) {
      return new Place.Nowhere();
    }
    return pick.changes().isOfServer()
        ? new Place.Server(machine.installation())
        : new Place.Model();
  }

  /// The exact lines for that place (ollama docs/faq.mdx, docs/modelfile.mdx), at most that wide
  /// where they can be broken.
  public static List<String> lines(Candidate pick, Machine machine, int columns) {
    var lines = new ArrayList<String>();
    switch (place(pick, machine)) {
      case Place.Nowhere _ -> {}
      case Place.Model _ -> {
        // a file of its own name: one called Modelfile may be the user's
        String variant = variantName(pick.tag(), pick.contextLength());
        String file = variant + ".modelfile";
        lines.add("echo FROM " + pick.tag().fullName() + " > " + file);
        lines.add("echo PARAMETER num_ctx " + pick.contextLength().tokens() + " >> " + file);
        lines.add("ollama create " + variant + " -f " + file);
      }
      case Place.Server(var installation) -> {
        List<ServerVariable> variables = variables(pick, machine);
        if (installation.isSetWhenStarted()) {
          lines.addAll(serve(machine.os().family(), variables, columns));
        } else {
          if (installation == Installation.SYSTEMD) {
            lines.add("[Service]");
          }
          for (ServerVariable variable : variables) {
            lines.add(installation.lineFor(variable));
          }
        }
      }
    }
    return List.copyOf(lines);
  }

  /// The name of the variant: `deepseek-r1-14b-16k`.
  public static String variantName(ModelTag tag, ContextLength context) {
    return tag.fullName().replace(':', '-') + "-" + context.shortText();
  }

  /// The command that starts the server so, on that system, in lines of at most that width.
  static List<String> serve(OsFamily family, List<ServerVariable> variables, int columns) {
    boolean windows = family == OsFamily.WINDOWS;
    var parts = new ArrayList<String>();
    for (ServerVariable variable : variables) {
      parts.add(windows ? "set \"" + variable + "\" &&" : variable.toString());
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
