/// Makes the assembled folder an application image: its own Java runtime and an AOT cache.
///
/// Usage: `java ApplicationImage.java IMAGE MODULES RECORDED_MACHINES TIMESTAMP`
///
/// The runtime is linked by the JDK that runs this file. Where that JDK cannot link (some
/// distributions leave jlink out) the image stays without a runtime, says so, and the launcher looks
/// for a Java on the user's machine. The cache is trained through the launcher itself, so its JVM
/// flags are the launcher's flags.

import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.spi.ToolProvider;

/// What the command lines of the training need of Java code: each kind of answer once, on a GPU, on
/// a CPU, and on the machine of the build. Placeholders stand for recorded machines.
static final List<String> TRAINING =
    List.of(
        "recommend",
        "recommend --machine GPU",
        "recommend --machine GPU --format json --explain",
        "recommend --machine AMD --format env",
        "recommend --machine CPU --priority quality --use-case code",
        "check 8b",
        "check 32b --machine GPU",
        "check 14b --machine GPU --format json",
        "hardware",
        "hardware --machine GPU --format json",
        "list",
        "show 8b",
        "recomend",
        "--help",
        "recommend --help",
        "--version");

static final Map<String, String> MACHINES =
    Map.of(
        "GPU", "nvidia-rtx3060-linux", "AMD", "amd-rx7900xt-linux", "CPU", "ci-linux-runner-no-gpu");

static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

void main(String[] args) throws Exception {
  Path image = Path.of(args[0]);
  Path runtime = image.resolve("runtime");
  String why = link(runtime, args[1]);
  if (!why.isEmpty()) {
    System.out.println(
        "The image has no runtime of its own and needs a Java 25 where it runs: " + why.strip());
    return;
  }
  // The cache knows the jars by size and time; archives keep even seconds.
  setTimes(image.resolve("lib"), FileTime.from(Instant.parse(args[3])));
  train(image, Path.of(args[2]));
}

/// Links the runtime unless the same one is there.
///
/// @return why there is none; empty if there is
String link(Path runtime, String modules) throws Exception {
  Path made = runtime.resolve("made-of");
  String recipe = Runtime.version() + " " + modules + "\n";
  if (Files.isRegularFile(made) && Files.readString(made).equals(recipe)) {
    return "";
  }
  delete(runtime);
  Optional<ToolProvider> jlink = ToolProvider.findFirst("jlink");
  if (jlink.isEmpty()) {
    return "the JDK of the build has no jlink";
  }
  var said = new StringWriter();
  var to = new PrintWriter(said);
  int status =
      jlink
          .get()
          .run(
              to,
              to,
              "--add-modules",
              modules,
              "--output",
              runtime.toString(),
              "--compress=zip-6",
              "--strip-java-debug-attributes",
              "--no-header-files",
              "--no-man-pages");
  if (status != 0) {
    delete(runtime);
    return said.toString();
  }
  // What a start falls back to where the AOT cache is refused.
  run(Map.of(), program(runtime.resolve("bin/java")), "-XX:+UseSerialGC", "-Xshare:dump");
  Files.writeString(made, recipe);
  return "";
}

void train(Path image, Path recorded) throws Exception {
  Path cache = image.resolve("runtime/r1pick.aot").toAbsolutePath();
  Files.deleteIfExists(cache);
  var command = new ArrayList<String>();
  command.add(image.resolve(WINDOWS ? "bin/r1pick.cmd" : "bin/r1pick").toString());
  for (String line : TRAINING) {
    if (command.size() > 1) {
      command.add("--then");
    }
    for (String word : line.split(" ")) {
      String machine = MACHINES.get(word);
      command.add(machine == null ? word : recorded.resolve(machine).toString());
    }
  }
  String said =
      run(Map.of("R1PICK_AOT_OUTPUT", cache.toString()), command.toArray(String[]::new));
  if (!Files.isRegularFile(cache)) {
    throw new IllegalStateException("the training made no AOT cache:\n" + said);
  }
}

String program(Path path) {
  return path + (WINDOWS ? ".exe" : "");
}

String run(Map<String, String> environment, String... command) throws Exception {
  var builder = new ProcessBuilder(command).redirectErrorStream(true);
  builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
  builder.environment().putAll(environment);
  Process process = builder.start();
  process.getOutputStream().close();
  String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  if (process.waitFor() != 0) {
    throw new IllegalStateException(String.join(" ", command) + " failed:\n" + said);
  }
  return said;
}

void setTimes(Path folder, FileTime time) throws IOException {
  try (var files = Files.list(folder)) {
    for (Path file : files.toList()) {
      Files.setLastModifiedTime(file, time);
    }
  }
}

void delete(Path folder) throws IOException {
  if (Files.exists(folder)) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
