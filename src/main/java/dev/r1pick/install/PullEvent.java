package dev.r1pick.install;

import java.time.Duration;
import java.util.List;

/// What happens while a tag is fetched.
public sealed interface PullEvent {
  /// The server takes connections and says nothing yet: it looks for GPUs.
  record ServerStarts() implements PullEvent {}

  /// What there is to do.
  record Planned(PullPlan plan) implements PullEvent {}

  /// A damaged blob is to be loaded anew, so the models that use it are deleted.
  record Mends(List<String> models) implements PullEvent {}

  /// Files of a download that can never go on are deleted.
  record RemovesPartials(List<String> files) implements PullEvent {}

  /// It goes on.
  record Goes(PullProgress progress) implements PullEvent {}

  /// It stopped and is tried again.
  ///
  /// @param failure why it stopped
  /// @param pause until the next try
  /// @param attempt number of that try, 2 and more
  record Retries(PullFailure failure, Duration pause, int attempt) implements PullEvent {}

  /// It is there.
  record Arrived(PullCheck check) implements PullEvent {}

  /// The name of the variant belongs to another model, so none is made.
  record NameTaken(String name) implements PullEvent {}

  /// The variant is there.
  ///
  /// @param existed whether it was before
  record Variant(VariantPlan variant, boolean existed) implements PullEvent {}
}
