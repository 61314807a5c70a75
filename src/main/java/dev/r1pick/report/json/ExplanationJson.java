package dev.r1pick.report.json;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.topic.Claim;
import dev.r1pick.catalog.topic.Claims;
import dev.r1pick.catalog.topic.Explanation;
import dev.r1pick.catalog.topic.Terms;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.TagParts;
import dev.r1pick.report.words.TopicWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a word means, as JSON (docs/schema/explain.schema.json).
public final class ExplanationJson {
  private final Messages messages;
  private final TopicJson topics;
  private final String asked;

  /// A writer in one language.
  ///
  /// @param asked what was asked for
  public ExplanationJson(Messages messages, String asked) {
    this.messages = messages;
    this.topics = new TopicJson(new TopicWording(messages));
    this.asked = asked;
  }

  /// A tag taken apart.
  public String tag(Catalog catalog, UseCases useCases, Explanation.OfTag found) {
    var parts = new TagParts(messages, catalog, useCases, found.tag());
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
        Optional.of(topics.term(found.term())),
        Optional.empty());
  }

  /// A claim and what is true.
  public String claim(Explanation.OfClaim found) {
    return answer(
        "claim",
        found.also(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(topics.claim(found.claim())));
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
            .put("related_claims", topics.claims(related))
            .build());
  }

  /// Everything that can be explained.
  public String index(Terms terms, Claims claims) {
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "explain")
            .put("asked", new JsonValue.Null())
            .put("kind", "index")
            .put("terms", topics.terms(terms.terms()))
            .put("claims", topics.claims(claims.claims()))
            .build());
  }
}
