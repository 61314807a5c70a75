package dev.r1pick.report.text;

import dev.r1pick.catalog.Certainty;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.client.Client;
import dev.r1pick.catalog.client.Client.ContextBy;
import dev.r1pick.catalog.topic.Said;
import dev.r1pick.fit.Fit;
import dev.r1pick.report.NextSteps;
import dev.r1pick.report.layout.Page;
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
  /// Width of the labels, with the blanks behind them.
  private static final int LABELS = 10;

  private final Messages messages;
  private final TopicWording words;
  private final Style style;

  /// A writer in one language and style.
  public NextText(Messages messages, Style style) {
    this.messages = messages;
    this.words = new TopicWording(messages);
    this.style = style;
  }

  /// All clients and what they need, or the one that was asked for.
  public String steps(NextSteps steps) {
    return steps.client().map(client -> client(steps, client)).orElseGet(() -> all(steps));
  }

  private String all(NextSteps steps) {
    Page page =
        new Page(style, LABELS)
            .head(
                messages.text(
                    "next.sentence", steps.tag().fullName(), steps.context(), steps.server()))
            .line("");
    String pull =
        messages.text(
            "next.pull", steps.tag().pullCommand(), Amounts.download(steps.tag().download()));
    page.row(label("pull"), pull)
        .row(label("context"), context(steps))
        .lines(steps.setup())
        .row(label("send"), messages.list(names(steps, ContextBy.CLIENT)))
        .row(label("variant"), messages.list(names(steps, ContextBy.VARIANT)))
        .row(label("own"), messages.list(names(steps, ContextBy.OWN)))
        .row(label("thinking"), messages.text("next.thinking"))
        .row(label("slow"), messages.text("next.slow"))
        .row(label("mirrors"), messages.text("next.mirrors"))
        .row(label("offline"), messages.text("next.offline"))
        .row(label("api"), messages.text("next.api"));
    warnings(page, steps);
    String first = steps.clients().clients().getFirst().id();
    return page.line("r1pick next " + steps.tag().name() + " --client " + first).text();
  }

  private static List<String> names(NextSteps steps, ContextBy by) {
    var names = new ArrayList<String>();
    for (Client client : steps.clients().clients()) {
      if (client.context() == by) {
        names.add(client.name());
      }
    }
    return names;
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
    Page page =
        new Page(style, LABELS)
            .head(
                messages.text(
                    "next.client",
                    client.name(),
                    steps.modelFor(client),
                    steps.context(),
                    steps.server()))
            .line("");
    if (steps.needsVariant(client)) {
      page.paragraph(messages.text("next.make", steps.modelFor(client))).lines(steps.setup());
    } else if (steps.place() instanceof Setup.Place.Server && client.context() != ContextBy.OWN) {
      page.paragraph(messages.text("next.set")).lines(steps.setup());
    }
    for (Said step : client.steps()) {
      page.paragraph(steps.filled(words.said(step), client));
    }
    List<String> snippet = steps.snippet(client);
    if (!snippet.isEmpty()) {
      page.line("").lines(snippet).line("");
    }
    page.row(label("context"), steps.filled(words.said(client.contextNote()), client));
    page.row(
        label("thinking"),
        messages.text(
            switch (client.context()) {
              case CLIENT, VARIANT -> "next.thinking";
              case OWN -> "next.thinking-own";
            }));
    String label = label("source");
    for (Source source : client.sources()) {
      page.row(label, words.source(source));
      label = "";
    }
    if (client.certainty() == Certainty.UNVERIFIED) {
      page.warning(messages.text("next.unverified"));
    }
    warnings(page, steps);
    return page.text();
  }

  private void warnings(Page page, NextSteps steps) {
    switch (steps.fit()) {
      case Fit.Whole _ -> {}
      case Fit.Partly _ ->
          page.warning(messages.text("next.partly", steps.context(), steps.tag().name()));
      case Fit.DoesNotFit _ -> page.warning(messages.text("next.does-not-fit", steps.tag().name()));
    }
    Optional<String> host = steps.server().otherMachine();
    if (host.isPresent()) {
      page.warning(messages.text("next.elsewhere", host.get()));
    }
  }

  /// Only what is run or pasted; for a client of menus, and for none, what is typed into them.
  public String snippet(NextSteps steps) {
    List<String> snippet = steps.client().map(steps::snippet).orElse(List.of());
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
