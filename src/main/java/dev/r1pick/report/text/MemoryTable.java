package dev.r1pick.report.text;

import dev.r1pick.catalog.Attention;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.engine.ComputeForm;
import dev.r1pick.fit.engine.RunSettings;
import dev.r1pick.json.JsonValue;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.report.layout.Style;
import dev.r1pick.report.layout.Table;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.units.ContextLength;
import java.util.ArrayList;
import java.util.List;

/// What a tag takes on one CUDA device by context, everything on the device, one sequence, with
/// flash attention where its layout can have it.
final class MemoryTable {
  private static final int[] CONTEXTS = {4096, 8192, 16384, 32768, 65536, 131072, 163840};

  private final Messages messages;
  private final Style style;

  MemoryTable(Messages messages, Style style) {
    this.messages = messages;
    this.style = style;
  }

  List<String> lines(ModelTag tag) {
    var table = new Table(2);
    List<ContextLength> contexts = contexts(tag);
    var head = new ArrayList<String>();
    head.add(messages.text("report.show.memory"));
    contexts.forEach(context -> head.add(context.shortText()));
    table.row(head.toArray(String[]::new));
    for (KvCacheType type : types(tag)) {
      var row = new ArrayList<String>();
      row.add("  " + messages.text("report.show.kv-cache", type.label()));
      for (ContextLength context : contexts) {
        row.add(Amounts.gib(need(tag, context, type).device()));
      }
      table.row(row.toArray(String[]::new));
    }
    var lines = new ArrayList<String>();
    lines.add("");
    lines.addAll(table.lines());
    for (String line : Table.wrap(messages.text("report.show.memory-note"), style.columns())) {
      lines.add(style.faint(line));
    }
    return lines;
  }

  JsonValue json(ModelTag tag) {
    var rows = new ArrayList<JsonValue>();
    for (KvCacheType type : types(tag)) {
      for (ContextLength context : contexts(tag)) {
        var need = need(tag, context, type);
        rows.add(
            JsonValue.object()
                .put("context_tokens", context.tokens())
                .put("kv_cache_type", type.label())
                .put("weights_bytes", need.weights().count())
                .put("kv_cache_bytes", need.kvCache().count())
                .put("compute_bytes", need.compute().count())
                .put("total_bytes", need.device().count())
                .put("host_bytes", need.host().count())
                .build());
      }
    }
    return new JsonValue.Items(rows);
  }

  private static List<ContextLength> contexts(ModelTag tag) {
    var contexts = new ArrayList<ContextLength>();
    for (int tokens : CONTEXTS) {
      if (tokens <= tag.variant().trainedContext().tokens()) {
        contexts.add(ContextLength.of(tokens));
      }
    }
    return contexts;
  }

  /// CUDA has none for keys and values of unequal width, as in the full-head layout of the 671B.
  private static boolean hasFlashAttention(ModelTag tag) {
    return !(tag.variant().architecture().attention() instanceof Attention.FullHeads);
  }

  private static List<KvCacheType> types(ModelTag tag) {
    return hasFlashAttention(tag)
        ? List.of(KvCacheType.F16, KvCacheType.Q8_0)
        : List.of(KvCacheType.F16);
  }

  private static FitEstimator.Need need(ModelTag tag, ContextLength context, KvCacheType type) {
    return FitEstimator.need(
        tag,
        new RunSettings(
            context, 1, type, hasFlashAttention(tag), FitEstimator.usualMicroBatch(context)),
        ComputeForm.CUDA);
  }
}
