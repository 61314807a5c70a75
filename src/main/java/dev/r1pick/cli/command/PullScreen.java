package dev.r1pick.cli.command;

import dev.r1pick.cli.console.Console;
import dev.r1pick.cli.option.Session;
import dev.r1pick.hardware.record.Redaction;
import dev.r1pick.install.PullEvent;
import dev.r1pick.install.PullProgress;
import dev.r1pick.report.json.PullJson;
import dev.r1pick.report.text.PullText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Where a pull is watched: one line that is written over on a terminal, a line for every tenth
/// elsewhere, an object a second as JSON, nothing but the name where it shall be quiet.
final class PullScreen implements Consumer<PullEvent> {
  private static final long REDRAW = 200_000_000L;
  private static final long OBJECT = 1_000_000_000L;
  private static final int TENTH = 10;

  private final Session session;
  private final Form form;
  private final PullText text;
  private final PullJson json;
  private long drawn;
  private int tenth = -1;
  private Optional<PullProgress.Phase> phase = Optional.empty();
  private OptionalLong rate = OptionalLong.empty();

  /// How it is watched.
  enum Form {
    TERMINAL,
    LINES,
    JSON,
    QUIET
  }

  PullScreen(Session session, Form form, String tag, OptionalLong usualRate) {
    this.session = session;
    this.form = form;
    this.text = new PullText(session.messages(), session.console().style(), tag, usualRate);
    this.json = new PullJson(new Redaction(session.host())::sentence);
  }

  /// The rate that was measured last.
  OptionalLong rate() {
    return rate;
  }

  @Override
  public void accept(PullEvent event) {
    if (event instanceof PullEvent.Goes(var progress)) {
      goes(progress, event);
      return;
    }
    switch (form) {
      case TERMINAL -> {
        session.console().wipe();
        session.console().piece(text.event(event));
      }
      case LINES -> session.console().piece(text.event(event));
      case JSON -> session.console().piece(json.event(event));
      case QUIET -> {}
    }
  }

  private void goes(PullProgress progress, PullEvent event) {
    long now = session.host().nanoTime();
    boolean turns = !phase.equals(Optional.of(progress.phase()));
    phase = Optional.of(progress.phase());
    if (progress.bytesPerSecond().isPresent()) {
      rate = progress.bytesPerSecond();
    }
    switch (form) {
      case TERMINAL -> {
        if (turns || now - drawn >= REDRAW) {
          drawn = now;
          session.console().overwrite(text.progress(progress));
        }
      }
      case LINES -> {
        boolean loading = progress.phase() == PullProgress.Phase.LOADING;
        if (loading ? progress.percent() / TENTH != tenth : turns) {
          tenth = loading ? progress.percent() / TENTH : tenth;
          session.console().piece(text.progress(progress) + "\n");
        }
      }
      case JSON -> {
        if (turns || now - drawn >= OBJECT) {
          drawn = now;
          session.console().piece(json.event(event));
        }
      }
      case QUIET -> {}
    }
  }

  /// It did not come to a good end.
  void stop() {
    if (form == Form.TERMINAL) {
      session.console().wipe();
    }
  }

  void end(String run, boolean dryRun, List<String> settings) {
    Console console = session.console();
    switch (form) {
      case TERMINAL, LINES -> console.answer(text.end(run, settings));
      case JSON -> console.answer(json.end(run, dryRun, settings));
      case QUIET -> console.answer(run + "\n");
    }
  }
}
