package dev.r1pick.ollama;

import dev.r1pick.host.OsFamily;
import java.util.List;
import java.util.Optional;

/// How Ollama came to a machine, which decides where its server takes its settings from.
///
/// Facts: Ollama's `scripts/install.sh`, `docs/faq.mdx` ("How do I configure Ollama server?") and
/// `docs/docker.mdx`; Homebrew's `Formula/o/ollama.rb`; the snap of `mz2/ollama-snap`.
public enum Installation {
  /// The service of Ollama's Linux installer and of distribution packages.
  SYSTEMD("systemd-service"),
  /// The application for macOS.
  MAC_APP("macos-app"),
  /// Homebrew's formula, run by hand or by `brew services`.
  BREW("brew"),
  /// A snap on Linux.
  SNAP("snap"),
  /// The same, whose plug for GPUs is not connected.
  SNAP_UNCONNECTED("snap-unconnected"),
  /// The application for Windows.
  WINDOWS_APP("windows-app"),
  /// The image of a container.
  CONTAINER("container"),
  /// A server that somebody starts in a shell.
  MANUAL("shell");

  /// The home that the Linux installer gives to the user of the service.
  public static final String SERVICE_HOME = "/usr/share/ollama";

  /// A path that only this installation makes.
  ///
  /// @param path of a file or folder
  /// @param installation that made it
  public record Sign(String path, Installation installation) {}

  /// What to look for on Linux, in this order.
  public static final List<Sign> LINUX_SIGNS =
      List.of(
          new Sign("/var/snap/ollama", SNAP),
          new Sign(SERVICE_HOME, SYSTEMD),
          new Sign("/etc/systemd/system/ollama.service", SYSTEMD),
          new Sign("/home/linuxbrew/.linuxbrew/opt/ollama", BREW));

  /// What to look for on macOS, in this order.
  public static final List<Sign> MAC_SIGNS =
      List.of(
          new Sign("/Applications/Ollama.app", MAC_APP),
          new Sign("/opt/homebrew/opt/ollama", BREW),
          new Sign("/usr/local/opt/ollama", BREW));

  private static final String PACKAGE_HOME = "/var/lib/ollama";
  private static final String SNAP_HOME = "/var/snap/ollama";

  private final String id;

  Installation(String id) {
    this.id = id;
  }

  /// The word of the JSON answer.
  public String id() {
    return id;
  }

  /// The most likely one, by the system and by where the models lie.
  ///
  /// @param modelsPath the folder of the models, where it is known
  public static Installation by(OsFamily family, boolean container, Optional<String> modelsPath) {
    return switch (family) {
      case MACOS -> MAC_APP;
      case WINDOWS -> WINDOWS_APP;
      case ANDROID -> MANUAL;
      case LINUX -> container ? CONTAINER : onLinux(modelsPath.orElse(""));
    };
  }

  private static Installation onLinux(String modelsPath) {
    if (modelsPath.startsWith(SNAP_HOME)) {
      return SNAP;
    }
    boolean service = modelsPath.startsWith(SERVICE_HOME) || modelsPath.startsWith(PACKAGE_HOME);
    return service ? SYSTEMD : MANUAL;
  }

  /// Whether a setting is given to the command that starts the server. Homebrew's service sets
  /// variables of its own, which win over those of the session.
  public boolean isSetWhenStarted() {
    return this == MANUAL || this == BREW;
  }

  /// What sets a variable of the server there; where it is given to the command that starts the
  /// server, the words that stand in front of it.
  ///
  /// @param variable a variable of the server's environment
  public String lineFor(ServerVariable variable) {
    return switch (this) {
      case SYSTEMD -> "Environment=\"" + variable + "\"";
      case MAC_APP -> "launchctl setenv " + variable.name() + " " + variable.value();
      case WINDOWS_APP -> "setx " + variable.name() + " " + variable.value();
      case CONTAINER -> "-e " + variable;
      case SNAP, SNAP_UNCONNECTED ->
          "sudo snap set ollama " + variable.snapKey() + "=" + variable.value();
      case MANUAL, BREW -> variable.toString();
    };
  }

  /// What starts the server there, as one types it; for the application for Windows its name.
  public String startCommand() {
    return switch (this) {
      case SYSTEMD -> "sudo systemctl start ollama";
      case MAC_APP -> "open -a Ollama";
      case BREW -> "brew services start ollama";
      case SNAP, SNAP_UNCONNECTED -> "sudo snap start ollama";
      case WINDOWS_APP -> "Ollama";
      case CONTAINER -> "docker start ollama";
      case MANUAL -> "ollama serve";
    };
  }

  /// What makes the server read its settings anew, as one types it.
  public String restartCommand() {
    return switch (this) {
      case SYSTEMD -> "sudo systemctl restart ollama";
      case MAC_APP -> "killall Ollama; open -a Ollama";
      case BREW -> "brew services restart ollama";
      case SNAP, SNAP_UNCONNECTED -> "sudo snap restart ollama";
      case WINDOWS_APP -> "taskkill /f /im \"ollama app.exe\"";
      case CONTAINER -> "docker restart ollama";
      case MANUAL -> "ollama serve";
    };
  }
}
