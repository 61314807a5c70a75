package dev.r1pick.hardware.probe.system;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.probe.common.CommandRunner;
import dev.r1pick.host.Host;
import dev.r1pick.host.Host.Listener;
import dev.r1pick.host.HttpFailure;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.ollama.RunningServer;
import dev.r1pick.ollama.RunningServer.Installed;
import dev.r1pick.ollama.RunningServer.Loaded;
import dev.r1pick.ollama.server.InstalledModel;
import dev.r1pick.ollama.server.LoadedModel;
import dev.r1pick.ollama.server.OllamaServer;
import dev.r1pick.ollama.server.Reply;
import dev.r1pick.ollama.server.ServerFailure;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The server that `OLLAMA_HOST` names. Where nothing listens on this machine it costs next to
/// nothing. One on another machine is asked too, and what is loaded there takes nothing here.
public final class ServerProbe {
  private static final Duration CONNECT = Duration.ofMillis(200);

  /// A server answers in a millisecond or two; one that looks for GPUs stays silent.
  private static final Duration SILENCE = Duration.ofMillis(400);

  /// On the way to another machine there may be a tunnel.
  private static final Duration FAR_SILENCE = Duration.ofSeconds(1);

  private ServerProbe() {}

  /// What came of it.
  public sealed interface Answer {
    /// It answers.
    record Running(RunningServer server) implements Answer {}

    /// It takes connections and says nothing; one on another machine cannot be reached.
    record Silent(String url, boolean elsewhere) implements Answer {}

    /// There is none here.
    record None() implements Answer {}
  }

  /// Asks it.
  public static Answer ask(Host host, OllamaSetup settings, CommandRunner commands) {
    ServerUrl url = ServerUrl.of(settings.variable("OLLAMA_HOST").orElse(""));
    Optional<String> elsewhere = OllamaProbe.elsewhere(host, settings);
    boolean here = elsewhere.isEmpty();
    Listener listener =
        here && url.otherMachine().isEmpty() ? host.listener(url.port()) : Listener.UNKNOWN;
    if (listener == Listener.NONE) {
      return new Answer.None();
    }
    OllamaServer server = OllamaServer.of(host.http(), host, settings);
    // plain tests: the first pattern switches of a run cost milliseconds
    Reply<String> version = server.version(CONNECT, here ? SILENCE : FAR_SILENCE);
    if (version instanceof Reply.Given<String>(var said)) {
      return new Answer.Running(
          new RunningServer(
              said,
              elsewhere,
              installed(server),
              loaded(server),
              here
                  ? ServerSettingsProbe.read(host, settings, Optional.of(said), listener, commands)
                  : RunningServer.Settings.UNKNOWN));
    }
    boolean silent =
        version instanceof Reply.Missing<String>(var why)
            && why instanceof ServerFailure.NoAnswer(var cause, _)
            && cause == HttpFailure.Cause.SILENT;
    return silent || !here ? new Answer.Silent(url.toString(), !here) : new Answer.None();
  }

  private static List<Installed> installed(OllamaServer server) {
    var models = new ArrayList<Installed>();
    for (InstalledModel model : server.installed().found().orElse(List.of())) {
      models.add(new Installed(model.name(), model.digest()));
    }
    return models;
  }

  private static List<Loaded> loaded(OllamaServer server) {
    var models = new ArrayList<Loaded>();
    for (LoadedModel model : server.loaded().found().orElse(List.of())) {
      models.add(
          new Loaded(
              model.name(), model.vram(), model.size().minusOrZero(model.vram()), model.context()));
    }
    return models;
  }

  /// A machine with its server: its version before that of the program, its variables in place of
  /// the shell's where they are known, and memory that it can give up as free.
  public static Machine applied(Host host, Machine machine, Answer answer) {
    if (answer instanceof Answer.Silent(var url, var elsewhere)) {
      return machine.withNotes(
          List.of(elsewhere ? new Note.NoAnswerElsewhere(url) : new Note.ServerSilent(url)));
    }
    if (!(answer instanceof Answer.Running(var server))) {
      return machine;
    }
    Machine known = with(machine, server);
    boolean moved =
        !known
            .ollama()
            .variable("OLLAMA_MODELS")
            .equals(machine.ollama().variable("OLLAMA_MODELS"));
    return moved ? known.withDisk(OllamaProbe.disk(host, known.ollama())) : known;
  }

  private static Machine with(Machine machine, RunningServer server) {
    OllamaSetup own = ServerSettingsProbe.applied(machine.ollama(), server.settings());
    var ollama =
        new OllamaSetup(
            Optional.of(server.version()),
            own.environment(),
            own.installation(),
            Optional.of(server));
    if (server.elsewhere().isPresent()) {
      return machine.withOllama(ollama);
    }
    Bytes vram = Bytes.ZERO;
    Bytes ram = Bytes.ZERO;
    var notes = new ArrayList<Note>();
    for (Loaded model : server.loaded()) {
      vram = vram.plus(model.vram());
      // what is mapped beside a GPU counts as available already
      ram = model.vram().isZero() ? ram.plus(model.ram()) : ram;
      notes.add(
          new Note.LoadedCountsAsFree(
              model.name(), model.vram().plus(model.ram()), model.context()));
    }
    if (!server.settings().isWhole()) {
      notes.add(new Note.ServerContextUnseen());
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
