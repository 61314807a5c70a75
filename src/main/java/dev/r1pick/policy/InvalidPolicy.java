package dev.r1pick.policy;

import dev.r1pick.json.Place;
import java.util.List;

/// A policy that cannot be worked with: says where and why.
public final class InvalidPolicy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final transient Place place;
  private final String code;
  private final transient List<Object> arguments;

  /// Names the sentence.
  ///
  /// @param file the name of the file as the user knows it
  /// @param place where in it
  /// @param code of the sentence, below `policy.error.`
  /// @param arguments of the sentence
  InvalidPolicy(String file, Place place, String code, Object... arguments) {
    super(file + ":" + place + ": " + code + " " + List.of(arguments), null, false, false);
    this.file = file;
    this.place = place;
    this.code = code;
    this.arguments = List.of(arguments);
  }

  public String file() {
    return file;
  }

  public Place place() {
    return place;
  }

  public String code() {
    return code;
  }

  public List<Object> arguments() {
    return arguments;
  }
}
