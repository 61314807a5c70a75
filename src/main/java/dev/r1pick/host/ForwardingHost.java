package dev.r1pick.host;

import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A machine that passes every question on to another one; what implements it answers the few that
/// it changes.
public interface ForwardingHost extends Host {
  /// Who is asked.
  Host host();

  @Override
  default long nanoTime() {
    return host().nanoTime();
  }

  @Override
  default OsFamily family() {
    return host().family();
  }

  @Override
  default String arch() {
    return host().arch();
  }

  @Override
  default OptionalInt processors() {
    return host().processors();
  }

  @Override
  default Optional<String> environment(String name) {
    return host().environment(name);
  }

  @Override
  default List<String> variables(String prefix) {
    return host().variables(prefix);
  }

  @Override
  default Optional<String> read(String path) {
    return host().read(path);
  }

  @Override
  default Optional<String> readEnd(String path, int most) {
    return host().readEnd(path, most);
  }

  @Override
  default boolean exists(String path) {
    return host().exists(path);
  }

  @Override
  default List<String> list(String folder) {
    return host().list(folder);
  }

  @Override
  default Access access(String deviceNode) {
    return host().access(deviceNode);
  }

  @Override
  default Optional<Bytes> usableSpace(String path) {
    return host().usableSpace(path);
  }

  @Override
  default Http http() {
    return host().http();
  }

  @Override
  default Listener listener(int port) {
    return host().listener(port);
  }

  @Override
  default CommandResult run(
      String id, List<String> command, Map<String, String> variables, Duration deadline) {
    return host().run(id, command, variables, deadline);
  }
}
