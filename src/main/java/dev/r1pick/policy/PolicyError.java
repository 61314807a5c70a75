package dev.r1pick.policy;

import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.InvalidYaml;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.List;
import java.util.Optional;

/// What is wrong in a policy file. The sentence is `policy.error.` and the error's name; it takes
/// the components of the record in their order.
public sealed interface PolicyError {

  /// The key of its sentence.
  default String key() {
    return "policy.error." + Kebab.of(getClass());
  }

  /// A memory size that cannot be read: only its unit is missing where it is a plain number.
  static PolicyError memory(String name, String text) {
    Optional<String> meant = Bytes.meantAsMemory(text);
    return meant.isPresent() ? new NoUnit(name, text, meant.get()) : new Memory(text);
  }

  /// The same of a size on a disk.
  static PolicyError download(String name, String text) {
    Optional<String> meant = Bytes.meantAsDownload(text);
    return meant.isPresent() ? new NoUnit(name, text, meant.get()) : new Download(text);
  }

  /// Not YAML, or more of it than data needs.
  ///
  /// @param detail what its sentence tells
  /// @param problem which sentence it is
  record Yaml(String detail, InvalidYaml.Problem problem) implements PolicyError {
    @Override
    public String key() {
      return "policy.error.yaml." + Kebab.of(problem);
    }
  }

  record FullWidthColon(String name) implements PolicyError {}

  record NoRules() implements PolicyError {}

  record NotAnObject() implements PolicyError {}

  record UnknownKey(String name, List<String> known) implements PolicyError {}

  record UnknownKeyNear(String name, String near) implements PolicyError {}

  record Missing(String name) implements PolicyError {}

  record EmptyValue(String name, InvalidJson.Kind kind) implements PolicyError {}

  record WrongKind(String name, InvalidJson.Kind kind) implements PolicyError {}

  record NotAllowed(String name, List<String> words) implements PolicyError {}

  record NoKind(List<String> kinds) implements PolicyError {}

  record TwoKinds(String one, String other) implements PolicyError {}

  record ForbidOnly(String kind) implements PolicyError {}

  record ForbidLicense() implements PolicyError {}

  record ForbiddenTag(String tag, String license) implements PolicyError {}

  record UseCase(String id, List<UseCaseProfile> known) implements PolicyError {}

  record UseCaseNear(String id, List<UseCaseProfile> near) implements PolicyError {}

  record Tag(String name, List<String> near) implements PolicyError {}

  record BeyondTrained(ContextLength context, String tag, ContextLength trained)
      implements PolicyError {}

  record Size(String text) implements PolicyError {}

  record TooLarge(ModelSize size, ModelSize largest) implements PolicyError {}

  record Context(String text) implements PolicyError {}

  record ContextTooSmall(String text) implements PolicyError {}

  record ContextTooSmallNear(String text, String meant) implements PolicyError {}

  record Language(String text) implements PolicyError {}

  record Duration(String text) implements PolicyError {}

  record Speed(String text) implements PolicyError {}

  record Memory(String text) implements PolicyError {}

  record Download(String text) implements PolicyError {}

  record NoUnit(String name, String text, String meant) implements PolicyError {}

  record Version(String text) implements PolicyError {}

  record License(String word, List<String> words) implements PolicyError {}
}
