package dev.r1pick.install;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.install.PullCheck.Build;
import java.util.Optional;

/// Which entry of the catalog a manifest is, by its digest.
public final class Builds {
  private Builds() {}

  /// How the manifest of a tag compares to the catalog, which knows some digests by their first
  /// digits only.
  static Build of(ModelTag tag, String digest) {
    return tag.digest().isEmpty()
        ? Build.UNKNOWN
        : isSame(tag.digest(), digest) ? Build.KNOWN : Build.OTHER;
  }

  private static boolean isSame(Optional<String> known, String digest) {
    return known.isPresent() && !known.get().isEmpty() && digest.startsWith(known.get());
  }

  /// The tag that has that manifest today; the name that is asked about before others of the same
  /// manifest.
  public static Optional<ModelTag> current(Catalog catalog, String name, String digest) {
    Optional<ModelTag> other = Optional.empty();
    for (ModelTag tag : catalog.tags()) {
      if (isSame(tag.digest(), digest)) {
        if (tag.fullName().equals(name)) {
          return Optional.of(tag);
        }
        other = other.isPresent() ? other : Optional.of(tag);
      }
    }
    return other;
  }

  /// What a name meant when it had that manifest.
  static Optional<ModelTag.Former> former(ModelTag tag, String digest) {
    for (ModelTag.Former former : tag.formerly()) {
      if (isSame(former.digest(), digest)) {
        return Optional.of(former);
      }
    }
    return Optional.empty();
  }
}
