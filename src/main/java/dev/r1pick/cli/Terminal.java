package dev.r1pick.cli;

import dev.r1pick.cli.option.ScreenOptions;
import dev.r1pick.host.Host;
import dev.r1pick.report.layout.Style;
import java.io.Console;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

/// What the launcher and the system say of the terminal and its reader. Without a launcher a pipe
/// is assumed; that of Windows cannot tell, so Java is asked there.
final class Terminal {
  private Terminal() {}

  /// How standard output may look.
  static Style style(Host host) {
    boolean terminal = isTerminal("r1pick.stdout");
    return new Style(
        number("r1pick.columns", Style.PLAIN.columns()),
        terminal ? number("r1pick.lines", Style.USUAL_LINES) : Style.PLAIN.lines(),
        color(host, terminal),
        terminal ? charset("stdout.encoding") : StandardCharsets.UTF_8);
  }

  /// The charset of standard error.
  static Charset errors() {
    return isTerminal("r1pick.stderr") ? charset("stderr.encoding") : StandardCharsets.UTF_8;
  }

  /// The charset that arguments are typed in.
  static Charset typed() {
    return isUnix() ? charset("stdout.encoding") : StandardCharsets.UTF_8;
  }

  /// The language of the system's messages, where r1pick speaks it and the terminal can show it;
  /// else English.
  static Locale language() {
    String posix = System.getProperty("r1pick.messages", "");
    boolean told = !posix.isEmpty() || isUnix();
    String language = told ? posix : System.getProperty("user.language", "");
    Locale spoken = ScreenOptions.spoken(upToCodeset(language)).orElse(Locale.ENGLISH);
    Charset charset =
        isTerminal("r1pick.stdout") ? charset("stdout.encoding") : StandardCharsets.UTF_8;
    return spoken.getLanguage().equals("en") || charset.newEncoder().canEncode('中')
        ? spoken
        : Locale.ENGLISH;
  }

  private static String upToCodeset(String locale) {
    int end = 0;
    while (end < locale.length() && locale.charAt(end) != '.' && locale.charAt(end) != '@') {
      end++;
    }
    return locale.substring(0, end);
  }

  /// By the variables that programs agree on: NO_COLOR (no-color.org), CLICOLOR and CLICOLOR_FORCE
  /// (bixense.com/clicolors), FORCE_COLOR (force-color.org).
  private static boolean color(Host host, boolean terminal) {
    if (isSet(host, "NO_COLOR")) {
      return false;
    }
    if (isOn(host, "FORCE_COLOR") || isOn(host, "CLICOLOR_FORCE")) {
      return true;
    }
    return terminal
        && (isUnix() || drawsColor(host))
        && !host.environment("CLICOLOR").equals(Optional.of("0"))
        && !host.environment("TERM").equals(Optional.of("dumb"));
  }

  /// A console of Windows shows the codes of colors as they are, but for these hosts (Windows
  /// Terminal, ANSICON, ConEmu, and the terminals of Git and MSYS2).
  private static boolean drawsColor(Host host) {
    return isSet(host, "WT_SESSION")
        || isSet(host, "ANSICON")
        || host.environment("ConEmuANSI").equals(Optional.of("ON"))
        || isSet(host, "TERM");
  }

  private static boolean isSet(Host host, String variable) {
    return host.environment(variable).filter(value -> !value.isEmpty()).isPresent();
  }

  private static boolean isOn(Host host, String variable) {
    return host.environment(variable)
        .filter(value -> !value.isEmpty() && !value.equals("0") && !value.equals("false"))
        .isPresent();
  }

  static boolean isTerminal(String property) {
    String told = System.getProperty(property);
    return (told == null && !isUnix()) ? isConsole() : "terminal".equals(told);
  }

  /// Standard input and output are a console.
  private static boolean isConsole() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  private static int number(String property, int otherwise) {
    try {
      int number = Integer.parseInt(System.getProperty(property, ""));
      return number > 0 ? number : otherwise;
    } catch (NumberFormatException _) {
      return otherwise;
    }
  }

  /// What the locale says, which the launcher passes on since Java itself runs in UTF-8; on Windows
  /// the code page of the console.
  ///
  /// @param property of Java that names the charset of that console
  private static Charset charset(String property) {
    if (!isUnix()) {
      return named(System.getProperty(property, "")).orElse(StandardCharsets.UTF_8);
    }
    String locale = System.getProperty("r1pick.locale", "");
    if (locale.isEmpty()) {
      return isMac() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    }
    int dot = locale.indexOf('.');
    if (dot < 0) {
      // GB 2312 is what zh_CN without a codeset means
      return locale.startsWith("zh_CN") || locale.startsWith("zh_SG")
          ? named("GBK").orElse(StandardCharsets.US_ASCII)
          : StandardCharsets.US_ASCII;
    }
    String codeset = locale.substring(dot + 1);
    int modifier = codeset.indexOf('@');
    return named(modifier < 0 ? codeset : codeset.substring(0, modifier))
        .orElse(StandardCharsets.US_ASCII);
  }

  private static Optional<Charset> named(String name) {
    try {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "" -> Optional.empty();
        case "utf8" -> Optional.of(StandardCharsets.UTF_8);
        case "gb2312", "euccn", "eucn", "cp936", "ms936" -> Optional.of(Charset.forName("GBK"));
        case "cp65001" -> Optional.of(StandardCharsets.UTF_8);
        default -> Optional.of(Charset.forName(name));
      };
    } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
      return Optional.empty();
    }
  }

  private static boolean isUnix() {
    return !System.getProperty("os.name", "").startsWith("Windows");
  }

  private static boolean isMac() {
    return System.getProperty("os.name", "").startsWith("Mac");
  }
}
