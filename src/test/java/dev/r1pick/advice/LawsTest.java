package dev.r1pick.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MachineDocument;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.GpuModels;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.SpeedConstantsReader;
import dev.r1pick.speed.SpeedEstimator;
import dev.r1pick.units.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// What holds between answers, over every document of the grid, every use, priority and language.
class LawsTest {
  private static final Path GRID = Path.of("src/test/resources/documents/grid");
  private static final PolicyCatalog DATA =
      PolicyCatalog.of(Candidates.CATALOG, Candidates.USE_CASES);
  private static final SpeedEstimator SPEEDS = new SpeedEstimator(SpeedConstantsReader.shipped());
  private static final CpuBandwidthEstimator CPUS = CpuBandwidthEstimator.shipped();
  private static final GpuModels GPUS = new GpuModels(GpuCatalogReader::readDefault);
  private static final Map<String, Machine> MACHINES = machines();

  private static Map<String, Machine> machines() {
    var machines = new LinkedHashMap<String, Machine>();
    try (var files = Files.list(GRID)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        JsonValue document = JsonReader.read(name, Files.readString(file));
        machines.put(name, MachineDocument.read(name, document).machine());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return machines;
  }

  /// As a fleet is answered: what is known of tags and chips is shared.
  private static Adviser adviser(Machine machine) {
    return new Adviser(
        DATA.catalog(),
        DATA.manifests(),
        DATA.useCases(),
        new FitEstimator(),
        DATA.qualities(),
        new MachineSpeed(SPEEDS, machine, GPUS, CPUS.estimate(machine)));
  }

  /// One question of the grid with its three answers.
  private record Answers(
      UseCaseProfile use, Evaluation balanced, Evaluation quality, Evaluation speed) {}

  private static void overTheGrid(BiConsumer<String, Answers> law) {
    MACHINES.forEach(
        (name, machine) -> {
          Adviser adviser = adviser(machine);
          for (UseCaseProfile use : DATA.useCases().profiles()) {
            for (String language : List.of("en", "zh")) {
              Optional<Evaluation> balanced =
                  adviser.pick(question(use, language, Priority.BALANCED, machine));
              if (balanced.isPresent()) {
                law.accept(
                    name + " " + use.id() + " " + language,
                    new Answers(
                        use,
                        balanced.get(),
                        adviser
                            .pick(question(use, language, Priority.QUALITY, machine))
                            .orElseThrow(),
                        adviser
                            .pick(question(use, language, Priority.SPEED, machine))
                            .orElseThrow()));
              }
            }
          }
        });
  }

  private static Question question(
      UseCaseProfile use, String language, Priority priority, Machine machine) {
    return new Question(use, language, priority, machine, Question.Constraints.NONE);
  }

  private static double score(Evaluation pick) {
    return pick.candidate().quality().score();
  }

  private static double rate(Evaluation pick) {
    return pick.candidate().generationRate().orElse(0);
  }

  private static Duration typical(Evaluation pick) {
    return pick.candidate()
        .answerTime()
        .map(time -> time.typical().expected())
        .orElse(Duration.ZERO);
  }

  @Test
  void whoAsksForSomethingNeverGetsLessOfIt() {
    var faults = new ArrayList<String>();
    overTheGrid(
        (what, answers) -> {
          if (score(answers.quality()) < score(answers.balanced())) {
            faults.add(what + ": quality is worse");
          }
          if (rate(answers.speed()) < rate(answers.balanced())) {
            faults.add(what + ": speed is slower");
          }
          Duration longest = answers.use().acceptableWait().multipliedBy(5);
          if (answers.quality().dropsNeeded() == 0
              && typical(answers.quality()).compareTo(longest) > 0) {
            faults.add(what + ": quality waits " + typical(answers.quality()));
          }
        });
    assertEquals(List.of(), faults);
  }

  /// What is inside the doubt buys neither layers in RAM nor a download of hours.
  @Test
  void aTieNeverBuysLayersInRam() {
    var faults = new ArrayList<String>();
    MACHINES.forEach(
        (name, machine) -> {
          Adviser adviser = adviser(machine);
          for (UseCaseProfile use : DATA.useCases().profiles()) {
            for (Priority priority : Priority.values()) {
              Question question = question(use, "en", priority, machine);
              Optional<Evaluation> pick = adviser.pick(question);
              if (priority != Priority.SPEED
                  && pick.isPresent()
                  && pick.get().candidate().fit() instanceof Fit.Partly) {
                for (Evaluation other : adviser.judge(DATA.manifests(), question)) {
                  if (other.candidate().fit() instanceof Fit.Whole
                      && other.dropsNeeded() <= pick.get().dropsNeeded()
                      && other.candidate().isAsGoodAs(pick.get().candidate())
                      && score(other) >= score(pick.get())) {
                    faults.add(name + " " + use.id() + " " + priority);
                  }
                }
              }
            }
          }
        });
    assertEquals(List.of(), faults);
  }

  /// By the points of the best trade, which weigh quality, speed, context and what has to be done.
  @Test
  void oneMoreCardNeverGivesAWorseAnswer() {
    var faults = new ArrayList<String>();
    int compared = 0;
    for (var entry : MACHINES.entrySet()) {
      Machine one = entry.getValue();
      List<Accelerator> cards = one.usableAccelerators();
      if (cards.size() == 1 && cards.getFirst().kind() == Kind.DISCRETE) {
        var two = new ArrayList<>(one.accelerators());
        two.add(copy(cards.getFirst()));
        Machine more = one.withAccelerators(two);
        for (UseCaseProfile use : DATA.useCases().profiles()) {
          Optional<Evaluation> before =
              adviser(one).pick(question(use, "en", Priority.BALANCED, one));
          Optional<Evaluation> after =
              adviser(more).pick(question(use, "en", Priority.BALANCED, more));
          compared++;
          if (before.isPresent() && isWorse(after.orElseThrow(), before.get())) {
            faults.add(entry.getKey() + " " + use.id());
          }
        }
      }
    }
    assertTrue(compared > 100, "compared " + compared);
    assertEquals(List.of(), faults);
  }

  /// A slower card beside a fast one, a faster one, one with little memory: whoever plugs it in
  /// must not be served worse than before.
  @Test
  void oneMoreCardOfAnotherKindNeverGivesAWorseAnswer() {
    var faults = new ArrayList<String>();
    int compared = 0;
    List<Accelerator> others = cards();
    for (var entry : MACHINES.entrySet()) {
      Machine one = entry.getValue();
      Optional<Accelerator> own = card(one);
      if (own.isPresent()) {
        for (Accelerator other : others) {
          if (other.usability().equals(own.get().usability())
              && !other.name().equals(own.get().name())) {
            var two = new ArrayList<>(one.accelerators());
            two.add(other);
            compared +=
                compare(
                    entry.getKey() + " + " + other.name(), one, one.withAccelerators(two), faults);
          }
        }
      }
    }
    assertTrue(compared > 100, "compared " + compared);
    assertEquals(List.of(), faults);
  }

  /// With as much memory and the same backend; by what is told of the load that was picked before,
  /// a card with more bandwidth is not always faster.
  @Test
  void aFasterCardNeverGivesAWorseAnswer() {
    var faults = new ArrayList<String>();
    int compared = 0;
    for (var entry : MACHINES.entrySet()) {
      Machine slow = entry.getValue();
      Optional<Accelerator> own = card(slow);
      Optional<GpuModel> model = own.flatMap(adviserSpeed(slow)::model);
      if (model.isPresent()) {
        for (GpuModel faster : GpuCatalogReader.readDefault().models()) {
          if (isFaster(faster, model.get(), own.get())) {
            var changed = new ArrayList<Accelerator>();
            for (Accelerator device : slow.accelerators()) {
              changed.add(device.equals(own.get()) ? named(device, faster) : device);
            }
            compared +=
                compare(
                    entry.getKey() + " with " + faster.name(),
                    slow,
                    slow.withAccelerators(changed),
                    faults);
          }
        }
      }
    }
    assertTrue(compared > 100, "compared " + compared);
    assertEquals(List.of(), faults);
  }

  private static MachineSpeed adviserSpeed(Machine machine) {
    return new MachineSpeed(SPEEDS, machine, GPUS, CPUS.estimate(machine));
  }

  private static boolean isFaster(GpuModel faster, GpuModel model, Accelerator own) {
    long size = own.memory().total().orElseThrow().count();
    boolean sameSize =
        faster.memorySizes().stream()
            .anyMatch(bytes -> Math.abs(bytes.count() - size) < 0.05 * size);
    return sameSize
        && faster.vendor().equals(model.vendor())
        && faster.form() == model.form()
        && faster.bandwidth().compareTo(model.bandwidth()) > 0;
  }

  private static Accelerator named(Accelerator card, GpuModel model) {
    return new Accelerator(
        model.name(),
        card.vendor(),
        card.kind(),
        card.memory(),
        card.condition(),
        Identity.UNKNOWN,
        card.usability());
  }

  /// The only card of a machine that Ollama can use; empty where it has another number of them.
  private static Optional<Accelerator> card(Machine machine) {
    List<Accelerator> cards = machine.usableAccelerators();
    return cards.size() == 1 && cards.getFirst().kind() == Kind.DISCRETE
        ? Optional.of(cards.getFirst())
        : Optional.empty();
  }

  private static List<Accelerator> cards() {
    var cards = new LinkedHashMap<String, Accelerator>();
    for (Machine machine : MACHINES.values()) {
      card(machine).ifPresent(card -> cards.putIfAbsent(card.name(), card));
    }
    return List.copyOf(cards.values());
  }

  private static int compare(String what, Machine one, Machine other, List<String> faults) {
    Adviser before = adviser(one);
    Adviser after = adviser(other);
    int compared = 0;
    for (UseCaseProfile use : DATA.useCases().profiles()) {
      Optional<Evaluation> old = before.pick(question(use, "en", Priority.BALANCED, one));
      if (old.isPresent()) {
        Optional<Evaluation> now = after.pick(question(use, "en", Priority.BALANCED, other));
        compared++;
        boolean worse = now.isEmpty() || isWorse(now.get(), old.get());
        if (worse && isFaster(after, question(use, "en", Priority.BALANCED, other), old.get())) {
          faults.add(
              what
                  + " "
                  + use.id()
                  + ": "
                  + told(old.get())
                  + " becomes "
                  + now.map(LawsTest::told));
        }
      }
    }
    return compared;
  }

  /// Whether the same tag is not slower there.
  private static boolean isFaster(Adviser after, Question question, Evaluation old) {
    for (Evaluation one : after.judge(DATA.manifests(), question)) {
      if (one.candidate().tag().equals(old.candidate().tag())) {
        return rate(one) >= rate(old);
      }
    }
    return true;
  }

  private static String told(Evaluation pick) {
    return "%s %.1f/s of %.1f dropping %d"
        .formatted(pick.candidate().tag().name(), rate(pick), score(pick), pick.dropsNeeded());
  }

  /// Equal to the other one, but another card.
  private static Accelerator copy(Accelerator card) {
    return new Accelerator(
        card.name(),
        card.vendor(),
        card.kind(),
        card.memory(),
        card.condition(),
        card.identity(),
        card.usability());
  }

  /// Less quality beyond the doubt and slower, or the same load slower by more than the ranges
  /// tell.
  private static boolean isWorse(Evaluation after, Evaluation before) {
    boolean less =
        score(after) < score(before) && !after.candidate().isAsGoodAs(before.candidate());
    boolean slower = rate(after) < 0.9 * rate(before);
    boolean same =
        after.candidate().tag().name().equals(before.candidate().tag().name())
            && after.candidate().settings().equals(before.candidate().settings());
    return after.dropsNeeded() > before.dropsNeeded()
        || (less && rate(after) <= rate(before))
        || (same && slower);
  }

  @Test
  void twiceTheMemoryNeverGivesAWorseAnswer() {
    var faults = new ArrayList<String>();
    for (var entry : MACHINES.entrySet()) {
      Machine machine = entry.getValue();
      List<Accelerator> cards = machine.usableAccelerators();
      if (cards.size() == 1 && cards.getFirst().kind() == Kind.DISCRETE) {
        long total = cards.getFirst().memory().total().orElseThrow().count();
        Machine more = Resized.to(machine, Bytes.of(2 * total));
        for (UseCaseProfile use : DATA.useCases().profiles()) {
          Optional<Evaluation> before =
              adviser(machine).pick(question(use, "en", Priority.BALANCED, machine));
          Optional<Evaluation> after =
              adviser(more).pick(question(use, "en", Priority.BALANCED, more));
          if (before.isPresent() && isWorse(after.orElseThrow(), before.get())) {
            faults.add(entry.getKey() + " " + use.id());
          }
        }
      }
    }
    assertEquals(List.of(), faults);
  }
}
