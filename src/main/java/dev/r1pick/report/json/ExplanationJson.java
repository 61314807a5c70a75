package dev.r1pick.report.json;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.topic.Claim;
import dev.r1pick.catalog.topic.Claims;
import dev.r1pick.catalog.topic.Explanation;
import dev.r1pick.catalog.topic.Term;
import dev.r1pick.catalog.topic.Terms;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.TagParts;
import dev.r1pick.report.words.TopicWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a word means, as JSON (docs/schema/explain.schema.json).
public final class ExplanationJson {
  private final Messages messages;
  private final TopicWording words;
  private final String asked;

  /// A writer in one language.
  ///
  /// @param asked what was asked for
  public ExplanationJson(Messages messages, String asked) {
    this.messages = messages;
    this.words = new TopicWording(messages);
    this.asked = asked;
  }

  /// A tag taken apart.
  public String tag(Catalog catalog, Explanation.OfTag found) {
    var parts = new TagParts(messages, catalog, found.tag());
    var pieces = new ArrayList<JsonValue>();
    for (TagParts.Part part : parts.parts()) {
      pieces.add(
          JsonValue.object().put("piece", part.piece()).put("meaning", part.meaning()).build());
    }
    return answer(
        "tag",
        found.claims(),
        Optional.of(
            JsonValue.object()
                .put("tag", found.tag().fullName())
                .put("explicit_tag", catalog.explicit(found.tag()).fullName())
                .put("sentence", parts.sentence())
                .put("parts", new JsonValue.Items(pieces))
                .build()),
        Optional.empty(),
        Optional.empty());
  }

  /// A term.
  public String term(Explanation.OfTerm found) {
    return answer(
        "term",
        found.claims(),
        Optional.empty(),
        Optional.of(term(found.term())),
        Optional.empty());
  }

  /// A claim and what is true.
  public String claim(Explanation.OfClaim found) {
    return answer(
        "claim",
        found.also(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(claim(found.claim())));
  }

  private String answer(
      String kind,
      List<Claim> related,
      Optional<JsonValue> tag,
      Optional<JsonValue> term,
      Optional<JsonValue> claim) {
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "explain")
            .put("asked", asked)
            .put("kind", kind)
            .put("tag", tag)
            .put("term", term)
            .put("claim", claim)
            .put("related_claims", claims(related))
            .build());
  }

  /// Everything that can be explained.
  public String index(Terms terms, Claims claims) {
    var all = new ArrayList<JsonValue>();
    terms.terms().forEach(term -> all.add(term(term)));
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "explain")
            .put("asked", new JsonValue.Null())
            .put("kind", "index")
            .put("terms", new JsonValue.Items(all))
            .put("claims", claims(claims.claims()))
            .build());
  }

  private JsonValue claims(List<Claim> claims) {
    var all = new ArrayList<JsonValue>();
    claims.forEach(claim -> all.add(claim(claim)));
    return new JsonValue.Items(all);
  }

  private JsonValue claim(Claim claim) {
    return JsonValue.object()
        .put("id", claim.id())
        .put("verdict", claim.verdict().name().toLowerCase(Locale.ROOT))
        .put("claim", words.said(claim.claim()))
        .put("truth", words.said(claim.truth()))
        .put("example", claim.example().map(JsonValue.Text::new))
        .put("sources", sources(claim.sources()))
        .build();
  }

  private JsonValue term(Term term) {
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
