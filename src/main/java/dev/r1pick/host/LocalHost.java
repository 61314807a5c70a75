package dev.r1pick.host;

import dev.r1pick.units.Bandwidth;
import java.time.Duration;
import java.util.Optional;

/// The machine that r1pick runs on, with what belongs to the user who runs it.
///
/// A recorded machine is a [Host] and never a local one: it can be asked what it has, not for the
/// user's files.
public interface LocalHost extends Host {
  /// The user's files and standard input.
  UserFiles files();

  /// The network, as this user reaches it.
  @Override
  Http http();

  /// Waits; returns early where the thread is interrupted.
  void pause(Duration time);

  /// What standard error gets where a signal ends the process from now on; empty: that there is no
  /// answer.
  void lastWords(Optional<String> sentence);

  /// Threads that may work at once, 1 or more.
  int workers();

  /// Times how fast so many threads together read memory; takes about a second.
  ///
  /// @param threads usable cores
  /// @return empty if there is not enough memory for it, or the thread was interrupted
  Optional<Bandwidth> memoryRead(int threads);
}
