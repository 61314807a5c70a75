package dev.r1pick.cli.command;

import dev.r1pick.cli.option.Session;
import dev.r1pick.host.UserFiles;
import dev.r1pick.host.UserFiles.Kind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a file lies in its repository: CI systems find the file of an annotation from there, not
/// from the folder that a step ran in.
final class RepositoryPath {
  /// GitHub's variable for the folder of the repository.
  private static final String WORKSPACE = "GITHUB_WORKSPACE";

  private RepositoryPath() {}

  /// The path of a file from the root of its repository, with `/` between the names.
  ///
  /// @param file from the working directory, or absolute
  /// @return empty for a file in no repository
  static Optional<String> of(Session session, String file) {
    Path path;
    try {
      path = session.files().workingDirectory().resolve(file).normalize();
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
    Optional<Path> root = root(session, path);
    return root.isEmpty() ? Optional.empty() : Optional.of(slashes(root.get().relativize(path)));
  }

  private static Optional<Path> root(Session session, Path file) {
    Optional<Path> workspace = workspace(session);
    if (workspace.isPresent() && file.startsWith(workspace.get())) {
      return workspace;
    }
    UserFiles files = session.files();
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      // a file in worktrees and submodules
      if (files.kind(folder.resolve(".git")) != Kind.ABSENT) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> workspace(Session session) {
    try {
      return session
          .host()
          .environment(WORKSPACE)
          .map(Path::of)
          .filter(Path::isAbsolute)
          .map(Path::normalize);
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }

  private static String slashes(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }
}
