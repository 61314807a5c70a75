package dev.r1pick.report.words;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/// Errors in words: an error is a record, and its components are what its sentence tells, in their
/// order.
public final class ErrorWording {
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
        figures.add(component.getAccessor().invoke(error));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("no component " + component, e);
      }
    }
    return figures;
  }
}
