package dev.r1pick.hardware.probe.system;

import dev.r1pick.hardware.Disk;
import dev.r1pick.hardware.probe.common.CommandRunner;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.ServerAddress;
import dev.r1pick.ollama.ServerSettings;
import dev.r1pick.ollama.store.StorePlaces;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The installed Ollama: its version, the variables that change what it does with memory, and the
/// folder of its models.
public final class OllamaProbe {
  private OllamaProbe() {}

  /// The variables that are set.
  public static Map<String, String> environment(Host host) {
    var environment = new HashMap<String, String>();
    for (String name : ServerSettings.READ) {
      host.environment(name).ifPresent(value -> environment.put(name, printable(value)));
    }
    return environment;
  }

  /// The value as it stands, blanks and quotes included, without control characters.
  static String printable(String value) {
    var printable = new StringBuilder();
    for (int i = 0; i < value.length() && printable.length() < 4096; i++) {
      char c = value.charAt(i);
      if (!Character.isISOControl(c)
          && Character.getType(c) != Character.FORMAT
          && !Character.isSurrogate(c)) {
        printable.append(c);
      }
    }
    return printable.toString();
  }

  /// How Ollama was installed, where its files tell; no path is looked for on Windows, which has
  /// one way only.
  public static Optional<Installation> installation(Host host) {
    return switch (host.family()) {
      case LINUX -> first(host, Installation.LINUX_SIGNS);
      case MACOS -> first(host, Installation.MAC_SIGNS);
      case WINDOWS, ANDROID -> Optional.empty();
    };
  }

  /// The same, and of a snap whether its plug for GPUs is connected, which snapd does by itself
  /// unless somebody undid it (`snap/snapcraft.yaml` of `mz2/ollama-snap`: opengl).
  public static Optional<Installation> installation(Host host, CommandRunner questions) {
    Optional<Installation> found = installation(host);
    return found.equals(Optional.of(Installation.SNAP))
            && questions.ask("snap-connections-ollama", List.of("snap", "connections", "ollama"))
                instanceof Finished(_, var output, _)
            && isUnconnected(output)
        ? Optional.of(Installation.SNAP_UNCONNECTED)
        : found;
  }

  /// A plug without a slot: `opengl ollama:opengl - -`.
  private static boolean isUnconnected(String connections) {
    for (String line : Text.lines(connections)) {
      List<String> words = Text.words(line);
      if (words.size() >= 3 && words.get(1).equals("ollama:opengl")) {
        return words.get(2).equals("-");
      }
    }
    return false;
  }

  private static Optional<Installation> first(Host host, List<Installation.Sign> signs) {
    for (Installation.Sign sign : signs) {
      if (host.exists(sign.path())) {
        return Optional.of(sign.installation());
      }
    }
    return Optional.empty();
  }

  /// Asks the program; no server is started.
  public static Optional<String> version(CommandRunner questions) {
    return questions.ask("ollama-version", List.of("ollama", "--version"))
            instanceof Finished(_, var output, var errors)
        ? version(output + "\n" + errors)
        : Optional.empty();
  }

  /// Variables for `ollama --version`: where OLLAMA_HOST points to another machine, an address at
  /// which nothing listens keeps it from asking there.
  public static Map<String, String> askedHere(OllamaSetup setup) {
    return setup.variable("OLLAMA_HOST").flatMap(ServerAddress::otherMachine).isPresent()
        ? Map.of("OLLAMA_HOST", "127.0.0.1:9")
        : Map.of();
  }

  /// `ollama version is 0.33.0` names the server that runs, `client version is 0.33.0` the program
  /// where none does.
  public static Optional<String> version(String text) {
    return after(text, "ollama version is ").or(() -> after(text, "client version is "));
  }

  private static Optional<String> after(String text, String words) {
    for (String line : Text.lines(text)) {
      int start = line.indexOf(words);
      if (start >= 0) {
        String version = line.substring(start + words.length()).strip();
        version = version.startsWith("v") ? version.substring(1) : version;
        if (!version.isEmpty() && version.charAt(0) >= '0' && version.charAt(0) <= '9') {
          return Text.cleaned(Text.words(version).getFirst());
        }
      }
    }
    return Optional.empty();
  }

  /// The host that OLLAMA_HOST names, where it is another machine.
  public static Optional<String> elsewhere(Host host, OllamaSetup setup) {
    return setup
        .variable("OLLAMA_HOST")
        .flatMap(ServerAddress::otherMachine)
        .filter(name -> !isOwnName(host, name) && !isOwnAddress(host, name));
  }

  /// Whether a name is what this machine calls itself, with or without its domain.
  private static boolean isOwnName(Host host, String name) {
    for (Optional<String> own :
        List.of(
            host.read("/proc/sys/kernel/hostname"),
            host.read("/etc/hostname"),
            host.environment("HOSTNAME"),
            host.environment("COMPUTERNAME"))) {
      String word = own.orElse("").strip().toLowerCase(Locale.ROOT);
      int dot = word.indexOf('.');
      String plain = dot > 0 ? word.substring(0, dot) : word;
      if (!plain.isEmpty()
          && (name.equals(word) || name.equals(plain) || name.equals(plain + ".local"))) {
        return true;
      }
    }
    return false;
  }

  /// Whether it is an address of this machine: Linux lists those as local to this host.
  private static boolean isOwnAddress(Host host, String address) {
    if (address.charAt(0) < '0' || address.charAt(0) > '9') {
      return false;
    }
    String shown = "";
    for (String line : Text.lines(host.read("/proc/net/fib_trie").orElse(""))) {
      List<String> words = Text.words(line);
      if (words.size() == 2 && words.getFirst().equals("|--")) {
        shown = words.get(1);
      } else if (shown.equals(address)
          && words.size() == 3
          && words.get(0).equals("/32")
          && words.get(2).equals("LOCAL")) {
        return true;
      }
    }
    return false;
  }

  /// Where models are kept and what is free there; empty where neither a variable nor a home tells.
  public static Optional<Disk> disk(Host host, OllamaSetup setup) {
    List<String> places = StorePlaces.of(host, setup);
    if (places.isEmpty()) {
      return Optional.empty();
    }
    Optional<Bytes> free = host.usableSpace(places.getFirst());
    return Text.cleaned(places.getFirst()).map(shown -> new Disk(shown, free));
  }
}
