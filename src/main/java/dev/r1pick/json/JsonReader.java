package dev.r1pick.json;

import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Text to [JsonValue], by Jackson's streaming parser.
public final class JsonReader {
  /// Deeper than any document that is read here; stops a hostile one from overflowing the stack.
  private static final int DEEPEST = 100;

  /// One for all: it keeps the names it has read, which are the same in the next document.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private JsonReader() {}

  /// Reads one JSON value.
  ///
  /// @param file the name for error messages
  /// @throws InvalidJson if the text is not one JSON value, or an object has a member twice
  public static JsonValue read(String file, String text) {
    return read(file, new StringReader(text));
  }

  /// Reads one JSON value.
  ///
  /// @param file the name for error messages
  /// @throws InvalidJson if the text is not one JSON value, or an object has a member twice
  public static JsonValue read(String file, Reader text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new InvalidJson(file, "$", InvalidJson.Problem.SYNTAX, "empty");
      }
      JsonValue value = value(file, "$", parser);
      if (parser.nextToken() != null) {
        throw syntax(file, "more than one value", parser.currentTokenLocation());
      }
      return value;
    } catch (JacksonException e) {
      throw syntax(file, e.getOriginalMessage(), e.getLocation());
    }
  }

  /// Where the value of a path begins in a text that was read before.
  ///
  /// @param path as an [InvalidJson] names it, such as `signals[0].weight`
  /// @return line and column, counted from 1; empty where there is no such place
  public static Optional<Place> locate(String text, String path) {
    try (JsonParser parser =
        new JsonFactory().createParser(ObjectReadContext.empty(), new StringReader(text))) {
      while (parser.nextToken() != null) {
        if (isAt(parser, path)) {
          TokenStreamLocation at = parser.currentTokenLocation();
          return Optional.of(new Place(at.getLineNr(), at.getColumnNr()));
        }
      }
    } catch (JacksonException _) {
      // what cannot be read was said before
    }
    return Optional.empty();
  }

  private static boolean isAt(JsonParser parser, String path) {
    return switch (parser.currentToken()) {
      case END_ARRAY, END_OBJECT -> false;
      default -> path.equals(path(parser.streamReadContext()));
    };
  }

  private static String path(@Nullable TokenStreamContext at) {
    if (at == null || at.inRoot()) {
      return "";
    }
    String above = path(at.getParent());
    if (at.inArray()) {
      return above + "[" + at.getCurrentIndex() + "]";
    }
    String name = String.valueOf(at.currentName());
    return above.isEmpty() ? name : above + "." + name;
  }

  private static InvalidJson syntax(String file, String words, @Nullable TokenStreamLocation at) {
    String where =
        at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    return new InvalidJson(file, "$", InvalidJson.Problem.SYNTAX, where + plain(words));
  }

  /// The parser's words without what it says of its own settings in brackets.
  private static String plain(String words) {
    int bracket = words.indexOf(" (");
    String plain = bracket > 0 ? words.substring(0, bracket) : words;
    String cut = ": was expecting";
    return plain.endsWith(cut) ? plain.substring(0, plain.length() - cut.length()) : plain;
  }

  private static JsonValue value(String file, String path, JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(file, path, parser);
      case START_ARRAY -> items(file, path, parser);
      case VALUE_STRING -> new JsonValue.Text(parser.getString());
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> new JsonValue.Decimal(parser.getDoubleValue());
      case VALUE_TRUE -> new JsonValue.Flag(true);
      case VALUE_FALSE -> new JsonValue.Flag(false);
      case VALUE_NULL -> new JsonValue.Null();
      default -> throw syntax(file, "unexpected end", parser.currentTokenLocation());
    };
  }

  private static JsonValue whole(JsonParser parser) {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? new JsonValue.Decimal(parser.getDoubleValue())
        : new JsonValue.Whole(parser.getLongValue());
  }

  private static JsonValue members(String file, String path, JsonParser parser) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      String there = path.equals("$") ? name : path + "." + name;
      parser.nextToken();
      if (members.put(name, value(file, there, parser)) != null) {
        throw new InvalidJson(file, there, InvalidJson.Problem.DUPLICATE, "");
      }
    }
    return new JsonValue.Members(members);
  }

  private static JsonValue items(String file, String path, JsonParser parser) {
    var items = new ArrayList<JsonValue>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(file, path + "[" + items.size() + "]", parser));
    }
    return new JsonValue.Items(items);
  }
}
