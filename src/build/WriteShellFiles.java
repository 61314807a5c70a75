/// Writes completions and manual pages into the application image.
///
/// Usage: `java -cp CLASSES:LIBRARIES WriteShellFiles.java FOLDER VERSION`

import dev.r1pick.cli.ShellFiles;

void main(String[] args) throws IOException {
  for (var file : ShellFiles.all(args[1]).entrySet()) {
    Path path = Path.of(args[0]).resolve(file.getKey());
    Files.createDirectories(path.getParent());
    Files.writeString(path, file.getValue());
  }
}
