/// Checks or rewrites the Java sources with google-java-format, on the JDK that compiles them.
///
/// Usage: `java -cp google-java-format.jar FormatSources.java check|write FOLDER...`
/// Exit code 1 and one line per file when `check` finds a file that is not formatted.

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

void main(String[] args) throws Exception {
  boolean write = args[0].equals("write");
  var formatter = new Formatter();
  var unformatted = new ArrayList<Path>();
  for (String folder : List.of(args).subList(1, args.length)) {
    try (var files = Files.walk(Path.of(folder))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        String before = Files.readString(file);
        String imports =
            ImportOrderer.reorderImports(
                RemoveUnusedImports.removeUnusedImports(before), JavaFormatterOptions.Style.GOOGLE);
        String after = formatter.formatSource(imports);
        if (!after.equals(before)) {
          unformatted.add(file);
          if (write) {
            Files.writeString(file, after);
          }
        }
      }
    }
  }
  for (Path file : unformatted) {
    System.err.println((write ? "formatted: " : "not formatted: ") + file);
  }
  if (!write && !unformatted.isEmpty()) {
    System.err.println("Run: mvn -q generate-resources exec:exec@format -Dformat=write");
    System.exit(1);
  }
}
