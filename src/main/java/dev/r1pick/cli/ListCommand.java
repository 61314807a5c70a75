package dev.r1pick.cli;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.cli.Option.Group;
import dev.r1pick.report.CatalogReport;
import java.util.List;

/// `r1pick list`: every tag that can be pulled.
final class ListCommand implements Command {
  @Override
  public String name() {
    return "list";
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
    Catalog catalog = Data.of(arguments).catalog();
    var report = new CatalogReport(session.messages(), session.console().style());
    session.console().answer(json ? report.listAsJson(catalog) : report.list(catalog));
    return ExitCode.OK;
  }
}
