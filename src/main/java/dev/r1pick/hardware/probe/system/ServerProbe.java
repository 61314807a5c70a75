package dev.r1pick.hardware.probe.system;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.probe.common.CommandRunner;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.host.HttpFailure;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.RunningServer;
import dev.r1pick.ollama.RunningServer.Loaded;
import dev.r1pick.ollama.ServerSettings;
import dev.r1pick.ollama.UnitEnvironment;
import dev.r1pick.ollama.server.InstalledModel;
import dev.r1pick.ollama.server.LoadedModel;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.ollama.server.Reply;
import dev.r1pick.ollama.server.ServerFailure;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The server that runs on this machine. Where nothing listens it costs next to nothing; one on
/// another machine is not asked.
public final class ServerProbe {
  private static final Duration CONNECT = Duration.ofMillis(200);

  /// A server answers in a millisecond or two; one that looks for GPUs stays silent.
  private static final Duration SILENCE = Duration.ofMillis(400);

  private ServerProbe() {}

  /// What came of it.
  public sealed interface Answer {
    /// It answers.
    record Running(RunningServer server) implements Answer {}

    /// It takes connections and says nothing.
    record Silent(String url) implements Answer {}

    /// There is none here.
    record None() implements Answer {}
  }

  /// Asks it.
  public static Answer ask(Host host, OllamaSetup settings, CommandRunner commands) {
    ServerUrl url = ServerUrl.of(settings.variable("OLLAMA_HOST").orElse(""));
    if (url.otherMachine().isPresent() || !host.mayListen(url.port())) {
      return new Answer.None();
    }
    OllamaServer server = OllamaServer.of(host.http(), host, settings);
    return switch (server.version(CONNECT, SILENCE)) {
      case Reply.Given<String>(var version) ->
          new Answer.Running(
              new RunningServer(
                  version, installed(server), loaded(server), environment(host, commands)));
      case Reply.Missing<String>(var why) ->
          why instanceof ServerFailure.NoAnswer(var cause, _) && cause == HttpFailure.Cause.SILENT
              ? new Answer.Silent(url.toString())
              : new Answer.None();
    };
  }

  private static List<String> installed(OllamaServer server) {
    var names = new ArrayList<String>();
    for (InstalledModel model : server.installed().found().orElse(List.of())) {
      names.add(model.name());
    }
    return names;
  }

  private static List<Loaded> loaded(OllamaServer server) {
    var models = new ArrayList<Loaded>();
    for (LoadedModel model : server.loaded().found().orElse(List.of())) {
      models.add(new Loaded(model.name(), model.vram(), model.size().minusOrZero(model.vram())));
    }
    return models;
  }

  /// Variables of a service of systemd, which anybody may read.
  private static Map<String, String> environment(Host host, CommandRunner commands) {
    boolean service =
        host.family() == OsFamily.LINUX
            && OllamaProbe.installation(host).equals(Optional.of(Installation.SYSTEMD));
    if (!service
        || !(commands.ask("systemctl-show-ollama", UnitEnvironment.COMMAND)
            instanceof Finished(_, var output, _))) {
      return Map.of();
    }
    var known = new HashMap<String, String>();
    Map<String, String> all = UnitEnvironment.read(output).orElse(Map.of());
    for (String name : ServerSettings.READ) {
      String value = all.get(name);
      if (value != null) {
        known.put(name, value);
      }
    }
    return known;
  }

  /// A machine with its server: its version before that of the program, its variables in place of
  /// the shell's where they are known, and memory that it can give up as free.
  public static Machine applied(Host host, Machine machine, Answer answer) {
    return switch (answer) {
      case Answer.None _ -> machine;
      case Answer.Silent(var url) -> machine.withNotes(List.of(new Note.ServerSilent(url)));
      case Answer.Running(var server) -> {
        Machine known = with(machine, server);
        boolean moved =
            !known
                .ollama()
                .variable("OLLAMA_MODELS")
                .equals(machine.ollama().variable("OLLAMA_MODELS"));
        yield moved ? known.withDisk(OllamaProbe.disk(host, known.ollama())) : known;
      }
    };
  }

  private static Machine with(Machine machine, RunningServer server) {
    boolean knowsVariables =
        machine.os().family() == OsFamily.LINUX
            && machine.ollama().installation().equals(Optional.of(Installation.SYSTEMD));
    OllamaSetup own = machine.ollama();
    Map<String, String> variables = new HashMap<>(own.environment());
    if (knowsVariables) {
      variables
          .keySet()
          .removeIf(name -> name.startsWith("OLLAMA_") && !name.equals("OLLAMA_HOST"));
      server
          .environment()
          .forEach(
              (name, value) -> {
                if (!name.equals("OLLAMA_HOST")) {
                  variables.put(name, value);
                }
              });
    }
    var ollama =
        new OllamaSetup(
            Optional.of(server.version()), variables, own.installation(), Optional.of(server));
    Bytes vram = Bytes.ZERO;
    Bytes ram = Bytes.ZERO;
    var notes = new ArrayList<Note>();
    for (Loaded model : server.loaded()) {
      vram = vram.plus(model.vram());
      // what is mapped beside a GPU counts as available already
      ram = model.vram().isZero() ? ram.plus(model.ram()) : ram;
      notes.add(new Note.LoadedCountsAsFree(model.name(), model.vram().plus(model.ram())));
    }
    Machine known = machine.withOllama(ollama);
    return known
        .withAccelerators(freed(known, vram))
        .withRam(freed(known.ram(), ram.plus(shared(known, vram))))
        .withNotes(notes);
  }

  /// GPUs with what the server holds of them as free: by what is taken of each, where there are
  /// several.
  private static List<Accelerator> freed(Machine machine, Bytes vram) {
    double taken = 0;
    for (Accelerator gpu : machine.usableAccelerators()) {
      taken += taken(gpu).count();
    }
    var all = new ArrayList<Accelerator>();
    for (Accelerator gpu : machine.accelerators()) {
      boolean used = machine.usableAccelerators().contains(gpu);
      Bytes share =
          used && taken > 0
              ? taken(gpu).min(Bytes.of(Math.round(vram.count() * (taken(gpu).count() / taken))))
              : Bytes.ZERO;
      all.add(share.isZero() ? gpu : gpu.withMemory(freed(gpu.memory(), share)));
    }
    return all;
  }

  private static Bytes taken(Accelerator gpu) {
    Memory memory = gpu.memory();
    return memory.total().isPresent() && memory.free().isPresent()
        ? memory.total().get().minusOrZero(memory.free().get())
        : Bytes.ZERO;
  }

  private static Memory freed(Memory memory, Bytes share) {
    return new Memory(
        memory.total(),
        memory.totalIsLowerBound(),
        memory.free().map(free -> free.plus(share)),
        memory.reserved(),
        memory.pool(),
        memory.unified(),
        memory.basis());
  }

  /// What of a GPU's memory is system memory too.
  private static Bytes shared(Machine machine, Bytes vram) {
    for (Accelerator gpu : machine.usableAccelerators()) {
      if (gpu.memory().pool() == Accelerator.Pool.SHARED) {
        return vram;
      }
    }
    return Bytes.ZERO;
  }

  private static Ram freed(Ram ram, Bytes bytes) {
    if (bytes.isZero() || ram.available().isEmpty()) {
      return ram;
    }
    Bytes more = ram.available().get().plus(bytes);
    return new Ram(
        ram.total(),
        Optional.of(ram.total().map(more::min).orElse(more)),
        ram.installed(),
        ram.swapTotal(),
        ram.swapFree(),
        ram.basis());
  }
}
