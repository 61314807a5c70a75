package dev.r1pick.cli.console;

import dev.r1pick.text.Kebab;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Every code that an error can have.
public final class ErrorCodes {
  private ErrorCodes() {}

  public static Set<String> all() {
    var codes = new TreeSet<String>();
    for (Class<?> group : groups(CliError.class)) {
      codes.add(Kebab.of(group));
    }
    return codes;
  }

  /// The interfaces that errors belong to.
  public static List<Class<?>> groups(Class<?> type) {
    var groups = new ArrayList<Class<?>>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      boolean holdsErrors =
          permitted.isInterface() && permitted.getPermittedSubclasses()[0].isRecord();
      groups.addAll(
          holdsErrors || !permitted.isInterface() ? List.of(permitted) : groups(permitted));
    }
    return groups;
  }
}
