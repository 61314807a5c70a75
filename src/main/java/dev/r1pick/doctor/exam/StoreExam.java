package dev.r1pick.doctor.exam;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.doctor.Cause;
import dev.r1pick.doctor.Finding;
import dev.r1pick.doctor.Finding.OnDisk;
import dev.r1pick.doctor.Presence;
import dev.r1pick.doctor.StoreSeen;
import dev.r1pick.doctor.Symptoms;
import dev.r1pick.ollama.log.LogLine;
import dev.r1pick.ollama.log.ServerLog;
import dev.r1pick.ollama.server.InstalledModel;
import dev.r1pick.ollama.store.ModelStore;
import dev.r1pick.ollama.store.Partial;
import dev.r1pick.ollama.store.StoreReader.Reading;
import dev.r1pick.ollama.store.StoredModel;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the models can be kept, are whole, and are where the server looks.
final class StoreExam {
  /// Less than the smallest tag and what a system needs beside it.
  private static final Bytes ALMOST_NOTHING = Bytes.of(1_500_000_000L);

  private static final int SHORT_DIGEST = 12;

  private final Symptoms symptoms;
  private final ServerLog log;
  private final List<Finding> findings = new ArrayList<>();

  private StoreExam(Symptoms symptoms) {
    this.symptoms = symptoms;
    this.log = symptoms.log().log();
  }

  static List<Finding> of(Symptoms symptoms) {
    var exam = new StoreExam(symptoms);
    exam.oldFiles();
    if (symptoms.elsewhere().isEmpty()) {
      exam.log();
      symptoms.store().ifPresent(exam::store);
    }
    return exam.findings;
  }

  private void add(Cause cause, Object... figures) {
    findings.add(Finding.of(cause, figures));
  }

  private void log() {
    log.newest("store-disk-away").ifPresent(line -> add(Cause.STORE_AWAY, path(line)));
    log.newest("store-permission").ifPresent(line -> add(Cause.STORE_CLOSED, path(line)));
    log.newest("app-models-fallback")
        .ifPresent(
            line -> add(Cause.STORE_FALLBACK, line.value("path").map(Text::clean).orElse("?")));
    Optional<LogLine> pruned = log.newest("prune");
    long removed =
        pruned
            .flatMap(line -> line.after("blobs removed: "))
            .map(text -> Text.leadingWhole(text).orElse(0))
            .orElse(0L);
    if (removed > 0) {
      add(Cause.PARTIALS_PRUNED, removed);
    }
  }

  /// The path behind `Error: mkdir ` and before the reason.
  private static String path(LogLine line) {
    List<String> words = Text.words(line.after("Error: ").orElse(""));
    String rest = line.after("Error: ").orElse("");
    int end = rest.indexOf(": ");
    int start = words.isEmpty() ? 0 : Math.min(words.getFirst().length() + 1, Math.max(0, end));
    return end < 0 ? "?" : Text.clean(rest.substring(start, end));
  }

  private void store(StoreSeen seen) {
    switch (seen.reading()) {
      case Reading.Read(var store) -> {
        var figures =
            new ArrayList<Object>(
                List.of(seen.path(), store.models().size(), new OnDisk(store.used())));
        seen.free().map(OnDisk::new).ifPresent(figures::add);
        String part = seen.free().isPresent() ? "" : "room-unknown";
        findings.add(Finding.of(Cause.STORE_READ, part, figures));
        models(store);
        partials(store, seen);
      }
      // told among what this user may not see
      case Reading.Closed _ -> {}
      case Reading.Absent _ -> {
        // a server that runs has made it, so it is there and hidden
        boolean away = symptoms.answers().isEmpty() && seen.certain();
        if (away && log.newest("store-disk-away").isEmpty()) {
          add(Cause.STORE_MISSING, seen.path());
        }
      }
    }
    if (symptoms.running().isReadOnly(seen.path())) {
      add(Cause.STORE_READ_ONLY, seen.path());
    }
    if (!seen.others().isEmpty()) {
      add(Cause.STORE_ELSEWHERE, seen.path(), seen.others().getFirst());
    }
    room(seen);
  }

  private void models(ModelStore store) {
    for (StoredModel model : store.models()) {
      if (!store.missing(model).isEmpty()) {
        add(Cause.BLOB_MISSING, model.name());
      }
      for (StoredModel.Blob blob : store.damaged(model)) {
        Bytes file = store.blobs().getOrDefault(blob.digest(), Bytes.ZERO);
        var users = new ArrayList<String>();
        for (StoredModel user : store.users(blob.digest())) {
          users.add(user.name());
        }
        if (users.getFirst().equals(model.name())) {
          add(
              Cause.BLOB_CUT,
              users,
              new OnDisk(file),
              new OnDisk(blob.size()),
              "ollama rm " + String.join(" ", users) + " && ollama pull " + model.name());
        }
      }
    }
    for (String manifest : store.brokenManifests()) {
      add(Cause.MANIFEST_BROKEN, manifest);
    }
    if (store.brokenManifests().isEmpty()) {
      log.newest("corrupt-manifest")
          .flatMap(line -> line.value("error"))
          .ifPresent(error -> add(Cause.MANIFEST_BROKEN, Text.words(Text.clean(error)).getFirst()));
    }
  }

  private void partials(ModelStore store, StoreSeen seen) {
    int begun = 0;
    Bytes there = Bytes.ZERO;
    for (Partial partial : store.partials()) {
      if (!partial.broken().isEmpty()) {
        String brief =
            partial.digest().substring(0, Math.min(SHORT_DIGEST, partial.digest().length()));
        add(
            Cause.PARTIAL_BROKEN,
            brief,
            seen.path() + "/blobs/sha256-" + partial.digest() + "-partial*");
      } else {
        begun++;
        there = there.plus(partial.completed());
      }
    }
    boolean full = seen.free().filter(free -> free.compareTo(ALMOST_NOTHING) < 0).isPresent();
    if (full && begun > 0) {
      add(
          Cause.DISK_FULL_OF_PARTIALS,
          new OnDisk(seen.free().orElse(Bytes.ZERO)),
          begun,
          new OnDisk(there),
          seen.path() + "/blobs/*-partial*");
    } else if (begun > 0) {
      add(Cause.PARTIALS, begun, new OnDisk(there));
    }
  }

  private void room(StoreSeen seen) {
    if (seen.free().isEmpty()
        || findings.stream().anyMatch(f -> f.cause() == Cause.DISK_FULL_OF_PARTIALS)) {
      return;
    }
    Bytes free = seen.free().get();
    if (free.compareTo(ALMOST_NOTHING) < 0) {
      add(Cause.DISK_FULL, new OnDisk(free), seen.path());
      return;
    }
    symptoms
        .wanted()
        .ifPresent(
            wanted -> {
              if (!isInstalled(wanted.tag()) && free.compareTo(wanted.tag().download()) < 0) {
                add(
                    Cause.DISK_LOW,
                    new OnDisk(free),
                    wanted.tag().fullName(),
                    new OnDisk(wanted.tag().download()));
              }
            });
  }

  private boolean isInstalled(ModelTag tag) {
    for (InstalledModel model :
        symptoms.answers().map(Presence.Answers::installed).orElse(List.of())) {
      if (model.name().equals(tag.fullName())) {
        return true;
      }
    }
    return false;
  }

  /// Today's name with the file of an earlier day.
  private void oldFiles() {
    for (InstalledModel model :
        symptoms.answers().map(Presence.Answers::installed).orElse(List.of())) {
      Optional<ModelTag> tag =
          model.name().startsWith(ModelTag.MODEL + ":")
              ? symptoms.catalog().tag(model.name())
              : Optional.empty();
      if (tag.isEmpty()) {
        continue;
      }
      for (ModelTag.Former former : tag.get().formerly()) {
        boolean same =
            former
                .digest()
                .filter(digest -> !digest.isEmpty() && model.digest().startsWith(digest))
                .isPresent();
        if (same) {
          String what =
              symptoms
                  .catalog()
                  .variant(former.variantId())
                  .map(v -> v.name())
                  .orElse(former.variantId());
          add(Cause.OLD_FILE_OF_TAG, model.name(), what, tag.get().variant().name());
        }
      }
    }
  }
}
