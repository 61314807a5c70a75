package dev.r1pick.build;

import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.cli.R1Pick;
import dev.r1pick.cli.completion.BashCompletion;
import dev.r1pick.cli.completion.FishCompletion;
import dev.r1pick.cli.completion.ShellModel;
import dev.r1pick.cli.completion.ZshCompletion;
import dev.r1pick.report.words.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a package puts beside the program: completions for shells and manual pages, made from the
/// commands themselves. The build writes them; no run of the program needs this class.
///
/// Usage: `java -cp CLASSES:LIBRARIES dev.r1pick.build.ShellFiles FOLDER VERSION`
public final class ShellFiles {
  private ShellFiles() {}

  public static void main(String[] args) throws IOException {
    for (var file : all(args[1]).entrySet()) {
      Path path = Path.of(args[0]).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /// The files by their path below `share`.
  ///
  /// @param version of r1pick, for the foot of the manual pages
  public static Map<String, String> all(String version) {
    var files = new LinkedHashMap<String, String>();
    Messages english = Messages.in(Locale.ENGLISH);
    ShellModel model = model(english);
    files.put("bash-completion/completions/r1pick", BashCompletion.of(model));
    files.put("zsh/site-functions/_r1pick", ZshCompletion.of(model, english));
    files.put("fish/vendor_completions.d/r1pick.fish", FishCompletion.of(model, english));
    ManPages.of(model, english, version)
        .forEach((name, page) -> files.put("man/man1/" + name, page));
    Messages chinese = Messages.in(Locale.CHINESE);
    ManPages.of(model(chinese), chinese, version)
        .forEach((name, page) -> files.put("man/zh_CN/man1/" + name, page));
    return files;
  }

  private static ShellModel model(Messages messages) {
    return ShellModel.of(
        R1Pick.commands(), messages, CatalogReader.readDefault(), UseCaseReader.readDefault());
  }
}
