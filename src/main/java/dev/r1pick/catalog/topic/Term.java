package dev.r1pick.catalog.topic;

import dev.r1pick.catalog.Source;
import java.util.List;

/// A word that people meet when they look for a model.
///
/// @param id for programs, such as `kv-cache`
/// @param group the subject that it belongs to
/// @param title as it is headed
/// @param names what people call it, in both languages; no name belongs to two terms
/// @param collective whether its names are different things that one text explains, so that one
///   does not stand for another in a question
/// @param text what it is
/// @param sources where that was read
public record Term(
    String id,
    Group group,
    Said title,
    List<String> names,
    boolean collective,
    Said text,
    List<Source> sources) {
  public Term {
    names = List.copyOf(names);
    sources = List.copyOf(sources);
  }

  /// Subjects, in the order in which they are listed.
  public enum Group {
    MODEL,
    TAGS,
    QUANTIZATION,
    MEMORY,
    SPEED,
    THINKING,
    SCORES,
    SERVER,
    DOWNLOAD,
    ELSEWHERE
  }
}
