package dev.r1pick.report.layout;

import dev.r1pick.text.Escaping;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// How text may look, decided once: width, color, glyphs.
///
/// @param columns width of a line, 40 or more
/// @param lines of the screen; as many as there are where nobody has to scroll
/// @param color whether ANSI colors may be used
/// @param charset that standard output takes
public record Style(int columns, int lines, boolean color, Charset charset) {
  /// Of a terminal that does not say how many lines it has.
  public static final int USUAL_LINES = 24;

  /// What a pipe gets.
  public static final Style PLAIN = new Style(80, Integer.MAX_VALUE, false, StandardCharsets.UTF_8);

  private static final int NARROWEST = 40;
  private static final int WIDEST = 140;

  public Style {
    columns = Math.clamp(columns, NARROWEST, WIDEST);
  }

  /// On a terminal of the usual height.
  public Style(int columns, boolean color, Charset charset) {
    this(columns, USUAL_LINES, color, charset);
  }

  /// The same with or without color.
  public Style withColor(boolean wanted) {
    return new Style(columns, lines, wanted, charset);
  }

  /// The same for a text with Chinese characters: in UTF-8 where the charset has none, which most
  /// terminals show whatever their locale says.
  public Style forChinese() {
    return charset.newEncoder().canEncode('中') ? this : inUtf8();
  }

  /// The same for a document that is always in UTF-8.
  public Style inUtf8() {
    return new Style(columns, lines, color, StandardCharsets.UTF_8);
  }

  /// Whether block characters and check marks may be used.
  public boolean unicode() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  /// Whether somebody watches, so that a line can be written over.
  public boolean isTerminal() {
    return lines != PLAIN.lines;
  }

  /// Emphasis of the verdict.
  public String bold(String text) {
    return colored(1, text);
  }

  /// A good thing.
  public String good(String text) {
    return colored(32, text);
  }

  /// Something to look at.
  public String warning(String text) {
    return colored(33, text);
  }

  /// A bad thing.
  public String bad(String text) {
    return colored(31, text);
  }

  /// Less important.
  public String faint(String text) {
    return colored(2, text);
  }

  /// By the number of the color (ECMA-48, SGR); the console makes an escape of its beginning.
  private String colored(int number, String text) {
    return color ? Escaping.COLOR + "[" + number + "m" + text + Escaping.COLOR + "[0m" : text;
  }

  /// The mark of something that holds.
  public String yes() {
    return good(unicode() ? "✓" : "+");
  }

  /// The mark of something to look at.
  public String maybe() {
    return warning("!");
  }

  /// What stands before something to do, set in.
  public String arrow() {
    return unicode() ? "  → " : "  - ";
  }

  /// The mark of something that does not hold.
  public String no() {
    return bad(unicode() ? "✗" : "x");
  }
}
