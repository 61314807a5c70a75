package dev.r1pick.cli.console;

import dev.r1pick.text.Kebab;
import java.util.Set;
import java.util.TreeSet;

/// Every code that an error can have.
public final class ErrorCodes {
  private ErrorCodes() {}

  public static Set<String> all() {
    var codes = new TreeSet<String>();
    for (Class<?> group : CliError.class.getPermittedSubclasses()) {
      codes.add(Kebab.of(group));
    }
    return codes;
  }
}
