package dev.r1pick.report.text;

import dev.r1pick.install.PullCheck;
import dev.r1pick.install.PullEvent;
import dev.r1pick.install.PullPlan;
import dev.r1pick.install.PullProgress;
import dev.r1pick.install.VariantPlan;
import dev.r1pick.ollama.store.Partial;
import dev.r1pick.report.layout.Screen;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.PullWording;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// A pull, for a person who watches it.
public final class PullText {
  private static final int SHORT_DIGEST = 12;

  private final Messages messages;
  private final Style style;
  private final Screen screen;
  private final OptionalLong usualRate;
  private final String tag;

  /// A writer in one language and style.
  ///
  /// @param tag that is pulled, with the model
  /// @param usualRate bytes per second of the last pull, where it is known
  public PullText(Messages messages, Style style, String tag, OptionalLong usualRate) {
    this.tag = tag;
    this.messages = messages;
    this.style = style;
    this.screen = new Screen(messages, style);
    this.usualRate = usualRate;
  }

  /// What there is to say of an event; empty for one that belongs into the line of progress.
  public String event(PullEvent event) {
    return switch (event) {
      case PullEvent.ServerStarts _ -> line(messages.text("pull.starts"));
      case PullEvent.Planned(var plan) -> plan(plan);
      case PullEvent.Mends(var models) -> line(messages.text("pull.mends", models));
      case PullEvent.RemovesPartials(var files) ->
          line(messages.text("pull.removed", files.getFirst()));
      case PullEvent.NameTaken(var name) -> line(messages.text("pull.name-taken", name));
      case PullEvent.Goes _ -> "";
      case PullEvent.Retries retries ->
          line(
              messages.text(
                  "pull.retry",
                  new PullWording(messages).trying(retries.failure(), tag),
                  retries.pause()));
      case PullEvent.Arrived(var check) -> check(check);
      case PullEvent.Variant(var variant, var existed) ->
          line(
              messages.text(
                  existed ? "pull.variant-existed" : "pull.variant",
                  variant.name(),
                  variant.from(),
                  variant.context().shortText()));
    };
  }

  private String line(String sentence) {
    return String.join("\n", Table.wrap(sentence, style.columns())) + "\n";
  }

  private String plan(PullPlan plan) {
    var lines = new ArrayList<String>();
    String title =
        messages.text("pull.title", plan.tag().fullName(), plan.server(), plan.version());
    screen.paragraph(lines, style.bold(title));
    screen.label(lines, "load", load(plan));
    screen.label(lines, "store", store(plan));
    plan.variant().ifPresent(variant -> screen.label(lines, "then", then(variant)));
    for (String note : notes(plan)) {
      screen.label(lines, "note", note);
    }
    return String.join("\n", lines) + "\n\n";
  }

  private String load(PullPlan plan) {
    String state = plan.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String load =
        messages.text(
            "pull.state." + state,
            Amounts.download(plan.tag().download()),
            Amounts.download(plan.left()));
    if (usualRate.isEmpty() || usualRate.getAsLong() <= 0 || plan.left().isZero()) {
      return load;
    }
    long seconds = plan.left().count() / usualRate.getAsLong();
    return load
        + " · "
        + messages.text("pull.time", Duration.ofSeconds(seconds), rate(usualRate.getAsLong()));
  }

  private String store(PullPlan plan) {
    if (plan.server().otherMachine().isPresent()) {
      return messages.text("pull.store-elsewhere");
    }
    if (plan.place().isEmpty() || plan.free().isEmpty()) {
      return messages.text("pull.store-unknown");
    }
    return messages.text(
        plan.storeSeen() ? "pull.store" : "pull.store-unseen",
        plan.place().get(),
        Amounts.download(plan.free().get()));
  }

  private String then(VariantPlan variant) {
    return messages.text(
        "pull.then", variant.name(), variant.from(), variant.context().shortText());
  }

  private List<String> notes(PullPlan plan) {
    var notes = new ArrayList<String>();
    if (plan.isLongerThanADay(usualRate)) {
      notes.add(messages.text("pull.day"));
    }
    List<Partial> broken = plan.broken();
    if (!broken.isEmpty()) {
      notes.add(messages.counted("pull.broken", broken.size()));
    }
    return notes;
  }

  /// One line of progress.
  public String progress(PullProgress progress) {
    return switch (progress.phase()) {
      case MANIFEST -> "  " + messages.text("pull.phase.manifest");
      case VERIFYING -> "  " + messages.text("pull.phase.verifying");
      case WRITING -> "  " + messages.text("pull.phase.writing");
      case LOADING -> "  " + loading(progress);
    };
  }

  private String loading(PullProgress progress) {
    String done = figure(progress.done());
    String total = Amounts.download(progress.total());
    if (progress.bytesPerSecond().isEmpty()) {
      return messages.text("pull.progress", progress.percent(), done, total);
    }
    String rate = rate(progress.bytesPerSecond().getAsLong());
    return progress
        .timeLeft()
        .map(
            left ->
                messages.text("pull.progress-left", progress.percent(), done, total, rate, left))
        .orElseGet(
            () -> messages.text("pull.progress-rate", progress.percent(), done, total, rate));
  }

  private static String figure(Bytes bytes) {
    return Amounts.decimal(bytes.inGB(), bytes.inGB() >= 100 ? 0 : 1);
  }

  /// `11 MB`, decimal as downloads are.
  private static String rate(long bytesPerSecond) {
    return Amounts.about(bytesPerSecond / 1e6) + " MB";
  }

  private String check(PullCheck check) {
    String build =
        switch (check.build()) {
          case KNOWN -> messages.text("pull.build.known", shortened(check.digest()));
          case OTHER -> messages.text("pull.build.differs", shortened(check.digest()));
          case UNKNOWN -> messages.text("pull.build.unknown", shortened(check.digest()));
        };
    return line(messages.text("pull.arrived", check.tag().fullName(), build, weights(check)));
  }

  private String weights(PullCheck check) {
    Optional<String> digest = check.weights().map(PullText::shortened);
    if (digest.isEmpty()) {
      return messages.text("pull.weights.unseen");
    }
    return check
        .weightsAsPulled()
        .map(
            same ->
                messages.text(
                    same ? "pull.weights.as-pulled" : "pull.weights.others", digest.get()))
        .orElseGet(() -> messages.text("pull.weights.seen", digest.get()));
  }

  private static String shortened(String digest) {
    return digest.substring(0, Math.min(SHORT_DIGEST, digest.length()));
  }

  /// The end: what the server has to be told, and how to run it.
  ///
  /// @param settings lines for the server; none where its defaults do
  public String end(String run, List<String> settings) {
    var lines = new ArrayList<String>();
    if (!settings.isEmpty()) {
      screen.paragraph(lines, messages.text("pull.settings"));
      for (String setting : settings) {
        lines.add("  " + setting);
      }
    }
    lines.add("");
    lines.add("ollama run " + run);
    return String.join("\n", lines) + "\n";
  }
}
