package dev.r1pick.hardware.record;

import dev.r1pick.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The names of the users and of the host of one machine, and the homes of users on any.
final class PrivateNames {
  /// Names that many machines share, and that other lines need: boards come with the user `nvidia`.
  private static final List<String> NO_NAMES =
      List.of(
          "root",
          "user",
          "host",
          "localhost",
          "nvidia",
          "amd",
          "intel",
          "apple",
          "ollama",
          "ubuntu",
          "debian",
          "jetson",
          "admin",
          "docker",
          "gpu",
          "cpu",
          "linux",
          "windows",
          "amdgpu",
          "nouveau",
          "xe");

  /// Folders in which systems keep the homes of users.
  private static final List<String> HOMES = List.of("/home/", "/Users/", "\\Users\\");

  /// Folders beside the homes that belong to nobody.
  private static final List<String> SHARED =
      List.of("Shared", "Public", "Default", "linuxbrew", "user");

  /// Something private.
  ///
  /// @param everywhere whether it is replaced wherever it stands as a word; a short name, or one of
  ///   a script without blanks, only where it is a part of a path or a whole value
  private record Secret(String text, String standIn, boolean everywhere) {}

  private final List<Secret> secrets = new ArrayList<>();

  /// What a machine's environment and files say.
  static PrivateNames of(Host host) {
    var names = new PrivateNames();
    names.learnHome(host.environment("HOME"), "/home/user");
    names.learnHome(host.environment("USERPROFILE"), "C:\\Users\\user");
    for (String variable : List.of("USER", "USERNAME", "LOGNAME", "SUDO_USER")) {
      host.environment(variable).ifPresent(name -> names.learn(name, "user"));
    }
    for (String variable : List.of("HOSTNAME", "COMPUTERNAME", "HOST")) {
      host.environment(variable).ifPresent(name -> names.learn(name, "host"));
    }
    host.read("/proc/sys/kernel/hostname").ifPresent(name -> names.learn(name.strip(), "host"));
    host.read("/etc/hostname").ifPresent(name -> names.learn(name.strip(), "host"));
    return names;
  }

  private void learnHome(Optional<String> home, String standIn) {
    if (home.isPresent() && home.get().length() > 5 && !home.get().equals("/root")) {
      secrets.add(new Secret(home.get(), standIn, true));
      int last = Math.max(home.get().lastIndexOf('/'), home.get().lastIndexOf('\\'));
      learn(home.get().substring(last + 1), "user");
    }
  }

  private void learn(String name, String standIn) {
    if (!name.isBlank() && !NO_NAMES.contains(name)) {
      boolean everywhere =
          name.length() > 2 && name.codePoints().noneMatch(Character::isIdeographic);
      secrets.add(new Secret(name, standIn, everywhere));
    }
  }

  /// A text without them.
  String without(String text) {
    String cleaned = text;
    for (Secret secret : secrets) {
      cleaned = replaced(cleaned, secret);
    }
    return withoutForeignHomes(cleaned);
  }

  /// A text without homes, in which names stay words.
  String withoutHomes(String text) {
    String cleaned = text;
    for (Secret secret : secrets) {
      boolean isPath = secret.text().indexOf('/') >= 0 || secret.text().indexOf('\\') >= 0;
      cleaned = isPath ? replaced(cleaned, secret) : cleaned;
    }
    return withoutForeignHomes(cleaned);
  }

  /// A name only where it stands as a word of its own.
  private static String replaced(String text, Secret secret) {
    var cleaned = new StringBuilder();
    int from = 0;
    while (true) {
      int found = text.indexOf(secret.text(), from);
      if (found < 0) {
        return cleaned.append(text, from, text.length()).toString();
      }
      int end = found + secret.text().length();
      boolean alone =
          secret.everywhere()
              ? (found == 0 || !Character.isLetterOrDigit(text.charAt(found - 1)))
                  && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))
              : isPart(text, found, end);
      cleaned.append(text, from, found).append(alone ? secret.standIn() : secret.text());
      from = end;
    }
  }

  /// A part of a path, or all that stands after a `=` or `:` and before the end.
  private static boolean isPart(String text, int start, int end) {
    int before = start;
    while (before > 0 && text.charAt(before - 1) == ' ') {
      before--;
    }
    int after = end;
    while (after < text.length() && Character.isWhitespace(text.charAt(after))) {
      after++;
    }
    boolean begins =
        before == 0
            || "=:".indexOf(text.charAt(before - 1)) >= 0
            || "/\\,;\"'(".indexOf(text.charAt(start - 1)) >= 0;
    boolean ends = after == text.length() || "/\\:,;@\"')".indexOf(text.charAt(end)) >= 0;
    return begins && ends;
  }

  /// The folder of any user below the folders in which systems keep them.
  private static String withoutForeignHomes(String text) {
    String cleaned = text;
    for (String folder : HOMES) {
      for (int at = cleaned.indexOf(folder); at >= 0; at = cleaned.indexOf(folder, at + 1)) {
        int start = at + folder.length();
        int end = start;
        while (end < cleaned.length() && " /\\:,;\"')".indexOf(cleaned.charAt(end)) < 0) {
          end++;
        }
        if (end > start && !SHARED.contains(cleaned.substring(start, end))) {
          cleaned = cleaned.substring(0, start) + "user" + cleaned.substring(end);
        }
      }
    }
    return cleaned;
  }
}
