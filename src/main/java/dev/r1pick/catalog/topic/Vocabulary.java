package dev.r1pick.catalog.topic;

import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the words of a question mean: words of one meaning, of either language, become one token.
final class Vocabulary {
  /// What an ignored word becomes.
  private static final String NOTHING = "";

  /// Phrases by their first piece.
  private final Map<String, List<Phrase>> phrases = new HashMap<>();

  private final Set<String> ids = new HashSet<>();
  private final List<List<String>> asking = new ArrayList<>();

  private record Phrase(List<String> pieces, String token) {}

  Vocabulary(Terms terms) {
    for (Term term : terms.terms()) {
      ids.add(term.id());
      if (!term.collective()) {
        for (String name : term.names()) {
          add(name, term.id());
        }
      }
    }
    terms.words().forEach((meaning, words) -> words.forEach(word -> add(word, meaning)));
    terms.ignored().forEach(word -> add(word, NOTHING));
    terms.asking().forEach(word -> asking.add(Pieces.of(word)));
  }

  private void add(String words, String token) {
    List<String> pieces = Pieces.of(words);
    if (!pieces.isEmpty()) {
      phrases
          .computeIfAbsent(pieces.getFirst(), _ -> new ArrayList<>())
          .add(new Phrase(pieces, token));
    }
  }

  /// Whether a token is the id of a term.
  boolean isTerm(String token) {
    return ids.contains(token);
  }

  /// Words that begin a phrase, for typing slips.
  Iterable<String> words() {
    return phrases.keySet();
  }

  /// The tokens of a text in their order: the meaning of each phrase, the longest first; other
  /// words and figures as they are; other Han characters by twos, as they have no blanks between
  /// words, and alone where no other stands beside them.
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
        } else if (!isOther(pieces, at + 1)) {
          tokens.add(piece);
        }
        at++;
      }
    }
    return tokens;
  }

  /// Whether a text asks and does not state: it ends with a question mark, begins with an English
  /// word that asks, or has a Chinese one.
  boolean asks(String text) {
    List<String> pieces = Pieces.of(text);
    for (List<String> words : asking) {
      int at = Collections.indexOfSubList(pieces, words);
      if (at == 0 || (at > 0 && Pieces.isHan(words.getFirst().charAt(0)))) {
        return true;
      }
    }
    return Text.narrow(text).endsWith("?");
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

  private boolean isOther(List<String> pieces, int at) {
    return at < pieces.size()
        && Pieces.isHan(pieces.get(at).charAt(0))
        && longestAt(pieces, at).isEmpty();
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
