package dev.r1pick.hardware;

import dev.r1pick.ollama.Backend;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether the installed Ollama would use an accelerator with its settings as they are.
public sealed interface Usability {

  /// It would.
  record Usable(Backend backend) implements Usability {}

  /// It would not.
  ///
  /// @param reason why
  /// @param backend the library that would drive it if the reason went away, where that is known
  /// @param optIn the setting that turns it on, for example `OLLAMA_IGPU_ENABLE=1`
  /// @param arguments what the sentence of the fix needs, such as the oldest driver that will do
  record NotUsable(
      WhyNot reason, Optional<Backend> backend, Optional<String> optIn, List<String> arguments)
      implements Usability {
    public NotUsable {
      arguments = List.copyOf(arguments);
    }

    /// Without arguments.
    public NotUsable(WhyNot reason, Optional<Backend> backend, Optional<String> optIn) {
      this(reason, backend, optIn, List.of());
    }

    /// For reasons that have nothing to do with a library.
    public static NotUsable because(WhyNot reason) {
      return new NotUsable(reason, Optional.empty(), Optional.empty());
    }

    /// For reasons that stand between the device and a library.
    public static NotUsable because(WhyNot reason, Backend backend) {
      return new NotUsable(reason, Optional.of(backend), Optional.empty());
    }

    /// A variable hides it.
    static NotUsable hidden(Backend backend, String variable) {
      return new NotUsable(
          WhyNot.HIDDEN_BY_ENVIRONMENT, Optional.of(backend), Optional.empty(), List.of(variable));
    }
  }

  /// The library that drives it, or would.
  default Optional<Backend> knownBackend() {
    return this instanceof Usable(var backend)
        ? Optional.of(backend)
        : ((NotUsable) this).backend();
  }

  /// Reasons; the message bundle has the sentence and the fix for each. Several that need other
  /// words may have one code, which is what JSON has.
  enum WhyNot {
    /// No driver is bound to it, or nouveau.
    DRIVER_MISSING,
    /// It is kept for a virtual machine (`vfio-pci`).
    GIVEN_TO_VIRTUAL_MACHINE(DRIVER_MISSING),
    /// The tool is there, the kernel module is not.
    DRIVER_NOT_LOADED,
    /// The device is visible, the driver was not passed into the container.
    DRIVER_NOT_REACHABLE,
    /// Windows keeps it from WSL.
    BLOCKED_BY_WINDOWS(DRIVER_NOT_REACHABLE),
    /// The device is visible, and this job may not use it.
    NOT_GIVEN_TO_JOB(DRIVER_NOT_REACHABLE),
    /// The tool hangs.
    DRIVER_NOT_RESPONDING,
    DRIVER_LIBRARY_MISMATCH,
    /// The libraries of a container are of another version than the driver of its host.
    CONTAINER_LIBRARY_MISMATCH(DRIVER_LIBRARY_MISMATCH),
    DRIVER_TOO_OLD,
    DRIVER_ERROR,
    NO_DEVICE,
    DEVICE_LOST,
    COMPUTE_CAPABILITY_TOO_LOW,
    NO_PERMISSION,
    /// Ollama is a snap without the interface to GPUs.
    SNAP_WITHOUT_INTERFACE(NO_PERMISSION),
    HIDDEN_BY_ENVIRONMENT,
    IGPU_DROPPED_BY_DEFAULT,
    UNSUPPORTED_BY_OLLAMA,
    /// The build for this system and architecture has no backend for it; others have.
    UNSUPPORTED_BY_BUILD(UNSUPPORTED_BY_OLLAMA),
    /// Homebrew builds Ollama for Linux without GPU backends; the builds of its maker have them.
    BREW_WITHOUT_GPU(UNSUPPORTED_BY_OLLAMA),
    /// An accelerator that other engines compute on.
    DRIVEN_BY_OTHER_ENGINES(UNSUPPORTED_BY_OLLAMA),
    /// A server's management chip.
    DISPLAY_ONLY,
    VIRTUAL_DISPLAY,
    VIRTUAL_GPU;

    private final String code;

    WhyNot() {
      this.code = kebab();
    }

    WhyNot(WhyNot published) {
      this.code = published.code;
    }

    private String kebab() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether somebody can do something about it, after which Ollama would use the device. A GPU
    /// inside a processor that Ollama leaves out is not counted: turning it on seldom helps.
    public boolean canBeMended() {
      return switch (this) {
        case DRIVER_MISSING,
            DRIVER_NOT_LOADED,
            DRIVER_NOT_REACHABLE,
            NOT_GIVEN_TO_JOB,
            GIVEN_TO_VIRTUAL_MACHINE,
            CONTAINER_LIBRARY_MISMATCH,
            DRIVER_NOT_RESPONDING,
            DRIVER_LIBRARY_MISMATCH,
            DRIVER_TOO_OLD,
            DRIVER_ERROR,
            DEVICE_LOST,
            NO_PERMISSION,
            SNAP_WITHOUT_INTERFACE,
            BREW_WITHOUT_GPU,
            BLOCKED_BY_WINDOWS,
            HIDDEN_BY_ENVIRONMENT ->
            true;
        case NO_DEVICE,
            COMPUTE_CAPABILITY_TOO_LOW,
            IGPU_DROPPED_BY_DEFAULT,
            UNSUPPORTED_BY_OLLAMA,
            UNSUPPORTED_BY_BUILD,
            DRIVEN_BY_OTHER_ENGINES,
            DISPLAY_ONLY,
            VIRTUAL_DISPLAY,
            VIRTUAL_GPU ->
            false;
      };
    }

    /// In kebab-case, as in JSON.
    public String code() {
      return code;
    }

    /// In kebab-case, as in message keys.
    public String id() {
      return kebab();
    }
  }
}
