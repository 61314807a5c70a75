package dev.r1pick.cli.command;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.Session;
import dev.r1pick.cli.option.Tags;
import dev.r1pick.report.json.CatalogJson;
import dev.r1pick.report.text.TagText;
import java.util.List;
import java.util.Optional;

/// `r1pick show TAG`: what is known of one tag.
public final class ShowCommand implements Command {
  @Override
  public String name() {
    return "show";
  }

  @Override
  public Optional<String> word() {
    return Optional.of("TAG");
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick show 14b");
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(Group.OUTPUT, "--format", "FORMAT"),
        Option.value(Group.OUTPUT, "--catalog", "FILE"));
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    boolean json = arguments.json();
    Catalog catalog = Data.of(session).catalog();
    ModelTag tag = Tags.one(session, catalog);
    session
        .console()
        .answer(
            json
                ? CatalogJson.show(catalog, tag)
                : new TagText(session.messages(), session.console().style()).show(catalog, tag));
    return ExitCode.OK;
  }
}
