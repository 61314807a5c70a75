package dev.r1pick.report.json;

import dev.r1pick.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An answer with one fault.
record Mutation(String what, JsonValue broken) {

  /// Each member once missing and once of another type; of an array only the first element.
  static List<Mutation> of(JsonValue value) {
    var mutations = new ArrayList<Mutation>();
    switch (value) {
      case JsonValue.Members(var members) ->
          members.forEach(
              (name, member) -> {
                var without = new LinkedHashMap<>(members);
                without.remove(name);
                mutations.add(new Mutation(name + " is missing", new JsonValue.Members(without)));
                mutations.add(
                    new Mutation(
                        name + " is of another type", with(members, name, anotherType(member))));
                // names of variables are the user's own
                if (!name.equals("environment")) {
                  for (Mutation inner : of(member)) {
                    mutations.add(
                        new Mutation(
                            name + "." + inner.what(), with(members, name, inner.broken())));
                  }
                }
              });
      case JsonValue.Items(var items) -> {
        if (!items.isEmpty()) {
          for (Mutation inner : of(items.getFirst())) {
            var others = new ArrayList<JsonValue>(items);
            others.set(0, inner.broken());
            mutations.add(new Mutation("[0]." + inner.what(), new JsonValue.Items(others)));
          }
        }
      }
      case JsonValue.Text _,
          JsonValue.Whole _,
          JsonValue.Decimal _,
          JsonValue.Flag _,
          JsonValue.Null _ -> {}
    }
    return mutations;
  }

  private static JsonValue with(Map<String, JsonValue> members, String name, JsonValue value) {
    var changed = new LinkedHashMap<>(members);
    changed.put(name, value);
    return new JsonValue.Members(changed);
  }

  private static JsonValue anotherType(JsonValue value) {
    return value instanceof JsonValue.Items
        ? new JsonValue.Text("a text")
        : new JsonValue.Items(List.of());
  }
}
