package dev.r1pick.cli.option;

import dev.r1pick.cli.console.Console;
import dev.r1pick.host.Host;
import dev.r1pick.report.words.Messages;

/// What a command works with.
///
/// @param arguments the options of this run
/// @param console where it writes
/// @param host the machine it runs on
/// @param messages the sentences of the reader's language
/// @param version of r1pick
public record Session(
    Arguments arguments, Console console, Host host, Messages messages, String version) {
  /// Says something beside the answer.
  public void remark(String key, Object... figures) {
    console.remark("r1pick: " + messages.text(key, figures));
  }
}
