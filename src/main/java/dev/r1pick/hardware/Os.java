package dev.r1pick.hardware;

/// The operating system and what is around the process.
///
/// @param family which system
/// @param arch `x86_64` or `aarch64`
/// @param wsl inside the Windows Subsystem for Linux
/// @param container inside a container
/// @param virtualMachine inside a virtual machine
public record Os(
    Family family, String arch, boolean wsl, boolean container, boolean virtualMachine) {

  /// Systems that Ollama runs on.
  public enum Family {
    LINUX,
    MACOS,
    WINDOWS,
    /// Linux under Android, as in Termux.
    ANDROID
  }
}
