package dev.r1pick.json;

/// Where in a text file something stands.
///
/// @param line 1 or more
/// @param column in characters, 1 or more
public record Place(int line, int column) {
  /// The beginning of a file.
  public static final Place START = new Place(1, 1);
}
