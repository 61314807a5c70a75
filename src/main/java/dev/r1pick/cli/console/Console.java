package dev.r1pick.cli.console;

import dev.r1pick.host.ReaderGone;
import dev.r1pick.report.layout.Glyphs;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.text.Escaping;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/// Where a run writes: the answer to `out`, everything else to `err`. What comes from outside is
/// made harmless here, wherever it came from: no other class writes to a terminal or a log.
///
/// @param out standard output; not a [PrintStream] there, which would swallow a full disk
/// @param err standard error
/// @param style what standard output can show
/// @param watched whether standard error is a terminal, where somebody sees what is going on
public record Console(OutputStream out, PrintStream err, Style style, boolean watched) {
  /// With standard error in a pipe or a file.
  public Console(OutputStream out, PrintStream err, Style style) {
    this(out, err, style, false);
  }

  /// The same with another style.
  public Console with(Style other) {
    return other.equals(style) ? this : new Console(out, err, other);
  }

  /// Writes a whole answer. A reader that has gone away is no error of ours: the rest is dropped.
  ///
  /// @throws NotWritten if it cannot be written for another reason
  public void answer(String text) {
    whole(shown(text));
  }

  /// The same with commands to GitHub's runner among its lines; its writers let none but their own
  /// begin a line.
  ///
  /// @throws NotWritten if it cannot be written for another reason
  public void annotations(String text) {
    whole(Escaping.output(text, true));
  }

  /// Writes a page, which says of itself that it is UTF-8, whatever the terminal takes.
  ///
  /// @throws NotWritten if it cannot be written for another reason
  public void page(String text) {
    with(style.inUtf8()).whole(Escaping.output(text, false));
  }

  private String shown(String text) {
    return style.color() ? Escaping.screen(text) : Escaping.output(text, false);
  }

  private void whole(String text) {
    try {
      write(text);
    } catch (ReaderGone _) {
      // it has what it wanted
    }
  }

  /// Writes a piece of an answer that goes on.
  ///
  /// @throws Unread if the reader has gone away, so that more is for nobody
  /// @throws NotWritten if it cannot be written for another reason
  public void piece(String text) {
    try {
      write(shown(text));
    } catch (ReaderGone _) {
      throw new Unread();
    }
  }

  /// Writes a line over the one that was written so before; only on a terminal.
  ///
  /// @throws Unread if the reader has gone away
  /// @throws NotWritten if it cannot be written for another reason
  public void overwrite(String line) {
    String shown = Escaping.output(line, false);
    String cut =
        Table.width(shown) < style.columns()
            ? shown
            : shown.substring(0, Math.min(shown.length(), style.columns() / 2));
    int blank = style.columns() - 1 - Table.width(cut);
    try {
      write("\r" + cut + " ".repeat(Math.max(0, blank)) + "\r");
    } catch (ReaderGone _) {
      throw new Unread();
    }
  }

  /// Takes such a line away.
  public void wipe() {
    overwrite("");
  }

  private void write(String text) throws ReaderGone {
    try {
      out.write(Glyphs.fit(text, style.charset()).getBytes(style.charset()));
      out.flush();
    } catch (ReaderGone gone) {
      throw gone;
    } catch (IOException e) {
      throw new NotWritten(String.valueOf(e.getMessage()));
    }
  }

  /// Writes a remark beside the answer.
  public void remark(String line) {
    String shown = Escaping.output(line, false);
    // on a terminal of known width no word is broken; a log gets one line
    err.println(
        watched && style.isTerminal()
            ? String.join("\n", Table.wrap(shown, style.columns()))
            : shown);
    err.flush();
  }

  /// Nobody reads the answer any more.
  public static final class Unread extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unread() {
      super("", null, false, false);
    }
  }

  /// The answer could not be written.
  public static final class NotWritten extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NotWritten(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }

    /// The system's words.
    public String reason() {
      return reason;
    }
  }
}
