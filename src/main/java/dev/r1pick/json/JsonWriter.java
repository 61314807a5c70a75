package dev.r1pick.json;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// [JsonValue] to text: the same value always gives the same bytes.
public final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonWriter() {}

  /// Indented by two spaces, lines ended by a line feed on every system, with one at the end.
  public static String pretty(JsonValue value) {
    var lines = new DefaultIndenter("  ", "\n");
    return write(
            value, new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
        + "\n";
  }

  /// On one line, without a line feed at its end.
  public static String compact(JsonValue value) {
    var text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(value, generator);
    }
    return text.toString();
  }

  private static String write(JsonValue value, PrettyPrinter printer) {
    var text = new StringWriter();
    var context =
        new ObjectWriteContext.Base() {
          @Override
          public PrettyPrinter getPrettyPrinter() {
            return printer;
          }

          @Override
          public boolean hasPrettyPrinter() {
            return true;
          }
        };
    try (JsonGenerator generator = FACTORY.createGenerator(context, text)) {
      write(value, generator);
    }
    return text.toString();
  }

  private static void write(JsonValue value, JsonGenerator generator) {
    // plain tests: a pattern switch costs the first start milliseconds, and what a server's
    // processes say goes through here
    if (value instanceof JsonValue.Text(var text)) {
      generator.writeString(exchanged(text));
    } else if (value instanceof JsonValue.Whole(var number)) {
      generator.writeNumber(number);
    } else if (value instanceof JsonValue.Decimal(var number)) {
      generator.writeNumber(number);
    } else if (value instanceof JsonValue.Flag(var flag)) {
      generator.writeBoolean(flag);
    } else if (value instanceof JsonValue.Items(var values)) {
      generator.writeStartArray();
      for (JsonValue item : values) {
        write(item, generator);
      }
      generator.writeEndArray();
    } else if (value instanceof JsonValue.Members(var values)) {
      generator.writeStartObject();
      for (var member : values.entrySet()) {
        generator.writeName(exchanged(member.getKey()));
        write(member.getValue(), generator);
      }
      generator.writeEndObject();
    } else {
      generator.writeNull();
    }
  }

  /// Noncharacters are for use inside a program and not to be passed on (Unicode, 23.7).
  private static String exchanged(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isInternal(text.charAt(i))) {
        var safe = new StringBuilder(text);
        for (int at = i; at < safe.length(); at++) {
          if (isInternal(safe.charAt(at))) {
            safe.setCharAt(at, '\uFFFD');
          }
        }
        return safe.toString();
      }
    }
    return text;
  }

  private static boolean isInternal(char c) {
    return c >= '\uFDD0' && c <= '\uFDEF';
  }
}
