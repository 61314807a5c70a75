package dev.r1pick.cli.option;

import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.read.ProfileReader;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.host.UserFiles;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonReader;
import dev.r1pick.report.words.Messages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `--use-case` or `--profile`: what the answers are for.
public final class UseCaseOption {
  public static final String DEFAULT = "chat";

  /// Far larger than any use case.
  private static final int LARGEST_PROFILE = 1 << 20;

  private static final int OFFERED = 3;

  private UseCaseOption() {}

  /// The profile of that id, or of the user's own file.
  ///
  /// @throws CliFailure if there is none
  public static UseCaseProfile read(Session session, Data data) {
    Arguments arguments = session.arguments();
    Optional<String> id = arguments.text("--use-case");
    Optional<String> file = arguments.text("--profile");
    if (file.isPresent()) {
      if (arguments.given("--use-case")) {
        throw new CliFailure(new CliError.UseCaseAndProfile());
      }
      return own(session.files(), file.get(), data.useCases());
    }
    String wanted = id.orElse(DEFAULT);
    return data.useCases()
        .named(wanted)
        .or(() -> titled(wanted, data.useCases(), session.messages()))
        .orElseThrow(() -> unknown(arguments.name("--use-case"), wanted, data.useCases()));
  }

  /// The one that the screen calls so.
  private static Optional<UseCaseProfile> titled(
      String wanted, UseCases useCases, Messages messages) {
    for (UseCaseProfile profile : useCases.profiles()) {
      if (messages.text("use-cases." + profile.id()).equalsIgnoreCase(wanted.strip())) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }

  private static UseCaseProfile own(UserFiles files, String file, UseCases known) {
    String text = text(files, file);
    try {
      return ProfileReader.read(file, text, known);
    } catch (InvalidJson invalid) {
      throw JsonReader.locate(text, invalid.path())
          .map(at -> invalid.in(file + ":" + at.line() + ":" + at.column()))
          .orElse(invalid);
    }
  }

  private static String text(UserFiles files, String file) {
    var named = new NamedFile("--profile", file);
    try {
      return files.text(named.path(), LARGEST_PROFILE);
    } catch (UserFiles.TooLarge _) {
      throw new CliFailure(new CliError.ProfileTooLarge(file));
    } catch (IOException _) {
      throw named.unreadable(files);
    }
  }

  /// A use for another kind of model is an answer, and ends like one: nothing fits.
  private static CliFailure unknown(String option, String id, UseCases known) {
    var other = known.notForR1(id);
    if (other.isPresent()) {
      return new CliFailure(new CliError.OtherModel(other.get().id()));
    }
    List<UseCaseProfile> near = known.near(id, OFFERED);
    return near.isEmpty()
        ? new CliFailure(new CliError.UseCase(option, id, known.profiles()))
        : new CliFailure(new CliError.UseCaseNear(option, id, near));
  }
}
