package dev.r1pick.hardware;

import dev.r1pick.host.OsFamily;

/// The operating system and what is around the process.
///
/// @param family which system
/// @param arch `x86_64` or `aarch64`
/// @param wsl inside the Windows Subsystem for Linux
/// @param container inside a container
/// @param virtualMachine inside a virtual machine
public record Os(
    OsFamily family, String arch, boolean wsl, boolean container, boolean virtualMachine) {}
