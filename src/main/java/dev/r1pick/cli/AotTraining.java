package dev.r1pick.cli;

import dev.r1pick.host.LiveHost;
import java.util.ArrayList;
import java.util.List;

/// Runs several command lines in one process, so that the build can record which classes and
/// methods they need for the AOT cache. It is never started by a user.
public final class AotTraining {
  /// Stands between two command lines.
  private static final String NEXT = "--then";

  private AotTraining() {}

  /// Runs each command line as [Main] would; the last one ends the process.
  ///
  /// @param args command lines with `--then` between them
  public static void main(String[] args) {
    var line = new ArrayList<String>();
    for (String word : args) {
      if (word.equals(NEXT)) {
        Main.run(List.copyOf(line), new LiveHost());
        line.clear();
      } else {
        line.add(word);
      }
    }
    Main.main(line.toArray(String[]::new));
  }
}
