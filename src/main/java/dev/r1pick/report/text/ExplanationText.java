package dev.r1pick.report.text;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.topic.Claim;
import dev.r1pick.catalog.topic.Claims;
import dev.r1pick.catalog.topic.Explanation;
import dev.r1pick.catalog.topic.Term;
import dev.r1pick.catalog.topic.Terms;
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

  /// One claim in so many is named as an example of all.
  private static final int EXAMPLE_OF = 18;

  private static final int MOST_SOURCES = 3;

  /// Width of the labels, with two blanks.
  private static final int COLUMN = 14;

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
  public String tag(Catalog catalog, Explanation.OfTag found) {
    var parts = new TagParts(messages, catalog, found.tag());
    var lines = new ArrayList<String>();
    add(lines, style.bold(parts.sentence()), "");
    lines.add("");
    List<TagParts.Part> pieces = parts.parts();
    int width = 0;
    for (TagParts.Part piece : pieces) {
      width = Math.max(width, Table.width(piece.piece()) + 2);
    }
    for (TagParts.Part piece : pieces) {
      row(lines, piece.piece(), piece.meaning(), width);
    }
    for (int i = 0; i < found.claims().size(); i++) {
      String label = i == 0 ? messages.text("explain.label.not-so") : "";
      row(lines, label, words.refuted(found.claims().get(i)), width);
    }
    lines.add("r1pick check " + found.tag().name());
    return text(lines);
  }

  /// A term.
  public String term(Explanation.OfTerm found) {
    Term term = found.term();
    var lines = new ArrayList<String>();
    lines.add(style.bold(words.said(term.title())));
    add(lines, words.said(term.text()), "  ");
    lines.add("");
    List<String> names = term.names().subList(0, Math.min(MOST_NAMES, term.names().size()));
    label(lines, "names", messages.list(names));
    refuted(lines, found.claims());
    sources(lines, term.sources());
    return text(lines);
  }

  /// A claim and what is true.
  public String claim(Explanation.OfClaim found) {
    Claim claim = found.claim();
    var lines = new ArrayList<String>();
    String heading =
        messages.text("explain.claim", words.verdict(claim), words.said(claim.claim()));
    String mark = mark(claim.verdict());
    List<String> wrapped = Table.wrap(heading, style.columns() - 2);
    for (int i = 0; i < wrapped.size(); i++) {
      lines.add((i == 0 ? mark + " " : "  ") + style.bold(wrapped.get(i)));
    }
    lines.add("");
    label(
        lines, claim.verdict() == Claim.Verdict.RIGHT ? "more" : "true", words.said(claim.truth()));
    sources(lines, claim.sources());
    for (Claim other : found.also()) {
      label(lines, "also", words.brief(other));
    }
    claim.example().ifPresent(lines::add);
    return text(lines);
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
    add(
        lines,
        style.bold(
            messages.text(
                "explain.index",
                terms.terms().size(),
                claims.claims().size(),
                catalog.tags().size())),
        "");
    lines.add("");
    for (Term.Group group : Term.Group.values()) {
      var names = new ArrayList<String>();
      for (Term term : terms.terms()) {
        if (term.group() == group) {
          names.add(words.said(term.title()));
        }
      }
      labelled(lines, words.group(group), messages.list(names));
    }
    var sizes = new ArrayList<String>();
    catalog.variants().stream().map(variant -> variant.sizeLabel()).distinct().forEach(sizes::add);
    label(lines, "tags", messages.list(sizes));
    var examples = new ArrayList<String>();
    for (int i = 0;
        i < claims.claims().size() && examples.size() < MOST_EXAMPLES;
        i += EXAMPLE_OF) {
      examples.add(messages.text("explain.quoted", claims.claims().get(i).heard().getFirst()));
    }
    label(lines, "claims", messages.list(examples));
    lines.add("r1pick explain 7b MoE");
    return text(lines);
  }

  private void refuted(List<String> lines, List<Claim> claims) {
    for (int i = 0; i < claims.size(); i++) {
      labelled(
          lines, i == 0 ? messages.text("explain.label.not-so") : "", words.refuted(claims.get(i)));
    }
  }

  private void sources(List<String> lines, List<Source> sources) {
    for (int i = 0; i < Math.min(MOST_SOURCES, sources.size()); i++) {
      labelled(
          lines, i == 0 ? messages.text("explain.label.source") : "", words.source(sources.get(i)));
    }
  }

  private void label(List<String> lines, String key, String text) {
    labelled(lines, messages.text("explain.label." + key), text);
  }

  private void labelled(List<String> lines, String label, String text) {
    row(lines, label, text, COLUMN);
  }

  private void row(List<String> lines, String label, String text, int width) {
    String name = label + " ".repeat(Math.max(0, width - Table.width(label)));
    List<String> wrapped = Table.wrap(text, style.columns() - width - 2);
    for (int i = 0; i < wrapped.size(); i++) {
      lines.add("  " + (i == 0 ? style.faint(name) : " ".repeat(width)) + wrapped.get(i));
    }
  }

  private void add(List<String> lines, String text, String indent) {
    for (String line : Table.wrap(text, style.columns() - indent.length())) {
      lines.add(indent + line);
    }
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
