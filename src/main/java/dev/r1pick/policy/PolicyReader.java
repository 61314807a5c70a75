package dev.r1pick.policy;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.License;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.Variant;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.InvalidYaml;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.LocatedValue;
import dev.r1pick.json.Place;
import dev.r1pick.json.YamlReader;
import dev.r1pick.ollama.VersionRange;
import dev.r1pick.policy.PolicyRule.Severity;
import dev.r1pick.policy.Requirement.Where;
import dev.r1pick.text.Languages;
import dev.r1pick.text.Spelling;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A policy file, read strictly: every key is known, every value is understood, or it is an
/// [InvalidPolicy] that says line, column and what was probably meant.
public final class PolicyReader {
  /// Keys beside the one that names the kind of a rule, by that one; docs/schema/policy.schema.json
  /// says the same, held by a test.
  static final Map<String, List<String>> OPTIONS = options();

  /// Tokens per second that no machine comes near to.
  private static final double MOST_TOKENS = 1e6;

  static final List<String> SECTIONS = List.of("require", "forbid", "warn");

  private final String file;
  private final LocatedValue document;
  private final Catalog catalog;
  private final UseCases useCases;

  private PolicyReader(String file, LocatedValue document, Catalog catalog, UseCases useCases) {
    this.file = file;
    this.document = document;
    this.catalog = catalog;
    this.useCases = useCases;
  }

  private static Map<String, List<String>> options() {
    var options = new LinkedHashMap<String, List<String>>();
    for (String kind : Requirement.KEYS) {
      options.put(
          kind,
          switch (kind) {
            case "use_case" ->
                List.of(
                    "min_size",
                    "context",
                    "min_speed",
                    "max_wait",
                    "max_download",
                    "language",
                    "why");
            case "tag" -> List.of("placement", "context", "min_speed", "why");
            default -> List.of("why");
          });
    }
    return options;
  }

  /// Reads a policy.
  ///
  /// @param file the name for error messages
  /// @param text YAML or JSON
  /// @throws InvalidPolicy if it is not one
  public static Policy read(String file, String text, Catalog catalog, UseCases useCases) {
    try {
      return new PolicyReader(file, YamlReader.read(text), catalog, useCases).policy();
    } catch (InvalidYaml e) {
      throw FullWidthColon.instead(
          new InvalidPolicy(file, e.place(), new PolicyError.Yaml(e.detail(), e.problem())), text);
    } catch (InvalidPolicy e) {
      throw FullWidthColon.instead(e, text);
    }
  }

  private Policy policy() {
    try {
      List<PolicyRule> rules = Fields.read(file, document.value(), this::sections);
      if (rules.isEmpty()) {
        throw new InvalidPolicy(file, Place.START, new PolicyError.NoRules());
      }
      var policy = new Policy(file, rules);
      refuseContradictions(policy);
      return policy;
    } catch (InvalidJson e) {
      throw translated(e);
    }
  }

  private InvalidPolicy translated(InvalidJson e) {
    Place place = document.placeOf(e.path());
    String name = e.path().substring(e.path().lastIndexOf('.') + 1);
    return switch (e.problem()) {
      case UNKNOWN -> unknown(place, name, known(e.path()));
      case MISSING -> new InvalidPolicy(file, place, new PolicyError.Missing(name));
      case NULL -> new InvalidPolicy(file, place, new PolicyError.EmptyValue(name, e.kind()));
      case WRONG_KIND ->
          e.path().equals("$")
              ? new InvalidPolicy(file, Place.START, new PolicyError.NotAnObject())
              : new InvalidPolicy(file, place, new PolicyError.WrongKind(name, e.kind()));
      case SYNTAX, DUPLICATE, OUT_OF_RANGE, MORE_THAN, NOT_ALLOWED, NO_SUCH_ID, DANGLING ->
          new InvalidPolicy(
              file, place, new PolicyError.NotAllowed(name, List.of(e.detail().split(", ", -1))));
    };
  }

  /// What could stand where an unknown key stands.
  private List<String> known(String path) {
    int dot = path.lastIndexOf('.');
    if (dot < 0) {
      return SECTIONS;
    }
    String rule = path.substring(0, dot);
    for (var kind : OPTIONS.entrySet()) {
      if (document.places().containsKey(rule + "." + kind.getKey())) {
        return kind.getValue();
      }
    }
    return Requirement.KEYS;
  }

  private InvalidPolicy unknown(Place place, String name, List<String> known) {
    List<String> near = Spelling.slips(name.replace('-', '_'), known, 1);
    return !near.isEmpty()
        ? new InvalidPolicy(file, place, new PolicyError.UnknownKeyNear(name, near.getFirst()))
        : new InvalidPolicy(file, place, new PolicyError.UnknownKey(name, known));
  }

  private List<PolicyRule> sections(Fields fields) {
    fields.optionalText("$schema");
    var rules = new ArrayList<PolicyRule>();
    for (Severity severity : Severity.values()) {
      String key = severity.key();
      if (fields.has(key)) {
        var index = new int[] {0};
        rules.addAll(fields.list(key, rule -> rule(rule, severity, index[0]++)));
      }
    }
    return rules;
  }

  private PolicyRule rule(Fields fields, Severity severity, int index) {
    Place place = document.placeOf(severity.key() + "[" + index + "]");
    String kind = kind(severity, index, place);
    Requirement requirement =
        switch (kind) {
          case "use_case" -> useCase(fields);
          case "tag" -> tag(fields);
          case "ram" -> new Requirement.Ram(memory(fields, "ram"));
          case "vram" -> new Requirement.Vram(memory(fields, "vram"));
          case "disk_free" -> new Requirement.DiskFree(download(fields, "disk_free"));
          case "ollama" -> ollama(fields);
          default -> license(fields);
        };
    return new PolicyRule(severity, index, place, requirement, fields.optionalText("why"));
  }

  /// The one key that says what kind of rule it is.
  private String kind(Severity severity, int index, Place place) {
    String path = severity.key() + "[" + index + "]";
    List<String> names = names(severity, index);
    List<String> kinds = names.stream().filter(Requirement.KEYS::contains).toList();
    if (kinds.isEmpty()) {
      if (!names.isEmpty()) {
        throw unknown(
            document.placeOf(path + "." + names.getFirst()), names.getFirst(), Requirement.KEYS);
      }
      throw new InvalidPolicy(file, place, new PolicyError.NoKind(Requirement.KEYS));
    }
    if (kinds.size() > 1) {
      Place second = document.placeOf(path + "." + kinds.get(1));
      throw new InvalidPolicy(file, second, new PolicyError.TwoKinds(kinds.get(0), kinds.get(1)));
    }
    boolean license = kinds.getFirst().equals("license");
    if (severity == Severity.FORBID && !license) {
      throw new InvalidPolicy(
          file,
          document.placeOf(path + "." + kinds.getFirst()),
          new PolicyError.ForbidOnly(kinds.getFirst()));
    }
    if (severity == Severity.REQUIRE && license) {
      throw new InvalidPolicy(
          file, document.placeOf(path + ".license"), new PolicyError.ForbidLicense());
    }
    return kinds.getFirst();
  }

  /// The names in a rule, in the order of the file, but for those that any rule may have.
  private List<String> names(Severity severity, int index) {
    JsonValue rule =
        document.value().member(severity.key()).map(JsonValue::items).orElse(List.of()).get(index);
    var names = new ArrayList<String>();
    if (rule instanceof JsonValue.Members(var members)) {
      names.addAll(members.keySet());
      names.remove("why");
    }
    return names;
  }

  private Requirement useCase(Fields fields) {
    String id = word(fields, "use_case");
    UseCaseProfile profile = useCases.named(id).orElseThrow(() -> unknownUseCase(fields, id));
    return new Requirement.UseCase(
        profile,
        optional(fields, "min_size", this::size),
        optional(fields, "context", this::context),
        rate(fields),
        optional(fields, "max_wait", this::wait),
        fields.has("max_download")
            ? Optional.of(download(fields, "max_download"))
            : Optional.empty(),
        optional(fields, "language", this::language).orElse("en"));
  }

  private InvalidPolicy unknownUseCase(Fields fields, String id) {
    List<UseCaseProfile> near = useCases.near(id, 1);
    return near.isEmpty()
        ? at(fields, "use_case", new PolicyError.UseCase(id, useCases.profiles()))
        : at(fields, "use_case", new PolicyError.UseCaseNear(id, near));
  }

  private Requirement tag(Fields fields) {
    String name = word(fields, "tag");
    ModelTag tag = catalog.tag(name).orElseThrow(() -> unknownTag(fields, name));
    Optional<ContextLength> context = optional(fields, "context", this::context);
    ContextLength trained = tag.variant().trainedContext();
    if (context.isPresent() && context.get().compareTo(trained) > 0) {
      throw at(
          fields, "context", new PolicyError.BeyondTrained(context.get(), tag.fullName(), trained));
    }
    return new Requirement.Tag(
        tag,
        fields.has("placement") ? placement(fields) : Where.WHOLE,
        context.map(FitRequest.DEFAULTS::withContextLength).orElse(FitRequest.DEFAULTS),
        rate(fields),
        Optional.empty(),
        OptionalInt.empty());
  }

  private InvalidPolicy unknownTag(Fields fields, String name) {
    return at(fields, "tag", new PolicyError.Tag(name, catalog.nearestTags(name, 3)));
  }

  private Where placement(Fields fields) {
    String word = word(fields, "placement");
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "gpu" -> Where.GPU;
      case "whole" -> Where.WHOLE;
      case "any" -> Where.ANY;
      default ->
          throw at(
              fields,
              "placement",
              new PolicyError.NotAllowed("placement", List.of("gpu", "whole", "any")));
    };
  }

  private Requirement ollama(Fields fields) {
    String text = word(fields, "ollama");
    return new Requirement.Ollama(
        VersionRange.parse(text)
            .orElseThrow(() -> at(fields, "ollama", new PolicyError.Version(text))));
  }

  private Requirement license(Fields fields) {
    String word = word(fields, "license");
    List<License> meant = catalog.licenses().matching(word);
    if (meant.isEmpty()) {
      throw at(fields, "license", new PolicyError.License(word, catalog.licenses().words()));
    }
    return new Requirement.UnderLicense(word, meant);
  }

  /// A tag under a forbidden license is asked for, or a size that no allowed tag has.
  private void refuseContradictions(Policy policy) {
    for (PolicyRule rule : policy.rules()) {
      if (rule.severity() == Severity.REQUIRE
          && rule.requirement() instanceof Requirement.Tag(var tag, _, _, _, _, _)
          && policy.forbids(tag.variant())) {
        throw new InvalidPolicy(
            file,
            rule.place(),
            new PolicyError.ForbiddenTag(tag.fullName(), tag.variant().baseLicense()));
      }
    }
  }

  private ModelSize size(Fields fields, String name) {
    String text = word(fields, name);
    ModelSize size =
        ModelSize.parse(text).orElseThrow(() -> at(fields, name, new PolicyError.Size(text)));
    ModelSize largest = ModelSize.of(catalog.variants().getFirst());
    for (Variant variant : catalog.variants()) {
      ModelSize other = ModelSize.of(variant);
      largest = other.compareTo(largest) > 0 ? other : largest;
    }
    if (size.compareTo(largest) > 0) {
      throw at(fields, name, new PolicyError.TooLarge(size, largest));
    }
    return size;
  }

  private ContextLength context(Fields fields, String name) {
    String text = word(fields, name);
    ContextLength context =
        ContextLength.parse(text)
            .orElseThrow(() -> at(fields, name, new PolicyError.Context(text)));
    if (context.isUseful()) {
      return context;
    }
    ContextLength longest = catalog.variants().getFirst().trainedContext();
    for (Variant variant : catalog.variants()) {
      ContextLength trained = variant.trainedContext();
      longest = trained.compareTo(longest) > 0 ? trained : longest;
    }
    Optional<ContextLength> meant = context.meantInK(longest);
    throw meant.isPresent()
        ? at(fields, name, new PolicyError.ContextTooSmallNear(text, meant.get().shortText()))
        : at(fields, name, new PolicyError.ContextTooSmall(text));
  }

  private Duration wait(Fields fields, String name) {
    String text = word(fields, name);
    return Durations.parse(text)
        .orElseThrow(() -> at(fields, name, new PolicyError.Duration(text)));
  }

  private String language(Fields fields, String name) {
    String text = word(fields, name);
    return Languages.code(text).orElseThrow(() -> at(fields, name, new PolicyError.Language(text)));
  }

  private Bytes memory(Fields fields, String name) {
    String text = word(fields, name);
    return Bytes.parseMemory(text)
        .orElseThrow(() -> at(fields, name, PolicyError.memory(name, text)));
  }

  private Bytes download(Fields fields, String name) {
    String text = word(fields, name);
    return Bytes.parseDownload(text)
        .orElseThrow(() -> at(fields, name, PolicyError.download(name, text)));
  }

  private OptionalDouble rate(Fields fields) {
    String name = "min_speed";
    OptionalDouble rate = fields.optionalDecimal(name, -Double.MAX_VALUE, Double.MAX_VALUE);
    if (rate.isPresent() && !(rate.getAsDouble() > 0 && rate.getAsDouble() <= MOST_TOKENS)) {
      throw at(fields, name, new PolicyError.Speed(word(fields, name)));
    }
    return rate;
  }

  private <T> Optional<T> optional(Fields fields, String name, Reading<T> reading) {
    return fields.has(name) ? Optional.of(reading.read(fields, name)) : Optional.empty();
  }

  /// Text, or a number as people may write a context or a size: what it means is up to the parser
  /// of its kind.
  private static String word(Fields fields, String name) {
    return switch (fields.any(name)) {
      case JsonValue.Whole(var number) -> Long.toString(number);
      case JsonValue.Decimal(var number) -> Double.toString(number);
      default -> Text.narrow(fields.text(name));
    };
  }

  private InvalidPolicy at(Fields fields, String name, PolicyError error) {
    return new InvalidPolicy(file, document.placeOf(fields.pathOf(name)), error);
  }

  /// Reads one value of a rule.
  private interface Reading<T> {
    T read(Fields fields, String name);
  }
}
