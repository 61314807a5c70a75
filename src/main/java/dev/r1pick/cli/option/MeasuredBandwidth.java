package dev.r1pick.cli.option;

import dev.r1pick.cli.config.UserFolder;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.host.LocalHost;
import dev.r1pick.host.UserFiles;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How fast the memory of this machine was read, kept in the user's cache folder.
///
/// Each figure carries what tells a processor and its memory apart, so that a home that is copied,
/// or shared by several machines, lends no machine the figure of another. Two machines with the
/// same processor and the same amount of memory in other slots cannot be told apart.
public final class MeasuredBandwidth {
  private static final String NAME = "memory-read.json";
  private static final int SCHEMA_VERSION = 1;
  private static final int LARGEST = 1 << 20;

  /// A home that hundreds of machines share keeps the newest figures.
  private static final int MOST_FIGURES = 64;

  /// What the system sees of the same modules differs a little from kernel to kernel.
  private static final double SAME_MEMORY = 0.01;

  private final LocalHost host;

  public MeasuredBandwidth(LocalHost host) {
    this.host = host;
  }

  /// What a figure came to when it was to be kept.
  public sealed interface Kept {
    /// It is in the file.
    record In(Path file) implements Kept {}

    /// No variable names a folder.
    ///
    /// @param variable the one that should
    record Nowhere(String variable) implements Kept {}

    /// The folder or the file cannot be written.
    record Refused(Path file, String reason) implements Kept {}
  }

  /// Takes remarks: the key of the sentence and its figures.
  interface Remarks {
    void say(String key, Object... figures);
  }

  /// The figure of a machine; empty where there is none. A file that cannot be read is as good as
  /// none, and is remarked once.
  Optional<Bandwidth> find(Machine machine, Remarks remarks) {
    Optional<Path> file = file();
    if (file.isEmpty() || host.files().kind(file.get()) == UserFiles.Kind.ABSENT) {
      return Optional.empty();
    }
    Optional<List<Figure>> figures = read(file.get());
    if (figures.isEmpty()) {
      remarks.say("cli.measured-unreadable", file.get());
      return Optional.empty();
    }
    for (Figure figure : figures.get()) {
      if (figure.isOf(machine)) {
        return Optional.of(figure.bandwidth());
      }
    }
    return Optional.empty();
  }

  /// Keeps the figure of a machine, in place of an older one.
  public Kept keep(Machine machine, Bandwidth bandwidth) {
    Optional<Path> place = file();
    if (place.isEmpty()) {
      return new Kept.Nowhere(variable());
    }
    Path file = place.get();
    var figures = new ArrayList<Figure>();
    figures.add(Figure.of(machine, bandwidth));
    for (Figure older : read(file).orElse(List.of())) {
      if (!older.isOf(machine) && figures.size() < MOST_FIGURES) {
        figures.add(older);
      }
    }
    try {
      host.files().createFolders(file.resolveSibling(""));
      host.files().write(file, text(figures));
      return new Kept.In(file);
    } catch (IOException | SecurityException e) {
      return new Kept.Refused(file, e.getClass().getSimpleName());
    }
  }

  private Optional<Path> file() {
    return UserFolder.cache(host).map(folder -> folder.resolve(NAME));
  }

  private String variable() {
    return switch (host.family()) {
      case WINDOWS -> "LOCALAPPDATA";
      default -> "HOME";
    };
  }

  /// Empty where the file is there and cannot be read or understood.
  private Optional<List<Figure>> read(Path file) {
    String name = file.toString();
    try {
      String text = host.files().text(file, LARGEST);
      return Optional.of(
          Fields.read(
              name,
              JsonReader.read(name, text),
              fields -> {
                fields.integer("schema_version", SCHEMA_VERSION, SCHEMA_VERSION);
                return fields.list("figures", Figure::read);
              }));
    } catch (IOException | InvalidJson _) {
      return Optional.empty();
    }
  }

  private static String text(List<Figure> figures) {
    var list = new ArrayList<JsonValue>();
    for (Figure figure : figures) {
      list.add(figure.write());
    }
    return JsonWriter.pretty(
        JsonValue.object().put("schema_version", SCHEMA_VERSION).put("figures", list).build());
  }

  /// One figure with what it is of.
  ///
  /// @param cpu name of the processor; empty where nothing tells it
  /// @param arch of the processor
  /// @param logicalCpus its hardware threads
  /// @param usableCpus those of them that read
  /// @param memory what the process could have
  /// @param bandwidth the figure
  private record Figure(
      Optional<String> cpu,
      String arch,
      int logicalCpus,
      int usableCpus,
      Bytes memory,
      Bandwidth bandwidth) {
    static Figure of(Machine machine, Bandwidth bandwidth) {
      Cpu cpu = machine.cpu();
      return new Figure(
          cpu.name(), cpu.arch(), cpu.logicalCpus(), cpu.usableCpus(), memory(machine), bandwidth);
    }

    private static Bytes memory(Machine machine) {
      return machine.ram().installed().or(() -> machine.ram().total()).orElse(Bytes.ZERO);
    }

    boolean isOf(Machine machine) {
      Figure other = of(machine, bandwidth);
      long apart = Math.abs(memory.count() - other.memory.count());
      return cpu.equals(other.cpu)
          && arch.equals(other.arch)
          && logicalCpus == other.logicalCpus
          && usableCpus == other.usableCpus
          && apart <= SAME_MEMORY * memory.count();
    }

    static Figure read(Fields fields) {
      return new Figure(
          fields.isNull("cpu") ? Optional.empty() : Optional.of(fields.text("cpu")),
          fields.text("arch"),
          fields.integer("logical_cpus", 1, 1 << 20),
          fields.integer("usable_cpus", 1, 1 << 20),
          Bytes.of(fields.whole("memory_bytes", 0, 1L << 56)),
          new Bandwidth(fields.whole("bandwidth_bytes_per_second", 1, 1L << 50)));
    }

    JsonValue write() {
      return JsonValue.object()
          .put("cpu", cpu.map(JsonValue.Text::new))
          .put("arch", arch)
          .put("logical_cpus", logicalCpus)
          .put("usable_cpus", usableCpus)
          .put("memory_bytes", memory.count())
          .put("bandwidth_bytes_per_second", bandwidth.bytesPerSecond())
          .build();
    }
  }
}
