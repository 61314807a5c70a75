package dev.r1pick.hardware.record;

import dev.r1pick.host.Host;
import dev.r1pick.host.Http;
import dev.r1pick.host.OsFamily;
import dev.r1pick.host.UserFiles;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;

/// A folder that answers as a machine once did; [Recorder] writes such folders.
///
/// - `commands.json`: an array of `id`, `argv`, `exit` and optionally `stdout`, `stderr` (names of
///   files beside it, or for `stderr` the text itself) and `hang_ms`. A command that is not listed
///   is not installed. Commands are told apart by `id`, whatever their arguments are.
/// - `env.json`: the variables that are set; an empty text is set but empty.
/// - `fs/`: a virtual root; what is not there does not exist.
/// - `system.json`: the architecture; older recordings have none.
/// - `dev-access.json`: which device nodes exist and can be opened; without it nothing is known.
/// - `http.json`: what a server answered; without it nothing listens.
/// - `sizes.json`: sizes of files of which only the names are recorded.
/// - `df.txt`, as the output of the command `df`: free space, in the form of `df -Pk`.
public final class RecordedHost implements Host {
  /// What the recorded system calls itself: `{"arch": "x86_64"}`.
  static final String SYSTEM_FILE = "system.json";

  private static final int MOST_FILES = 20_000;
  private static final int LARGEST_FILE = 4 << 20;
  private static final long LARGEST_FOLDER = 256L << 20;

  private final Map<String, byte[]> files;
  private final Map<String, TreeSet<String>> folders = new HashMap<>();
  private final Map<String, JsonValue> commands = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Optional<JsonValue> access;

  private RecordedHost(
      Map<String, byte[]> files,
      JsonValue commands,
      JsonValue environment,
      Optional<JsonValue> access) {
    this.files = files;
    this.access = access;
    for (String file : files.keySet()) {
      enter(file);
    }
    for (JsonValue command : commands.items()) {
      command.textAt("id").ifPresent(id -> this.commands.putIfAbsent(id, command));
    }
    if (environment instanceof JsonValue.Members(var values)) {
      values.forEach(
          (name, value) -> {
            if (value instanceof JsonValue.Text(var text)) {
              this.environment.put(name, text);
            }
          });
    }
  }

  private void enter(String file) {
    int end = file.length();
    while (end > 0) {
      int slash = file.lastIndexOf('/', end - 1);
      String folder = slash < 0 ? "" : file.substring(0, slash);
      boolean isNew =
          folders.computeIfAbsent(folder, _ -> new TreeSet<>()).add(file.substring(slash + 1, end));
      if (!isNew) {
        return;
      }
      end = Math.max(slash, 0);
    }
  }

  /// What became of a folder.
  public sealed interface Opening {}

  /// It is a recording.
  public record Opened(RecordedHost host) implements Opening {}

  /// It is none.
  ///
  /// @param reason what is wrong with it
  /// @param path the folder, or the file in it that is at fault
  /// @param detail where in the file, in the parser's words; empty for other reasons
  public record NotARecording(Reason reason, String path, String detail) implements Opening {}

  /// What can be wrong with a folder; the message bundle has the sentence for each.
  public enum Reason {
    NO_SUCH_FOLDER,
    NOT_READABLE,
    /// Neither `commands.json` nor `fs`.
    NOTHING_RECORDED,
    TOO_LARGE,
    /// `commands.json`, `env.json` or `dev-access.json` cannot be understood.
    BROKEN_FILE
  }

  /// Reads a folder.
  public static Opening open(UserFiles user, Path folder) {
    if (user.kind(folder) != UserFiles.Kind.FOLDER) {
      return new NotARecording(Reason.NO_SUCH_FOLDER, folder.toString(), "");
    }
    var files = new HashMap<String, byte[]>();
    long size = 0;
    try {
      for (Path file : RecordedFiles.below(user, folder)) {
        byte[] content = content(user, folder.resolve(file));
        size += content.length;
        if (files.size() >= MOST_FILES || size > LARGEST_FOLDER) {
          return new NotARecording(Reason.TOO_LARGE, folder.toString(), "");
        }
        files.put(file.toString().replace('\\', '/'), content);
      }
    } catch (IOException _) {
      return new NotARecording(Reason.NOT_READABLE, folder.toString(), "");
    }
    return switch (of(files)) {
      case Opened opened -> opened;
      case NotARecording(var reason, var path, var detail) ->
          new NotARecording(
              reason, path.isEmpty() ? folder.toString() : folder.resolve(path).toString(), detail);
    };
  }

  /// No file of a recording is longer than what a live host reads of one.
  private static byte[] content(UserFiles user, Path file) throws IOException {
    try (InputStream stream = user.open(file)) {
      return stream.readNBytes(LARGEST_FILE);
    }
  }

  /// A recording in memory.
  ///
  /// @param files contents by path inside the folder, with `/` between the parts
  public static Opening of(Map<String, byte[]> files) {
    boolean any = files.containsKey("commands.json");
    for (String file : files.keySet()) {
      any |= file.startsWith("fs/");
    }
    if (!any) {
      return new NotARecording(Reason.NOTHING_RECORDED, "", "");
    }
    try {
      return new Opened(
          new RecordedHost(
              Map.copyOf(files),
              json(files, "commands.json").orElse(new JsonValue.Items(List.of())),
              json(files, "env.json").orElse(JsonValue.object().build()),
              json(files, "dev-access.json")));
    } catch (InvalidJson e) {
      return new NotARecording(Reason.BROKEN_FILE, e.file(), Text.clean(e.detail()));
    }
  }

  private static Optional<JsonValue> json(Map<String, byte[]> files, String name) {
    byte[] content = files.get(name);
    return content == null
        ? Optional.empty()
        : Optional.of(JsonReader.read(name, new String(content, StandardCharsets.UTF_8)));
  }

  private Optional<String> text(String file) {
    byte[] content = files.get(file);
    return content == null
        ? Optional.empty()
        : Optional.of(
            new String(content, 0, Math.min(content.length, LARGEST_FILE), StandardCharsets.UTF_8));
  }

  private boolean hasAny(String... namesOrIds) {
    for (String name : namesOrIds) {
      if (files.containsKey(name) || commands.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  /// A recording answers at once.
  @Override
  public long nanoTime() {
    return 0;
  }

  /// By what only one system has.
  @Override
  public OsFamily family() {
    if (hasAny(
        "win-cim-json",
        "win-registry-json",
        "win-dxgi-json",
        "win-cim.json",
        "win-registry.json",
        "win-dxgi.json")) {
      return OsFamily.WINDOWS;
    }
    if (hasAny(
        "sysctl",
        "vm-stat",
        "system-profiler-json",
        "metal-device-json",
        "sysctl.txt",
        "vm_stat.txt",
        "system_profiler.json",
        "metal.json")) {
      return OsFamily.MACOS;
    }
    return hasAny("getprop-soc", "getprop.txt", "fs/system/build.prop")
        ? OsFamily.ANDROID
        : OsFamily.LINUX;
  }

  /// As the recording says it; older ones leave it to what the processor prints.
  @Override
  public String arch() {
    Optional<String> said = recordedArch();
    if (said.isPresent()) {
      return said.get();
    }
    String cpuinfo = text("fs/proc/cpuinfo").orElse("");
    if (cpuinfo.contains("loongarch64") || cpuinfo.contains("Loongson")) {
      return "loongarch64";
    }
    if (cpuinfo.contains("rv64")) {
      return "riscv64";
    }
    if (cpuinfo.contains("POWER") && cpuinfo.contains("timebase")) {
      return "ppc64le";
    }
    if (cpuinfo.contains("IBM/S390")) {
      return "s390x";
    }
    boolean arm =
        switch (family()) {
          case LINUX, ANDROID ->
              text("fs/proc/cpuinfo").orElse("").contains("CPU implementer")
                  || (files.containsKey("fs/sys/firmware/devicetree/base/model")
                      && !files.containsKey("fs/proc/cpuinfo"));
          case MACOS ->
              text("sysctl.txt").orElse("").contains("hw.optional.arm64: 1")
                  || text("metal.json").orElse("").contains("Apple M");
          case WINDOWS -> text("win-cim.json").orElse("").contains("ARM 64");
        };
    return arm ? "aarch64" : "x86_64";
  }

  private Optional<String> recordedArch() {
    return text(SYSTEM_FILE)
        .flatMap(Text::json)
        .flatMap(system -> system.textAt("arch"))
        .flatMap(Text::cleaned);
  }

  @Override
  public OptionalInt processors() {
    return OptionalInt.empty();
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  @Override
  public List<String> variables(String prefix) {
    var names = new ArrayList<String>();
    for (String name : environment.keySet()) {
      if (name.startsWith(prefix)) {
        names.add(name);
      }
    }
    names.sort(String::compareTo);
    return names;
  }

  @Override
  public Optional<String> read(String path) {
    return text(RecordedFiles.place(path));
  }

  @Override
  public boolean exists(String path) {
    String place = RecordedFiles.place(path);
    return files.containsKey(place) || folders.containsKey(place);
  }

  @Override
  public List<String> list(String folder) {
    TreeSet<String> names = folders.get(RecordedFiles.place(folder));
    return names == null ? List.of() : List.copyOf(names);
  }

  @Override
  public Access access(String deviceNode) {
    if (access.isEmpty()) {
      return Access.UNKNOWN;
    }
    Optional<JsonValue> node = access.get().member(deviceNode);
    if (node.isEmpty() || !isTrue(node.get(), "exists")) {
      return Access.ABSENT;
    }
    return isTrue(node.get(), "readable") && isTrue(node.get(), "writable")
        ? Access.OPEN
        : Access.CLOSED;
  }

  private static boolean isTrue(JsonValue value, String name) {
    return value.member(name).filter(new JsonValue.Flag(true)::equals).isPresent();
  }

  /// The row of `df` whose mount holds the path, else the only row there is.
  @Override
  public Optional<Bytes> usableSpace(String path) {
    if (!(run("df", List.of("df"), Duration.ofSeconds(1))
        instanceof CommandResult.Finished(_, var output, _))) {
      return Optional.empty();
    }
    Optional<Bytes> best = Optional.empty();
    int longest = -1;
    int rows = 0;
    Optional<Bytes> last = Optional.empty();
    for (String line : Text.lines(output)) {
      List<String> words = Text.words(line);
      if (words.size() >= 6 && Text.whole(words.get(3)).isPresent()) {
        String mount = String.join(" ", words.subList(5, words.size()));
        last = Text.bytes(Text.whole(words.get(3)), 1024);
        rows++;
        if (holds(mount, path) && mount.length() > longest) {
          longest = mount.length();
          best = last;
        }
      }
    }
    return best.isPresent() || rows != 1 ? best : last;
  }

  private static boolean holds(String mount, String path) {
    return path.equals(mount)
        || path.startsWith(mount.endsWith("/") || mount.endsWith("\\") ? mount : mount + "/");
  }

  @Override
  public CommandResult run(
      String id, List<String> command, Map<String, String> variables, Duration deadline) {
    JsonValue recorded = commands.get(id);
    if (recorded == null) {
      return new CommandResult.NotInstalled();
    }
    OptionalLong hang = recorded.wholeAt("hang_ms");
    if (hang.isPresent() && hang.getAsLong() > deadline.toMillis()) {
      return new CommandResult.TimedOut(deadline);
    }
    int exit = Math.clamp(recorded.wholeAt("exit").orElse(0), -1, 255);
    String errors = recorded.textAt("stderr").orElse("");
    return new CommandResult.Finished(
        exit,
        recorded.textAt("stdout").flatMap(this::text).orElse(""),
        text(errors).orElse(errors));
  }

  @Override
  public Listener listener(int port) {
    return files.containsKey("http.json") ? Listener.UNKNOWN : Listener.NONE;
  }

  /// Its files.
  public UserFiles disk() {
    return RecordedFiles.of(files);
  }

  @Override
  public Http http() {
    return RecordedHttp.of(files);
  }

  /// The files of the recording, for tests that change them.
  public Map<String, byte[]> files() {
    return new HashMap<>(files);
  }

  /// The ids of the commands that were recorded.
  List<String> commandIds() {
    return new ArrayList<>(new TreeSet<>(commands.keySet()));
  }
}
