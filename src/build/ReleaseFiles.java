/// Writes what stands beside a release archive: the SBOM of exactly what is in it, the installer,
/// and a checksum for each file.
///
/// Usage: `java -cp CLASSES ReleaseFiles.java TARGET NAME INSTALLER`; TARGET holds the image
/// `r1pick`, the SBOM of the Maven project `bom.json` and the archives `NAME.tar.gz` and
/// `NAME.zip`.
///
/// The SBOM of the project names what Maven resolves. The image differs: libraries that only
/// another system needs are left out, picocli is compiled into our jar from its sources, the script of
/// Chart.js is copied into it, and a Java runtime comes to it.

import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonValue.Items;
import dev.r1pick.json.JsonValue.Members;
import dev.r1pick.json.JsonValue.Text;
import dev.r1pick.json.JsonWriter;
import java.security.MessageDigest;
import java.util.jar.JarFile;

static final String RUNTIME = "java-runtime";

/// A library that is not shipped as a jar, with an entry of our jar that shows it is there, and how it came in.
record Inside(String entry, String form) {}

static final Map<String, Inside> INSIDE =
    Map.of(
        "picocli", new Inside("picocli/CommandLine.class", "compiled from its source jar into ours"),
        "chart.js",
            new Inside(
                "dev/r1pick/report/html/chart.js/chart.umd.min.js", "its script, copied into our jar"));

void main(String[] args) throws Exception {
  Path target = Path.of(args[0]);
  String name = args[1];
  Path image = target.resolve("r1pick");
  if (!Files.isRegularFile(image.resolve("runtime/r1pick.aot"))) {
    throw new IllegalStateException("a release needs an image with a runtime and a cache");
  }
  var files = new ArrayList<Path>();
  files.add(
      Files.writeString(
          target.resolve(name + ".cdx.json"),
          JsonWriter.pretty(sbom(target.resolve("bom.json"), image)) + "\n"));
  Path installer = target.resolve("install.sh");
  Files.copy(Path.of(args[2]), installer, StandardCopyOption.REPLACE_EXISTING);
  installer.toFile().setExecutable(true, false);
  files.add(installer);
  for (String ending : List.of(".tar.gz", ".zip")) {
    Path archive = target.resolve(name + ending);
    if (Files.exists(archive)) {
      files.add(archive);
    }
  }
  for (Path file : files) {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    Files.writeString(
        target.resolve(file.getFileName() + ".sha256"),
        HexFormat.of().formatHex(digest) + "  " + file.getFileName() + "\n");
  }
}

JsonValue sbom(Path ofProject, Path image) throws Exception {
  JsonValue project = JsonReader.read(ofProject.toString(), Files.readString(ofProject));
  var components = new ArrayList<JsonValue>();
  var left = new HashSet<String>();
  for (JsonValue component : project.member("components").orElseThrow().items()) {
    Optional<JsonValue> shipped = asShipped(component, image);
    shipped.ifPresent(components::add);
    if (shipped.isEmpty()) {
      left.add(text(component, "bom-ref"));
    }
  }
  components.add(runtime());
  JsonValue metadata = project.member("metadata").orElseThrow();
  String root = text(metadata.member("component").orElseThrow(), "bom-ref");
  var document = new LinkedHashMap<>(((Members) project).values());
  document.put("components", new Items(components));
  document.put("dependencies", new Items(dependencies(project, root, left)));
  return new Members(document);
}

/// The component as it is in the image: as its jar, or inside ours; empty if it is not there.
Optional<JsonValue> asShipped(JsonValue component, Path image) throws IOException {
  String name = text(component, "name");
  if (Files.exists(image.resolve("lib/" + name + "-" + text(component, "version") + ".jar"))) {
    return Optional.of(component);
  }
  Inside inside = INSIDE.get(name);
  if (inside == null) {
    return Optional.empty();
  }
  try (var jars = Files.newDirectoryStream(image.resolve("lib"), "r1pick-*.jar");
      var jar = new JarFile(jars.iterator().next().toFile())) {
    if (jar.getEntry(inside.entry()) == null) {
      throw new IllegalStateException(name + " is neither a library of the image nor in our jar");
    }
  }
  var members = new LinkedHashMap<>(((Members) component).values());
  // They are those of the jar that was not used.
  members.remove("hashes");
  members.put(
      "properties",
      new Items(List.of(property("r1pick:form", inside.form()))));
  return Optional.of(new Members(members));
}

/// The JDK that runs this file has linked the runtime.
JsonValue runtime() {
  var license =
      Map.<String, JsonValue>of(
          "expression", new Text("GPL-2.0-only WITH Classpath-exception-2.0"));
  var members = new LinkedHashMap<String, JsonValue>();
  members.put("type", new Text("platform"));
  members.put("bom-ref", new Text(RUNTIME));
  members.put("publisher", new Text(System.getProperty("java.vendor")));
  members.put("name", new Text("OpenJDK"));
  members.put("version", new Text(Runtime.version().toString()));
  members.put("purl", new Text(purl()));
  members.put("description", new Text("Java runtime, linked by jlink of the modules in use"));
  members.put("licenses", new Items(List.of(new Members(license))));
  return new Members(members);
}

/// `pkg:generic/eclipse-adoptium/openjdk@25.0.3%2B9-LTS`: there is no type of its own for what is
/// linked from a JDK (package-url, types), so its vendor is the namespace.
String purl() {
  String vendor = System.getProperty("java.vendor").toLowerCase(Locale.ROOT);
  String namespace = vendor.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  String version = Runtime.version().toString().replace("+", "%2B");
  return "pkg:generic/" + namespace + "/openjdk@" + version;
}

List<JsonValue> dependencies(JsonValue project, String root, Set<String> left) {
  var dependencies = new ArrayList<JsonValue>();
  for (JsonValue dependency : project.member("dependencies").orElseThrow().items()) {
    String ref = text(dependency, "ref");
    if (left.contains(ref)) {
      continue;
    }
    var on = new ArrayList<JsonValue>();
    for (JsonValue one : dependency.member("dependsOn").orElseThrow().items()) {
      if (!left.contains(((Text) one).value())) {
        on.add(one);
      }
    }
    if (ref.equals(root)) {
      on.add(new Text(RUNTIME));
    }
    dependencies.add(depends(ref, on));
  }
  dependencies.add(depends(RUNTIME, List.of()));
  return dependencies;
}

JsonValue depends(String ref, List<JsonValue> on) {
  return members("ref", new Text(ref), "dependsOn", new Items(on));
}

JsonValue property(String name, String value) {
  return members("name", new Text(name), "value", new Text(value));
}

JsonValue members(String first, JsonValue one, String second, JsonValue two) {
  var members = new LinkedHashMap<String, JsonValue>();
  members.put(first, one);
  members.put(second, two);
  return new Members(members);
}

String text(JsonValue value, String member) {
  return ((Text) value.member(member).orElseThrow()).value();
}
