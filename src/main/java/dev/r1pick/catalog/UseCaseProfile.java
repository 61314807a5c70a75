package dev.r1pick.catalog;

import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a use case asks of a model.
///
/// @param id for example `long-documents`
/// @param aliases other words for it, in lower case and with hyphens
/// @param title what it is called, for a user's own; empty for a shipped one, whose id has a
///   sentence
/// @param signals the benchmarks that speak for it
/// @param signalsByLanguage signals that replace them for users of a language (`zh`, `ja`)
/// @param promptTokens of a typical question with its material
/// @param typicalAnswerTokens thinking included
/// @param heavyAnswerTokens a long answer, thinking included
/// @param answerTask the task of [AnswerLength] that comes nearest
/// @param neededContext prompt and a heavy answer, rounded to a usual size
/// @param readerRate faster than this serves no reader
/// @param acceptableWait until a typical answer is complete; a judgment
/// @param leastRate floor of speed unless the user says another; a judgment
/// @param warnings ids of what to tell the user
/// @param evidence how much the signals bear for ranking
/// @param sources ids of the sources
public record UseCaseProfile(
    String id,
    List<String> aliases,
    Optional<String> title,
    List<Signal> signals,
    Map<String, List<Signal>> signalsByLanguage,
    int promptTokens,
    int typicalAnswerTokens,
    int heavyAnswerTokens,
    Optional<String> answerTask,
    ContextLength neededContext,
    TokenRate readerRate,
    Duration acceptableWait,
    TokenRate leastRate,
    List<String> warnings,
    Strength evidence,
    List<String> sources) {

  public UseCaseProfile {
    aliases = List.copyOf(aliases);
    signals = List.copyOf(signals);
    signalsByLanguage = Collections.unmodifiableMap(new LinkedHashMap<>(signalsByLanguage));
    warnings = List.copyOf(warnings);
    sources = List.copyOf(sources);
  }

  /// The signals for users of that language: its own, or the general ones.
  ///
  /// @param language `en`, `zh` …
  public List<Signal> signals(String language) {
    return signalsByLanguage.getOrDefault(language, signals);
  }
}
