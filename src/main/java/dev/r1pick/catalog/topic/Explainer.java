package dev.r1pick.catalog.topic;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.TagNames;
import dev.r1pick.text.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds what a word or a question is about: a tag, a term, or a claim that is heard.
public final class Explainer {
  /// The least score of a claim that is meant. By the questions of the tests: those about a claim
  /// score more, those about other things less.
  private static final double MEANT = 0.36;

  /// The least share of the best score that another claim needs to be named too.
  private static final double NEARLY = 0.8;

  /// The least score of a claim that is offered where none is meant.
  private static final double OFFERED = 0.12;

  private static final int MOST_OFFERED = 3;
  private static final int MOST_ALSO = 2;
  private static final int MOST_OF_A_TOPIC = 2;

  private final Catalog catalog;
  private final Terms terms;
  private final Claims claims;
  private final Vocabulary vocabulary;
  private final ClaimMatcher matcher;

  /// Prepares it.
  public Explainer(Catalog catalog, Terms terms, Claims claims) {
    this.catalog = catalog;
    this.terms = terms;
    this.claims = claims;
    this.vocabulary = new Vocabulary(terms);
    this.matcher = new ClaimMatcher(vocabulary, claims);
  }

  /// What that text is about.
  public Explanation explain(String text) {
    Optional<Explanation> named = named(text);
    if (named.isPresent()) {
      return named.get();
    }
    Set<String> tokens = matcher.tokens(text);
    List<ClaimMatcher.Match> matches = matcher.matches(tokens);
    Optional<Term> only = tokens.size() == 1 ? term(tokens.iterator().next()) : Optional.empty();
    if (only.isPresent()) {
      return ofTerm(only.get());
    }
    if (!matches.isEmpty() && matches.getFirst().score() >= MEANT) {
      return ofClaim(matches);
    }
    return orElse(text, tokens, matches);
  }

  /// A name as it stands, or what is left of a question without the words that say nothing.
  private Optional<Explanation> named(String text) {
    Optional<ModelTag> tag = catalog.tag(text);
    if (tag.isPresent()) {
      return Optional.of(ofTag(tag.get()));
    }
    Optional<Term> term = termNamed(text);
    if (term.isPresent()) {
      return Optional.of(ofTerm(term.get()));
    }
    Optional<Claim> claim = claimHeardAs(text);
    if (claim.isPresent()) {
      return Optional.of(new Explanation.OfClaim(claim.get(), List.of()));
    }
    // a path has no blanks beside its slashes
    Optional<ModelTag> written =
        text.contains("/ ") ? Optional.empty() : catalog.tagAsWritten(text);
    if (written.isPresent()) {
      return Optional.of(ofTag(written.get()));
    }
    String left = String.join(" ", vocabulary.telling(text));
    return left.isEmpty()
        ? Optional.empty()
        : catalog
            .tag(left)
            .or(() -> catalog.tagAsWritten(left))
            .map(found -> (Explanation) ofTag(found));
  }

  private Optional<Claim> claimHeardAs(String text) {
    List<String> wanted = Pieces.of(text);
    for (Claim claim : claims.claims()) {
      for (String way : claim.heard()) {
        if (Pieces.of(way).equals(wanted)) {
          return Optional.of(claim);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Term> termNamed(String text) {
    List<String> wanted = Pieces.of(text);
    for (Term term : terms.terms()) {
      for (String name : term.names()) {
        if (Pieces.of(name).equals(wanted)) {
          return Optional.of(term);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Term> term(String id) {
    for (Term term : terms.terms()) {
      if (term.id().equals(id)) {
        return Optional.of(term);
      }
    }
    return Optional.empty();
  }

  private static Explanation ofClaim(List<ClaimMatcher.Match> matches) {
    ClaimMatcher.Match best = matches.getFirst();
    var also = new ArrayList<Claim>();
    for (ClaimMatcher.Match match : matches.subList(1, matches.size())) {
      if (match.score() >= Math.max(MEANT, best.score() * NEARLY) && also.size() < MOST_ALSO) {
        also.add(match.claim());
      }
    }
    return new Explanation.OfClaim(best.claim(), also);
  }

  /// No claim is meant: a size that does not exist, a term or a tag in the question, else what is
  /// near.
  private Explanation orElse(String text, Set<String> tokens, List<ClaimMatcher.Match> matches) {
    List<String> ordered = vocabulary.tokens(text);
    for (String token : ordered) {
      if (ClaimMatcher.isSize(token) && catalog.tag(token).isEmpty()) {
        return new Explanation.NoSuchSize(token, catalog.nearestTags(token, 2));
      }
    }
    var found = new ArrayList<Explanation>();
    for (String token : ordered) {
      term(token).ifPresent(term -> found.add(ofTerm(term)));
    }
    for (String token : ordered) {
      if (ClaimMatcher.isSize(token)) {
        catalog.tag(token).ifPresent(tag -> found.add(ofTag(tag)));
      }
    }
    // one known thing among at most as many unknown words is what the question is about
    if (!found.isEmpty() && tokens.size() <= 2 * found.size() + 1) {
      return found.getFirst();
    }
    return new Explanation.Unknown(nearest(text, matches));
  }

  private List<String> nearest(String text, List<ClaimMatcher.Match> matches) {
    var nearest = new ArrayList<String>();
    String low = String.join(" ", Pieces.of(text));
    var names = new ArrayList<String>();
    for (Term term : terms.terms()) {
      for (String name : term.names()) {
        int apart = Spelling.distance(low, name);
        if (apart <= Math.max(1, name.length() / 3) || (name.length() > 3 && low.contains(name))) {
          names.add(name);
        }
      }
    }
    names.sort(Comparator.comparingInt(name -> Spelling.distance(low, name)));
    names.stream().limit(MOST_OFFERED).forEach(nearest::add);
    for (ClaimMatcher.Match match : matches) {
      if (match.score() >= OFFERED && nearest.size() < MOST_OFFERED) {
        heardLike(text, match.claim()).ifPresent(nearest::add);
      }
    }
    boolean sized = !low.isEmpty() && Character.isDigit(low.charAt(0));
    if (nearest.isEmpty() && sized) {
      nearest.addAll(TagNames.nearest(low, names(), MOST_OFFERED));
    }
    return nearest;
  }

  /// A way to ask for a claim in the script of the question.
  private static Optional<String> heardLike(String text, Claim claim) {
    boolean han = isHan(text);
    for (String heard : claim.heard()) {
      if (isHan(heard) == han) {
        return Optional.of(heard);
      }
    }
    return Optional.empty();
  }

  private static boolean isHan(String text) {
    return text.codePoints().anyMatch(Character::isIdeographic);
  }

  private List<String> names() {
    var names = new ArrayList<String>();
    catalog.tags().forEach(tag -> names.add(tag.name()));
    return names;
  }

  private Explanation.OfTag ofTag(ModelTag tag) {
    return new Explanation.OfTag(tag, refuted(tag.variant().sizeLabel()));
  }

  private Explanation.OfTerm ofTerm(Term term) {
    return new Explanation.OfTerm(term, refuted(term.id()));
  }

  /// What is said of that token first of all, and is wrong.
  private List<Claim> refuted(String token) {
    var refuted = new ArrayList<Claim>();
    for (Claim claim : claims.claims()) {
      List<String> first = vocabulary.tokens(claim.heard().getFirst());
      boolean about = !first.isEmpty() && first.getFirst().equals(token);
      if (about && claim.verdict() == Claim.Verdict.WRONG && refuted.size() < MOST_OF_A_TOPIC) {
        refuted.add(claim);
      }
    }
    return refuted;
  }
}
