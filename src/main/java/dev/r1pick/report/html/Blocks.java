package dev.r1pick.report.html;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonValue.Items;
import dev.r1pick.json.JsonValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The parts that a page is made of, as its script takes them.
final class Blocks {
  private Blocks() {}

  /// How good a verdict is.
  enum Tone {
    GOOD("good"),
    FAIR("fair"),
    BAD("bad"),
    UNKNOWN("unknown");

    private final String word;

    Tone(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /// What a page says in one language.
  static JsonValue.Builder page(String title, String subject, List<JsonValue> sections) {
    return JsonValue.object().put("title", title).put("subject", subject).put("sections", sections);
  }

  /// A part of the page; an empty title is none.
  static JsonValue section(String title, List<JsonValue> blocks) {
    return JsonValue.object().put("title", title).put("blocks", blocks).build();
  }

  /// The verdict.
  ///
  /// @param mark in one or two words, colored by the tone; empty where the sentence says all
  /// @param first what is said before it
  static JsonValue verdict(Tone tone, String mark, String text, List<String> first) {
    return block("verdict")
        .put("tone", tone.word())
        .put("mark", mark)
        .put("text", text)
        .put("first", JsonValue.texts(first))
        .build();
  }

  static JsonValue text(String text) {
    return block("text").put("text", text).build();
  }

  static JsonValue heading(String text) {
    return block("heading").put("text", text).build();
  }

  static JsonValue notes(List<String> texts) {
    return block("notes").put("texts", JsonValue.texts(texts)).build();
  }

  /// Labels, each with its text; a label may be empty.
  static JsonValue facts(List<Map.Entry<String, String>> facts) {
    var items = new ArrayList<JsonValue>();
    for (Map.Entry<String, String> fact : facts) {
      items.add(JsonValue.texts(List.of(fact.getKey(), fact.getValue())));
    }
    return block("facts").put("facts", items).build();
  }

  /// What to do, one after the other.
  static JsonValue steps(List<Step> steps) {
    var items = new ArrayList<JsonValue>();
    for (Step step : steps) {
      items.add(JsonValue.object().put("text", step.text()).put("command", step.command()).build());
    }
    return block("steps").put("steps", items).build();
  }

  /// Something to do.
  ///
  /// @param command what is typed for it; empty where nothing is
  record Step(String text, String command) {}

  /// Pictures side by side.
  static JsonValue pictures(List<JsonValue> pictures) {
    return block("pictures").put("pictures", pictures).build();
  }

  /// A table; its first column names the rows, which can be sorted.
  static JsonValue table(List<Column> columns, List<List<JsonValue>> rows) {
    return table(columns, rows, true);
  }

  /// A table whose rows stay as they are: each tells another thing.
  static JsonValue still(List<Column> columns, List<List<JsonValue>> rows) {
    return table(columns, rows, false);
  }

  private static JsonValue table(List<Column> columns, List<List<JsonValue>> rows, boolean sorts) {
    var items = new ArrayList<JsonValue>();
    for (List<JsonValue> row : rows) {
      items.add(new Items(row));
    }
    var heads = new ArrayList<JsonValue>();
    columns.forEach(column -> heads.add(column.json()));
    return block("table").put("sorts", sorts).put("columns", heads).put("rows", items).build();
  }

  /// A column of a table.
  ///
  /// @param number whether its cells are figures
  record Column(String text, boolean number) {
    static Column text(String text) {
      return new Column(text, false);
    }

    static Column number(String text) {
      return new Column(text, true);
    }

    JsonValue json() {
      return JsonValue.object().put("text", text).put("number", number).build();
    }
  }

  static JsonValue cell(String text) {
    return new Text(text);
  }

  /// A cell that is sorted by a figure.
  static JsonValue cell(String text, double value) {
    return new Items(List.of(cell(text), new JsonValue.Decimal(value)));
  }

  /// A cell that says how good something is.
  static JsonValue toned(String text, Tone tone) {
    return JsonValue.object().put("text", text).put("tone", tone.word()).build();
  }

  /// A cell that leads to another page.
  static JsonValue link(String text, String address) {
    return JsonValue.object().put("text", text).put("link", address).build();
  }

  /// A part that the script makes of other data.
  static JsonValue named(String kind) {
    return block(kind).build();
  }

  private static JsonValue.Builder block(String kind) {
    return JsonValue.object().put("kind", kind);
  }
}
