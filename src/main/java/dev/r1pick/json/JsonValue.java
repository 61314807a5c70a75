package dev.r1pick.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A JSON document as an immutable value.
///
/// The look-ups here are lenient, for the output of other people's tools, whose keys come and go;
/// our own files are read strictly through [Fields].
public sealed interface JsonValue {

  /// Text.
  record Text(String value) implements JsonValue {}

  /// A number without fraction or exponent that fits into 64 bits.
  record Whole(long value) implements JsonValue {}

  /// Any other number.
  record Decimal(double value) implements JsonValue {}

  /// `true` or `false`.
  record Flag(boolean value) implements JsonValue {}

  /// `null`.
  record Null() implements JsonValue {}

  /// An array.
  record Items(List<JsonValue> values) implements JsonValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  /// An object; the order of its members is kept.
  record Members(Map<String, JsonValue> values) implements JsonValue {
    public Members {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /// The member of that name, if this is an object that has it.
  default Optional<JsonValue> member(String name) {
    return this instanceof Members(var values)
        ? Optional.ofNullable(values.get(name))
        : Optional.empty();
  }

  /// The elements, if this is an array; else nothing.
  default List<JsonValue> items() {
    return this instanceof Items(var values) ? values : List.of();
  }

  /// The text of that member, if there is one and it is text.
  default Optional<String> textAt(String name) {
    return member(name)
        .flatMap(v -> v instanceof Text(var text) ? Optional.of(text) : Optional.empty());
  }

  /// The whole number of that member, if there is one.
  default OptionalLong wholeAt(String name) {
    return member(name).orElse(null) instanceof Whole(var number)
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  /// The number of that member, if there is one.
  default OptionalDouble decimalAt(String name) {
    return switch (member(name).orElse(null)) {
      case Whole(var number) -> OptionalDouble.of((double) number);
      case Decimal(var number) -> OptionalDouble.of(number);
      case null, default -> OptionalDouble.empty();
    };
  }

  /// Starts an object; members appear in the order they are put.
  static Builder object() {
    return new Builder();
  }

  /// Text, or `null` for no text.
  static JsonValue text(@Nullable String value) {
    return value == null ? new Null() : new Text(value);
  }

  /// An array of texts.
  static JsonValue texts(List<String> values) {
    var items = new ArrayList<JsonValue>(values.size());
    for (String value : values) {
      items.add(new Text(value));
    }
    return new Items(items);
  }

  /// Collects the members of an object.
  final class Builder {
    private final Map<String, JsonValue> values = new LinkedHashMap<>();

    private Builder() {}

    /// Puts any value.
    public Builder put(String name, JsonValue value) {
      values.put(name, value);
      return this;
    }

    /// Puts text, `null` for none.
    public Builder put(String name, @Nullable String value) {
      return put(name, text(value));
    }

    /// Puts a whole number.
    public Builder put(String name, long value) {
      return put(name, new Whole(value));
    }

    /// Puts a number; one that is not finite becomes `null`, which JSON has no other word for.
    public Builder put(String name, double value) {
      return put(name, Double.isFinite(value) ? new Decimal(value) : new Null());
    }

    /// Puts a truth value.
    public Builder put(String name, boolean value) {
      return put(name, new Flag(value));
    }

    /// Puts the value if there is one, else `null`.
    public Builder put(String name, Optional<? extends JsonValue> value) {
      return put(name, value.isPresent() ? value.get() : new Null());
    }

    /// Puts an array.
    public Builder put(String name, List<? extends JsonValue> items) {
      return put(name, new Items(List.copyOf(items)));
    }

    /// The object.
    public Members build() {
      return new Members(values);
    }
  }
}
