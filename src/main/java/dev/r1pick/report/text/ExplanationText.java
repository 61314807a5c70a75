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
import dev.r1pick.report.layout.Page;
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

  /// Width of the labels, with the blanks behind them.
  private static final int LABELS = 10;

  private static final int LABELS_OF_GROUPS = 14;

  private final Messages messages;
  private final TopicWording words;
  private final Style style;

  /// A writer in one language and style.
  public ExplanationText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new TopicWording(messages);
    this.style = style;
  }

  /// A tag taken apart.
  public String tag(Catalog catalog, UseCases useCases, Explanation.OfTag found) {
    var parts = new TagParts(messages, catalog, useCases, found.tag());
    List<TagParts.Part> pieces = parts.parts();
    int width = LABELS;
    for (TagParts.Part piece : pieces) {
      width = Math.max(width, Table.width(piece.piece()) + 2);
    }
    Page page = new Page(style, width).head(parts.sentence()).line("");
    for (TagParts.Part piece : pieces) {
      page.row(piece.piece(), piece.meaning());
    }
    refuted(page, found.claims());
    return page.line("r1pick check " + found.tag().name()).text();
  }

  /// A term.
  public String term(Explanation.OfTerm found) {
    Term term = found.term();
    Page page =
        new Page(style, LABELS)
            .head(words.said(term.title()))
            .paragraph(words.said(term.text()))
            .line("");
    List<String> names = term.names().subList(0, Math.min(MOST_NAMES, term.names().size()));
    page.row(label("names"), messages.list(names));
    refuted(page, found.claims());
    sources(page, term.sources());
    return page.text();
  }

  /// A claim and what is true.
  public String claim(Explanation.OfClaim found) {
    Claim claim = found.claim();
    String heading =
        messages.text("explain.claim", words.verdict(claim), words.said(claim.claim()));
    Page page = new Page(style, LABELS).head(mark(claim.verdict()), heading).line("");
    String label = claim.verdict() == Claim.Verdict.RIGHT ? "more" : "true";
    page.row(label(label), words.said(claim.truth()));
    sources(page, claim.sources());
    for (Claim other : found.also()) {
      page.row(label("also"), words.brief(other));
    }
    claim.example().ifPresent(page::line);
    return page.text();
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
    Page page =
        new Page(style, LABELS_OF_GROUPS)
            .head(
                messages.text(
                    "explain.index",
                    terms.terms().size(),
                    claims.claims().size(),
                    catalog.tags().size()))
            .line("");
    for (Term.Group group : Term.Group.values()) {
      var titles = new ArrayList<String>();
      for (Term term : terms.terms()) {
        if (term.group() == group) {
          titles.add(words.said(term.title()));
        }
      }
      page.row(words.group(group), messages.list(titles));
    }
    var sizes = new ArrayList<String>();
    for (Variant variant : catalog.variants()) {
      if (!sizes.contains(variant.sizeLabel())) {
        sizes.add(variant.sizeLabel());
      }
    }
    page.row(label("tags"), messages.list(sizes));
    var examples = new ArrayList<String>();
    for (int i = 0;
        i < claims.claims().size() && examples.size() < MOST_EXAMPLES;
        i += EXAMPLE_OF) {
      examples.add(messages.text("explain.quoted", claims.claims().get(i).heard().getFirst()));
    }
    page.row(label("claims"), messages.list(examples));
    return page.line("r1pick explain 7b MoE").text();
  }

  private void refuted(Page page, List<Claim> claims) {
    String label = label("not-so");
    for (Claim claim : claims) {
      page.row(label, words.refuted(claim));
      label = "";
    }
  }

  private void sources(Page page, List<Source> sources) {
    String label = label("source");
    for (Source source : sources.subList(0, Math.min(MOST_SOURCES, sources.size()))) {
      page.row(label, words.source(source));
      label = "";
    }
  }

  private String label(String key) {
    return messages.text("explain.label." + key);
  }
}
