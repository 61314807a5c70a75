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
/// begins with `}` at the same indentation ends it. Blank lines do not count as machines.
///
/// A document that is cut off, at its end or at its beginning, costs one machine: the next one
/// begins with a `{` that is not indented. However long a line is, no more of it is kept than the
/// largest document.
final class DocumentLines implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final InputStream stream;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private long line;

  /// Read already, and the next to be taken.
  private Optional<Line> held = Optional.empty();

  DocumentLines(InputStream stream) {
    this.stream = stream;
  }

  /// One line without its end.
  ///
  /// @param number of the line, from 1
  /// @param text as far as it is kept
  /// @param tooLong whether more of it was there than is kept
  private record Line(long number, String text, boolean tooLong) {
    boolean isBlank() {
      return text.isBlank() && !tooLong;
    }

    /// Nothing but the first brace of a document over several lines.
    boolean begins() {
      return text.strip().equals("{");
    }

    /// The rest of a document over several lines whose beginning is missing.
    boolean isRest() {
      return !text.isEmpty() && " \t}]".indexOf(text.charAt(0)) >= 0 && !isWhole();
    }

    private boolean isWhole() {
      String stripped = text.strip();
      return stripped.startsWith("{") && stripped.endsWith("}");
    }
  }

  /// The next document; empty at the end.
  ///
  /// @throws UncheckedIOException if the stream breaks
  Optional<Item> next() {
    Optional<Line> first = take();
    while (first.isPresent() && first.get().isBlank()) {
      first = take();
    }
    return first.map(line -> line.begins() ? joined(line) : line.isRest() ? rest(line) : one(line));
  }

  private static Item one(Line line) {
    String name = Long.toString(line.number());
    return line.tooLong()
        ? new Item.Broken(name, line.number(), "policy.fleet.too-large")
        : new Item.Document(name, line.number(), withoutMark(line.text(), line.number()));
  }

  private static Item cutOff(Line first) {
    return new Item.Broken(Long.toString(first.number()), first.number(), "policy.fleet.cut-off");
  }

  /// The lines up to the one that begins with the last brace.
  private Item joined(Line first) {
    String indent = first.text().substring(0, first.text().indexOf('{'));
    var whole = new StringBuilder(first.text());
    boolean tooLong = false;
    for (Optional<Line> next = take(); next.isPresent(); next = take()) {
      Line line = next.get();
      if (line.text().startsWith(indent + "{")) {
        held = next;
        return cutOff(first);
      }
      tooLong |= line.tooLong() || whole.length() > FleetInput.LARGEST_DOCUMENT;
      if (!tooLong) {
        whole.append('\n').append(line.text());
      }
      if (line.text().startsWith(indent + "}")) {
        return one(new Line(first.number(), tooLong ? "" : whole.toString(), tooLong));
      }
    }
    return cutOff(first);
  }

  /// All of what is left of it.
  private Item rest(Line first) {
    Optional<Line> next = take();
    while (next.isPresent() && (next.get().isRest() || next.get().isBlank())) {
      next = take();
    }
    held = next;
    return cutOff(first);
  }

  private Optional<Line> take() {
    Optional<Line> line = held;
    held = Optional.empty();
    return line.isPresent() ? line : nextLine();
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
            new Line(line, new String(buffer, start, at++ - start, StandardCharsets.UTF_8), false));
      }
      if (rest.size() <= FleetInput.LARGEST_DOCUMENT) {
        rest.write(buffer, start, at - start);
      }
      if (whole || !fill()) {
        at += whole ? 1 : 0;
        boolean tooLong = rest.size() > FleetInput.LARGEST_DOCUMENT;
        return Optional.of(
            new Line(line, tooLong ? "" : rest.toString(StandardCharsets.UTF_8), tooLong));
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
      return held.isPresent() || at < end || stream.available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
