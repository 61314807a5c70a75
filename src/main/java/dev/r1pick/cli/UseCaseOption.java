package dev.r1pick.cli;

import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import java.util.ArrayList;
import java.util.List;

/// `--use-case`: what the answers are for.
final class UseCaseOption {
  private static final String DEFAULT = "chat";

  private UseCaseOption() {}

  /// The profile of that id.
  ///
  /// @throws CliFailure if there is none
  static UseCaseProfile read(Arguments arguments, Data data) {
    String id = arguments.text("--use-case").orElse(DEFAULT);
    return data.useCases().profile(id).orElseThrow(() -> unknown(id, data.useCases()));
  }

  private static CliFailure unknown(String id, UseCases known) {
    var ids = new ArrayList<String>();
    known.profiles().forEach(profile -> ids.add(profile.id()));
    List<String> near = Names.nearest(id, ids);
    return near.isEmpty()
        ? CliFailure.usage("cli.error.use-case", id, String.join(", ", ids))
        : CliFailure.usage("cli.error.use-case-near", id, String.join(", ", near));
  }
}
