package dev.r1pick.cli.fleet;

import dev.r1pick.cli.fleet.FleetInput.Item;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A stream of JSON documents, one on each line. A document that is written over several lines, as
/// `hardware --format json` prints it, is taken too: a line that is only `{` begins it, a line that
/// is only `}` ends it. Blank lines do not count as machines.
///
/// However long a line is, no more of it is kept than the largest document.
final class DocumentLines implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final InputStream stream;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private long line;

  DocumentLines(InputStream stream) {
    this.stream = stream;
  }

  /// One line without its end.
  ///
  /// @param text as far as it is kept
  /// @param tooLong whether more of it was there than is kept
  private record Line(String text, boolean tooLong) {
    boolean isOnly(String sign) {
      return text.strip().equals(sign);
    }
  }

  /// The next document; empty at the end.
  ///
  /// @throws UncheckedIOException if the stream breaks
  Optional<Item> next() {
    while (true) {
      long number = line + 1;
      Optional<Line> first = nextLine();
      if (first.isEmpty()) {
        return Optional.empty();
      }
      if (first.get().text().isBlank() && !first.get().tooLong()) {
        continue;
      }
      Line document = first.get().isOnly("{") ? joined(first.get()) : first.get();
      String name = Long.toString(number);
      return Optional.of(
          document.tooLong()
              ? new Item.Broken(name, number, "policy.fleet.too-large")
              : new Item.Document(name, number, withoutMark(document.text(), number)));
    }
  }

  /// The lines up to the one that begins with the last brace.
  private Line joined(Line first) {
    var whole = new StringBuilder(first.text());
    boolean tooLong = false;
    Optional<Line> next = nextLine();
    while (next.isPresent()) {
      tooLong |= next.get().tooLong() || whole.length() > FleetInput.LARGEST_DOCUMENT;
      if (!tooLong) {
        whole.append('\n').append(next.get().text());
      }
      next = next.get().text().startsWith("}") ? Optional.empty() : nextLine();
    }
    return new Line(tooLong ? "" : whole.toString(), tooLong);
  }

  /// The byte order mark that some systems put in front.
  private static String withoutMark(String text, long number) {
    return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private Optional<Line> nextLine() {
    if (at == end && !fill()) {
      return Optional.empty();
    }
    line++;
    var rest = new ByteArrayOutputStream(0);
    while (true) {
      int start = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      boolean whole = at < end;
      if (whole && rest.size() == 0) {
        return Optional.of(
            new Line(new String(buffer, start, at++ - start, StandardCharsets.UTF_8), false));
      }
      if (rest.size() <= FleetInput.LARGEST_DOCUMENT) {
        rest.write(buffer, start, at - start);
      }
      if (whole || !fill()) {
        at += whole ? 1 : 0;
        boolean tooLong = rest.size() > FleetInput.LARGEST_DOCUMENT;
        return Optional.of(new Line(tooLong ? "" : rest.toString(StandardCharsets.UTF_8), tooLong));
      }
    }
  }

  private boolean fill() {
    try {
      int read = stream.read(buffer);
      at = 0;
      end = Math.max(0, read);
      return read > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether more is there without waiting.
  boolean isReady() {
    try {
      return at < end || stream.available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
