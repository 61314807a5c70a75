package dev.r1pick.cli.config;

import dev.r1pick.cli.Run;
import dev.r1pick.host.ForwardingHost;
import dev.r1pick.host.Host;
import dev.r1pick.host.OsFamily;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A recorded machine whose user has other variables, such as a home in a temporary folder.
///
/// @param host the recording
/// @param system which system decides where a cache lies
/// @param variables of the environment; others are unset
public record HomeHost(Host host, OsFamily system, Map<String, String> variables)
    implements ForwardingHost {

  /// A Linux user with that cache folder.
  public static HomeHost withCache(String machine, Path cache) {
    return new HomeHost(
        Run.host(machine), OsFamily.LINUX, Map.of("XDG_CACHE_HOME", cache.toString()));
  }

  @Override
  public OsFamily family() {
    return system;
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  @Override
  public List<String> variables(String prefix) {
    return variables.keySet().stream().filter(name -> name.startsWith(prefix)).sorted().toList();
  }
}
