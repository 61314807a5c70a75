package dev.r1pick.report.json;

import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.topic.Claim;
import dev.r1pick.catalog.topic.Term;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.words.TopicWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Terms, claims and sources as JSON: the members that several commands share.
final class TopicJson {
  private final TopicWording words;

  TopicJson(TopicWording words) {
    this.words = words;
  }

  JsonValue claims(List<Claim> claims) {
    var all = new ArrayList<JsonValue>();
    claims.forEach(claim -> all.add(claim(claim)));
    return new JsonValue.Items(all);
  }

  JsonValue claim(Claim claim) {
    return JsonValue.object()
        .put("id", claim.id())
        .put("verdict", claim.verdict().name().toLowerCase(Locale.ROOT))
        .put("claim", words.said(claim.claim()))
        .put("truth", words.said(claim.truth()))
        .put("example", claim.example().map(JsonValue.Text::new))
        .put("sources", sources(claim.sources()))
        .build();
  }

  JsonValue terms(List<Term> terms) {
    var all = new ArrayList<JsonValue>();
    terms.forEach(term -> all.add(term(term)));
    return new JsonValue.Items(all);
  }

  JsonValue term(Term term) {
    return JsonValue.object()
        .put("id", term.id())
        .put("group", term.group().name().toLowerCase(Locale.ROOT))
        .put("title", words.said(term.title()))
        .put("names", JsonValue.texts(term.names()))
        .put("text", words.said(term.text()))
        .put("sources", sources(term.sources()))
        .build();
  }

  static JsonValue sources(List<Source> sources) {
    var all = new ArrayList<JsonValue>();
    for (Source source : sources) {
      all.add(
          JsonValue.object()
              .put("title", source.title())
              .put("reference", source.reference())
              .put("date", source.date())
              .put("kind", source.kind())
              .build());
    }
    return new JsonValue.Items(all);
  }
}
