package dev.r1pick.cli.option;

import dev.r1pick.cli.config.UserFolder;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.host.LocalHost;
import dev.r1pick.host.UserFiles;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.speed.MeasuredFactor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// How much faster than estimated this machine generated in a bench, kept in the user's cache
/// folder. A figure counts for the same GPUs, processor and version of Ollama.
public final class MeasuredRates {
  private static final String NAME = "bench.json";
  private static final int SCHEMA_VERSION = 1;
  private static final int LARGEST = 1 << 20;
  private static final int MOST_FIGURES = 64;

  /// A factor outside of these says that something else was measured.
  private static final double LEAST = 0.05;

  private static final double MOST = 20;

  private final LocalHost host;

  public MeasuredRates(LocalHost host) {
    this.host = host;
  }

  /// Where a load was.
  public enum Where {
    GPU,
    PROCESSOR
  }

  /// What is kept of a machine; a file that cannot be read is as good as none.
  public MeasuredFactor find(Machine machine) {
    Optional<Path> file = file();
    if (file.isEmpty() || host.files().kind(file.get()) == UserFiles.Kind.ABSENT) {
      return MeasuredFactor.NONE;
    }
    OptionalDouble gpu = OptionalDouble.empty();
    OptionalDouble processor = OptionalDouble.empty();
    for (Figure figure : read(file.get())) {
      if (figure.key().equals(key(machine, Where.GPU)) && gpu.isEmpty()) {
        gpu = OptionalDouble.of(figure.factor());
      }
      if (figure.key().equals(key(machine, Where.PROCESSOR)) && processor.isEmpty()) {
        processor = OptionalDouble.of(figure.factor());
      }
    }
    return new MeasuredFactor(gpu, processor);
  }

  /// Keeps a factor in place of an older one.
  ///
  /// @return whether it is kept
  public boolean keep(Machine machine, Where where, double factor) {
    Optional<Path> file = file();
    if (file.isEmpty() || !(factor >= LEAST && factor <= MOST)) {
      return false;
    }
    var rows = new ArrayList<JsonValue>();
    rows.add(new Figure(key(machine, where), factor).write());
    for (Figure older : read(file.get())) {
      if (!older.key().equals(key(machine, where)) && rows.size() < MOST_FIGURES) {
        rows.add(older.write());
      }
    }
    try {
      host.files().createFolders(file.get().resolveSibling(""));
      host.files()
          .write(
              file.get(),
              JsonWriter.pretty(
                  JsonValue.object()
                      .put("schema_version", SCHEMA_VERSION)
                      .put("figures", rows)
                      .build()));
      return true;
    } catch (IOException | SecurityException _) {
      return false;
    }
  }

  private Optional<Path> file() {
    return UserFolder.cache(host).map(folder -> folder.resolve(NAME));
  }

  private List<Figure> read(Path file) {
    String name = file.toString();
    try {
      String text = host.files().text(file, LARGEST);
      return Fields.read(
          name,
          JsonReader.read(name, text),
          fields -> {
            fields.integer("schema_version", SCHEMA_VERSION, SCHEMA_VERSION);
            return fields.list("figures", Figure::read);
          });
    } catch (IOException | InvalidJson _) {
      return List.of();
    }
  }

  /// What tells machines and versions apart.
  private static String key(Machine machine, Where where) {
    var key = new StringBuilder(where.name());
    for (Accelerator gpu : machine.usableAccelerators()) {
      key.append('|').append(gpu.name());
    }
    return key.append('|')
        .append(machine.cpu().name().orElse(machine.cpu().arch()))
        .append('|')
        .append(machine.cpu().usableCpus())
        .append('|')
        .append(machine.ollama().version().orElse(""))
        .toString();
  }

  /// One factor with what it is of.
  private record Figure(String key, double factor) {
    static Figure read(Fields fields) {
      return new Figure(fields.text("of"), fields.decimal("factor", LEAST, MOST));
    }

    JsonValue write() {
      return JsonValue.object().put("of", key).put("factor", factor).build();
    }
  }
}
