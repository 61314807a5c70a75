package dev.r1pick.catalog.read;

import dev.r1pick.catalog.Signal;
import dev.r1pick.catalog.Strength;
import dev.r1pick.catalog.TagNames;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson.Problem;
import dev.r1pick.json.JsonReader;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a user's own use case (docs/schema/profile.schema.json), as strictly as the shipped ones.
///
/// It is an object like those in `use_cases` of the shipped file. With `based_on` it changes that
/// shipped use case: what it leaves out is taken from there. Without, all that has no natural
/// default must be there.
public final class ProfileReader {
  private static final int NEAR = 3;

  private final UseCases known;

  private ProfileReader(UseCases known) {
    this.known = known;
  }

  /// Reads one.
  ///
  /// @param fileName as the user knows it, for messages
  /// @param known the shipped use cases, whose benchmarks and warnings it may name
  /// @throws dev.r1pick.json.InvalidJson if it is not what it should be
  public static UseCaseProfile read(String fileName, String text, UseCases known) {
    return Fields.read(
        fileName, JsonReader.read(fileName, text), new ProfileReader(known)::profile);
  }

  private UseCaseProfile profile(Fields fields) {
    fields.optionalText("$schema");
    Optional<UseCaseProfile> base = base(fields);
    String id = id(fields);
    int typical =
        tokens(fields, "answer_tokens_typical", 1, base.map(UseCaseProfile::typicalAnswerTokens));
    Optional<Integer> baseHeavy =
        base.map(UseCaseProfile::heavyAnswerTokens).map(heavy -> Math.max(heavy, typical));
    return new UseCaseProfile(
        id,
        List.of(),
        Optional.of(fields.optionalText("title").orElse(id)),
        signals(fields, base),
        fields.has("signals_by_language")
            ? UseCaseReader.byLanguage(fields, "signals_by_language", this::signal)
            : languagesOf(fields, base),
        tokens(fields, "prompt_tokens", 1, base.map(UseCaseProfile::promptTokens)),
        typical,
        tokens(fields, "answer_tokens_heavy", typical, baseHeavy),
        answerTask(fields, base),
        ContextLength.of(
            tokens(fields, "context_tokens", 1, base.map(b -> b.neededContext().tokens()))),
        rate(fields, "reader_tokens_per_second", base.map(UseCaseProfile::readerRate)),
        wait(fields, base),
        rate(fields, "least_tokens_per_second", base.map(UseCaseProfile::leastRate)),
        warnings(fields, base),
        fields.has("evidence")
            ? fields.oneOf("evidence", UseCaseReader.STRENGTHS)
            : base.map(UseCaseProfile::evidence).orElse(Strength.LOW),
        base.map(UseCaseProfile::sources).orElse(List.of()));
  }

  /// As in the shipped file, so that it can stand where an id stands.
  private static String id(Fields fields) {
    String id = fields.text("id");
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && i > 0);
      if (!fits) {
        throw fields.invalid("id", Problem.NOT_ALLOWED, "a-z 0-9 -");
      }
    }
    return id;
  }

  private Optional<UseCaseProfile> base(Fields fields) {
    Optional<String> id = fields.optionalText("based_on");
    if (id.isPresent() && known.profile(id.get()).isEmpty()) {
      throw fields.invalid(
          "based_on", Problem.NO_SUCH_ID, String.join(", ", known.nearestIds(id.get(), NEAR)));
    }
    return id.flatMap(known::profile);
  }

  private List<Signal> signals(Fields fields, Optional<UseCaseProfile> base) {
    if (base.isPresent() && !fields.has("signals")) {
      return base.get().signals();
    }
    List<Signal> signals = fields.list("signals", this::signal);
    if (signals.isEmpty()) {
      throw fields.invalid("signals", Problem.OUT_OF_RANGE, "1 …");
    }
    return signals;
  }

  /// Signals of its own are meant for every language.
  private static Map<String, List<Signal>> languagesOf(
      Fields fields, Optional<UseCaseProfile> base) {
    return fields.has("signals")
        ? Map.of()
        : base.map(UseCaseProfile::signalsByLanguage).orElse(Map.of());
  }

  private Signal signal(Fields fields) {
    String id = fields.text("benchmark");
    if (!known.benchmarks().containsKey(id)) {
      List<String> near = TagNames.nearest(id, List.copyOf(known.benchmarks().keySet()), NEAR);
      throw fields.invalid("benchmark", Problem.NO_SUCH_ID, String.join(", ", near));
    }
    return new Signal(id, fields.decimal("weight", 0.01, 100));
  }

  private static int tokens(Fields fields, String name, int least, Optional<Integer> base) {
    return base.isPresent() && !fields.has(name)
        ? base.get()
        : fields.integer(name, least, UseCaseReader.MOST_TOKENS);
  }

  private static TokenRate rate(Fields fields, String name, Optional<TokenRate> base) {
    return base.isPresent() && !fields.has(name)
        ? base.get()
        : new TokenRate(fields.decimal(name, 0.1, 1000));
  }

  private static Duration wait(Fields fields, Optional<UseCaseProfile> base) {
    return base.isPresent() && !fields.has("acceptable_wait_seconds")
        ? base.get().acceptableWait()
        : Duration.ofSeconds(fields.whole("acceptable_wait_seconds", 1, 100_000));
  }

  /// Lengths of his own answers are the asker's; those measured in a task stand only for a base's.
  private static Optional<String> answerTask(Fields fields, Optional<UseCaseProfile> base) {
    boolean own = fields.has("answer_tokens_typical") || fields.has("answer_tokens_heavy");
    return own ? Optional.empty() : base.flatMap(UseCaseProfile::answerTask);
  }

  private List<String> warnings(Fields fields, Optional<UseCaseProfile> base) {
    if (!fields.has("warnings")) {
      return base.map(UseCaseProfile::warnings).orElse(List.of());
    }
    Set<String> all = new LinkedHashSet<>();
    for (UseCaseProfile profile : known.profiles()) {
      all.addAll(profile.warnings());
    }
    List<String> warnings = fields.texts("warnings");
    for (String warning : warnings) {
      if (!all.contains(warning)) {
        List<String> near = TagNames.nearest(warning, new ArrayList<>(all), NEAR);
        throw fields.invalid("warnings", Problem.NO_SUCH_ID, String.join(", ", near));
      }
    }
    return warnings;
  }
}
