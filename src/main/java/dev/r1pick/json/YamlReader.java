package dev.r1pick.json;

import dev.r1pick.json.InvalidYaml.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// YAML 1.2 to [JsonValue] with the place of each part, by the event parser of snakeyaml-engine.
///
/// Only what JSON can say is taken: objects, arrays, text, numbers, truth values, null. Aliases,
/// tags, names that are not text and further documents are refused. A JSON document is read too.
public final class YamlReader {
  /// As deep as [JsonReader] goes.
  private static final int DEEPEST = 100;

  private final Iterator<Event> events;
  private final Map<String, Place> places = new HashMap<>();

  private YamlReader(Iterator<Event> events) {
    this.events = events;
  }

  /// Reads one document.
  ///
  /// @throws InvalidYaml if the text is not one document of that kind
  public static LocatedValue read(String text) {
    String document = withoutTabsOfJson(text);
    try {
      var settings = LoadSettings.builder().build();
      // Not by its class Parse: the library's module, as the runtime has it, does not export that.
      var events = new ParserImpl(settings, new StreamReader(settings, document));
      return new YamlReader(events).document();
    } catch (MarkedYamlEngineException e) {
      throw invalid(e, document);
    } catch (ReaderException e) {
      throw new InvalidYaml(
          Problem.SYNTAX, placeAt(document, e.getPosition()), "a control character is not allowed");
    } catch (YamlEngineException e) {
      throw new InvalidYaml(Problem.SYNTAX, Place.START, String.valueOf(e.getMessage()));
    }
  }

  /// Tabs between the tokens of JSON are blanks; inside its texts there are none. The parser would
  /// refuse them.
  private static String withoutTabsOfJson(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[") ? text.replace('\t', ' ') : text;
  }

  private static InvalidYaml invalid(MarkedYamlEngineException e, String text) {
    Optional<Mark> mark = e.getProblemMark();
    Place place = mark.map(YamlReader::place).orElse(Place.START);
    char sign = charAt(text, place);
    if (sign == '\t') {
      return new InvalidYaml(Problem.TAB, place, "");
    }
    if (isComparison(text, place)) {
      return new InvalidYaml(Problem.NEEDS_QUOTES, place, ">");
    }
    if (sign == '%' || sign == '@' || sign == '`') {
      return new InvalidYaml(Problem.NEEDS_QUOTES, place, String.valueOf(sign));
    }
    return new InvalidYaml(Problem.SYNTAX, place, words(e));
  }

  /// `>=0.30` without quotes: `>` begins a folded text, and the parser stumbles over what follows.
  private static boolean isComparison(String text, Place place) {
    return charAt(text, place) == '>'
        || (charAt(text, place) == '='
            && place.column() > 1
            && charAt(text, new Place(place.line(), place.column() - 1)) == '>');
  }

  private static char charAt(String text, Place place) {
    int at = 0;
    for (int line = 1; line < place.line(); line++) {
      at = text.indexOf('\n', at) + 1;
      if (at == 0) {
        return ' ';
      }
    }
    at += place.column() - 1;
    return at < text.length() ? text.charAt(at) : ' ';
  }

  private static Place placeAt(String text, int position) {
    int line = 1;
    int start = 0;
    int end = Math.min(position, text.length());
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return new Place(line, end - start + 1);
  }

  /// The parser's words without its own advice.
  private static String words(MarkedYamlEngineException e) {
    String problem = e.getProblem();
    String words = problem == null ? "it cannot be understood" : problem;
    int advice = words.indexOf(" (Do not");
    return (advice < 0 ? words : words.substring(0, advice))
        .replace("<stream end>", "the end")
        .replace("<", "")
        .replace(">", "")
        .replace("'", "");
  }

  private LocatedValue document() {
    Event event = next();
    while (event.getEventId() == Event.ID.StreamStart
        || event.getEventId() == Event.ID.DocumentStart) {
      event = next();
    }
    if (event.getEventId() == Event.ID.StreamEnd) {
      throw new InvalidYaml(Problem.EMPTY, Place.START, "");
    }
    JsonValue value = value(event, "$", 0);
    next();
    Event after = next();
    if (after.getEventId() != Event.ID.StreamEnd) {
      throw new InvalidYaml(Problem.SEVERAL, place(after), "");
    }
    return new LocatedValue(value, places);
  }

  private Event next() {
    return events.next();
  }

  private JsonValue value(Event event, String path, int depth) {
    if (depth > DEEPEST) {
      throw new InvalidYaml(Problem.DEEP, place(event), "");
    }
    if (event instanceof NodeEvent node && event.getEventId() == Event.ID.Alias) {
      throw new InvalidYaml(
          Problem.ALIAS, place(event), node.getAnchor().map(Object::toString).orElse(""));
    }
    return switch (event.getEventId()) {
      case MappingStart -> members(path, depth);
      case SequenceStart -> items(path, depth);
      default -> scalar((ScalarEvent) event);
    };
  }

  private JsonValue members(String path, int depth) {
    var members = new LinkedHashMap<String, JsonValue>();
    for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
      if (!(key instanceof ScalarEvent name)) {
        throw new InvalidYaml(Problem.NAME, place(key), "");
      }
      refuseTag(name);
      String there = path.equals("$") ? name.getValue() : path + "." + name.getValue();
      places.putIfAbsent(there, place(key));
      if (members.containsKey(name.getValue())) {
        throw new InvalidYaml(Problem.DUPLICATE, place(key), name.getValue());
      }
      members.put(name.getValue(), value(next(), there, depth + 1));
    }
    return new JsonValue.Members(members);
  }

  private JsonValue items(String path, int depth) {
    var items = new ArrayList<JsonValue>();
    for (Event item = next(); item.getEventId() != Event.ID.SequenceEnd; item = next()) {
      String there = path + "[" + items.size() + "]";
      places.putIfAbsent(there, place(item));
      items.add(value(item, there, depth + 1));
    }
    return new JsonValue.Items(items);
  }

  private static void refuseTag(ScalarEvent scalar) {
    if (scalar.getTag().isPresent()) {
      throw new InvalidYaml(Problem.TAG, place(scalar), scalar.getTag().get());
    }
  }

  /// By the core schema of YAML 1.2: only what is not quoted can be anything but text.
  private static JsonValue scalar(ScalarEvent scalar) {
    refuseTag(scalar);
    String text = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return new JsonValue.Text(text);
    }
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> new JsonValue.Null();
      case "true", "True", "TRUE" -> new JsonValue.Flag(true);
      case "false", "False", "FALSE" -> new JsonValue.Flag(false);
      default -> number(text).orElseGet(() -> new JsonValue.Text(text));
    };
  }

  private static Optional<JsonValue> number(String text) {
    boolean whole = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      whole &= digit || (i == 0 && (c == '-' || c == '+'));
      if (!digit && "+-.eE".indexOf(c) < 0) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          whole
              ? new JsonValue.Whole(Long.parseLong(text))
              : new JsonValue.Decimal(Double.parseDouble(text)));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Place place(Event event) {
    return event.getStartMark().map(YamlReader::place).orElse(Place.START);
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
