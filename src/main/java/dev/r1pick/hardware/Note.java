package dev.r1pick.hardware;

import java.util.List;

/// Something a reader should know about how the machine was read; the sentence is in the message
/// bundle under `hardware.note.` and the id.
///
/// @param id kebab-case
/// @param arguments the figures and names of the sentence, cleaned of control characters
public record Note(String id, List<String> arguments) {
  public Note {
    arguments = List.copyOf(arguments);
  }

  public static Note of(String id, String... arguments) {
    return new Note(id, List.of(arguments));
  }
}
