package dev.r1pick.report.text;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.MemoryByContext;
import dev.r1pick.report.words.Messages;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;

/// What a tag takes on one CUDA device by context, everything on the device, one sequence, with
/// flash attention where its layout can have it.
final class MemoryTable {
  private final Messages messages;
  private final Style style;

  MemoryTable(Messages messages, Style style) {
    this.messages = messages;
    this.style = style;
  }

  List<String> lines(ModelTag tag) {
    var table = new Table(2);
    List<ContextLength> contexts = MemoryByContext.contexts(tag);
    var head = new ArrayList<String>();
    head.add(messages.text("report.show.memory"));
    contexts.forEach(context -> head.add(context.shortText()));
    table.head(head.toArray(String[]::new));
    for (KvCacheType type : MemoryByContext.types(tag)) {
      var row = new ArrayList<String>();
      row.add("  " + messages.text("report.show.kv-cache", type.label()));
      for (ContextLength context : contexts) {
        row.add(Amounts.gib(MemoryByContext.need(tag, context, type).device()));
      }
      table.row(row.toArray(String[]::new));
    }
    var lines = new ArrayList<String>();
    lines.add("");
    lines.addAll(table.lines(style.columns()));
    for (String line : Table.wrap(messages.text("report.show.memory-note"), style.columns())) {
      lines.add(style.faint(line));
    }
    return lines;
  }
}
