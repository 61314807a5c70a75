package dev.r1pick.report.html;

import dev.r1pick.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// The data of one picture; how it is drawn is left to the charts of the page. A table stands
/// behind each.
final class Picture {
  private Picture() {}

  /// What a mark or a part of a bar is; each has its color, and points have their shapes.
  enum Role {
    PICK,
    ALTERNATIVE,
    FITS,
    SPILLS,
    WEIGHTS,
    KV_CACHE,
    BUFFERS,
    KEPT,
    SPARE,
    SHORT,
    READING,
    GENERATING,
    MET,
    WARNED,
    NOT_MET,
    UNKNOWN,
    UNREADABLE,
    /// The line that a bar must not cross.
    LINE;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// What roles are called, in the order in which they are drawn.
  static final class Legend {
    private final Map<Role, String> names = new EnumMap<>(Role.class);

    Legend put(Role role, String name) {
      names.put(role, name);
      return this;
    }

    JsonValue json() {
      var items = new ArrayList<JsonValue>();
      names.forEach(
          (role, name) ->
              items.add(JsonValue.object().put("role", role.word()).put("name", name).build()));
      return new JsonValue.Items(items);
    }
  }

  /// A range and where in it the expected value lies.
  record Range(double low, double expected, double high) {
    JsonValue json() {
      return new JsonValue.Items(
          List.of(
              new JsonValue.Decimal(low),
              new JsonValue.Decimal(expected),
              new JsonValue.Decimal(high)));
    }

    /// With no more digits than an estimate has to give.
    JsonValue rounded() {
      return new Range(tenths(low), tenths(expected), tenths(high)).json();
    }

    private static double tenths(double value) {
      return value < 9.95 ? Math.round(value * 10) / 10.0 : Math.round(value);
    }
  }

  /// A mark with ranges in one or two directions.
  ///
  /// @param up empty where its place is its name
  /// @param says its figures, a line each
  record Mark(String name, Role role, Range across, List<Range> up, List<String> says) {
    private JsonValue json() {
      JsonValue.Builder mark =
          JsonValue.object()
              .put("name", name)
              .put("role", role.word())
              .put("x", across.json())
              .put("says", JsonValue.texts(says));
      up.forEach(range -> mark.put("y", range.json()));
      return mark.build();
    }
  }

  /// Points with ranges in both directions.
  static JsonValue points(
      String caption, String across, String up, Legend legend, List<Mark> marks, JsonValue table) {
    return marks("ranges", caption, across, legend, marks, table).put("up", up).build();
  }

  /// Ranges below each other, each with its name.
  static JsonValue spans(
      String caption, String across, Legend legend, List<Mark> marks, JsonValue table) {
    return marks("spans", caption, across, legend, marks, table).build();
  }

  private static JsonValue.Builder marks(
      String kind,
      String caption,
      String across,
      Legend legend,
      List<Mark> marks,
      JsonValue table) {
    var items = new ArrayList<JsonValue>();
    marks.forEach(mark -> items.add(mark.json()));
    return JsonValue.object()
        .put("picture", kind)
        .put("caption", caption)
        .put("across", across)
        .put("legend", legend.json())
        .put("items", items)
        .put("table", table);
  }

  /// A bar of parts on top of each other.
  ///
  /// @param parts by role; what is left out is zero
  /// @param says its figures, a line each
  record Bar(String name, Map<Role, Double> parts, List<String> says) {}

  /// Bars of parts.
  ///
  /// @param across title of the axis below
  /// @param up title of the axis on the left
  /// @param lying whether the bars lie below each other
  /// @param line the line that a bar must not cross
  /// @param most end of the scale, where several pictures share one
  static JsonValue stack(
      String caption,
      String across,
      String up,
      boolean lying,
      Legend legend,
      List<Bar> bars,
      OptionalDouble line,
      OptionalDouble most,
      JsonValue table) {
    JsonValue.Builder values = JsonValue.object();
    var names = new ArrayList<String>();
    var says = new ArrayList<JsonValue>();
    for (Bar bar : bars) {
      names.add(bar.name());
      says.add(JsonValue.texts(bar.says()));
    }
    for (Role role : legend.names.keySet()) {
      var parts = new ArrayList<JsonValue>();
      boolean any = false;
      for (Bar bar : bars) {
        double part = bar.parts().getOrDefault(role, 0.0);
        any |= part > 0;
        parts.add(new JsonValue.Decimal(Math.round(part * 100) / 100.0));
      }
      if (any) {
        values.put(role.word(), parts);
      }
    }
    JsonValue.Builder picture =
        JsonValue.object()
            .put("picture", "stack")
            .put("caption", caption)
            .put("across", across)
            .put("up", up)
            .put("lying", lying)
            .put("legend", legend.json())
            .put("bars", JsonValue.texts(names))
            .put("values", values.build())
            .put("says", says)
            .put("table", table);
    line.ifPresent(value -> picture.put("line", Math.round(value * 100) / 100.0));
    most.ifPresent(value -> picture.put("most", value));
    return picture.build();
  }
}
