package dev.r1pick.cli.command;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.read.TopicReader;
import dev.r1pick.catalog.topic.Claims;
import dev.r1pick.catalog.topic.Explainer;
import dev.r1pick.catalog.topic.Explanation;
import dev.r1pick.catalog.topic.Terms;
import dev.r1pick.cli.console.CliError;
import dev.r1pick.cli.console.CliFailure;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.Session;
import dev.r1pick.report.json.ExplanationJson;
import dev.r1pick.report.text.ExplanationText;
import dev.r1pick.report.words.TopicWording;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `r1pick explain WORD…`: what a tag, a term or a claim means, and what is true.
public final class ExplainCommand implements Command {
  @Override
  public String name() {
    return "explain";
  }

  @Override
  public Optional<String> word() {
    return Optional.of("WORD");
  }

  @Override
  public boolean takesManyWords() {
    return true;
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick explain 14b", "r1pick explain distill", "r1pick explain 7b moe");
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(Group.OUTPUT, "--format", "FORMAT"),
        Option.flag(Group.OUTPUT, "--quiet", "-q"),
        Option.value(Group.OUTPUT, "--catalog", "FILE"));
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    boolean quiet = arguments.flag("--quiet");
    if (quiet && arguments.given("--format")) {
      throw new CliFailure(new CliError.QuietOrFormat());
    }
    boolean json = !quiet && arguments.json();
    Data data = Data.of(session);
    Catalog catalog = data.catalog();
    Terms terms = TopicReader.terms();
    Claims claims = TopicReader.claims();
    String asked = String.join(" ", arguments.words()).strip();
    var text = new ExplanationText(session.messages(), session.console().style());
    var words = new TopicWording(session.messages());
    var document = new ExplanationJson(session.documents(), asked);
    if (asked.isEmpty()) {
      session
          .console()
          .answer(json ? document.index(terms, claims) : text.index(catalog, terms, claims));
      return ExitCode.OK;
    }
    Explanation found = new Explainer(catalog, terms, claims).explain(asked);
    session
        .console()
        .answer(
            switch (found) {
              case Explanation.OfTag tag ->
                  quiet
                      ? catalog.explicit(tag.tag()).fullName() + "\n"
                      : json
                          ? document.tag(catalog, data.useCases(), tag)
                          : text.tag(catalog, data.useCases(), tag);
              case Explanation.OfTerm term ->
                  quiet ? term.term().id() + "\n" : json ? document.term(term) : text.term(term);
              case Explanation.OfClaim claim ->
                  quiet
                      ? claim.claim().verdict().name().toLowerCase(Locale.ROOT) + "\n"
                      : json ? document.claim(claim) : text.claim(claim);
              case Explanation.NoSuchSize(var size, var nearest) ->
                  throw new CliFailure(new CliError.TopicNoSuchSize(size, nearest));
              case Explanation.AboutMachine(var tag, var vram) ->
                  throw new CliFailure(new CliError.TopicAboutMachine(asked, command(tag, vram)));
              case Explanation.Unknown(var nearest) ->
                  throw new CliFailure(
                      nearest.isEmpty()
                          ? new CliError.TopicUnknown(asked)
                          : new CliError.TopicUnknownNear(
                              asked, nearest.stream().map(words::quoted).toList()));
            });
    return ExitCode.OK;
  }

  /// The command that answers for a machine.
  private static String command(Optional<String> tag, Optional<String> vram) {
    if (tag.isEmpty()) {
      return "r1pick recommend";
    }
    String check = "r1pick check " + tag.get();
    return vram.isEmpty() ? check : check + " --vram " + vram.get() + "GiB";
  }
}
