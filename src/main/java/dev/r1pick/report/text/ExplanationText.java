package dev.r1pick.report.text;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.Variant;
import dev.r1pick.catalog.topic.Claim;
import dev.r1pick.catalog.topic.Claims;
import dev.r1pick.catalog.topic.Explanation;
import dev.r1pick.catalog.topic.Term;
import dev.r1pick.catalog.topic.Terms;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.TagParts;
import dev.r1pick.report.words.TopicWording;
import java.util.ArrayList;
import java.util.List;

/// What a word means, for a person.
public final class ExplanationText {
  private static final int MOST_NAMES = 8;
  private static final int MOST_EXAMPLES = 6;
  private static final int MOST_SOURCES = 3;

  /// One claim in so many is named as an example of all.
  private static final int EXAMPLE_OF = 18;

  private static final int LONGEST_EXAMPLE = 28;

  /// Width of the labels, with the blanks behind them.
  private static final int LABELS = 10;

  private static final int LABELS_OF_GROUPS = 14;

  private final Messages messages;
  private final TopicWording words;
  private final Style style;
  private final Screen screen;

  /// A writer in one language and style.
  public ExplanationText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new TopicWording(messages);
    this.style = style;
    this.screen = new Screen(messages, style);
  }

  /// A tag taken apart.
  public String tag(Catalog catalog, UseCases useCases, Explanation.OfTag found) {
    var parts = new TagParts(messages, catalog, useCases, found.tag());
    List<TagParts.Part> pieces = parts.parts();
    int width = LABELS;
    for (TagParts.Part piece : pieces) {
      width = Math.max(width, Table.width(piece.piece()) + 2);
    }
    var lines = new ArrayList<String>();
    head(lines, parts.sentence());
    var wide = new Screen(messages, style, width);
    for (TagParts.Part piece : pieces) {
      wide.labeled(lines, piece.piece(), piece.meaning());
    }
    refuted(lines, wide, found.claims());
    lines.add("r1pick check " + found.tag().name());
    return text(lines);
  }

  /// A term.
  public String term(Explanation.OfTerm found) {
    Term term = found.term();
    var lines = new ArrayList<String>();
    screen.paragraph(lines, style.bold(words.said(term.title())));
    screen.indented(lines, words.said(term.text()));
    lines.add("");
    List<String> names = term.names().subList(0, Math.min(MOST_NAMES, term.names().size()));
    screen.labeled(lines, label("names"), messages.list(names));
    refuted(lines, screen, found.claims());
    sources(lines, term.sources());
    return text(lines);
  }

  /// A claim and what is true.
  public String claim(Explanation.OfClaim found) {
    Claim claim = found.claim();
    String heading =
        messages.text("explain.claim", words.verdict(claim), words.said(claim.claim()));
    var lines = new ArrayList<String>();
    screen.hang(lines, mark(claim.verdict()) + " ", style.bold(heading));
    lines.add("");
    String label = claim.verdict() == Claim.Verdict.RIGHT ? "more" : "true";
    screen.labeled(lines, label(label), words.said(claim.truth()));
    sources(lines, claim.sources());
    for (Claim other : found.also()) {
      screen.labeled(lines, label("also"), words.brief(other));
    }
    claim.example().ifPresent(lines::add);
    return text(lines);
  }

  private void head(List<String> lines, String text) {
    screen.paragraph(lines, style.bold(text));
    lines.add("");
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private String mark(Claim.Verdict verdict) {
    return switch (verdict) {
      case RIGHT -> style.yes();
      case WRONG, UNSUPPORTED -> style.no();
      case MISLEADING, IMPRECISE, OUTDATED, UNVERIFIED -> style.maybe();
    };
  }

  /// Everything that can be explained.
  public String index(Catalog catalog, Terms terms, Claims claims) {
    var lines = new ArrayList<String>();
    head(
        lines,
        messages.text(
            "explain.index", terms.terms().size(), claims.claims().size(), catalog.tags().size()));
    var wide = new Screen(messages, style, LABELS_OF_GROUPS);
    for (Term.Group group : Term.Group.values()) {
      var titles = new ArrayList<String>();
      for (Term term : terms.terms()) {
        if (term.group() == group) {
          titles.add(words.said(term.title()));
        }
      }
      wide.labeled(lines, words.group(group), messages.list(titles));
    }
    var sizes = new ArrayList<String>();
    for (Variant variant : catalog.variants()) {
      if (!sizes.contains(variant.sizeLabel())) {
        sizes.add(variant.sizeLabel());
      }
    }
    wide.labeled(lines, label("tags"), messages.list(sizes));
    var examples = new ArrayList<String>();
    for (int i = 0;
        i < claims.claims().size() && examples.size() < MOST_EXAMPLES;
        i += EXAMPLE_OF) {
      int at = i;
      while (at + 1 < claims.claims().size()
          && Table.width(heard(claims.claims().get(at))) > LONGEST_EXAMPLE) {
        at++;
      }
      examples.add(messages.text("explain.quoted", heard(claims.claims().get(at))));
    }
    wide.labeled(lines, label("claims"), messages.list(examples));
    lines.add("r1pick explain 7b MoE");
    return text(lines);
  }

  /// How a claim is heard in the language of the screen, else how it is written out.
  private String heard(Claim claim) {
    boolean han = messages.locale().getLanguage().equals("zh");
    for (String heard : claim.heard()) {
      if (han == heard.codePoints().anyMatch(Character::isIdeographic)) {
        return heard;
      }
    }
    return words.said(claim.claim());
  }

  private void refuted(List<String> lines, Screen labels, List<Claim> claims) {
    var refuted = new ArrayList<String>();
    for (Claim claim : claims) {
      refuted.add(words.refuted(claim));
    }
    labels.labeled(lines, label("not-so"), refuted);
  }

  private void sources(List<String> lines, List<Source> sources) {
    var told = new ArrayList<String>();
    for (Source source : sources.subList(0, Math.min(MOST_SOURCES, sources.size()))) {
      told.add(words.source(source));
    }
    screen.labeled(lines, label("source"), told);
  }

  private String label(String key) {
    return messages.text("explain.label." + key);
  }
}
