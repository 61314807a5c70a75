package dev.r1pick.ollama;

import dev.r1pick.text.Text;
import java.util.List;
import java.util.OptionalLong;

/// Versions of NVIDIA's driver and of its chips, which compare number by number.
public final class DriverVersion {
  private DriverVersion() {}

  /// True where a version is older than a floor such as `551.61`; one that cannot be read is not.
  public static boolean isOlder(String version, String floor) {
    List<String> have = Text.split(version, '.');
    List<String> need = Text.split(floor, '.');
    for (int i = 0; i < need.size(); i++) {
      OptionalLong mine = i < have.size() ? Text.leadingWhole(have.get(i)) : OptionalLong.empty();
      long wanted = Text.whole(need.get(i)).orElse(0);
      if (mine.isEmpty() || mine.getAsLong() != wanted) {
        return mine.orElse(0) < wanted && (i > 0 || mine.isPresent());
      }
    }
    return false;
  }
}
