package dev.r1pick.cli.fleet;

import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.fleet.FleetInput.Item;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.UseCaseOption;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MachineDocument;
import dev.r1pick.hardware.probe.Detector;
import dev.r1pick.hardware.record.RecordedHost;
import dev.r1pick.json.InvalidJson;
import dev.r1pick.json.JsonReader;
import dev.r1pick.json.JsonValue;
import dev.r1pick.policy.AdviceEvaluator;
import dev.r1pick.policy.CheckedMachine;
import dev.r1pick.policy.FleetEntry;
import dev.r1pick.policy.FleetSummary;
import dev.r1pick.policy.Policy;
import dev.r1pick.policy.PolicyAnswer;
import dev.r1pick.policy.PolicyAnswer.FailOn;
import dev.r1pick.policy.PolicyCatalog;
import dev.r1pick.policy.PolicyEvaluator;
import dev.r1pick.report.words.JsonWording;
import dev.r1pick.report.words.Messages;
import dev.r1pick.text.Kebab;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `r1pick check --machines`: a policy, or the advice for one use, on many machines in one process.
public final class FleetRun {
  /// Machines to a piece of work: enough to make handing it over cheap, few enough to keep the
  /// answers flowing.
  private static final int PIECE = 32;

  /// Characters of documents after which a piece is full in any case.
  private static final int PIECE_LENGTH = 1 << 20;

  private final Session session;
  private boolean remarked;
  private final Data data;
  private final FailOn failOn;
  private final Function<CheckedMachine, PolicyAnswer> check;
  private final Messages words;
  private final ThreadLocal<FitEstimator> fits = ThreadLocal.withInitial(FitEstimator::new);

  /// @param words the sentences about machines that cannot be read
  public FleetRun(
      Session session, Data data, Optional<Policy> policy, FailOn failOn, Messages words) {
    this.session = session;
    this.words = words;
    this.data = data.ready();
    this.failOn = failOn;
    var knowledge = PolicyCatalog.of(data.catalog(), data.useCases());
    if (policy.isPresent()) {
      this.check = new PolicyEvaluator(knowledge, policy.get())::of;
    } else {
      this.check = new AdviceEvaluator(knowledge, UseCaseOption.read(session, data))::of;
    }
  }

  /// What a piece of machines came to.
  ///
  /// @param entries in the order of the input
  /// @param texts the lines of each output, in the order of the outputs
  private record Piece(List<FleetEntry> entries, List<String> texts) {}

  /// Runs over all of them.
  ///
  /// @param place what `--machines` says
  public ExitCode run(String place, List<FleetOutput> outputs) {
    var summary = new FleetSummary(shown(failOn));
    try (FleetInput input = FleetInput.open(session.files(), place)) {
      outputs.forEach(FleetOutput::begin);
      OrderedExecutor.run(
          () -> piece(input),
          items -> work(items, outputs),
          piece -> {
            piece.entries().forEach(summary::add);
            for (int i = 0; i < outputs.size(); i++) {
              outputs.get(i).write(piece.texts().get(i));
            }
          },
          session.host().workers());
      outputs.forEach(output -> output.end(summary));
    } catch (UncheckedIOException _) {
      throw new CliFailure(new CliError.FileUnreadable("--machines", place));
    } finally {
      outputs.forEach(FleetOutput::close);
    }
    if (summary.machines() == 0) {
      throw new CliFailure(new CliError.NoMachines(place));
    }
    return exitCode(summary);
  }

  /// A run that fails on nothing still says who does not meet the policy.
  public static FailOn shown(FailOn failOn) {
    return failOn == FailOn.NEVER ? FailOn.ERROR : failOn;
  }

  /// What cannot be read outweighs the rest: the answer is not about all of them.
  private ExitCode exitCode(FleetSummary summary) {
    if (summary.unreadable() > 0) {
      return ExitCode.USAGE;
    }
    if (failOn == FailOn.NEVER) {
      return ExitCode.OK;
    }
    if (summary.notMet() > 0) {
      return ExitCode.NOTHING_FITS;
    }
    return summary.unknown() > 0 ? ExitCode.HARDWARE_UNKNOWN : ExitCode.OK;
  }

  private static Optional<List<Item>> piece(FleetInput input) {
    var items = new ArrayList<Item>(PIECE);
    int length = 0;
    while (items.size() < PIECE && length < PIECE_LENGTH && (items.isEmpty() || input.isReady())) {
      Optional<Item> next = input.next();
      if (next.isEmpty()) {
        break;
      }
      items.add(next.get());
      length += next.get() instanceof Item.Document document ? document.text().length() : 0;
    }
    return items.isEmpty() ? Optional.empty() : Optional.of(items);
  }

  private Piece work(List<Item> items, List<FleetOutput> outputs) {
    var entries = new ArrayList<FleetEntry>(items.size());
    for (Item item : items) {
      entries.add(entry(item));
    }
    var texts = new ArrayList<String>(outputs.size());
    for (FleetOutput output : outputs) {
      var text = new StringBuilder(items.size() * 128);
      for (FleetEntry entry : entries) {
        text.append(output.line(entry));
      }
      texts.add(text.toString());
    }
    return new Piece(entries, texts);
  }

  private FleetEntry entry(Item item) {
    return switch (item) {
      case Item.Broken(var name, long number, var key) ->
          new FleetEntry.Unreadable(name, number, words.text(key));
      case Item.Recording(var name, long number, var folder) ->
          switch (RecordedHost.open(session.files(), folder)) {
            case RecordedHost.Opened(var host) ->
                answered(name, number, new Detector().detect(host));
            case RecordedHost.NotARecording not ->
                new FleetEntry.Unreadable(
                    name,
                    number,
                    words.text("policy.fleet.no-recording." + Kebab.of(not.reason())));
          };
      case Item.Document document -> document(document);
    };
  }

  private FleetEntry document(Item.Document item) {
    String place = words.text("policy.fleet.document");
    try {
      JsonValue document = JsonReader.read(place, item.text());
      String name = document.textAt("name").filter(n -> !n.isBlank()).orElse(item.name());
      MachineDocument.Reading reading = MachineDocument.read(place, document);
      remarkOn(item.name(), reading);
      return answered(name, item.number(), reading.machine());
    } catch (InvalidJson e) {
      return new FleetEntry.Unreadable(item.name(), item.number(), problem(e));
    }
  }

  /// Says once for the whole fleet that a document is of a newer r1pick, or has parts that are not
  /// known here.
  private synchronized void remarkOn(String name, MachineDocument.Reading reading) {
    remarked = remarked || MachineOptions.remarkOn(session, name, reading);
  }

  private String problem(InvalidJson e) {
    String problem = JsonWording.problem(e, words);
    return e.path().equals("$") ? problem : e.path() + " " + problem;
  }

  private FleetEntry answered(String name, long number, Machine found) {
    Machine machine = data.planned(found);
    var examined = new CheckedMachine(machine, data.speedOf(machine, Optional.empty()), fits.get());
    return new FleetEntry.Answered(name, number, check.apply(examined));
  }
}
