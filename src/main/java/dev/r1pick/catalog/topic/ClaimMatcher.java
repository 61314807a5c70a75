package dev.r1pick.catalog.topic;

import dev.r1pick.text.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which claims a text is about, by the words and figures that they share, and which it says.
///
/// A word counts for more the fewer claims have it, most where none has it, and a figure for more
/// than a word. The score is the share of the text that a claim knows, times how much of one way to
/// say the claim the text has. A size that the claim does not speak of speaks against it. The score
/// puts claims into an order; it gives no verdict.
///
/// A text has the verdict of a claim only where it says what the claim says ([#says]):
///
/// 1. Each figure of the text is one of the claim: numbers, sizes, amounts with their unit, names
///    with a digit.
/// 2. The text denies where the claim denies, and not elsewhere. A question may leave that open.
/// 3. One way to say the claim, its sentence in either language or one of the short ways to ask for
///    it, is in the text: all of its figures, and two thirds of its words.
/// 4. Two thirds of the words of the text are words of the claim; all of them where that way has no
///    words but only figures, as any other word then says something else of them.
/// 5. Where things are compared, the thing that comes first is the one that comes first in that
///    way.
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

  private static final int CORRECTED = 5;

  /// The share of words that a text and a claim must have in common, in both directions.
  private static final double COVERED = 2.0 / 3;

  private static final Set<String> DENIALS = Set.of("not", "cannot");

  /// Denies everything else.
  private static final String ONLY = "only";

  /// Words that say of a figure only what it is of: `16 GB`, `16 GB of VRAM`, `a 16 GB card`.
  private static final Set<String> OF_FIGURES = Set.of("vram", "gpu");

  private static final Set<String> COMPARISONS = Set.of("better", "fast", "small");

  private final Vocabulary vocabulary;
  private final List<Indexed> claims = new ArrayList<>();
  private final Map<String, Integer> frequencies = new HashMap<>();

  /// A claim with the tokens of its parts.
  private record Indexed(
      Claim claim, boolean denies, Set<String> core, Set<String> truth, List<Set<String>> ways) {}

  /// A claim and how well a text meets it.
  ///
  /// @param score for the order, 0 to 1
  /// @param said whether the text says it
  record Match(Claim claim, double score, boolean said) {}

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
      boolean denies = denies(vocabulary.tokens(claim.claim().english()));
      this.claims.add(new Indexed(claim, denies, core, truth, ways));
      for (String token : core) {
        frequencies.merge(token, 1, Integer::sum);
      }
    }
  }

  private void addWay(String text, List<Set<String>> ways, Set<String> core) {
    Set<String> way = new LinkedHashSet<>(vocabulary.tokens(text));
    ways.add(way);
    core.addAll(way);
  }

  /// All claims that share something with the text, the nearest first.
  ///
  /// @param tokens of the text, in their order
  /// @param asks whether the text asks and does not state
  List<Match> matches(Set<String> tokens, boolean asks) {
    var matches = new ArrayList<Match>();
    for (Indexed claim : claims) {
      double score = score(claim, tokens);
      if (score > 0) {
        matches.add(new Match(claim.claim(), score, says(claim, tokens, asks)));
      }
    }
    matches.sort(Comparator.comparingDouble(Match::score).reversed());
    return matches;
  }

  private boolean says(Indexed claim, Set<String> text, boolean asks) {
    for (String token : text) {
      if (hasDigit(token) && !claim.core().contains(token)) {
        return false;
      }
    }
    boolean denies = denies(text);
    boolean alike = denies == claim.denies() || haveBoth(claim.core(), text, ONLY);
    if (!alike && (denies || !asks)) {
      return false;
    }
    double known = wordsOf(text, claim.core());
    for (Set<String> way : claim.ways()) {
      double least = hasWords(way) ? COVERED : 1;
      if (known >= least
          && hasFiguresOf(way, text)
          && wordsOf(way, text) >= COVERED
          && comparesAlike(way, text)) {
        return true;
      }
    }
    return false;
  }

  private static boolean haveBoth(Set<String> one, Set<String> other, String token) {
    return one.contains(token) && other.contains(token);
  }

  private static boolean denies(Iterable<String> tokens) {
    for (String token : tokens) {
      if (DENIALS.contains(token)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasFiguresOf(Set<String> way, Set<String> text) {
    for (String token : way) {
      if (hasDigit(token) && !text.contains(token)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a token is a word that says something; what is denied is judged apart.
  private static boolean isWord(String token) {
    return !hasDigit(token) && !DENIALS.contains(token) && !OF_FIGURES.contains(token);
  }

  private static boolean hasWords(Set<String> tokens) {
    for (String token : tokens) {
      if (isWord(token)) {
        return true;
      }
    }
    return false;
  }

  /// The share of the words of one that the other has; all where there are none.
  private double wordsOf(Set<String> one, Set<String> other) {
    double all = 0;
    double shared = 0;
    for (String token : one) {
      if (isWord(token)) {
        all += weight(token);
        shared += other.contains(token) ? weight(token) : 0;
      }
    }
    return all == 0 ? 1 : shared / all;
  }

  /// Whether the first thing that both name is first in both, where both compare.
  private boolean comparesAlike(Set<String> way, Set<String> text) {
    for (String token : COMPARISONS) {
      if (haveBoth(way, text, token)) {
        return firstThing(way, text).equals(firstThing(text, way));
      }
    }
    return true;
  }

  private Optional<String> firstThing(Set<String> tokens, Set<String> shared) {
    for (String token : tokens) {
      if (shared.contains(token) && (hasDigit(token) || vocabulary.isTerm(token))) {
        return Optional.of(token);
      }
    }
    return Optional.empty();
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

  /// The short English way to ask for a claim that has most of those tokens; empty where none has
  /// two of them, or the only one.
  Optional<String> nearestWay(Claim claim, Set<String> tokens) {
    Optional<String> nearest = Optional.empty();
    int most = Math.min(2, tokens.size()) - 1;
    for (String heard : claim.heard()) {
      int shared = 0;
      for (String token : new HashSet<>(vocabulary.tokens(heard))) {
        shared += tokens.contains(token) ? 1 : 0;
      }
      if (shared > most && !Pieces.hasHan(heard)) {
        nearest = Optional.of(heard);
        most = shared;
      }
    }
    return nearest;
  }

  private double weight(String token) {
    int frequency = frequencies.getOrDefault(token, 0);
    double rarity = Math.log((claims.size() + 1.0) / (frequency + 0.5));
    return hasDigit(token) ? rarity * FIGURE : rarity;
  }

  /// The tokens of a text in their order, words that no claim has replaced by one that a typing
  /// slip could have made of it.
  Set<String> tokens(String text) {
    Set<String> tokens = new LinkedHashSet<>();
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
