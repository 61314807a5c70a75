package dev.r1pick.report.json;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.report.words.Messages;
import java.util.Optional;

/// An error as JSON: what a program reads where it asked for JSON and there is no answer.
public final class ErrorJson {
  private ErrorJson() {}

  /// One document, in place of an answer.
  ///
  /// @param command that was asked; empty where none was understood
  /// @param error as [#error] makes it
  public static String document(Optional<String> command, JsonValue error) {
    return JsonWriter.pretty(value(command, error));
  }

  /// The same on one line, where an answer is one line an event.
  public static String line(Optional<String> command, JsonValue error) {
    return JsonWriter.compact(value(command, error)) + "\n";
  }

  private static JsonValue value(Optional<String> command, JsonValue error) {
    return JsonValue.object()
        .put("schema_version", LoadJson.SCHEMA_VERSION)
        .put("command", command.map(JsonValue.Text::new))
        .put("error", error)
        .build();
  }

  /// The error itself.
  ///
  /// @param code in kebab-case; stays what it is while sentences change
  /// @param said what is wrong, and what to do about it
  /// @param exitCode of the process
  public static JsonValue error(String code, Messages.Parts said, int exitCode) {
    return JsonValue.object()
        .put("code", code)
        .put("message", said.message())
        .put("hint", said.hint().map(JsonValue.Text::new))
        .put("exit_code", exitCode)
        .build();
  }
}
