package dev.r1pick.host;

import dev.r1pick.text.Text;
import dev.r1pick.units.Bandwidth;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;

/// The machine that this program runs on.
///
/// Linux is read in plain Java. Of Windows and macOS a few things are asked by native calls, which
/// have command ids like all others so that they can be recorded and replayed.
public final class LiveHost implements LocalHost {
  private static final int LARGEST_FILE = 4 << 20;
  private static final int MOST_NAMES = 10_000;

  /// Where tools are that may not be on the path of this process: services and containers have
  /// short ones, WSL and NixOS keep the driver's tool apart.
  private static final List<String> UNIX_FOLDERS =
      List.of(
          "/usr/local/bin",
          "/usr/bin",
          "/bin",
          "/usr/sbin",
          "/sbin",
          "/usr/lib/wsl/lib",
          "/run/opengl-driver/bin",
          "/opt/rocm/bin",
          "/opt/homebrew/bin",
          "/Applications/Ollama.app/Contents/Resources",
          "/system/bin");

  private final OsFamily family = familyOf(System.getProperty("os.name", ""));
  private final LiveFiles files = new LiveFiles();
  private final LiveProcesses processes = new LiveProcesses();
  private final Http http = new LiveHttp(new LiveNames());
  private final AtomicReference<Optional<String>> lastWords =
      new AtomicReference<>(Optional.empty());

  private static OsFamily familyOf(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("windows")) {
      return OsFamily.WINDOWS;
    }
    if (lower.startsWith("mac")) {
      return OsFamily.MACOS;
    }
    boolean android =
        System.getenv("ANDROID_ROOT") != null
            || System.getenv("TERMUX_VERSION") != null
            || Files.exists(Path.of("/system/build.prop"));
    return android ? OsFamily.ANDROID : OsFamily.LINUX;
  }

  @Override
  public UserFiles files() {
    return files;
  }

  @Override
  public Http http() {
    return http;
  }

  @Override
  public void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void lastWords(Optional<String> sentence) {
    lastWords.set(sentence);
  }

  /// What was set last.
  public Optional<String> lastWords() {
    return lastWords.get();
  }

  /// Standard output; a write to it fails with [ReaderGone] where nobody reads any more.
  public OutputStream standardOutput() {
    return new LiveOutput(family);
  }

  /// Removes unfinished files and ends processes that still run: what the end of this program, in
  /// time or by a signal, would leave behind.
  public void abandon() {
    files.abandon();
    processes.abandon();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  /// Linux lists the ports that programs listen at; elsewhere one has to knock.
  @Override
  public Listener listener(int port) {
    return family == OsFamily.LINUX ? LivePorts.listener(port) : Listener.UNKNOWN;
  }

  @Override
  public int workers() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public Optional<Bandwidth> memoryRead(int threads) {
    return LiveMemoryRead.run(threads);
  }

  @Override
  public OsFamily family() {
    return family;
  }

  @Override
  public String arch() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return switch (arch) {
      case "amd64", "x86_64" -> "x86_64";
      case "arm64", "aarch64" -> "aarch64";
      default -> Text.clean(arch);
    };
  }

  @Override
  public OptionalInt processors() {
    return OptionalInt.of(workers());
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name));
  }

  /// Windows does not tell `Path` from `PATH`, so there the names come in capitals.
  @Override
  public List<String> variables(String prefix) {
    var names = new ArrayList<String>();
    for (String name : System.getenv().keySet()) {
      String known = family == OsFamily.WINDOWS ? name.toUpperCase(Locale.ROOT) : name;
      if (known.startsWith(prefix)) {
        names.add(known);
      }
    }
    names.sort(String::compareTo);
    return names;
  }

  @Override
  public Optional<String> read(String path) {
    Optional<Path> file = path(path);
    if (file.isEmpty() || !Files.isRegularFile(file.get())) {
      return Optional.empty();
    }
    try (InputStream stream = Files.newInputStream(file.get())) {
      return Optional.of(new String(stream.readNBytes(LARGEST_FILE), StandardCharsets.UTF_8));
    } catch (IOException | SecurityException _) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> readEnd(String path, int most) {
    Optional<Path> file = path(path);
    if (file.isEmpty() || !Files.isRegularFile(file.get())) {
      return Optional.empty();
    }
    try (InputStream stream = Files.newInputStream(file.get())) {
      stream.skipNBytes(Math.max(0, Files.size(file.get()) - most));
      return Optional.of(new String(stream.readNBytes(most), StandardCharsets.UTF_8));
    } catch (IOException | SecurityException _) {
      return Optional.empty();
    }
  }

  private static Optional<Path> path(String path) {
    try {
      return Optional.of(Path.of(path));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  @Override
  public boolean exists(String path) {
    return path(path).filter(Files::exists).isPresent();
  }

  @Override
  public List<String> list(String folder) {
    Optional<Path> path = path(folder);
    if (path.isEmpty() || !Files.isDirectory(path.get())) {
      return List.of();
    }
    var names = new ArrayList<String>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path.get())) {
      for (Path entry : entries) {
        if (names.size() < MOST_NAMES) {
          names.add(String.valueOf(entry.getFileName()));
        }
      }
    } catch (IOException | DirectoryIteratorException | SecurityException _) {
      return List.of();
    }
    names.sort(String::compareTo);
    return names;
  }

  @Override
  public Access access(String deviceNode) {
    Optional<Path> path = path(deviceNode);
    if (path.isEmpty() || !Files.exists(path.get())) {
      return Access.ABSENT;
    }
    return Files.isReadable(path.get()) && Files.isWritable(path.get())
        ? Access.OPEN
        : Access.CLOSED;
  }

  /// A folder that does not exist yet will be made on the file system of the nearest one above it.
  @Override
  public Optional<Bytes> usableSpace(String path) {
    Optional<Path> folder = path(path).map(Path::toAbsolutePath);
    while (folder.isPresent() && !Files.exists(folder.get())) {
      folder = Optional.ofNullable(folder.get().getParent());
    }
    try {
      return folder.isEmpty()
          ? Optional.empty()
          : Optional.of(Bytes.of(Math.max(0, Files.getFileStore(folder.get()).getUsableSpace())));
    } catch (IOException | SecurityException _) {
      return Optional.empty();
    }
  }

  @Override
  public CommandResult run(
      String id, List<String> command, Map<String, String> variables, Duration deadline) {
    return switch (id) {
      case "metal-device-json" -> family == OsFamily.MACOS ? metal() : none();
      case "win-dxgi-json" -> family == OsFamily.WINDOWS ? answered(LiveWindows.dxgi()) : none();
      case "win-cim-json" ->
          family == OsFamily.WINDOWS
              ? LiveWindows.cim(script -> process(powerShell(script), deadline), deadline)
              : none();
      case "win-registry-json" ->
          family == OsFamily.WINDOWS
              ? LiveWindows.registry(process(LiveWindows.REGISTRY_QUERY, deadline))
              : none();
      case "oshi-json" -> system();
      case "ollama-processes-json" ->
          family == OsFamily.LINUX
              ? answered(LivePrograms.json(command.subList(1, command.size())))
              : none();
      default -> process(command, variables, deadline);
    };
  }

  private static CommandResult none() {
    return new CommandResult.NotInstalled();
  }

  /// An installation without OSHI, or a system that it does not know, tells nothing.
  private static CommandResult system() {
    try {
      return answered(LiveSystem.json());
    } catch (RuntimeException | LinkageError _) {
      return none();
    }
  }

  private static CommandResult metal() {
    Optional<String> device = LiveMetal.deviceJson();
    return device.isPresent() ? answered(device.get()) : none();
  }

  private static CommandResult answered(String output) {
    return new CommandResult.Finished(0, output, "");
  }

  private static List<String> powerShell(String script) {
    return List.of("powershell", "-NoProfile", "-NonInteractive", "-Command", script);
  }

  private CommandResult process(List<String> command, Duration deadline) {
    return process(command, Map.of(), deadline);
  }

  private CommandResult process(
      List<String> command, Map<String, String> variables, Duration deadline) {
    Optional<Path> program = program(command.getFirst());
    if (program.isEmpty()) {
      return none();
    }
    var words = new ArrayList<String>(command);
    words.set(0, program.get().toString());
    return processes.run(words, family, variables, deadline);
  }

  /// The program by its full path: the path of this process first, then the usual places.
  private Optional<Path> program(String name) {
    boolean windows = family == OsFamily.WINDOWS;
    for (String folder : folders(windows)) {
      Optional<Path> place = path(folder);
      // A relative folder on the path would run whatever lies in the current one.
      if (place.isPresent() && place.get().isAbsolute()) {
        Path file = place.get().resolve(windows ? name + ".exe" : name);
        if (Files.isRegularFile(file) && (windows || Files.isExecutable(file))) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private List<String> folders(boolean windows) {
    var folders = new ArrayList<String>();
    String path = environment("PATH").orElse("");
    for (String folder : Text.split(path, windows ? ';' : ':')) {
      if (!folder.isEmpty()) {
        folders.add(folder);
      }
    }
    if (!windows) {
      folders.addAll(UNIX_FOLDERS);
      return folders;
    }
    environment("SystemRoot")
        .ifPresent(
            root -> {
              folders.add(root + "\\System32");
              folders.add(root + "\\System32\\WindowsPowerShell\\v1.0");
            });
    environment("ProgramFiles")
        .ifPresent(files -> folders.add(files + "\\NVIDIA Corporation\\NVSMI"));
    environment("LOCALAPPDATA").ifPresent(data -> folders.add(data + "\\Programs\\Ollama"));
    return folders;
  }
}
