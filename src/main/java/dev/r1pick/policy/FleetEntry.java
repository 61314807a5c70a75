package dev.r1pick.policy;

/// One machine of many.
public sealed interface FleetEntry {
  /// What it is called: by its document, its file, or its line.
  String name();

  /// Its place in the input, 1 or more: the line it begins on, or its number in the folder.
  long number();

  /// A machine that was held against the policy.
  record Answered(String name, long number, PolicyAnswer answer) implements FleetEntry {}

  /// What is there is no machine.
  ///
  /// @param problem in words
  record Unreadable(String name, long number, String problem) implements FleetEntry {}
}
