package dev.r1pick.cli.command;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.cli.console.ExitCode;
import dev.r1pick.cli.option.Arguments;
import dev.r1pick.cli.option.Data;
import dev.r1pick.cli.option.Option;
import dev.r1pick.cli.option.Option.Group;
import dev.r1pick.cli.option.Session;
import dev.r1pick.report.ci.CatalogCsv;
import dev.r1pick.report.ci.CatalogMarkdown;
import dev.r1pick.report.json.CatalogJson;
import dev.r1pick.report.text.CatalogText;
import java.util.List;
import java.util.Map;

/// `r1pick list`: every tag that can be pulled.
public final class ListCommand implements Command {
  private static final Map<String, Format> FORMATS =
      Map.of(
          "text", Format.TEXT, "json", Format.JSON, "markdown", Format.MARKDOWN, "csv", Format.CSV);

  private static final List<String> FORMAT_ORDER = List.of("text", "json", "markdown", "csv");

  @Override
  public String name() {
    return "list";
  }

  @Override
  public List<String> examples() {
    return List.of("r1pick list", "r1pick list --format csv");
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.value(Group.OUTPUT, "--format", "FORMAT"),
        Option.value(Group.OUTPUT, "--catalog", "FILE"));
  }

  @Override
  public List<String> formats() {
    return FORMAT_ORDER;
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    Format format = arguments.oneOf("--format", FORMATS, FORMAT_ORDER).orElse(Format.TEXT);
    Catalog catalog = Data.of(session).catalog();
    session
        .console()
        .answer(
            switch (format) {
              case TEXT ->
                  new CatalogText(session.messages(), session.console().style()).list(catalog);
              case JSON -> CatalogJson.list(catalog);
              case MARKDOWN -> new CatalogMarkdown(session.documents()).list(catalog);
              case CSV -> CatalogCsv.list(catalog);
            });
    return ExitCode.OK;
  }

  /// How the list is written.
  private enum Format {
    TEXT,
    JSON,
    MARKDOWN,
    CSV
  }
}
