/// Makes the assembled folder an application image: its own Java runtime, with the program and its
/// libraries linked into it as modules, and an AOT cache.
///
/// Usage: `java ApplicationImage.java IMAGE MODULES RECORDED_MACHINES TIMESTAMP`
///
/// The runtime is linked by the JDK that runs this file. Where that JDK cannot link (some
/// distributions leave jlink out) the image stays without a runtime, says so, and the launcher
/// looks for a Java on the user's machine and starts from `lib/`. The cache is trained through the
/// launcher itself, so its JVM flags are the launcher's flags. docs/decisions/0007 says why
/// modules.

import com.sun.net.httpserver.HttpServer;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModuleMainClassAttribute;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;

static final String MODULE = "dev.r1pick";
static final String MAIN_CLASS = "dev.r1pick.cli.Main";

/// What the command lines of the training need of Java code: each kind of answer once, on a GPU, on
/// a CPU, and on the machine of the build. Placeholders stand for recorded machines.
static final List<String> TRAINING =
    List.of(
        "recommend",
        "recommend --machine GPU",
        "recommend --machine GPU --format json --explain",
        "recommend --machine AMD --format env",
        "recommend --machine CPU --priority quality --use-case coding",
        "check 8b",
        "check 32b --machine GPU",
        "check 14b --machine GPU --format json",
        "hardware",
        "hardware --machine GPU --format json",
        "list",
        "show 8b",
        "explain 7b moe",
        "explain q4_K_M",
        "next 8b --machine GPU",
        "pull 8b --dry-run",
        "status",
        "recomend",
        "recomend --format json",
        "config",
        "--help",
        "recommend --help",
        "--version");

static final Map<String, String> MACHINES =
    Map.of(
        "GPU",
        "nvidia-rtx3060-linux",
        "AMD",
        "amd-rx7900xt-linux",
        "CPU",
        "ci-linux-runner-no-gpu");

/// What a server of Ollama answers while it is trained: that one listens is the usual case, and what
/// reads its answers would be loaded from the runtime otherwise, 60 classes.
static final Map<String, String> SERVER =
    Map.of(
        "/api/version",
        "{\"version\":\"0.32.15\"}",
        "/api/tags",
        """
        {"models":[{"name":"deepseek-r1:1.5b","model":"deepseek-r1:1.5b","size":1117322768,\
        "digest":"e0979632db5a88d1a53884cb2a941772d10ff5d055aabaa6801c4e36f3a6c2d7",\
        "details":{"parent_model":"","family":"qwen2","quantization_level":"Q4_K_M"}}]}""",
        "/api/ps",
        """
        {"models":[{"name":"a","model":"a","size":1000000000,"size_vram":0},\
        {"name":"deepseek-r1:1.5b","model":"deepseek-r1:1.5b","size":1600000000,\
        "size_vram":1600000000,"context_length":4096,"expires_at":"2026-11-27T22:04:05Z"}]}""");

/// The cache must not hold machine code: that of a processor with AVX-512 stops the program on one
/// without, and a cache travels. A newer Java that does not know the switch passes over it. What Java
/// says stays to be seen.
static final String PORTABLE = "-XX:-AOTAdapterCaching -XX:+DisplayVMOutput";

/// Turns a cache that is refused, which costs only time otherwise, into a failure.
static final String CACHE_OR_FAIL = "-XX:AOTMode=on";

static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

void main(String[] args) throws Exception {
  Path image = Path.of(args[0]);
  Path lib = image.resolve("lib");
  setTimes(lib, FileTime.from(Instant.parse(args[3])));
  String why = link(image.resolve("runtime"), lib, args[1]);
  if (!why.isEmpty()) {
    System.out.println(
        "The image has no runtime of its own and needs a Java 25 where it runs: " + why.strip());
    return;
  }
  train(image, Path.of(args[2]));
  run(Map.of("R1PICK_JAVA_OPTIONS", CACHE_OR_FAIL), launcher(image), "--version");
}

/// Links the runtime unless the same one is there.
///
/// @return why there is none; empty if there is
String link(Path runtime, Path lib, String javaModules) throws Exception {
  Path made = runtime.resolve("made-of");
  String recipe = Runtime.version() + " " + javaModules + "\n" + digests(lib);
  if (Files.isRegularFile(made) && Files.readString(made).equals(recipe)) {
    return "";
  }
  delete(runtime);
  Path modules = lib.resolveSibling("modules");
  Set<String> names = gatherModules(lib, modules, javaModules);
  String refusal = jlink(names, modules, runtime);
  if (!refusal.isEmpty()) {
    delete(runtime);
    String cannotLinkAnything = jlink(Set.of("java.base"), modules, runtime);
    delete(runtime);
    delete(modules);
    if (cannotLinkAnything.isEmpty()) {
      throw new IllegalStateException("the runtime cannot be linked:\n" + refusal);
    }
    return cannotLinkAnything;
  }
  delete(modules);
  // What a start falls back to where the AOT cache is refused.
  run(Map.of(), program(runtime.resolve("bin/java")), "-XX:+UseSerialGC", "-Xshare:dump");
  Files.writeString(made, recipe);
  return "";
}

/// @return why it refused; empty if it did not
String jlink(Set<String> names, Path modules, Path runtime) {
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
              "--module-path",
              modules.toString(),
              "--add-modules",
              String.join(",", names),
              "--output",
              runtime.toString(),
              "--compress=zip-6",
              "--strip-java-debug-attributes",
              "--no-header-files",
              "--no-man-pages");
  return status == 0 ? "" : "jlink: " + said;
}

/// Copies the jars into a folder of modules and makes our jar a module there. The sources have no
/// module description: one module gains nothing from it but this.
///
/// @return the names of all modules that the runtime is made of
Set<String> gatherModules(Path lib, Path modules, String javaModules) throws Exception {
  delete(modules);
  Files.createDirectory(modules);
  var required = new TreeSet<>(List.of(javaModules.split(",")));
  Path ours = modules;
  for (Path jar : jars(lib)) {
    Path copy = Files.copy(jar, modules.resolve(jar.getFileName()));
    if (jar.getFileName().toString().startsWith("r1pick-")) {
      ours = copy;
    } else {
      for (ModuleReference module : ModuleFinder.of(jar).findAll()) {
        required.add(module.descriptor().name());
      }
    }
  }
  byte[] description = describe(ours, required);
  try (var jar = FileSystems.newFileSystem(ours)) {
    Files.write(jar.getPath("module-info.class"), description);
  }
  required.add(MODULE);
  return required;
}

byte[] describe(Path jar, Set<String> required) throws IOException {
  var packages = new TreeSet<String>();
  String version;
  try (var file = new JarFile(jar.toFile())) {
    version = file.getManifest().getMainAttributes().getValue("Implementation-Version");
    for (var entries = file.entries(); entries.hasMoreElements(); ) {
      String name = entries.nextElement().getName();
      // To Java a folder of resources is a package as well.
      if (name.indexOf('/') > 0 && !name.endsWith("/") && !name.startsWith("META-INF/")) {
        packages.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.'));
      }
    }
  }
  var module =
      ModuleAttribute.of(
          ModuleDesc.of(MODULE),
          description -> {
            description.moduleVersion(version);
            for (String name : required) {
              description.requires(
                  ModuleDesc.of(name), name.equals("java.base") ? 0x8000 : 0, null);
            }
          });
  return ClassFile.of()
      .buildModule(
          module,
          file ->
              file.with(
                      ModulePackagesAttribute.ofNames(
                          packages.stream().map(PackageDesc::of).toList()))
                  .with(ModuleMainClassAttribute.of(ClassDesc.of(MAIN_CLASS))));
}

String digests(Path lib) throws Exception {
  var text = new StringBuilder();
  for (Path jar : jars(lib)) {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
    text.append(HexFormat.of().formatHex(digest)).append("  ").append(jar.getFileName());
    text.append('\n');
  }
  return text.toString();
}

void train(Path image, Path recorded) throws Exception {
  Path cache = image.resolve("runtime/r1pick.aot").toAbsolutePath();
  Files.deleteIfExists(cache);
  var command = new ArrayList<String>();
  command.add(launcher(image));
  for (String line : TRAINING) {
    if (command.size() > 1) {
      command.add("--then");
    }
    for (String word : line.split(" ")) {
      String machine = MACHINES.get(word);
      command.add(machine == null ? word : recorded.resolve(machine).toString());
    }
  }
  HttpServer server = server();
  String said =
      run(
          Map.of(
              "R1PICK_AOT_OUTPUT",
              cache.toString(),
              "R1PICK_JAVA_OPTIONS",
              PORTABLE,
              "OLLAMA_HOST",
              "127.0.0.1:" + server.getAddress().getPort()),
          command.toArray(String[]::new));
  server.stop(0);
  if (!Files.isRegularFile(cache)) {
    throw new IllegalStateException("the training made no AOT cache:\n" + said);
  }
}

HttpServer server() throws IOException {
  var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  server.createContext(
      "/",
      exchange -> {
        String known = SERVER.get(exchange.getRequestURI().getPath());
        byte[] answer = (known == null ? "{\"error\":\"no such call\"}" : known).getBytes();
        // as Go's server does where the request asks for it
        exchange.getResponseHeaders().add("Connection", "close");
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(known == null ? 404 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
      });
  server.start();
  return server;
}

String launcher(Path image) {
  return image.resolve(WINDOWS ? "bin/r1pick.cmd" : "bin/r1pick").toString();
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
  for (Path file : jars(folder)) {
    Files.setLastModifiedTime(file, time);
  }
}

List<Path> jars(Path folder) throws IOException {
  try (var files = Files.list(folder)) {
    return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
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
