package dev.r1pick.catalog.topic;

import java.util.List;
import java.util.Map;

/// The terms, and the words that questions are made of.
///
/// @param version of the data, an ISO date
/// @param terms by subject
/// @param words words of one meaning in both languages, by the meaning; terms are not among them
/// @param asking words that make a question: English ones at its beginning, Chinese ones anywhere
/// @param ignored words that say nothing about a subject
public record Terms(
    String version,
    List<Term> terms,
    Map<String, List<String>> words,
    List<String> asking,
    List<String> ignored) {
  public Terms {
    terms = List.copyOf(terms);
    words = Map.copyOf(words);
    asking = List.copyOf(asking);
    ignored = List.copyOf(ignored);
  }
}
