package dev.r1pick.cli.option;

import dev.r1pick.cli.console.Console;
import dev.r1pick.host.LocalHost;
import dev.r1pick.host.UserFiles;
import dev.r1pick.report.words.Messages;

/// What a command works with.
///
/// @param arguments the options of this run
/// @param console where it writes
/// @param host the machine it runs on, with the files of its user
/// @param messages the sentences of the reader's language, for the screen
/// @param documents the sentences of formats that programs read
/// @param version of r1pick
public record Session(
    Arguments arguments,
    Console console,
    LocalHost host,
    Messages messages,
    Messages documents,
    String version) {
  /// The files of the user who asks, never those of the machine that is asked about.
  public UserFiles files() {
    return host.files();
  }

  /// Says something beside the answer.
  public void remark(String key, Object... figures) {
    console.remark("r1pick: " + messages.text(key, figures));
  }
}
