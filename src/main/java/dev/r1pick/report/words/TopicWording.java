package dev.r1pick.report.words;

import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.topic.Claim;
import dev.r1pick.catalog.topic.Said;
import dev.r1pick.catalog.topic.Term;

/// Terms and claims in the language of the reader.
public final class TopicWording {
  private final Messages messages;

  public TopicWording(Messages messages) {
    this.messages = messages;
  }

  /// A text of the catalog.
  public String said(Said said) {
    return said.in(messages.locale().getLanguage());
  }

  /// What to ask a model for a try.
  public String prompt() {
    return messages.text("next.prompt");
  }

  /// A text of the catalog, quoted where it has more than one word.
  public String quoted(Said said) {
    String text = said(said);
    return text.indexOf(' ') < 0 ? text : messages.text("explain.quoted", text);
  }

  /// `Wrong: a source contradicts it.`
  public String verdict(Claim claim) {
    return messages.text("explain.verdict." + claim.verdict());
  }

  /// The claim with its verdict in a few words, for a list.
  public String brief(Claim claim) {
    return messages.text(
        "explain.claim-short",
        said(claim.claim()),
        messages.text("explain.verdict-word." + claim.verdict()));
  }

  /// What is said and what is true instead.
  public String refuted(Claim claim) {
    return messages.text("explain.refuted", said(claim.claim()), said(claim.truth()));
  }

  /// A source on one line.
  public String source(Source source) {
    return messages.text("explain.source", source.title(), source.date(), source.reference());
  }

  /// The heading of a subject.
  public String group(Term.Group group) {
    return messages.text("explain.group." + group);
  }
}
