package dev.r1pick.advice;

import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.advice.Advice.Rejection;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.FreeMemoryShift;
import dev.r1pick.fit.Remedies;
import dev.r1pick.fit.Remedy;
import dev.r1pick.hardware.IdleGpu;
import dev.r1pick.hardware.Machine;
import dev.r1pick.speed.MachineSpeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Answers a question: every tag, every way to load it, every rule.
public final class Adviser {
  /// Hiding cards is worth it from this gain in speed on; less is inside the ranges.
  private static final double FASTER_ON_FEWER = 1.05;

  /// What hiding cards has to gain, in points.
  private static final double CARD_GAIN = 0.5;

  private final Catalog catalog;
  private final List<ModelTag> manifests;
  private final FitEstimator fits;
  private final CandidateFinder finder;
  private final MachineSpeed speeds;
  private final QualityEstimator qualities;
  private final UseCases useCases;

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
    this.useCases = useCases;
    this.speeds = speeds;
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
    Optional<Chosen> chosen = choose(question);
    if (chosen.isEmpty()) {
      Judged judged = judge(question);
      return nothingFits(question, judged.all(), trace(judged));
    }
    return recommendation(chosen.get(), alternatives, fill);
  }

  /// A pick and the question that it answers: with some of the cards only, where that serves
  /// better.
  private record Chosen(Judged judged, Evaluation best) {}

  /// Which cards are used is decided by the best trade, so that no priority gives less than it.
  private Optional<Chosen> choose(Question question) {
    Optional<Chosen> balanced = chooseCards(question.with(Priority.BALANCED));
    if (question.priority() == Priority.BALANCED || balanced.isEmpty()) {
      return balanced;
    }
    Judged judged = balanced.get().judged().with(question.priority());
    var chosen = new Chosen(judged, judged.pick().orElseThrow());
    if (judged.question().visibleDevices().isPresent() && question.priority() == Priority.QUALITY) {
      Judged withAll = judge(question);
      Evaluation other = withAll.pick().orElseThrow();
      boolean better =
          other.candidate().quality().low() > chosen.best().candidate().quality().high();
      return Optional.of(better ? new Chosen(withAll, other) : chosen);
    }
    return Optional.of(chosen);
  }

  private Optional<Chosen> chooseCards(Question question) {
    Judged judged = judge(question);
    Optional<Evaluation> pick = judged.pick();
    if (pick.isEmpty()) {
      return Optional.empty();
    }
    var chosen = new Chosen(judged, pick.get());
    for (FewerCards fewer : cardsWorthTrying(pick.get(), question)) {
      Judged other = judge(question.on(fewer));
      Optional<Evaluation> instead = other.pick();
      if (instead.isPresent() && servesBetter(instead.get(), chosen.best())) {
        chosen = new Chosen(other, instead.get());
      }
    }
    return Optional.of(chosen);
  }

  private Trace trace(Judged judged) {
    return new Trace(catalog, judged.all(), Math.min(judged.dropped(), Rule.SOFT_RULES));
  }

  private Advice recommendation(Chosen chosen, int alternatives, boolean fill) {
    Judged judged = chosen.judged();
    Evaluation best = chosen.best();
    Question question = judged.question();
    List<Evaluation> pool = judged.pool();
    List<MemorySensitivity> borders = borders(question, best, judged);
    List<Alternative> others =
        Alternatives.beyond(
            best, Alternatives.of(best, judged, alternatives, fill), fits, question);
    Fit byItself = fits.estimate(best.candidate().tag(), FitRequest.DEFAULTS, question.machine());
    var picked = new ArrayList<Evaluation>();
    picked.add(best);
    others.forEach(other -> picked.add(other.judged()));
    List<Locale> standIns = qualities.measuredIn(question.useCase(), question.language());
    return new Advice.Recommendation(
        question,
        best,
        byItself,
        others,
        trace(judged).rejections(picked),
        arranged(
            new Caveats(useCases, question).of(best, byItself, standIns, borders, others, pool),
            Optional.of(best),
            question),
        new NextVariant(fits, manifests).of(best, judged.all(), question),
        ConfidenceRating.of(best, pool, !standIns.isEmpty(), borders, question),
        isBestThatFits(best, judged));
  }

  private static boolean isBestThatFits(Evaluation best, Judged judged) {
    for (Evaluation other : judged.all()) {
      boolean loads = !(other.candidate().fit() instanceof Fit.DoesNotFit);
      if (loads && other.candidate().quality().score() > best.candidate().quality().score()) {
        return false;
      }
    }
    return true;
  }

  /// Fewer cards are tried where a model lies on several, since this is paid at each start.
  private static List<FewerCards> cardsWorthTrying(Evaluation pick, Question question) {
    return pick.candidate().fit().plan().devices().size() > 1
        ? FewerCards.of(question.machine())
        : List.of();
  }

  /// With fewer cards: more points, or no less quality and context that the use needs, and faster.
  private static boolean servesBetter(Evaluation fewer, Evaluation all) {
    Candidate one = fewer.candidate();
    Candidate other = all.candidate();
    boolean faster =
        one.generationRate().orElse(0) >= FASTER_ON_FEWER * other.generationRate().orElse(0);
    boolean asGood = one.quality().score() >= other.quality().score();
    boolean room = one.hasNeededContext() || !other.hasNeededContext();
    return fewer.dropsNeeded() <= all.dropsNeeded()
        && one.isAsGoodAs(other)
        && ((faster && asGood && room) || fewer.points() > all.points() + CARD_GAIN);
  }

  /// What a little less and a little more free memory would change. Less can only matter where the
  /// pick has little to spare, more only where another variant is short of room; the rest is not
  /// tried, since this is paid at each start.
  private List<MemorySensitivity> borders(Question question, Evaluation best, Judged judged) {
    var borders = new ArrayList<MemorySensitivity>();
    if (Rules.isNearTheEdge(best.candidate(), MemorySensitivity.STEP)) {
      Question less = question.on(FreeMemoryShift.less(question.machine(), MemorySensitivity.STEP));
      border(judge(less), best, false).ifPresent(borders::add);
    }
    Question more = question.on(FreeMemoryShift.more(question.machine(), MemorySensitivity.STEP));
    var ways = new ArrayList<List<Candidate>>();
    boolean contended = false;
    for (int i = 0; i < judged.all().size(); i++) {
      Evaluation other = judged.all().get(i);
      boolean shortOfRoom = Rules.isShortOfRoom(other, best, question);
      contended |= shortOfRoom;
      boolean moved = shortOfRoom || Rivals.isSameVariant(other, best);
      ways.add(moved ? finder.find(other.candidate().tag(), more) : judged.ways().get(i));
    }
    if (contended) {
      border(new Judged(more, ways), best, true).ifPresent(borders::add);
    }
    return borders;
  }

  private static Optional<MemorySensitivity> border(Judged judged, Evaluation best, boolean more) {
    Optional<Evaluation> other = judged.pick();
    if (other.isEmpty()) {
      return Optional.of(new MemorySensitivity(MemorySensitivity.STEP, more, Optional.empty()));
    }
    ModelTag pick = other.get().candidate().tag();
    boolean same = pick.variant().id().equals(best.candidate().tag().variant().id());
    return same
        ? Optional.empty()
        : Optional.of(new MemorySensitivity(MemorySensitivity.STEP, more, Optional.of(pick)));
  }

  /// The pick of [#advise] and nothing else; empty where nothing fits.
  public Optional<Evaluation> pick(Question question) {
    return choose(question).map(Chosen::best);
  }

  private Judged judge(Question question) {
    var ways = new ArrayList<List<Candidate>>();
    for (ModelTag tag : manifests) {
      ways.add(finder.find(tag, question));
    }
    return new Judged(question, ways);
  }

  /// The best way of each tag, judged; nothing is picked.
  ///
  /// @param tags those to judge, one for each manifest
  public List<Evaluation> judge(List<ModelTag> tags, Question question) {
    var judged = new ArrayList<Evaluation>();
    for (ModelTag tag : tags) {
      judged.add(Judged.best(finder.find(tag, question), question));
    }
    return judged;
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

  static FitRequest request(Candidate candidate) {
    var settings = candidate.settings();
    return new FitRequest(
        Optional.of(settings.contextLength()),
        Optional.of(settings.kvCacheType()),
        Optional.of(settings.parallel()),
        Optional.empty(),
        Optional.empty());
  }

  private Advice nothingFits(Question question, List<Evaluation> judged, Trace trace) {
    List<Rejection> rejections = trace.rejections(List.of());
    Candidate closest = judged.stream().min(Adviser::nearer).orElseThrow().candidate();
    return new Advice.NothingFits(
        question,
        rejections.stream().filter(r -> r.tag().equals(closest.tag())).findFirst().orElseThrow(),
        rejections,
        arranged(MachineCaveats.of(question.machine()), Optional.empty(), question),
        closest.fit() instanceof Fit.DoesNotFit ? Optional.empty() : closest.answerTime(),
        remediesToLoad(closest, question));
  }

  /// By harm, what would be said twice once; of a GPU that lies idle with what it would bring.
  ///
  /// @param best the pick as things are; empty where nothing fits
  private List<Caveat> arranged(
      List<Caveat> caveats, Optional<Evaluation> best, Question question) {
    var arranged = new ArrayList<Caveat>();
    for (IdleGpu idle : IdleGpu.of(question.machine())) {
      arranged.add(new Caveat.GpuIdle(idle, pickWith(idle, best, question)));
    }
    AssumedShare.of(question.machine())
        .ifPresent(
            assumed ->
                arranged.add(
                    assumed.caveat(pickOn(assumed.raised(question.machine()), best, question))));
    for (Caveat caveat : caveats) {
      if (!MachineCaveats.isSaid(arranged, caveat)) {
        arranged.add(caveat);
      }
    }
    arranged.sort((a, b) -> a.harm().compareTo(b.harm()));
    return List.copyOf(arranged);
  }

  private Optional<Candidate> pickWith(IdleGpu idle, Optional<Evaluation> best, Question question) {
    if (idle.why().backend().isEmpty()) {
      return Optional.empty();
    }
    return pickOn(idle.mended(question.machine()), best, question);
  }

  /// The pick on a machine changed in something; empty where it is no other.
  private Optional<Candidate> pickOn(
      Machine changed, Optional<Evaluation> best, Question question) {
    Machine planned = speeds.planned(changed);
    Optional<Candidate> with = pick(question.on(planned)).map(Evaluation::candidate);
    return with.filter(pick -> best.isEmpty() || isAnother(pick, best.get().candidate()));
  }

  /// Another tag, or the same with its answer sooner.
  private static boolean isAnother(Candidate pick, Candidate best) {
    boolean sooner =
        pick.answerTime().isPresent()
            && best.answerTime().isPresent()
            && pick.answerTime()
                    .get()
                    .typical()
                    .expected()
                    .compareTo(best.answerTime().get().typical().expected())
                < 0;
    return sooner || !pick.tag().name().equals(best.tag().name());
  }

  /// Which of two tags that are out came nearer: the one that kept more of the hard rules; of two
  /// that were too slow the faster one, of two whose license is not allowed the better one, else
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
    if (rule.filter(Rule.LICENSE_ALLOWED::equals).isPresent()) {
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
