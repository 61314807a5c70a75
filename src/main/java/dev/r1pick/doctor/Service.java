package dev.r1pick.doctor;

import java.util.Map;
import java.util.Optional;

/// What starts the server.
///
/// @param unit systemd's, where there is one
/// @param container that runs Ollama's image, where there is one
/// @param program whether the program `ollama` is there
/// @param programVersion of that program, where it told it
public record Service(
    Optional<Unit> unit,
    Optional<Container> container,
    boolean program,
    Optional<String> programVersion) {

  /// A unit of systemd.
  ///
  /// @param state `active`, `activating`, `failed`, `inactive`
  /// @param restarts since it was started by hand
  /// @param user that it runs as
  /// @param environment that its files set
  public record Unit(
      String state, long restarts, Optional<String> user, Map<String, String> environment) {
    public Unit {
      environment = Map.copyOf(environment);
    }

    /// Whether it starts again and again.
    public boolean isFailing() {
      return state.equals("failed") || (state.equals("activating") && restarts > 0);
    }
  }

  /// A container.
  ///
  /// @param name as Docker calls it
  /// @param gpuAsked whether a GPU was asked for when it was made
  /// @param environment that it was made with
  public record Container(String name, boolean gpuAsked, Map<String, String> environment) {
    public Container {
      environment = Map.copyOf(environment);
    }
  }
}
