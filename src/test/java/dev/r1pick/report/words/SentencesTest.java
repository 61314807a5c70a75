package dev.r1pick.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.advice.Caveat;
import dev.r1pick.advice.ConfidenceLimit;
import dev.r1pick.advice.Flip;
import dev.r1pick.advice.Reason;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.ErrorCodes;
import dev.r1pick.cli.console.OllamaError;
import dev.r1pick.hardware.Note;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.install.PullCause;
import dev.r1pick.json.InvalidYaml;
import dev.r1pick.policy.ModelSize;
import dev.r1pick.policy.PolicyError;
import dev.r1pick.policy.PolicyReason;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sentences follow from types: each type has its own, filled with its figures, and no sentence is
/// left over.
class SentencesTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");
  private static final Pattern LITERAL = Pattern.compile("\"([a-z-]+\\.[A-Za-z0-9._-]*)\"");

  /// Areas of which every sentence belongs to a type.
  private static final List<String> OF_TYPES =
      List.of(
          "advice.",
          "policy.reason.",
          "policy.error.",
          "cli.error.",
          "use-cases.warning.",
          "use-cases.error.",
          "pull.error.",
          "pull.cause.");

  private final Catalog catalog = CatalogReader.readDefault();
  private final UseCases useCases = UseCaseReader.readDefault();
  private final Map<Class<?>, Object> values = values();

  private Map<Class<?>, Object> values() {
    Map<Class<?>, Object> values = new HashMap<>();
    values.put(Bytes.class, Bytes.ofGiB(3));
    values.put(ContextLength.class, ContextLength.of(8192));
    values.put(TokenRate.class, new TokenRate(12));
    values.put(ModelSize.class, new ModelSize(14));
    values.put(Duration.class, Duration.ofSeconds(90));
    values.put(ModelTag.class, catalog.tags().getFirst());
    values.put(Locale.class, Locale.GERMAN);
    values.put(Path.class, Path.of("x"));
    values.put(Optional.class, Optional.empty());
    values.put(String.class, "x");
    values.put(int.class, 3);
    values.put(boolean.class, true);
    values.put(double.class, 2.5);
    return values;
  }

  /// Every sentence that a type has, as it is said of an example.
  private Map<String, String> said(String language) {
    Messages messages = Messages.in(Locale.of(language));
    var words = new Wording(messages);
    var said = new HashMap<String, String>();
    for (Class<?> type : records(Reason.class)) {
      var reason = (Reason) example(type);
      said.put("advice.reason." + reason.id(), words.reason(reason));
      words.change(reason).ifPresent(change -> said.put("advice.change." + reason.id(), change));
      String inPolicy = "policy.reason." + reason.id();
      if (messages.find(inPolicy).isPresent()) {
        said.put(inPolicy, new ReasonWording(messages).inPolicy(reason));
      }
    }
    for (Class<?> type : records(Caveat.class)) {
      if (type != Caveat.OfUse.class) {
        var caveat = (Caveat) example(type);
        said.put("advice.caveat." + caveat.id(), words.caveat(caveat));
      }
    }
    ModelTag tag = catalog.tags().getFirst();
    said.put("advice.caveat.latent-engine.hybrid", words.caveat(new Caveat.LatentEngine(true)));
    said.put("advice.caveat.latent-engine", words.caveat(new Caveat.LatentEngine(false)));
    var lower = new Caveat.EvidenceInLanguage(Locale.GERMAN, "x", "x", tag, 1, tag, 2);
    said.put("advice.caveat.evidence-in-language.lower", words.caveat(lower));
    var size = new Note.MemoryAssumed("x", Bytes.ofGiB(3), List.of());
    said.put("advice.caveat.memory-assumed.one", words.caveat(new Caveat.KindInDoubt(size)));
    for (Class<?> type : records(Note.KindInDoubt.class)) {
      var caveat = new Caveat.KindInDoubt((Note.KindInDoubt) example(type));
      said.put("advice.caveat." + caveat.id(), words.caveat(caveat));
    }
    for (var note :
        List.of(
            new Note.WslGpuOutOfReach(),
            new Note.LinuxOnMac(),
            new Note.NvidiaSmiFailed(WhyNot.DRIVER_ERROR))) {
      var caveat = new Caveat.OutOfReach(note);
      said.put("advice.caveat." + caveat.id(), words.caveat(caveat));
    }
    for (UseCaseProfile profile : useCases.profiles()) {
      for (String warning : profile.warnings()) {
        said.put("use-cases.warning." + warning, words.caveat(new Caveat.OfUse(warning)));
      }
    }
    for (Class<?> type : records(Flip.class)) {
      var flip = (Flip) example(type);
      said.put("advice.flip." + flip.id(), words.flip(flip));
    }
    for (ConfidenceLimit limit : ConfidenceLimit.values()) {
      said.put("advice.confidence." + limit.id(), words.limit(limit));
    }
    for (Class<?> type : records(PolicyReason.class)) {
      if (type != PolicyReason.OfRule.class) {
        var reason = (PolicyReason) example(type);
        said.put("policy.reason." + reason.id(), new PolicyWording(messages).reason(reason));
      }
    }
    for (Class<?> type : records(PolicyError.class)) {
      if (type != PolicyError.Yaml.class) {
        var error = (PolicyError) example(type);
        said.put(error.key(), ErrorWording.sentence(messages, error.key(), error).sentence());
      }
    }
    for (InvalidYaml.Problem problem : InvalidYaml.Problem.values()) {
      var error = new PolicyError.Yaml("x", problem);
      said.put(error.key(), ErrorWording.sentence(messages, error.key(), error).sentence());
    }
    for (PullCause cause : PullCause.values()) {
      var error = new OllamaError.Pull(cause, "x", "x", "x", "x");
      said.put(error.key(), ErrorWording.sentence(messages, error.key(), error).sentence());
    }
    for (CliError error : errors()) {
      said.put(error.key(), ErrorWording.sentence(messages, error.key(), error).sentence());
    }
    return said;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void everySentenceOfATypeExistsAndIsFilledWithItsFigures(String language) {
    said(language)
        .forEach(
            (key, sentence) -> assertFalse(PLACE.matcher(sentence).find(), key + ": " + sentence));
  }

  /// Errors of policies told `SYNTAX` and `NEEDS_QUOTES`, as another component stood first.
  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void aSentenceToldAnEnum(String language) {
    Set<String> constants = new TreeSet<>();
    for (Class<?> type : List.of(PolicyError.class, CliError.class)) {
      for (Class<?> error : records(type)) {
        for (RecordComponent component : error.getRecordComponents()) {
          Object[] values = component.getType().getEnumConstants();
          for (Object value : values == null ? new Object[0] : values) {
            constants.add(((Enum<?>) value).name());
          }
        }
      }
    }
    assertTrue(constants.contains("NEEDS_QUOTES"), constants.toString());
    constants.remove("NAME"); // what a user writes for a name
    Pattern any = Pattern.compile("\\b(" + String.join("|", constants) + ")\\b");
    said(language)
        .forEach((key, sentence) -> assertFalse(any.matcher(sentence).find(), key + sentence));
  }

  @Test
  void aFilledChineseSentenceIsSetAsChinese() {
    var faults = new TreeSet<String>();
    said("zh")
        .forEach(
            (key, sentence) -> {
              if (!ChineseTypography.faults(sentence).isEmpty()) {
                faults.add(key + ": " + sentence);
              }
            });
    assertEquals(Set.of(), faults);
  }

  @Test
  void whatToDoAboutAnErrorIsSaidInEachLanguage() {
    Messages english = Messages.in(Locale.ENGLISH);
    Messages chinese = Messages.in(Locale.CHINESE);
    var different = new ArrayList<String>();
    for (CliError error : errors()) {
      Messages.Parts one = ErrorWording.sentence(english, error.key(), error);
      Messages.Parts other = ErrorWording.sentence(chinese, error.key(), error);
      if (one.hint().isPresent() != other.hint().isPresent()
          || other.message().isBlank()
          || other.hint().orElse("x").isBlank()) {
        different.add(one.sentence() + " / " + other.sentence());
      }
    }
    assertEquals(List.of(), different);
  }

  private List<CliError> errors() {
    var errors = new ArrayList<CliError>();
    for (Class<?> type : records(CliError.class)) {
      if (type != CliError.OtherModel.class) {
        errors.add((CliError) example(type));
      }
    }
    for (var other : useCases.notForR1()) {
      errors.add(new CliError.OtherModel(other.id()));
    }
    return errors;
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void noSentenceIsLeftOver(String language) throws IOException {
    Set<String> ofTypes = said(language).keySet();
    Set<String> literals = literals();
    var dead = new TreeSet<String>();
    for (String key : BundlesTest.sentences(language).keySet()) {
      boolean typed = OF_TYPES.stream().anyMatch(key::startsWith);
      boolean alive = typed ? ofTypes.contains(key) : isNamed(key, literals);
      if (!alive) {
        dead.add(key);
      }
    }
    assertEquals(Set.of(), dead);
  }

  /// Whole, or by its beginning: `report.confidence.` and a level, or the form of a counted one.
  private static boolean isNamed(String key, Set<String> literals) {
    boolean counted = key.endsWith(".one") || key.endsWith(".other");
    if (counted && literals.contains(key.substring(0, key.lastIndexOf('.')))) {
      return true;
    }
    for (String literal : literals) {
      boolean beginning = literal.endsWith(".") || literal.endsWith("-");
      if (literal.equals(key) || (beginning && key.startsWith(literal))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void everyErrorBelongsToOneGroupThatProgramsAreTold() {
    for (Class<?> group : ErrorCodes.groups(CliError.class)) {
      assertTrue(group.isInterface(), group + " is in no group");
      for (Class<?> error : group.getPermittedSubclasses()) {
        assertEquals(Kebab.of(group), ((CliError) example(error)).code());
      }
    }
  }

  private static Set<String> literals() throws IOException {
    var literals = new HashSet<String>();
    for (String sources : List.of("src/main/java", "src/build/java")) {
      try (var files = Files.walk(Path.of(sources))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Matcher literal = LITERAL.matcher(Files.readString(file));
          while (literal.find()) {
            literals.add(literal.group(1));
          }
        }
      }
    }
    return literals;
  }

  private static List<Class<?>> records(Class<?> type) {
    if (type.isRecord()) {
      return List.of(type);
    }
    var records = new ArrayList<Class<?>>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      records.addAll(records(permitted));
    }
    return records;
  }

  /// A value of that type, made of values of its components' types.
  private Object example(Class<?> type) {
    var values = new ArrayList<Object>();
    var types = new ArrayList<Class<?>>();
    for (RecordComponent component : type.getRecordComponents()) {
      types.add(component.getType());
      values.add(value(component));
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
      return constructor.newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.toString(), e);
    }
  }

  private Object value(RecordComponent component) {
    Class<?> type = component.getType();
    if (component.getName().equals("useCase")) {
      return "chat";
    }
    if (type == List.class) {
      boolean locales = component.getGenericType().getTypeName().contains("Locale");
      return locales ? List.of(Locale.ENGLISH) : List.of("x", "y");
    }
    Object known = values.get(type);
    if (known != null) {
      return known;
    }
    return type.isEnum() ? type.getEnumConstants()[0] : example(records(type).getFirst());
  }
}
