package dev.r1pick.report.text;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.Variant;
import dev.r1pick.install.R1Status;
import dev.r1pick.install.R1Status.Kind;
import dev.r1pick.install.R1Status.Loaded;
import dev.r1pick.install.R1Status.Model;
import dev.r1pick.ollama.store.Partial;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What of R1 is there, for a person.
public final class StatusText {
  /// Less is not worth a line about room.
  private static final long WORTH_DELETING = 100_000_000;

  private final Messages messages;
  private final Style style;
  private final Screen screen;
  private final Catalog catalog;

  /// A writer in one language and style.
  public StatusText(Messages messages, Style style, Catalog catalog) {
    this.messages = messages;
    this.style = style;
    this.screen = new Screen(messages, style);
    this.catalog = catalog;
  }

  /// All of it.
  public String status(R1Status status) {
    var lines = new ArrayList<String>();
    screen.paragraph(
        lines,
        style.bold(
            status
                .version()
                .map(version -> messages.text("status.title", version, status.server()))
                .orElseGet(() -> messages.text("status.title-silent", status.server()))));
    screen.label(lines, "store", store(status));
    lines.add("");
    if (status.models().isEmpty()) {
      screen.paragraph(lines, messages.text("status.none"));
    }
    var table = new Table(2);
    for (Model model : status.models()) {
      table.row("  " + model.name(), Amounts.download(model.size()), kind(model));
    }
    lines.addAll(table.lines(style.columns()));
    loaded(status, lines);
    partials(status, lines);
    room(status, lines);
    return String.join("\n", lines) + "\n";
  }

  private String store(R1Status status) {
    if (status.place().isEmpty()) {
      return messages.text(
          status.server().otherMachine().isPresent()
              ? "status.store-elsewhere"
              : "status.store-unknown");
    }
    String place = status.place().get().toString();
    String free = status.free().map(Amounts::download).orElse("?");
    return status
        .used()
        .map(used -> messages.text("status.store", place, Amounts.download(used), free))
        .orElseGet(() -> messages.text("status.store-unseen", place, free));
  }

  private String kind(Model model) {
    String kind =
        switch (model.kind()) {
          case Kind.Current(var tag) ->
              model.name().equals(tag.fullName())
                  ? messages.text("status.current", tag.variant().name())
                  : messages.text("status.current-as", tag.fullName());
          case Kind.Older(var tag, var former) ->
              former.variantId().equals(tag.variant().id())
                  ? messages.text("status.older-same", tag.fullName())
                  : messages.text(
                      "status.older",
                      catalog
                          .variant(former.variantId())
                          .map(Variant::name)
                          .orElse(former.variantId()),
                      tag.fullName());
          case Kind.Made(var from, var context) ->
              context
                  .map(length -> messages.text("status.made-context", from, length))
                  .orElseGet(() -> messages.text("status.made", from));
          case Kind.Unknown(boolean latentCache) ->
              messages.text(latentCache ? "status.unknown-latent" : "status.unknown");
        };
    if (!model.sameAs().isEmpty()) {
      kind = messages.text("status.same", kind, model.sameAs());
    }
    if (model.broken()) {
      return style.bad(messages.text("status.broken", kind));
    }
    return kind;
  }

  private void loaded(R1Status status, List<String> lines) {
    if (status.version().isEmpty()) {
      return;
    }
    lines.add("");
    if (status.loaded().isEmpty()) {
      screen.label(lines, "loaded", messages.text("status.loaded-none"));
    }
    for (Loaded loaded : status.loaded()) {
      screen.label(lines, "loaded", loaded(loaded));
    }
    if (!status.loaded().isEmpty() && status.server().otherMachine().isPresent()) {
      screen.label(lines, "", messages.text("status.plan-elsewhere"));
    }
  }

  private String loaded(Loaded loaded) {
    String name = loaded.model().name();
    String size = Amounts.memory(loaded.model().size());
    String share = share(loaded.gpuPercent());
    Optional<Object> context = loaded.model().context().map(length -> length);
    String seen =
        context
            .map(length -> messages.text("status.loaded-context", name, size, share, length))
            .orElseGet(() -> messages.text("status.loaded", name, size, share));
    return loaded
        .planned()
        .map(
            plan ->
                messages.text(
                    "status.planned",
                    seen,
                    Amounts.memory(plan.size()),
                    plan.amx() ? share(0) : share(plan.gpuPercent())))
        .orElse(seen);
  }

  private String share(int gpuPercent) {
    return switch (gpuPercent) {
      case 0 -> messages.text("status.cpu");
      case 100 -> messages.text("status.gpu");
      default -> messages.text("status.gpu-part", gpuPercent);
    };
  }

  private void partials(R1Status status, List<String> lines) {
    for (Partial partial : status.partials()) {
      screen.label(
          lines,
          "begun",
          messages.text(
              partial.broken().isEmpty() ? "status.begun" : "status.begun-dead",
              partial.digest().substring(0, 12),
              Amounts.download(partial.completed()),
              Amounts.download(partial.total())));
    }
  }

  /// What comes free by deleting one model, the most first; a model that is loaded is in use.
  private void room(R1Status status, List<String> lines) {
    var models = new ArrayList<>(status.models());
    models.removeIf(model -> alone(model).count() < WORTH_DELETING || isLoaded(model, status));
    models.sort((a, b) -> alone(b).compareTo(alone(a)));
    for (Model model : models) {
      screen.label(
          lines,
          "room",
          messages.text("status.room", model.name(), Amounts.download(alone(model))));
    }
  }

  private static Bytes alone(Model model) {
    return model.alone().orElse(Bytes.ZERO);
  }

  private static boolean isLoaded(Model model, R1Status status) {
    for (Loaded loaded : status.loaded()) {
      if (loaded.model().name().equals(model.name())) {
        return true;
      }
    }
    return false;
  }
}
