package dev.r1pick.report.layout;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/// Characters that a charset lacks, in characters that all have.
public final class Glyphs {
  private Glyphs() {}

  /// The text as that charset can show it; what has no stand-in becomes a question mark.
  public static String fit(String text, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return text;
    }
    CharsetEncoder encoder = charset.newEncoder();
    if (encoder.canEncode(text)) {
      return text;
    }
    var fitting = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              String character = Character.toString(c);
              fitting.append(encoder.canEncode(character) ? character : standIn(c));
            });
    return fitting.toString();
  }

  private static String standIn(int c) {
    return switch (c) {
      case '·', '–', '—', '─', '‑' -> "-";
      case '…' -> "...";
      case '×' -> "x";
      case '→' -> "->";
      case '≥' -> ">=";
      case '≤' -> "<=";
      case '≈' -> "~";
      case '✓' -> "+";
      case '✗' -> "x";
      case '█' -> "#";
      case '▓' -> "=";
      case '▒' -> "+";
      case '░' -> "-";
      case '“', '”', '「', '」' -> "\"";
      case '‘', '’' -> "'";
      case '，', '、' -> ", ";
      case '。' -> ". ";
      case '；' -> "; ";
      case '：' -> ": ";
      case '（' -> "(";
      case '）' -> ")";
      default -> "?";
    };
  }
}
