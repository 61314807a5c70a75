package dev.r1pick.cli.option;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.host.UserFiles;
import dev.r1pick.policy.InvalidPolicy;
import dev.r1pick.policy.Policy;
import dev.r1pick.policy.PolicyReader;
import dev.r1pick.report.words.ErrorWording;
import dev.r1pick.text.Escaping;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Where a policy is: `--policy FILE`, or the nearest of its usual names upwards from the working
/// directory.
public final class PolicyFile {
  static final List<String> NAMES = List.of(".r1pick.yml", ".r1pick.yaml", ".r1pick.json");

  /// Thousands of rules; what is larger is no policy.
  private static final int LARGEST = 1 << 20;

  private PolicyFile() {}

  /// The policy that a run means; empty where none is named and none is found.
  ///
  /// @throws CliFailure if it cannot be read or is not one
  public static Optional<Policy> read(Session session, Data data) {
    Optional<String> named = session.arguments().text("--policy");
    if (named.isPresent()) {
      var file = new NamedFile("--policy", named.get());
      return Optional.of(
          read(session, named.get(), file.path(), data, () -> file.unreadable(session.files())));
    }
    Path here = session.files().workingDirectory();
    return find(session.files(), here)
        .map(file -> found(session, here.relativize(file).toString(), file, data));
  }

  private static Policy found(Session session, String name, Path file, Data data) {
    return read(session, name, file, data, () -> new CliFailure(new CliError.Unreadable(name)));
  }

  /// The nearest policy, looked for in that folder and every one above it.
  ///
  /// @param from an absolute path
  /// @throws CliFailure if a folder has two
  static Optional<Path> find(UserFiles files, Path from) {
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      var found = new ArrayList<Path>();
      for (String name : NAMES) {
        Path file = folder.resolve(name);
        if (files.kind(file) == UserFiles.Kind.FILE) {
          found.add(file);
        }
      }
      if (found.size() > 1) {
        throw new CliFailure(new CliError.TwoPolicies(found.get(0), found.get(1)));
      }
      if (!found.isEmpty()) {
        return Optional.of(found.getFirst());
      }
    }
    return Optional.empty();
  }

  private static Policy read(
      Session session, String name, Path file, Data data, Supplier<CliFailure> unreadable) {
    String text = text(session.files(), name, file, unreadable);
    try {
      return PolicyReader.read(name, text, data.catalog(), data.useCases());
    } catch (InvalidPolicy e) {
      String problem =
          ErrorWording.sentence(session.messages(), e.error().key(), e.error()).sentence();
      throw new CliFailure(
          new CliError.InPolicy(
              e.file(), e.place().line(), e.place().column(), Escaping.line(problem)));
    }
  }

  private static String text(
      UserFiles files, String name, Path file, Supplier<CliFailure> unreadable) {
    try {
      return files.text(file, LARGEST);
    } catch (UserFiles.TooLarge _) {
      throw new CliFailure(new CliError.PolicyTooLarge(name));
    } catch (CharacterCodingException _) {
      throw new CliFailure(new CliError.PolicyNotUtf8(name));
    } catch (IOException _) {
      throw unreadable.get();
    }
  }
}
