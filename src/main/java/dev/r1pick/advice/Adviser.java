package dev.r1pick.advice;

import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.advice.Advice.NextUp;
import dev.r1pick.advice.Advice.Rejection;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.Variant;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.FreeMemoryShift;
import dev.r1pick.fit.Placement;
import dev.r1pick.fit.Remedies;
import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Answers a question: every tag, every way to load it, every rule.
public final class Adviser {
  private static final int WITHIN_REACH = 4;

  private final Catalog catalog;
  private final List<ModelTag> manifests;
  private final FitEstimator fits;
  private final CandidateFinder finder;
  private final QualityEstimator qualities;

  /// An adviser for the machine that `speeds` knows.
  public Adviser(
      Catalog catalog,
      UseCases useCases,
      FitEstimator fits,
      QualityEstimator qualities,
      MachineSpeed speeds) {
    this(catalog, catalog.manifests(), useCases, fits, qualities, speeds);
  }

  /// The same for one machine of many.
  ///
  /// @param manifests those of the catalog
  public Adviser(
      Catalog catalog,
      List<ModelTag> manifests,
      UseCases useCases,
      FitEstimator fits,
      QualityEstimator qualities,
      MachineSpeed speeds) {
    this.catalog = catalog;
    this.manifests = manifests;
    this.fits = fits;
    this.qualities = qualities;
    this.finder = new CandidateFinder(useCases, fits, qualities, speeds);
  }

  /// The answer.
  ///
  /// @param question what is asked
  /// @param alternatives how many alternatives at most
  public Advice advise(Question question, int alternatives) {
    return advise(question, alternatives, false);
  }

  /// The same with as many alternatives as there are.
  ///
  /// @param fill whether those that are no trade against the pick shall fill the number
  public Advice advise(Question question, int alternatives, boolean fill) {
    List<Evaluation> judged = judge(manifests, question);
    int dropped = judged.stream().mapToInt(Evaluation::dropsNeeded).min().orElseThrow();
    var trace = new Trace(catalog, judged, Math.min(dropped, Rule.SOFT_RULES));
    if (dropped > Rule.SOFT_RULES) {
      return nothingFits(question, judged, trace);
    }
    List<Evaluation> pool = judged.stream().filter(j -> j.rejection(dropped).isEmpty()).toList();
    Evaluation best = best(pool, question);
    List<MemorySensitivity> borders = borders(question, best, pool, judged);
    List<Alternative> others = Alternatives.of(best, pool, alternatives, fill);
    Fit byItself = fits.estimate(best.candidate().tag(), FitRequest.DEFAULTS, question.machine());
    var picked = new ArrayList<Evaluation>();
    picked.add(best);
    others.forEach(other -> picked.add(other.judged()));
    return new Advice.Recommendation(
        question,
        best,
        byItself,
        others,
        trace.rejections(picked),
        Caveats.of(best, byItself, standIns(question), borders, question),
        nextUp(best, judged, question),
        ConfidenceRating.of(best, pool, !standIns(question).isEmpty(), borders, question));
  }

  /// What a little less and a little more free memory would change. Less can only matter where the
  /// pick has little to spare, more only where another variant is short of room; the rest is not
  /// tried, since this is paid at each start.
  private List<MemorySensitivity> borders(
      Question question, Evaluation best, List<Evaluation> pool, List<Evaluation> judged) {
    var borders = new ArrayList<MemorySensitivity>();
    if (Rules.isNearTheEdge(best.candidate(), MemorySensitivity.STEP)) {
      Question less = question.on(FreeMemoryShift.less(question.machine(), MemorySensitivity.STEP));
      border(less, best, false, judgeAll(less)).ifPresent(borders::add);
    }
    var contenders = new ArrayList<ModelTag>();
    for (Evaluation other : judged) {
      if (Rules.isShortOfRoom(other, best, question)) {
        contenders.add(other.candidate().tag());
      }
    }
    if (!contenders.isEmpty()) {
      Question more = question.on(FreeMemoryShift.more(question.machine(), MemorySensitivity.STEP));
      var again = new ArrayList<Evaluation>(pool);
      again.removeIf(old -> contenders.contains(old.candidate().tag()));
      for (ModelTag tag : contenders) {
        again.add(judge(tag, more));
      }
      border(more, best, true, again).ifPresent(borders::add);
    }
    return borders;
  }

  private static Optional<MemorySensitivity> border(
      Question moved, Evaluation best, boolean more, List<Evaluation> judged) {
    int dropped = judged.stream().mapToInt(Evaluation::dropsNeeded).min().orElseThrow();
    if (dropped > Rule.SOFT_RULES) {
      return Optional.of(new MemorySensitivity(MemorySensitivity.STEP, more, Optional.empty()));
    }
    ModelTag pick =
        judged.stream()
            .filter(j -> j.rejection(dropped).isEmpty())
            .max(order(moved.priority()))
            .orElseThrow()
            .candidate()
            .tag();
    boolean same = pick.variant().id().equals(best.candidate().tag().variant().id());
    return same
        ? Optional.empty()
        : Optional.of(new MemorySensitivity(MemorySensitivity.STEP, more, Optional.of(pick)));
  }

  /// The languages of the rows that stand in for those of the asker's.
  private List<Locale> standIns(Question question) {
    return qualities.measuredIn(question.useCase(), question.language());
  }

  private List<Evaluation> judgeAll(Question question) {
    return judge(manifests, question);
  }

  /// The pick of [#advise] and nothing else; empty where nothing fits.
  public Optional<Evaluation> pick(Question question) {
    List<Evaluation> judged = judge(manifests, question);
    int dropped = Rule.SOFT_RULES + 1;
    for (Evaluation one : judged) {
      dropped = Math.min(dropped, one.dropsNeeded());
    }
    if (dropped > Rule.SOFT_RULES) {
      return Optional.empty();
    }
    var pool = new ArrayList<Evaluation>();
    for (Evaluation one : judged) {
      if (one.dropsNeeded() <= dropped) {
        pool.add(one);
      }
    }
    return Optional.of(best(pool, question));
  }

  private static Evaluation best(List<Evaluation> pool, Question question) {
    return pool.stream().max(order(question.priority())).orElseThrow();
  }

  /// The best way of each tag, judged; nothing is picked.
  ///
  /// @param tags those to judge, one for each manifest
  public List<Evaluation> judge(List<ModelTag> tags, Question question) {
    var judged = new ArrayList<Evaluation>();
    for (ModelTag tag : tags) {
      judged.add(judge(tag, question));
    }
    return judged;
  }

  /// The best way of one manifest: the one that breaks fewest rules, among equals the one with most
  /// points.
  private Evaluation judge(ModelTag tag, Question question) {
    // Written out: the lambdas inside Comparator's own methods are not in the AOT cache.
    Comparator<Evaluation> order =
        (a, b) -> {
          int byDrops = Integer.compare(b.dropsNeeded(), a.dropsNeeded());
          return byDrops != 0 ? byDrops : Double.compare(a.points(), b.points());
        };
    List<Candidate> ways = finder.find(tag, question);
    Evaluation best = judge(ways.getFirst(), question);
    for (Candidate way : ways.subList(1, ways.size())) {
      Evaluation other = judge(way, question);
      best = order.compare(other, best) >= 0 ? other : best;
    }
    return best;
  }

  private static Evaluation judge(Candidate candidate, Question question) {
    var verdicts = new ArrayList<Map.Entry<Rule, Verdict>>();
    for (Rule rule : Rule.BOOK) {
      verdicts.add(Map.entry(rule, rule.judge(candidate, question)));
    }
    return new Evaluation(candidate, verdicts);
  }

  /// Who comes last is best. Asked for quality, the better variant wins whatever its points; its
  /// quantizations are equal but for noise, so points decide between them. Speed weighs in the
  /// points (see [Rules]), so that asking for speed never gives a slower one.
  private static Comparator<Evaluation> order(Priority priority) {
    return (a, b) -> {
      double qualityOfA = a.candidate().quality().beforeLoss();
      double qualityOfB = b.candidate().quality().beforeLoss();
      return priority == Priority.QUALITY && qualityOfA != qualityOfB
          ? Double.compare(qualityOfA, qualityOfB)
          : Double.compare(a.points(), b.points());
    };
  }

  /// Of the better variants whose smallest tag does not fit whole, the one that is nearest to it.
  /// On a CPU it is speed that is short, and no memory buys that.
  private Optional<NextUp> nextUp(Evaluation best, List<Evaluation> judged, Question question) {
    if (best.candidate().fit().plan().placement() instanceof Placement.CpuOnly) {
      return Optional.empty();
    }
    double quality = best.candidate().quality().score();
    return judged.stream()
        .map(Evaluation::candidate)
        .filter(c -> c.quality().score() > quality)
        .filter(c -> isSmallest(c.tag()) && isWithinReach(c, question))
        .filter(c -> !isWholeSomewhere(c.tag().variant(), judged))
        .min((a, b) -> Long.compare(shortfall(a.fit()), shortfall(b.fit())))
        .map(
            c ->
                new NextUp(
                    c.tag(),
                    c.fit(),
                    remedies(c, question).stream()
                        .filter(r -> isWorthNaming(r, question))
                        .findFirst()));
  }

  /// A context too small to think in is no remedy, and a slice of a GPU cannot be bought.
  private static boolean isWorthNaming(Remedy remedy, Question question) {
    return switch (remedy) {
      case Remedy.SmallerContext(var largest) ->
          largest.tokens() * 2 >= question.useCase().neededContext().tokens();
      case Remedy.OneMoreGpu(var like) -> like.kind() == Accelerator.Kind.DISCRETE;
      case Remedy.SmallerQuantization _ -> false;
      case Remedy.SmallerKvCache _,
          Remedy.FreeGpuMemory _,
          Remedy.FreeRam _,
          Remedy.RaiseWiredLimit _,
          Remedy.MoreRam _ ->
          true;
    };
  }

  /// A machine of several times the memory is another machine.
  private static boolean isWithinReach(Candidate candidate, Question question) {
    Bytes memory = Bytes.ZERO;
    for (Accelerator gpu : question.machine().usableAccelerators()) {
      memory = memory.plus(gpu.memory().total().orElse(Bytes.ZERO));
    }
    return candidate.fit().plan().total().atMost(memory.times(WITHIN_REACH));
  }

  private boolean isSmallest(ModelTag tag) {
    return manifests.stream()
        .filter(other -> other.variant().id().equals(tag.variant().id()))
        .allMatch(other -> tag.download().atMost(other.download()));
  }

  private static boolean isWholeSomewhere(Variant variant, List<Evaluation> judged) {
    return judged.stream()
        .map(Evaluation::candidate)
        .anyMatch(c -> c.tag().variant().id().equals(variant.id()) && c.fit() instanceof Fit.Whole);
  }

  private List<Remedy> remedies(Candidate candidate, Question question) {
    return Remedies.of(fits, candidate.tag(), request(candidate), question.machine(), manifests);
  }

  /// What would let a tag pass `fits-memory`: whole, else loaded at all.
  private List<Remedy> remediesToLoad(Candidate candidate, Question question) {
    List<Remedy> whole = remedies(candidate, question);
    return whole.isEmpty() && candidate.fit() instanceof Fit.DoesNotFit
        ? Remedies.nearer(fits, candidate.tag(), request(candidate), question.machine(), manifests)
        : whole;
  }

  private static FitRequest request(Candidate candidate) {
    var settings = candidate.settings();
    return new FitRequest(
        Optional.of(settings.contextLength()),
        Optional.of(settings.kvCacheType()),
        Optional.of(settings.parallel()),
        Optional.empty(),
        Optional.empty());
  }

  private static long shortfall(Fit fit) {
    return switch (fit) {
      case Fit.Whole _ -> 0;
      case Fit.Partly(_, var shortfall) -> shortfall.count();
      case Fit.DoesNotFit(_, var shortfall, _) -> shortfall.count();
    };
  }

  private Advice nothingFits(Question question, List<Evaluation> judged, Trace trace) {
    List<Rejection> rejections = trace.rejections(List.of());
    Candidate closest = judged.stream().min(Adviser::nearer).orElseThrow().candidate();
    return new Advice.NothingFits(
        question,
        rejections.stream().filter(r -> r.tag().equals(closest.tag())).findFirst().orElseThrow(),
        rejections,
        Caveats.ofMachine(question),
        closest.fit() instanceof Fit.DoesNotFit ? Optional.empty() : closest.answerTime(),
        remediesToLoad(closest, question));
  }

  /// Which of two tags that are out came nearer: the one that kept more of the hard rules; of two
  /// that were too slow the faster one, of two whose licence is not allowed the better one, else
  /// the smaller one.
  private static int nearer(Evaluation a, Evaluation b) {
    int later = Integer.compare(placeOfRejection(b), placeOfRejection(a));
    if (later != 0) {
      return later;
    }
    Optional<Rule> rule = lastRejection(a);
    if (rule.filter(Rule::isAboutTime).isPresent()) {
      double rateOfA = a.candidate().generationRate().orElse(0);
      double rateOfB = b.candidate().generationRate().orElse(0);
      return Double.compare(rateOfB, rateOfA);
    }
    if (rule.filter(Rule.LICENCE_ALLOWED::equals).isPresent()) {
      return Double.compare(b.points(), a.points());
    }
    return Long.compare(
        a.candidate().fit().plan().total().count(), b.candidate().fit().plan().total().count());
  }

  /// Where in the book the rule stands that puts a tag out whatever is dropped.
  private static int placeOfRejection(Evaluation judged) {
    return lastRejection(judged).map(Rule.BOOK::indexOf).orElse(Rule.BOOK.size());
  }

  private static Optional<Rule> lastRejection(Evaluation judged) {
    return judged.rejection(Rule.SOFT_RULES).map(Map.Entry::getKey);
  }
}
