package dev.r1pick.policy;

import dev.r1pick.catalog.License;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.ollama.VersionRange;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What one rule asks for.
public sealed interface Requirement {

  /// The key that names the kind of rule in the file.
  String key();

  /// Some tag serves a use: it keeps every hard and soft rule of `recommend` (docs/rules.md).
  ///
  /// @param profile the use
  /// @param minSize the smallest variant that counts
  /// @param context at least this context; empty: as `recommend` decides
  /// @param minSpeed tokens per second, the middle of the range; empty: the floor of the use
  /// @param maxWait for a typical answer to be complete, thinking included
  /// @param maxDownload the largest download
  /// @param language of the prompts, its two-letter code
  record UseCase(
      UseCaseProfile profile,
      Optional<ModelSize> minSize,
      Optional<ContextLength> context,
      OptionalDouble minSpeed,
      Optional<Duration> maxWait,
      Optional<Bytes> maxDownload,
      String language)
      implements Requirement {
    @Override
    public String key() {
      return "use_case";
    }
  }

  /// One tag runs.
  ///
  /// @param tag which
  /// @param placement where its layers have to be
  /// @param load what it is loaded with; what is open is as Ollama decides
  /// @param minSpeed tokens per second, the middle of the range
  /// @param timed whose answers are timed; empty: those of `chat`
  /// @param atTokens how full the context is at the speed that is told; empty: as it is in the
  ///   middle of a typical answer
  record Tag(
      ModelTag tag,
      Where placement,
      FitRequest load,
      OptionalDouble minSpeed,
      Optional<UseCaseProfile> timed,
      OptionalInt atTokens)
      implements Requirement {
    @Override
    public String key() {
      return "tag";
    }
  }

  /// Where the layers of a tag have to be.
  enum Where {
    /// All on GPUs.
    GPU,
    /// Nothing spills: all on GPUs, or all in RAM where no GPU is used.
    WHOLE,
    /// Wherever it runs.
    ANY
  }

  /// System memory, as it is sold.
  record Ram(Bytes least) implements Requirement {
    @Override
    public String key() {
      return "ram";
    }
  }

  /// Memory of all GPUs that Ollama would use, as it is sold.
  record Vram(Bytes least) implements Requirement {
    @Override
    public String key() {
      return "vram";
    }
  }

  /// Free space where Ollama keeps its models.
  record DiskFree(Bytes least) implements Requirement {
    @Override
    public String key() {
      return "disk_free";
    }
  }

  /// Version of the installed Ollama.
  record Ollama(VersionRange range) implements Requirement {
    @Override
    public String key() {
      return "ollama";
    }
  }

  /// No variant under a licence. Forbidden: no tag under it serves a use. Warned of: it is said
  /// where a rule is met by such a tag.
  ///
  /// @param word as the policy says it
  /// @param meant the licences that it means, at least one
  record Licence(String word, List<License> meant) implements Requirement {
    public Licence {
      meant = List.copyOf(meant);
    }

    @Override
    public String key() {
      return "license";
    }
  }

  /// The keys of all kinds, in the order of the documents.
  List<String> KEYS = List.of("use_case", "tag", "ram", "vram", "disk_free", "ollama", "license");
}
