package dev.r1pick.doctor;

import dev.r1pick.ollama.log.EngineCommand;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Map;

/// What runs on a machine and what it stands on.
///
/// @param known whether anything could be seen
/// @param elevated whether the administrator asks
/// @param servers processes of `ollama serve`
/// @param engines command lines of loaded models
/// @param programs other programs that hold much memory, largest first
/// @param onVideoMemory programs that hold memory of a GPU
/// @param battery whether it runs on a battery
/// @param mounts file systems
public record Running(
    boolean known,
    boolean elevated,
    List<Server> servers,
    List<EngineCommand> engines,
    List<Program> programs,
    List<Program> onVideoMemory,
    boolean battery,
    List<Mount> mounts) {
  public Running {
    servers = List.copyOf(servers);
    engines = List.copyOf(engines);
    programs = List.copyOf(programs);
    onVideoMemory = List.copyOf(onVideoMemory);
    mounts = List.copyOf(mounts);
  }

  /// A file system.
  public record Mount(String place, boolean readOnly) {}

  /// Whether the file system that holds a path cannot be written.
  public boolean isReadOnly(String path) {
    boolean readOnly = false;
    int longest = -1;
    for (Mount mount : mounts) {
      String place = mount.place();
      boolean holds =
          path.equals(place) || path.startsWith(place.endsWith("/") ? place : place + "/");
      if (holds && place.length() > longest) {
        longest = place.length();
        readOnly = mount.readOnly();
      }
    }
    return readOnly;
  }

  /// A server.
  ///
  /// @param environment empty where this user may not see it
  public record Server(long pid, String user, Map<String, String> environment) {
    public Server {
      environment = Map.copyOf(environment);
    }
  }

  /// A program.
  public record Program(String name, Bytes memory) {}
}
