package dev.r1pick.catalog.topic;

import dev.r1pick.text.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which claims a question is about, by the words and figures that they share.
///
/// A word counts for more the fewer claims have it, a figure for more than a word. The score is the
/// share of the question that a claim knows, times how much of one way to ask for the claim the
/// question has. A size that the claim does not speak of speaks against it.
final class ClaimMatcher {
  /// Weight of a figure against a word that is as rare.
  private static final double FIGURE = 1.5;

  /// What a word of the explanation counts for, against one of the claim.
  private static final double OF_THE_TRUTH = 0.25;

  /// What the claim alone is worth where none of the ways to ask for it is met.
  private static final double WITHOUT_A_WAY = 0.5;

  /// How much a way to ask gains by having more of the question.
  private static final double SPECIFIC = 0.3;

  /// What a way to ask with figures counts for where the question has none of them.
  private static final double WITHOUT_FIGURE = 0.5;

  /// What is left of the score where the question names a size that the claim does not.
  private static final double OTHER_SIZE = 0.35;

  /// A word that no claim has says that something else is meant, but not more than this.
  private static final double UNKNOWN_WORD = 4;

  private static final int CORRECTED = 5;

  private final Vocabulary vocabulary;
  private final List<Indexed> claims = new ArrayList<>();
  private final Map<String, Integer> frequencies = new HashMap<>();

  /// A claim with the tokens of its parts.
  private record Indexed(
      Claim claim, Set<String> core, Set<String> truth, List<Set<String>> ways) {}

  /// A claim and how well a question meets it, 0 to 1.
  record Match(Claim claim, double score) {}

  ClaimMatcher(Vocabulary vocabulary, Claims claims) {
    this.vocabulary = vocabulary;
    for (Claim claim : claims.claims()) {
      var ways = new ArrayList<Set<String>>();
      Set<String> core = new HashSet<>();
      for (String way : claim.heard()) {
        addWay(way, ways, core);
      }
      addWay(claim.claim().english(), ways, core);
      addWay(claim.claim().chinese(), ways, core);
      Set<String> truth = new HashSet<>(vocabulary.tokens(claim.truth().english()));
      this.claims.add(new Indexed(claim, core, truth, ways));
      for (String token : core) {
        frequencies.merge(token, 1, Integer::sum);
      }
    }
  }

  private void addWay(String text, List<Set<String>> ways, Set<String> core) {
    Set<String> way = new HashSet<>(vocabulary.tokens(text));
    ways.add(way);
    core.addAll(way);
  }

  /// All claims that share something with the question, the nearest first.
  ///
  /// @param tokens of the question
  List<Match> matches(Set<String> tokens) {
    var matches = new ArrayList<Match>();
    for (Indexed claim : claims) {
      double score = score(claim, tokens);
      if (score > 0) {
        matches.add(new Match(claim.claim(), score));
      }
    }
    matches.sort(Comparator.comparingDouble(Match::score).reversed());
    return matches;
  }

  private double score(Indexed claim, Set<String> tokens) {
    double all = 0;
    double known = 0;
    boolean otherSize = false;
    for (String token : tokens) {
      double weight = weight(token);
      all += weight;
      if (claim.core().contains(token)) {
        known += weight;
      } else if (claim.truth().contains(token)) {
        known += weight * OF_THE_TRUTH;
      }
      otherSize |= isSize(token) && !claim.core().contains(token);
    }
    if (all == 0) {
      return 0;
    }
    double met = 0;
    for (Set<String> way : claim.ways()) {
      met = Math.max(met, met(way, tokens, all));
    }
    double score = known / all * (WITHOUT_A_WAY + (1 - WITHOUT_A_WAY) * met);
    return otherSize ? score * OTHER_SIZE : score;
  }

  /// How much of one way to ask the question has; a way that has more of the question counts for
  /// more.
  private double met(Set<String> way, Set<String> tokens, double question) {
    double all = 0;
    double met = 0;
    boolean figures = false;
    boolean sharedFigure = false;
    for (String token : way) {
      double weight = weight(token);
      boolean shared = tokens.contains(token);
      all += weight;
      met += shared ? weight : 0;
      figures |= hasDigit(token);
      sharedFigure |= shared && hasDigit(token);
    }
    if (all == 0) {
      return 0;
    }
    double share = met / all * (1 - SPECIFIC + SPECIFIC * met / question);
    return figures && !sharedFigure ? share * WITHOUT_FIGURE : share;
  }

  private double weight(String token) {
    Integer frequency = frequencies.get(token);
    double rarity =
        frequency == null ? UNKNOWN_WORD : Math.log((claims.size() + 1.0) / (frequency + 0.5));
    return hasDigit(token) ? rarity * FIGURE : rarity;
  }

  /// The tokens of a question, words that no claim has replaced by one that a typing slip could
  /// have made of it.
  Set<String> tokens(String text) {
    Set<String> tokens = new HashSet<>();
    for (String token : vocabulary.tokens(text)) {
      tokens.add(corrected(token));
    }
    return tokens;
  }

  private String corrected(String token) {
    if (token.length() < CORRECTED || frequencies.containsKey(token) || hasDigit(token)) {
      return token;
    }
    int most = token.length() < 8 ? 1 : 2;
    for (String word : vocabulary.words()) {
      if (word.length() >= CORRECTED && Spelling.distance(token, word) <= most) {
        List<String> meant = vocabulary.tokens(word);
        return meant.isEmpty() ? token : meant.getFirst();
      }
    }
    for (String known : frequencies.keySet()) {
      if (known.length() >= CORRECTED
          && !hasDigit(known)
          && Spelling.distance(token, known) <= most) {
        return known;
      }
    }
    return token;
  }

  static boolean hasDigit(String token) {
    for (int i = 0; i < token.length(); i++) {
      if (Character.isDigit(token.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /// Whether a token is a number of parameters, such as `7b`.
  static boolean isSize(String token) {
    int end = token.length() - 1;
    if (end < 1 || token.charAt(end) != 'b') {
      return false;
    }
    for (int i = 0; i < end; i++) {
      if (!Character.isDigit(token.charAt(i)) && token.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }
}
