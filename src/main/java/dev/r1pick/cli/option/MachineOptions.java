package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.hardware.Detection;
import dev.r1pick.hardware.Detection.Source;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MachineDocument;
import dev.r1pick.hardware.probe.Detector;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.hardware.record.Redaction;
import dev.r1pick.host.Host;
import dev.r1pick.host.OverlaidHost;
import dev.r1pick.host.UserFiles;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.OllamaRules;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.ollama.ServerSettings;
import dev.r1pick.report.shell.EvaluatedShell;
import dev.r1pick.speed.FittedMemory;
import dev.r1pick.text.Spelling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Which machine a command is about: the one it runs on, a recorded one, or one described by its
/// parts. What is not described is taken from the detected or recorded one.
public final class MachineOptions {
  public static final List<Option> ALL =
      List.of(
          Option.value(Group.MACHINE, "--machine", "PATH"),
          Option.values(Group.MACHINE, "--gpu", "NAME"),
          Option.value(Group.MACHINE, "--vram", "SIZE"),
          Option.value(Group.MACHINE, "--ram", "SIZE"),
          Option.value(Group.MACHINE, "--cpu", "NAME"),
          Option.value(Group.MACHINE, "--memory", "MODULES"),
          Option.BACKEND,
          Option.flag(Group.MACHINE, "--cpu-only"),
          Option.flag(Group.MACHINE, "--accept-unknown"),
          Option.flag(Group.MACHINE, "--accept-unsupported"),
          Option.value(Group.MACHINE, "--ollama-version", "VERSION"),
          Option.values(Group.MACHINE, "--ollama-env", "KEY=VALUE"));

  /// Most names of variables begin alike: one letter in so many may differ.
  private static final int LETTERS_FOR_A_SLIP = 5;

  /// What a build from source says of itself; the newest rules hold for it.
  private static final String FROM_SOURCE = "0.0.0";

  /// Larger than any document that `hardware --format json` writes.
  private static final int LARGEST_DOCUMENT = 4 << 20;

  private MachineOptions() {}

  /// The machine that the options of a run mean.
  public static Subject read(Session session, Data data) {
    return read(
        session,
        data,
        host -> new Detection(detector(session).detect(host), List.of()),
        isPassedOn(session.arguments()));
  }

  /// The same with all that its owner knows, for an answer that the owner uses.
  public static Subject readForOwner(Session session, Data data) {
    return read(
        session, data, host -> new Detection(detector(session).detect(host), List.of()), false);
  }

  /// The same with everything that was asked.
  public static Subject readWithSources(Session session, Data data) {
    return read(
        session, data, detector(session)::detectWithSources, isPassedOn(session.arguments()));
  }

  private static Detector detector(Session session) {
    return new Detector(
        (tool, most) -> session.progress("cli.waiting-for-tool", tool, most.toSeconds()));
  }

  private static Subject read(
      Session session, Data data, Function<Host, Detection> detector, boolean passedOn) {
    Arguments arguments = session.arguments();
    Map<String, String> variables = variables(session);
    Optional<String> version = version(session);
    Base base = base(session, host -> detector.apply(new OverlaidHost(host, variables, version)));
    Machine found = base.detection().machine();
    Machine given = found.withOllama(found.ollama().with(variables, version));
    Machine described = new MachineDescription(DescribedParts.read(arguments), given, data).apply();
    boolean here =
        arguments.text("--machine").isEmpty()
            && described.cpu().equals(given.cpu())
            && described.ram().equals(given.ram());
    List<Source> sources = base.detection().sources();
    Optional<FittedMemory> fitted = fitted(arguments);
    if (!passedOn) {
      return new Subject(described, here, fitted, sources);
    }
    Redaction redaction = base.host().map(Redaction::new).orElseGet(Redaction::new);
    return new Subject(redaction.machine(described), here, fitted, redaction.sources(sources));
  }

  /// A machine as it stands, with its host: the one that r1pick runs on, or a recorded one.
  ///
  /// @param recording the recorded one
  public record Place(Host host, Optional<RecordedHost> recording) {}

  /// The machine that can be asked: `--machine` may name a recording and nothing else.
  ///
  /// @throws CliFailure if it names something else
  public static Place place(Session session) {
    Optional<String> recorded = session.arguments().text("--machine");
    if (recorded.isEmpty()) {
      return new Place(new EvaluatedShell(session.host()), Optional.empty());
    }
    RecordedHost host =
        recording(session.files(), new NamedFile("--machine", recorded.get()).path());
    return new Place(host, Optional.of(host));
  }

  private static Optional<FittedMemory> fitted(Arguments arguments) {
    return arguments
        .text("--memory")
        .map(
            text ->
                FittedMemory.parse(text)
                    .orElseThrow(() -> new CliFailure(new CliError.Modules(text))));
  }

  /// What a program or a report reads is made to be passed on, so it tells nothing of the owner;
  /// who looks at a terminal knows the machine.
  private static boolean isPassedOn(Arguments arguments) {
    return arguments.text("--format").filter(word -> !word.equalsIgnoreCase("text")).isPresent();
  }

  /// What a machine is described from.
  ///
  /// @param host that was asked; empty for a document
  private record Base(Detection detection, Optional<Host> host) {}

  private static Base base(Session session, Function<Host, Detection> detector) {
    Optional<String> recorded = session.arguments().text("--machine");
    if (recorded.isEmpty()) {
      var shell = new EvaluatedShell(session.host());
      return new Base(detector.apply(shell), Optional.of(shell));
    }
    if (recorded.get().equals("-")) {
      return of(
          document(
              session,
              new NamedFile("--machine", "-"),
              () -> UserFiles.text(session.files().standardInput(), LARGEST_DOCUMENT)));
    }
    UserFiles files = session.files();
    var named = new NamedFile("--machine", recorded.get());
    Path path = named.path();
    return switch (files.kind(path)) {
      case ABSENT -> throw named.unreadable(files);
      case FOLDER -> replay(files, path, detector);
      case FILE, OTHER -> of(document(session, named, () -> files.text(path, LARGEST_DOCUMENT)));
    };
  }

  private static Base of(Machine machine) {
    return new Base(new Detection(machine, List.of()), Optional.empty());
  }

  private static Base replay(UserFiles files, Path folder, Function<Host, Detection> detector) {
    RecordedHost host = recording(files, folder);
    return new Base(detector.apply(host), Optional.of(host));
  }

  private static RecordedHost recording(UserFiles files, Path folder) {
    return switch (RecordedHost.open(files, folder)) {
      case RecordedHost.Opened(var host) -> host;
      case RecordedHost.NotARecording not ->
          throw new CliFailure(
              switch (not.reason()) {
                case NO_SUCH_FOLDER -> new CliError.FileAbsent("--machine", not.path());
                case NOT_READABLE -> new CliError.FileUnreadable("--machine", not.path());
                case NOTHING_RECORDED -> new CliError.NothingRecorded(not.path());
                case TOO_LARGE -> new CliError.RecordingTooLarge(not.path());
                case BROKEN_FILE -> new CliError.BrokenRecording(not.path(), not.detail());
              });
    };
  }

  /// What `hardware --format json` wrote, or its `machine` part alone.
  private static Machine document(Session session, NamedFile file, Text reader) {
    String name = file.name();
    String text;
    try {
      text = reader.read();
    } catch (UserFiles.TooLarge _) {
      throw new CliFailure(new CliError.MachineTooLarge(name));
    } catch (IOException _) {
      throw new CliFailure(new CliError.FileUnreadable(file.option(), name));
    }
    JsonValue document = JsonReader.read(name, text);
    MachineDocument.Reading reading = MachineDocument.read(name, document);
    remarkOn(session, name, reading);
    return reading.machine();
  }

  /// Says that a document is of a newer r1pick, or has parts that are not known here.
  ///
  /// @return whether there was something to say
  public static boolean remarkOn(Session session, String name, MachineDocument.Reading reading) {
    OptionalLong newer = reading.newer();
    List<String> leftOut = reading.leftOut();
    if (newer.isPresent() && leftOut.isEmpty()) {
      session.remark("cli.machine-newer", name, newer.getAsLong());
    } else if (newer.isPresent()) {
      session.remark("cli.machine-newer-parts", name, newer.getAsLong(), leftOut);
    } else if (!leftOut.isEmpty()) {
      session.remark("cli.machine-other", name, leftOut);
    }
    return newer.isPresent() || !leftOut.isEmpty();
  }

  private static Optional<String> version(Session session) {
    Arguments arguments = session.arguments();
    Optional<String> version = arguments.text("--ollama-version");
    version.ifPresent(
        text -> {
          if (OllamaVersion.parse(text).isEmpty() && !text.equals(FROM_SOURCE)) {
            throw new CliFailure(new CliError.OllamaVersion(text));
          }
          if (OllamaRules.isOlderThanAll(text)) {
            session.remark("cli.ollama-version-old", text, OllamaRules.OLDEST);
          }
        });
    return version;
  }

  private static Map<String, String> variables(Session session) {
    var variables = new HashMap<String, String>();
    for (String pair : session.arguments().all("--ollama-env")) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new CliFailure(new CliError.OllamaEnv(pair));
      }
      remarkUnknown(session, pair.substring(0, equals));
      variables.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    OllamaSetup typed = OllamaSetup.UNKNOWN.with(variables, Optional.empty());
    for (String name : ServerSettings.NUMBERS) {
      if (typed.isNotANumber(name)) {
        session.remark("cli.ollama-env-no-number", name, variables.getOrDefault(name, ""));
      }
    }
    return Map.copyOf(variables);
  }

  /// A name that no rule reads changes nothing, which somebody who typed it should hear.
  private static void remarkUnknown(Session session, String name) {
    if (ServerSettings.READ.contains(name)) {
      return;
    }
    List<String> near =
        Spelling.slips(name, List.copyOf(ServerSettings.READ), 1, LETTERS_FOR_A_SLIP);
    if (!near.isEmpty()) {
      session.remark("cli.ollama-env-unknown-near", name, near.getFirst());
    } else {
      session.remark("cli.ollama-env-unknown", name);
    }
  }

  /// Where the text of a document comes from.
  private interface Text {
    String read() throws IOException;
  }
}
