package dev.r1pick.report.json;

import dev.r1pick.doctor.bench.Bench;
import dev.r1pick.doctor.bench.BenchReport;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.util.ArrayList;

/// A bench as JSON.
public final class BenchJson {
  private BenchJson() {}

  /// One document.
  public static String report(BenchReport report) {
    Bench bench = report.bench();
    var stages = new ArrayList<JsonValue>();
    for (int i = 0; i < bench.stages().size(); i++) {
      Bench.Stage stage = bench.stages().get(i);
      stages.add(
          JsonValue.object()
              .put("context_tokens", stage.fill())
              .put("runs", stage.samples().size())
              .put("prompt_tokens_per_second", stage.promptRate())
              .put("generation_tokens_per_second", stage.generationRate())
              .put("spread", stage.spread())
              .put("predicted", report.predicted().get(i).map(BenchJson::range))
              .build());
    }
    return JsonWriter.pretty(
        JsonValue.object()
            .put("schema_version", LoadJson.SCHEMA_VERSION)
            .put("command", "bench")
            .put("model", bench.model())
            .put("ollama_version", bench.version())
            .put("context_tokens", bench.context().tokens())
            .put("opened_tokens", bench.opened().map(c -> new JsonValue.Whole(c.tokens())))
            .put("stages", stages)
            .put("memory_bytes", bench.size().count())
            .put("gpu_memory_bytes", bench.vram().count())
            .put(
                "predicted_memory_bytes",
                report.size().map(size -> new JsonValue.Whole(size.count())))
            .put("factor", report.factor().map(JsonValue.Decimal::new))
            .put("kept", report.kept())
            .build());
  }

  private static JsonValue range(BenchReport.Range range) {
    return JsonValue.object()
        .put("low", range.low())
        .put("expected", range.expected())
        .put("high", range.high())
        .build();
  }
}
