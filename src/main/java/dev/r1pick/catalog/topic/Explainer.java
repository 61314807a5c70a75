package dev.r1pick.catalog.topic;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.text.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds what a word or a question is about: a tag, a term, or a claim that is heard.
public final class Explainer {
  /// The least share of the best score that another claim needs to be named too.
  private static final double NEARLY = 0.8;

  /// The least score of a claim that is offered where the text says none. By the near misses of the
  /// tests: what scores less shares a common word or size alone.
  private static final double OFFERED = 0.25;

  /// Words of questions that need a machine: with a tag `check` answers them, else `recommend`.
  private static final Set<String> OF_MACHINES =
      Set.of("run", "need", "vram", "ram", "gpu", "hardware", "fast");

  private static final String BEST = "better";
  private static final String CONTEXT = "context";
  private static final String MEMORY = "gb";

  private static final int MOST_OFFERED = 3;

  /// One letter in so many may be another one.
  private static final int LETTERS_OF_A_SLIP = 3;

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
    boolean asks = vocabulary.asks(text);
    List<ClaimMatcher.Match> matches = matcher.matches(tokens, asks);
    Optional<Term> only = tokens.size() == 1 ? term(tokens.iterator().next()) : Optional.empty();
    if (only.isPresent()) {
      return ofTerm(only.get());
    }
    List<ClaimMatcher.Match> said = matches.stream().filter(ClaimMatcher.Match::said).toList();
    return said.isEmpty() ? orElse(text, tokens, asks, matches) : ofClaim(said);
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
      if (match.score() >= best.score() * NEARLY && also.size() < MOST_ALSO) {
        also.add(match.claim());
      }
    }
    return new Explanation.OfClaim(best.claim(), also);
  }

  /// The text says no claim: it has a size that does not exist, or asks about a machine; else what
  /// is near.
  private Explanation orElse(
      String text, Set<String> tokens, boolean asks, List<ClaimMatcher.Match> matches) {
    var sizes = new ArrayList<String>();
    for (String token : tokens) {
      if (ClaimMatcher.isSize(token)) {
        if (catalog.tag(token).isEmpty()) {
          return new Explanation.NoSuchSize(token, catalog.nearestTags(token, 2));
        }
        sizes.add(token);
      }
    }
    return aboutMachine(tokens, sizes, asks)
        .orElseGet(() -> new Explanation.Unknown(nearest(text, tokens, matches)));
  }

  private static Optional<Explanation> aboutMachine(
      Set<String> tokens, List<String> sizes, boolean asks) {
    var amounts = new ArrayList<String>();
    int figures = 0;
    boolean machine = false;
    for (String token : tokens) {
      figures += ClaimMatcher.hasDigit(token) ? 1 : 0;
      machine |= OF_MACHINES.contains(token);
      if (ClaimMatcher.hasDigit(token) && token.endsWith(MEMORY)) {
        amounts.add(token.substring(0, token.length() - MEMORY.length()));
      }
    }
    if (sizes.size() == 1 && (machine || !amounts.isEmpty())) {
      boolean card = amounts.size() == 1 && figures == 2 && !tokens.contains("ram");
      return Optional.of(
          new Explanation.AboutMachine(
              Optional.of(sizes.getFirst()),
              card ? Optional.of(amounts.getFirst()) : Optional.empty()));
    }
    return asks && figures == 0 && (machine || tokens.contains(BEST))
        ? Optional.of(new Explanation.AboutMachine(Optional.empty(), Optional.empty()))
        : Optional.empty();
  }

  /// Claims that know most of the text, then what the text names, then names that are spelled
  /// alike.
  private List<Said> nearest(String text, Set<String> tokens, List<ClaimMatcher.Match> matches) {
    var nearest = new LinkedHashSet<Said>();
    for (ClaimMatcher.Match match : matches) {
      if (match.score() >= Math.max(OFFERED, matches.getFirst().score() * NEARLY)) {
        matcher.nearestWay(match.claim(), tokens).ifPresent(way -> nearest.add(same(way)));
      }
    }
    for (String token : tokens) {
      term(Pieces.isContext(token) ? CONTEXT : token).ifPresent(term -> nearest.add(called(term)));
      catalog.tag(token).ifPresent(tag -> nearest.add(same(tag.name())));
    }
    String low = String.join(" ", Pieces.of(text));
    for (Term term : terms.terms()) {
      for (String name : term.names()) {
        if (isNear(low, name)) {
          nearest.add(called(term));
        }
      }
    }
    if (nearest.isEmpty()) {
      for (ModelTag tag : catalog.tags()) {
        if (isNear(low, tag.name())) {
          nearest.add(same(tag.name()));
        }
      }
    }
    return nearest.stream().limit(MOST_OFFERED).toList();
  }

  private static boolean isNear(String typed, String name) {
    return Spelling.distance(typed, name) <= name.length() / LETTERS_OF_A_SLIP;
  }

  private static Said same(String name) {
    return new Said(name, name);
  }

  /// What a term is called first, in Chinese by a Chinese name where its title is one.
  private static Said called(Term term) {
    boolean translated = Pieces.hasHan(term.title().chinese());
    return new Said(firstName(term, false), firstName(term, translated));
  }

  private static String firstName(Term term, boolean han) {
    for (String name : term.names()) {
      if (Pieces.hasHan(name) == han) {
        return name;
      }
    }
    return term.names().getFirst();
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
