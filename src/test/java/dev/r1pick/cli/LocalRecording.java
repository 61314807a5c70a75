package dev.r1pick.cli;

import dev.r1pick.host.ForwardingHost;
import dev.r1pick.host.Host;
import dev.r1pick.host.Http;
import dev.r1pick.host.HttpFailure;
import dev.r1pick.host.LiveHost;
import dev.r1pick.host.LocalHost;
import dev.r1pick.host.UserFiles;
import dev.r1pick.units.Bandwidth;
import java.time.Duration;
import java.util.Optional;

/// A recorded machine as the one that r1pick runs on, with the real files of whoever runs the test.
///
/// @param bandwidth what a timed read of its memory comes to; empty where it cannot be timed
public record LocalRecording(Host host, Optional<Bandwidth> bandwidth)
    implements ForwardingHost, LocalHost {
  @Override
  public UserFiles files() {
    return new LiveHost().files();
  }

  /// Nothing listens anywhere.
  @Override
  public Http http() {
    return request -> {
      throw new HttpFailure(HttpFailure.Cause.REFUSED, request.url());
    };
  }

  /// No time passes in a recording.
  @Override
  public void pause(Duration time) {}

  @Override
  public void lastWords(Optional<String> sentence) {}

  @Override
  public int workers() {
    return 3;
  }

  @Override
  public Optional<Bandwidth> memoryRead(int threads) {
    return bandwidth;
  }
}
