package dev.r1pick.cli.command;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Adviser;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Question;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.client.Client;
import dev.r1pick.catalog.client.Clients;
import dev.r1pick.catalog.read.ClientReader;
import dev.r1pick.catalog.read.TopicReader;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.console.Names;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.MachineOptions;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.PromptLanguage;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Subject;
import dev.r1pick.cli.option.Tags;
import dev.r1pick.cli.option.UseCaseOption;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.fit.UsualContext;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.server.ServerUrl;
import dev.r1pick.report.NextSteps;
import dev.r1pick.report.json.NextJson;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.text.NextText;
import dev.r1pick.report.words.Wording;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `r1pick next`: what to do after the pull, with the client of one's choice.
public final class NextCommand implements Command {
  private static final List<String> FORMAT_ORDER = List.of("text", "snippet", "json");

  private static final Map<String, Format> FORMATS =
      Map.of("text", Format.TEXT, "snippet", Format.SNIPPET, "json", Format.JSON);

  @Override
  public String name() {
    return "next";
  }

  @Override
  public Optional<String> word() {
    return Optional.of("TAG");
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick next 14b", "r1pick next 14b --client continue");
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<Option>();
    options.add(Option.value(Group.QUESTION, "--client", "NAME"));
    options.addAll(RecommendCommand.WISHES);
    options.addAll(MachineOptions.ALL);
    options.add(Option.value(Group.OUTPUT, "--format", "FORMAT"));
    options.add(Option.flag(Group.OUTPUT, "--quiet", "-q"));
    options.add(Option.value(Group.OUTPUT, "--catalog", "FILE"));
    return options;
  }

  @Override
  public List<String> formats() {
    return FORMAT_ORDER;
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    Format format = format(arguments);
    Data data = Data.of(session);
    Clients clients = ClientReader.readDefault();
    Optional<Client> client = client(arguments, clients);
    // the address of the server is what the owner needs, in every format
    Subject subject =
        MachineOptions.readForOwner(session, data).known().answered(session).planned(data);
    // read before a tag makes them idle, so that a slip is told
    var question =
        new Question(
            UseCaseOption.read(session, data),
            PromptLanguage.read(session, format == Format.TEXT),
            RecommendCommand.priority(arguments),
            subject.machine(),
            RecommendCommand.wishes(arguments, data.catalog()));
    NextSteps steps =
        arguments.words().isEmpty()
            ? ofThePick(session, data, subject, clients, client, question)
            : ofTheTag(session, data, subject.machine(), clients, client);
    session
        .console()
        .answer(
            switch (format) {
              case TEXT -> new NextText(session.messages(), session.console().style()).steps(steps);
              case SNIPPET -> snippet(session, steps);
              case JSON ->
                  new NextJson(session.documents())
                      .steps(steps, TopicReader.terms(), data.catalog().version());
            });
    return ExitCode.OK;
  }

  private static String snippet(Session session, NextSteps steps) {
    Optional<String> variant = steps.variant();
    boolean needed = steps.client().map(steps::needsVariant).orElse(true);
    if (variant.isPresent() && needed) {
      session.remark("next.first", variant.get(), String.join(" && ", steps.setup()));
    }
    return new NextText(session.documents(), session.console().style()).snippet(steps);
  }

  private static Format format(Arguments arguments) {
    if (arguments.flag("--quiet")) {
      if (arguments.given("--format")) {
        throw new CliFailure(new CliError.QuietOrFormat());
      }
      return Format.SNIPPET;
    }
    return arguments.oneOf("--format", FORMATS, FORMAT_ORDER).orElse(Format.TEXT);
  }

  private static Optional<Client> client(Arguments arguments, Clients clients) {
    Optional<String> name = arguments.text("--client");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<Client> found = clients.find(name.get());
    if (found.isEmpty()) {
      List<String> near = Names.nearest(name.get(), clients.ids());
      throw new CliFailure(
          near.isEmpty()
              ? new CliError.ClientUnknown(name.get(), clients.ids())
              : new CliError.ClientUnknownNear(name.get(), near));
    }
    return found;
  }

  /// The tag that `recommend` would pick, with all that it would set.
  private static NextSteps ofThePick(
      Session session,
      Data data,
      Subject subject,
      Clients clients,
      Optional<Client> client,
      Question question) {
    Machine machine = subject.machine();
    var fits = new FitEstimator();
    Advice advice =
        new Adviser(
                data.catalog(),
                data.useCases(),
                fits,
                new QualityEstimator(data.useCases(), data.catalog()),
                data.speedOf(machine, subject.bandwidth(session, data)))
            .advise(question, 0, false);
    return switch (advice) {
      case Advice.NothingFits _ ->
          throw new CliFailure(
              new CliError.NothingToConnect(new Wording(session.messages()).sum(advice)));
      case Advice.Recommendation recommendation -> {
        Candidate pick = recommendation.best().candidate();
        yield new NextSteps(
            pick.tag(),
            pick.contextLength(),
            fits.defaultContext(pick.tag(), machine),
            pick.fit(),
            Setup.place(pick, machine),
            Setup.lines(pick, machine, session.console().style().columns() - 2),
            server(machine),
            clients,
            client);
      }
    };
  }

  /// A tag that is chosen already, with the context that it is used with here.
  private static NextSteps ofTheTag(
      Session session, Data data, Machine machine, Clients clients, Optional<Client> client) {
    ModelTag tag = Tags.one(session, data.catalog());
    UseCaseProfile profile = UseCaseOption.read(session, data);
    var fits = new FitEstimator();
    ContextLength own = fits.defaultContext(tag, machine);
    ContextLength context = context(session.arguments(), data, tag, profile, machine, fits);
    Fit fit = fits.estimate(tag, FitRequest.DEFAULTS.withContextLength(context), machine);
    boolean set = context.compareTo(own) != 0;
    return new NextSteps(
        tag,
        context,
        own,
        fit,
        set ? new Setup.Place.Model() : new Setup.Place.Nowhere(),
        set ? Setup.variantLines(tag, context) : List.of(),
        server(machine),
        clients,
        client);
  }

  private static ContextLength context(
      Arguments arguments,
      Data data,
      ModelTag tag,
      UseCaseProfile profile,
      Machine machine,
      FitEstimator fits) {
    Optional<ContextLength> asked = arguments.context("--context");
    ContextLength trained = tag.variant().trainedContext();
    if (asked.isPresent() && asked.get().compareTo(trained) > 0) {
      throw new CliFailure(
          new CliError.BeyondTrained(
              asked.get(), tag.fullName(), trained, arguments.name("--context")));
    }
    return asked.orElseGet(
        () ->
            UsualContext.of(
                tag, data.useCases().neededContext(profile, tag.variant().id()), machine, fits));
  }

  private static ServerUrl server(Machine machine) {
    return machine.ollama().variable("OLLAMA_HOST").map(ServerUrl::of).orElse(ServerUrl.USUAL);
  }

  /// How the answer is written.
  private enum Format {
    TEXT,
    SNIPPET,
    JSON
  }
}
