package dev.r1pick.report.text;

import dev.r1pick.catalog.Certainty;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.client.Client;
import dev.r1pick.catalog.client.Client.ContextBy;
import dev.r1pick.catalog.topic.Said;
import dev.r1pick.fit.Fit;
import dev.r1pick.report.NextSteps;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.TopicWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What to do after the pull, for a person.
public final class NextText {
  private final Messages messages;
  private final TopicWording words;
  private final Style style;
  private final Screen screen;

  /// A writer in one language and style.
  public NextText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new TopicWording(messages);
    this.style = style;
    this.screen = new Screen(messages, style);
  }

  /// All clients and what they need, or the one that was asked for.
  public String steps(NextSteps steps) {
    return steps.client().map(client -> client(steps, client)).orElseGet(() -> all(steps));
  }

  private String all(NextSteps steps) {
    var lines = new ArrayList<String>();
    head(
        lines,
        messages.text("next.sentence", steps.tag().fullName(), steps.context(), steps.server()));
    row(
        lines,
        "pull",
        messages.text(
            "next.pull", steps.tag().pullCommand(), Amounts.download(steps.tag().download())));
    row(lines, "context", context(steps));
    screen.copied(lines, steps.setup());
    screen.labeled(
        lines,
        label("clients"),
        List.of(
            messages.text("next.sending", names(steps, ContextBy.CLIENT)),
            messages.text("next.needing-variant", names(steps, ContextBy.VARIANT)),
            messages.text("next.with-own-files", names(steps, ContextBy.OWN))));
    for (String key : List.of("thinking", "slow", "mirrors", "offline", "api")) {
      row(lines, key, messages.text("next." + key));
    }
    warnings(lines, steps);
    String first = steps.clients().clients().getFirst().id();
    lines.add("r1pick next " + steps.tag().name() + " --client " + first);
    return String.join("\n", lines) + "\n";
  }

  private void head(List<String> lines, String text) {
    screen.paragraph(lines, style.bold(text));
    lines.add("");
  }

  private void row(List<String> lines, String key, String text) {
    screen.labeled(lines, label(key), text);
  }

  private List<String> names(NextSteps steps, ContextBy by) {
    var names = new ArrayList<String>();
    for (Client client : steps.clients().clients()) {
      if (client.context() == by) {
        names.add(name(client));
      }
    }
    return names;
  }

  /// As it calls itself; what is no product has a name in each language.
  private String name(Client client) {
    return messages.find("next.name." + client.id()).orElseGet(client::name);
  }

  private String context(NextSteps steps) {
    return switch (steps.place()) {
      case Setup.Place.Nowhere _ -> messages.text("next.context-own", steps.byItself());
      case Setup.Place.Model _ ->
          messages.text("next.context-variant", steps.byItself(), steps.context());
      case Setup.Place.Server _ -> messages.text("next.context-server", steps.byItself());
    };
  }

  private String client(NextSteps steps, Client client) {
    var lines = new ArrayList<String>();
    head(
        lines,
        messages.text(
            "next.client", name(client), steps.modelFor(client), steps.context(), steps.server()));
    if (steps.needsVariant(client)) {
      screen.indented(lines, messages.text("next.make", steps.modelFor(client)));
      screen.copied(lines, steps.setup());
    } else if (steps.place() instanceof Setup.Place.Server && client.context() != ContextBy.OWN) {
      screen.indented(lines, messages.text("next.set"));
      screen.copied(lines, steps.setup());
    }
    for (Said step : client.steps()) {
      screen.indented(lines, steps.filled(words.said(step), client));
    }
    List<String> snippet = steps.snippet(client, words.prompt());
    if (!snippet.isEmpty()) {
      lines.add("");
      screen.copied(lines, snippet);
      lines.add("");
    }
    row(lines, "context", steps.filled(words.said(client.contextNote()), client));
    row(
        lines,
        "thinking",
        messages.text(
            switch (client.context()) {
              case CLIENT, VARIANT -> "next.thinking";
              case OWN -> "next.thinking-own";
            }));
    var sources = new ArrayList<String>();
    for (Source source : client.sources()) {
      sources.add(words.source(source));
    }
    screen.labeled(lines, label("source"), sources);
    if (client.certainty() == Certainty.UNVERIFIED) {
      screen.note(lines, messages.text("next.unverified"));
    }
    warnings(lines, steps);
    return String.join("\n", lines) + "\n";
  }

  private void warnings(List<String> lines, NextSteps steps) {
    switch (steps.fit()) {
      case Fit.Whole _ -> {}
      case Fit.Partly _ ->
          screen.note(lines, messages.text("next.partly", steps.context(), steps.tag().name()));
      case Fit.DoesNotFit _ ->
          screen.note(lines, messages.text("next.does-not-fit", steps.tag().name()));
    }
    Optional<String> host = steps.server().otherMachine();
    if (host.isPresent()) {
      screen.note(lines, messages.text("next.elsewhere", host.get()));
    }
  }

  /// Only what is run or pasted; for a client of menus, and for none, what is typed into them.
  public String snippet(NextSteps steps) {
    List<String> snippet =
        steps.client().map(client -> steps.snippet(client, words.prompt())).orElse(List.of());
    String model =
        steps
            .client()
            .map(steps::modelFor)
            .orElseGet(() -> steps.variant().orElse(steps.tag().fullName()));
    return snippet.isEmpty()
        ? messages.text("next.values", steps.server(), model, steps.context().tokens()) + "\n"
        : String.join("\n", snippet) + "\n";
  }

  private String label(String key) {
    return messages.text("next.label." + key);
  }
}
