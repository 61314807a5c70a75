package dev.r1pick.cli.command;

import dev.r1pick.cli.option.DocumentFormat;
import dev.r1pick.cli.option.ReportFile;
import dev.r1pick.cli.option.Session;
import dev.r1pick.report.layout.Style;
import dev.r1pick.text.Escaping;
import java.util.List;

/// Where the answer of a command goes that is a text, JSON or a page.
///
/// @param session of the run
record Documents(Session session) {

  /// One result in any format.
  interface Writer {
    String write(DocumentFormat format, Style style);
  }

  /// The answer.
  void answer(DocumentFormat format, Writer writer) {
    String text = writer.write(format, session.console().style());
    if (format == DocumentFormat.HTML) {
      session.console().page(text);
    } else {
      session.console().answer(text);
    }
  }

  /// The files beside it.
  void report(List<ReportFile<DocumentFormat>> files, Writer writer) {
    for (ReportFile<DocumentFormat> file : files) {
      String text = writer.write(file.format(), Style.PLAIN);
      file.write(session.files(), Escaping.output(text, false));
    }
  }
}
