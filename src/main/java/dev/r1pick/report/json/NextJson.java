package dev.r1pick.report.json;

import dev.r1pick.catalog.client.Client;
import dev.r1pick.catalog.topic.Said;
import dev.r1pick.catalog.topic.Term;
import dev.r1pick.catalog.topic.Terms;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.report.NextSteps;
import dev.r1pick.report.words.Codes;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.TopicWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What to do after the pull, as JSON (docs/schema/next.schema.json).
public final class NextJson {
  /// Terms that say more of what the screen has in a line.
  private static final List<String> TOPICS =
      List.of("thinking", "slow-pull", "proxy", "offline", "mirror", "modelscope", "api");

  private final TopicWording words;

  /// A writer in one language.
  public NextJson(Messages messages) {
    this.words = new TopicWording(messages);
  }

  /// The answer to `next`.
  public String steps(NextSteps steps, Terms terms, String catalogVersion) {
    var clients = new ArrayList<JsonValue>();
    for (Client client : steps.clients().clients()) {
      clients.add(client(steps, client));
    }
    var topics = new ArrayList<Term>();
    for (Term term : terms.terms()) {
      if (TOPICS.contains(term.id())) {
        topics.add(term);
      }
    }
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "next")
            .put("tag", steps.tag().fullName())
            .put("pull_command", steps.tag().pullCommand())
            .put("download_bytes", steps.tag().download().count())
            .put("context_tokens", steps.context().tokens())
            .put("context_by_itself_tokens", steps.byItself().tokens())
            .put("fit", Codes.verdict(steps.fit()))
            .put("address", steps.server().toString())
            .put("openai_address", steps.server() + "/v1")
            .put("api_key", "ollama")
            .put("set_at", steps.place().id())
            .put("setup", JsonValue.texts(steps.setup()))
            .put("variant", steps.variant().map(JsonValue.Text::new))
            .put("client", steps.client().map(client -> client(steps, client)))
            .put("clients", new JsonValue.Items(clients))
            .put("topics", new TopicJson(words).terms(topics))
            .put("catalog_version", catalogVersion)
            .build());
  }

  private JsonValue client(NextSteps steps, Client client) {
    var lines = new ArrayList<String>();
    for (Said step : client.steps()) {
      lines.add(steps.filled(words.said(step), client));
    }
    return JsonValue.object()
        .put("id", client.id())
        .put("name", client.name())
        .put("context_by", client.context().name().toLowerCase(Locale.ROOT))
        .put("model", steps.modelFor(client))
        .put("needs_variant", steps.needsVariant(client))
        .put("steps", JsonValue.texts(lines))
        .put("context_note", steps.filled(words.said(client.contextNote()), client))
        .put("snippet", JsonValue.texts(steps.snippet(client, words.prompt())))
        .put("certainty", client.certainty().name().toLowerCase(Locale.ROOT))
        .put("sources", TopicJson.sources(client.sources()))
        .build();
  }
}
