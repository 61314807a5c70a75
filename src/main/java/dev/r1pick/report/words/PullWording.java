package dev.r1pick.report.words;

import dev.r1pick.install.PullFailure;
import java.util.Locale;

/// Why a pull stopped, in words.
public final class PullWording {
  /// Whose manifest is asked for where no address is named.
  private static final String REGISTRY = "registry.ollama.ai";

  private final Messages messages;

  /// For one language.
  public PullWording(Messages messages) {
    this.messages = messages;
  }

  /// What happened, without what to do about it.
  ///
  /// @param tag that is pulled
  /// @param place of the store; may be empty
  public String cause(PullFailure failure, String tag, String place) {
    return messages
        .parts("pull.cause." + id(failure), "", tag, host(failure), failure.said(), place)
        .message();
  }

  /// What happened where the pull goes on by itself: nobody knows yet that it does so for good.
  public String trying(PullFailure failure, String tag) {
    return switch (failure.cause()) {
      case SERVER_STOPPED, LINE_CUT, WRONG_DIGEST, STALLED ->
          messages.text("pull.trying." + id(failure), failure.said());
      default -> cause(failure, tag, "");
    };
  }

  /// The word of the JSON answer.
  public static String id(PullFailure failure) {
    return failure.cause().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The other side.
  public static String host(PullFailure failure) {
    return failure.host().orElse(REGISTRY);
  }
}
