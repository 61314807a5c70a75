package dev.r1pick.catalog;

import dev.r1pick.text.Spelling;
import dev.r1pick.text.Text;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The use cases and the measured rows behind them.
///
/// @param version of the data, an ISO date
/// @param sources where the figures come from, by id
/// @param bestShares what the best variant of a table is worth on the common scale, on which the
///   strongest R1 is 1; by variant id
/// @param losses expected loss of quality by quantization and size
/// @param benchmarks the tables, by id
/// @param overall broad benchmarks, for capability in general
/// @param overallByLanguage the same in other languages than English
/// @param answerLengths measured lengths of answers
/// @param lengthFactors how many times longer some variants think than those of January 2025
/// @param twins plain instruct models beside which variants were measured
/// @param profiles the use cases, in the order to show them
/// @param notForR1 what no R1 does
public record UseCases(
    String version,
    Map<String, Source> sources,
    Map<String, Double> bestShares,
    List<Loss> losses,
    Map<String, BenchmarkTable> benchmarks,
    List<Signal> overall,
    Map<String, List<Signal>> overallByLanguage,
    List<AnswerLength> answerLengths,
    List<LengthFactor> lengthFactors,
    List<Twin> twins,
    List<UseCaseProfile> profiles,
    List<OtherKind> notForR1) {

  public UseCases {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    bestShares = Collections.unmodifiableMap(new LinkedHashMap<>(bestShares));
    losses = List.copyOf(losses);
    benchmarks = Collections.unmodifiableMap(new LinkedHashMap<>(benchmarks));
    overall = List.copyOf(overall);
    overallByLanguage = Collections.unmodifiableMap(new LinkedHashMap<>(overallByLanguage));
    answerLengths = List.copyOf(answerLengths);
    lengthFactors = List.copyOf(lengthFactors);
    twins = List.copyOf(twins);
    profiles = List.copyOf(profiles);
    notForR1 = List.copyOf(notForR1);
  }

  /// How many times longer a variant thinks than those of January 2025.
  ///
  /// @param variantId which
  /// @param factor of the length that is assumed
  /// @param useCaseIds for which uses
  public record LengthFactor(String variantId, double factor, List<String> useCaseIds) {
    public LengthFactor {
      useCaseIds = List.copyOf(useCaseIds);
    }
  }

  /// How many times longer than assumed for a use case that variant's answers are.
  public double lengthFactor(UseCaseProfile profile, String variantId) {
    for (LengthFactor one : lengthFactors) {
      if (one.variantId().equals(variantId) && one.useCaseIds().contains(profile.id())) {
        return one.factor();
      }
    }
    return 1;
  }

  /// How much context that variant needs for a use: as the use says, for one that thinks longer as
  /// much more, up to the next power of two.
  public ContextLength neededContext(UseCaseProfile profile, String variantId) {
    double factor = lengthFactor(profile, variantId);
    double tokens = profile.promptTokens() + profile.heavyAnswerTokens() * factor;
    int needed = profile.neededContext().tokens();
    while (factor > 1 && needed < tokens) {
      needed *= 2;
    }
    return ContextLength.of(needed);
  }

  /// A plain instruct model that was measured beside a variant and does at least as well.
  ///
  /// @param variantId the variant
  /// @param tag of the other model in Ollama's library
  /// @param useCaseIds at which uses
  /// @param evidence how sure that is
  public record Twin(String variantId, String tag, List<String> useCaseIds, Evidence evidence) {
    public Twin {
      useCaseIds = List.copyOf(useCaseIds);
    }
  }

  /// The twin of that variant which does at least as well at a use.
  public Optional<Twin> twin(UseCaseProfile profile, String variantId) {
    for (Twin twin : twins) {
      if (twin.variantId().equals(variantId) && twin.useCaseIds().contains(profile.id())) {
        return Optional.of(twin);
      }
    }
    return Optional.empty();
  }

  /// What a quantization costs.
  ///
  /// @param quantization which one
  /// @param family the architecture it was measured with and holds for; empty: any that has no row
  ///   of its own
  /// @param fromParameters the smallest model it holds for
  /// @param percent relative loss of quality
  /// @param evidence how sure the figure is
  public record Loss(
      Quantization quantization,
      Optional<Architecture.Family> family,
      long fromParameters,
      double percent,
      Evidence evidence) {}

  /// Something that takes another kind of model.
  ///
  /// @param id the sentence about it is `use-cases.not-for-r1.` and the id
  /// @param words what it is asked for by
  /// @param sources ids of the sources
  public record OtherKind(String id, List<String> words, List<String> sources) {
    public OtherKind {
      words = List.copyOf(words);
      sources = List.copyOf(sources);
    }
  }

  /// What takes another kind of model by that word; empty where it means nothing of the kind.
  public Optional<OtherKind> notForR1(String typed) {
    String word = asWritten(typed);
    for (OtherKind kind : notForR1) {
      if (kind.words().contains(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /// The use case that people name so: by its id or another word for it, or by several that all
  /// mean the same, such as `documents 检索问答` or `写代码和审代码`.
  ///
  /// @param typed in any case, with blanks or hyphens, also in full-width letters
  public Optional<UseCaseProfile> named(String typed) {
    Optional<UseCaseProfile> whole = profile(asWritten(typed));
    if (whole.isPresent()) {
      return whole;
    }
    Optional<UseCaseProfile> meant = Optional.empty();
    for (String part : Text.narrow(typed).split("[ ()/,、和与及]+", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      Optional<UseCaseProfile> one = profile(asWritten(part));
      if (one.isEmpty() || (meant.isPresent() && !meant.equals(one))) {
        return Optional.empty();
      }
      meant = one;
    }
    return meant;
  }

  /// As the catalog writes words: `Long Documents` is `long-documents`.
  private static String asWritten(String typed) {
    return Text.narrow(typed).strip().toLowerCase(Locale.ROOT).replace(' ', '-').replace('_', '-');
  }

  /// The use cases that may have been meant by a word for none, nearest first: those whose id a
  /// slip of typing could have turned into it, or one of whose Chinese words is in it.
  ///
  /// @param most how many at most
  public List<UseCaseProfile> near(String typed, int most) {
    String word = asWritten(typed);
    var near = new ArrayList<UseCaseProfile>();
    for (String id : Spelling.slips(word, ids(), most)) {
      profile(id).ifPresent(near::add);
    }
    for (UseCaseProfile profile : profiles) {
      if (near.size() < most && !near.contains(profile) && hasWordOf(profile, word)) {
        near.add(profile);
      }
    }
    return List.copyOf(near);
  }

  private static boolean hasWordOf(UseCaseProfile profile, String typed) {
    for (String alias : profile.aliases()) {
      if (alias.length() > 1
          && Character.isIdeographic(alias.codePointAt(0))
          && typed.contains(alias)) {
        return true;
      }
    }
    return false;
  }

  private List<String> ids() {
    var ids = new ArrayList<String>();
    for (UseCaseProfile profile : profiles) {
      ids.add(profile.id());
    }
    return ids;
  }

  /// The use case of that id, or of another word for it.
  public Optional<UseCaseProfile> profile(String id) {
    for (UseCaseProfile profile : profiles) {
      if (profile.id().equals(id) || profile.aliases().contains(id)) {
        return Optional.of(profile);
      }
    }
    return Optional.empty();
  }

  /// The ids most like that text, nearest first.
  ///
  /// @param most how many at most
  public List<String> nearestIds(String text, int most) {
    return TagNames.nearest(text, ids(), most);
  }

  /// How long that variant's answers were in the task that comes nearest to the use case, if that
  /// was measured.
  public Optional<AnswerLength> answerLength(UseCaseProfile profile, String variantId) {
    for (AnswerLength length : answerLengths) {
      if (length.variantId().equals(variantId)
          && profile.answerTask().equals(Optional.of(length.task()))) {
        return Optional.of(length);
      }
    }
    return Optional.empty();
  }

  /// Expected relative loss of quality against the unquantized model, in percent.
  public double lossPercent(Quantization quantization, Architecture architecture) {
    double percent = 0;
    long nearest = 0;
    boolean own = false;
    for (Loss loss : losses) {
      boolean ofFamily = loss.family().equals(Optional.of(architecture.family()));
      boolean holds =
          loss.quantization() == quantization
              && loss.fromParameters() <= architecture.parameters()
              && (ofFamily || loss.family().isEmpty());
      boolean nearer = ofFamily == own ? loss.fromParameters() >= nearest : ofFamily;
      if (holds && nearer) {
        own = ofFamily;
        nearest = loss.fromParameters();
        percent = loss.percent();
      }
    }
    return percent;
  }
}
