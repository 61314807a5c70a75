package dev.r1pick.json;

import dev.r1pick.json.InvalidJson.Kind;
import dev.r1pick.json.InvalidJson.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One object of a file of ours, read strictly: what is asked for must be there and of its kind,
/// and what was never asked for is an error.
///
/// Every error is an [InvalidJson] that names the file and the path.
public final class Fields {
  private final String file;
  private final String path;
  private final Map<String, JsonValue> values;
  private final Set<String> asked = new LinkedHashSet<>();
  private final Consumer<InvalidJson> unknown;

  private Fields(
      String file, String path, Map<String, JsonValue> values, Consumer<InvalidJson> unknown) {
    this.file = file;
    this.path = path;
    this.values = values;
    this.unknown = unknown;
  }

  /// Reads the whole document as one object and refuses what `shape` did not ask for.
  public static <T> T read(String file, JsonValue document, Function<Fields, T> shape) {
    return shaped(
        file,
        "$",
        document,
        shape,
        problem -> {
          throw problem;
        });
  }

  /// Reads the whole document as one object that a later version may have written: what `shape` did
  /// not ask for is left out and handed to `unknown`.
  public static <T> T readKnown(
      String file, JsonValue document, Function<Fields, T> shape, Consumer<InvalidJson> unknown) {
    return shaped(file, "$", document, shape, unknown);
  }

  private static <T> T shaped(
      String file,
      String path,
      JsonValue value,
      Function<Fields, T> shape,
      Consumer<InvalidJson> unknown) {
    if (!(value instanceof JsonValue.Members(var values))) {
      throw wrongKind(file, path, value, Kind.OBJECT);
    }
    var fields = new Fields(file, path, values, unknown);
    T result = shape.apply(fields);
    fields.reportOthers();
    return result;
  }

  private void reportOthers() {
    for (String name : values.keySet()) {
      if (!asked.contains(name)) {
        unknown.accept(
            new InvalidJson(file, pathOf(name), Problem.UNKNOWN, String.join(", ", asked)));
      }
    }
  }

  /// Reports a part of the document that is not known here and was left out.
  public void leftOut(String name, String detail) {
    unknown.accept(invalid(name, Problem.UNKNOWN, detail));
  }

  /// An error at that field, for checks that need more than one field.
  public InvalidJson invalid(String name, Problem problem, String detail) {
    return new InvalidJson(file, pathOf(name), problem, detail);
  }

  public boolean has(String name) {
    asked.add(name);
    return values.containsKey(name);
  }

  /// Whether the field is there and says `null`, for documents where `null` means "not known".
  public boolean isNull(String name) {
    return get(name) instanceof JsonValue.Null;
  }

  /// Text that is not blank.
  public String text(String name) {
    if (get(name) instanceof JsonValue.Text(var text) && !text.isBlank()) {
      return text;
    }
    throw wrongKind(name, Kind.TEXT);
  }

  /// A name that goes into commands: letters, digits, dots, dashes and underscores, at least one.
  ///
  /// @throws InvalidJson if it has anything else in it
  public String identifier(String name) {
    String text = text(name);
    boolean plain = !text.isEmpty();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain &=
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '-';
    }
    if (!plain) {
      throw wrongKind(name, Kind.IDENTIFIER);
    }
    return text;
  }

  public Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /// A whole number in a range, both ends included.
  public long whole(String name, long least, long most) {
    if (!(get(name) instanceof JsonValue.Whole(var number))) {
      throw wrongKind(name, Kind.WHOLE_NUMBER);
    }
    if (number < least || number > most) {
      throw invalid(name, Problem.OUT_OF_RANGE, least + " … " + most);
    }
    return number;
  }

  /// A whole number in a range of `int`, both ends included.
  public int integer(String name, int least, int most) {
    return Math.toIntExact(whole(name, least, most));
  }

  public OptionalLong optionalWhole(String name, long least, long most) {
    return has(name) ? OptionalLong.of(whole(name, least, most)) : OptionalLong.empty();
  }

  /// A number in a range, both ends included.
  public double decimal(String name, double least, double most) {
    double number =
        switch (get(name)) {
          case JsonValue.Whole(var whole) -> whole;
          case JsonValue.Decimal(var decimal) -> decimal;
          default -> throw wrongKind(name, Kind.NUMBER);
        };
    if (!(number >= least && number <= most)) {
      throw invalid(name, Problem.OUT_OF_RANGE, plain(least) + " … " + plain(most));
    }
    return number;
  }

  /// In digits, as a person writes it.
  private static String plain(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }

  public OptionalDouble optionalDecimal(String name, double least, double most) {
    return has(name) ? OptionalDouble.of(decimal(name, least, most)) : OptionalDouble.empty();
  }

  public boolean flag(String name) {
    if (get(name) instanceof JsonValue.Flag(var flag)) {
      return flag;
    }
    throw wrongKind(name, Kind.FLAG);
  }

  /// `false` where the field is left out.
  public boolean optionalFlag(String name) {
    return has(name) && flag(name);
  }

  /// One of the words given, as the value it stands for.
  public <T> T oneOf(String name, Map<String, T> words) {
    T found = words.get(text(name));
    if (found == null) {
      throw invalid(name, Problem.NOT_ALLOWED, String.join(", ", words.keySet()));
    }
    return found;
  }

  /// A value as it stands, for parts that another reader understands.
  public JsonValue any(String name) {
    return get(name);
  }

  /// Members that must be there and that only people read.
  public void forPeople(String... names) {
    for (String name : names) {
      get(name);
    }
  }

  /// An object of its own shape.
  public <T> T object(String name, Function<Fields, T> shape) {
    return shaped(file, pathOf(name), get(name), shape, unknown);
  }

  public <T> Optional<T> optionalObject(String name, Function<Fields, T> shape) {
    return has(name) ? Optional.of(object(name, shape)) : Optional.empty();
  }

  /// An array of objects of one shape.
  public <T> List<T> list(String name, Function<Fields, T> shape) {
    var list = new ArrayList<T>();
    for (JsonValue item : items(name)) {
      list.add(shaped(file, pathOf(name) + "[" + list.size() + "]", item, shape, unknown));
    }
    return List.copyOf(list);
  }

  /// An array of objects, or nothing where the field is left out.
  public <T> List<T> optionalList(String name, Function<Fields, T> shape) {
    return has(name) ? list(name, shape) : List.of();
  }

  /// An object whose names are ids and whose values have one shape; the order is kept.
  public <T> Map<String, T> map(String name, Function<Fields, T> shape) {
    if (!(get(name) instanceof JsonValue.Members(var members))) {
      throw wrongKind(name, Kind.OBJECT);
    }
    var map = new LinkedHashMap<String, T>();
    members.forEach(
        (key, value) ->
            map.put(key, shaped(file, pathOf(name) + "." + key, value, shape, unknown)));
    return map;
  }

  /// An array of texts.
  public List<String> texts(String name) {
    var texts = new ArrayList<String>();
    for (JsonValue item : items(name)) {
      if (!(item instanceof JsonValue.Text(var text)) || text.isBlank()) {
        throw wrongKind(file, pathOf(name) + "[" + texts.size() + "]", item, Kind.TEXT);
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /// An array of texts, or nothing where the field is left out.
  public List<String> optionalTexts(String name) {
    return has(name) ? texts(name) : List.of();
  }

  private List<JsonValue> items(String name) {
    if (get(name) instanceof JsonValue.Items(var items)) {
      return items;
    }
    throw wrongKind(name, Kind.ARRAY);
  }

  private JsonValue get(String name) {
    asked.add(name);
    @Nullable JsonValue value = values.get(name);
    if (value == null) {
      throw invalid(name, Problem.MISSING, "");
    }
    return value;
  }

  /// An error at that field, where another kind of value must stand.
  public InvalidJson wrongKind(String name, Kind expected) {
    return wrongKind(file, pathOf(name), get(name), expected);
  }

  /// The same at a member of that field.
  ///
  /// @param path of the member, below this object
  public InvalidJson wrongKindAt(String path, Kind expected) {
    return new InvalidJson(file, pathOf(path), Problem.WRONG_KIND, expected);
  }

  private static InvalidJson wrongKind(String file, String path, JsonValue found, Kind expected) {
    return found instanceof JsonValue.Null
        ? new InvalidJson(file, path, Problem.NULL, expected)
        : new InvalidJson(file, path, Problem.WRONG_KIND, expected);
  }

  /// The path of a member, as an [InvalidJson] names it.
  public String pathOf(String name) {
    return path.equals("$") ? name : path + "." + name;
  }
}
