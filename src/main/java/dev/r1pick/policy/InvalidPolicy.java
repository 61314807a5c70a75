package dev.r1pick.policy;

import dev.r1pick.json.Place;

/// A policy that cannot be worked with: says where and why.
public final class InvalidPolicy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final transient Place place;
  private final transient PolicyError error;

  /// Names the error.
  ///
  /// @param file the name of the file as the user knows it
  /// @param place where in it
  InvalidPolicy(String file, Place place, PolicyError error) {
    super(file + ":" + place + ": " + error, null, false, false);
    this.file = file;
    this.place = place;
    this.error = error;
  }

  public String file() {
    return file;
  }

  public Place place() {
    return place;
  }

  public PolicyError error() {
    return error;
  }
}
