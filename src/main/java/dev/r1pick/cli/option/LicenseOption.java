package dev.r1pick.cli.option;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.License;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;

/// `--license`: which licenses may bind a tag.
public final class LicenseOption {
  private LicenseOption() {}

  /// The licenses that were named, several times or with commas between them; none where the option
  /// was not given.
  ///
  /// @throws CliFailure if a word names none of the catalog's licenses
  public static List<License> read(Arguments arguments, Catalog catalog) {
    var licenses = new ArrayList<License>();
    for (String text : arguments.all("--license")) {
      for (String word : Text.list(text)) {
        List<License> meant = catalog.licenses().matching(word);
        if (meant.isEmpty()) {
          throw new CliFailure(
              new CliError.License(
                  arguments.name("--license"), word.strip(), catalog.licenses().words()));
        }
        for (License license : meant) {
          if (!licenses.contains(license)) {
            licenses.add(license);
          }
        }
      }
    }
    return List.copyOf(licenses);
  }
}
