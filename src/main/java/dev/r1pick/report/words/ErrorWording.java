package dev.r1pick.report.words;

import dev.r1pick.text.Escaping;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/// Errors in words: an error is a record, and its components are what its sentence tells, in their
/// order.
public final class ErrorWording {
  /// What was typed is repeated so far: enough for any name or path that is one.
  private static final int MOST_REPEATED = 600;

  private ErrorWording() {}

  /// The sentence of an error, in its parts.
  ///
  /// @param key of the sentence
  /// @param error a record
  public static Messages.Parts sentence(Messages messages, String key, Object error) {
    return messages.parts(key, figures(error).toArray());
  }

  /// What a sentence tells of an error.
  ///
  /// @param error a record
  static List<Object> figures(Object error) {
    var figures = new ArrayList<Object>();
    for (RecordComponent component : error.getClass().getRecordComponents()) {
      try {
        figures.add(shortened(component.getAccessor().invoke(error)));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("no component " + component, e);
      }
    }
    return figures;
  }

  private static Object shortened(Object figure) {
    return figure instanceof String text ? Escaping.shortened(text, MOST_REPEATED) : figure;
  }
}
