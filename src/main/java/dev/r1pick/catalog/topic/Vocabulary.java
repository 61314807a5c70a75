package dev.r1pick.catalog.topic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the words of a question mean: words of one meaning, of either language, become one token.
final class Vocabulary {
  /// What an ignored word becomes.
  private static final String NOTHING = "";

  /// Phrases by their first piece.
  private final Map<String, List<Phrase>> phrases = new HashMap<>();

  private record Phrase(List<String> pieces, String token) {}

  Vocabulary(Terms terms) {
    for (Term term : terms.terms()) {
      if (!term.collective()) {
        for (String name : term.names()) {
          add(name, term.id());
        }
      }
    }
    terms.words().forEach((meaning, words) -> words.forEach(word -> add(word, meaning)));
    terms.ignored().forEach(word -> add(word, NOTHING));
  }

  private void add(String words, String token) {
    List<String> pieces = Pieces.of(words);
    if (!pieces.isEmpty()) {
      phrases
          .computeIfAbsent(pieces.getFirst(), _ -> new ArrayList<>())
          .add(new Phrase(pieces, token));
    }
  }

  /// Words that begin a phrase, for typing slips.
  Iterable<String> words() {
    return phrases.keySet();
  }

  /// The tokens of a text in their order: the meaning of each phrase, the longest first; other
  /// words and figures as they are; other Han characters by twos, as they have no blanks between
  /// words.
  List<String> tokens(String text) {
    List<String> pieces = Pieces.of(text);
    var tokens = new ArrayList<String>();
    int at = 0;
    int hanFrom = 0;
    while (at < pieces.size()) {
      Optional<Phrase> phrase = longestAt(pieces, at);
      String piece = pieces.get(at);
      boolean han = Pieces.isHan(piece.charAt(0));
      if (phrase.isPresent()) {
        if (!phrase.get().token().equals(NOTHING)) {
          tokens.add(phrase.get().token());
        }
        at += phrase.get().pieces().size();
        hanFrom = at;
      } else {
        if (!han) {
          tokens.add(piece);
          hanFrom = at + 1;
        } else if (at > hanFrom) {
          tokens.add(pieces.get(at - 1) + piece);
        }
        at++;
      }
    }
    return tokens;
  }

  /// The pieces of a text without those that say nothing.
  List<String> telling(String text) {
    List<String> pieces = Pieces.of(text);
    var telling = new ArrayList<String>();
    int at = 0;
    while (at < pieces.size()) {
      Optional<Phrase> phrase = longestAt(pieces, at);
      int end = at + phrase.map(found -> found.pieces().size()).orElse(1);
      if (phrase.isEmpty() || !phrase.get().token().equals(NOTHING)) {
        telling.addAll(pieces.subList(at, end));
      }
      at = end;
    }
    return telling;
  }

  private Optional<Phrase> longestAt(List<String> pieces, int at) {
    Optional<Phrase> longest = Optional.empty();
    for (Phrase phrase : phrases.getOrDefault(pieces.get(at), List.of())) {
      int end = at + phrase.pieces().size();
      boolean longer = longest.isEmpty() || phrase.pieces().size() > longest.get().pieces().size();
      if (longer && end <= pieces.size() && pieces.subList(at, end).equals(phrase.pieces())) {
        longest = Optional.of(phrase);
      }
    }
    return longest;
  }
}
