package dev.r1pick.report.json;

import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Detection.Source;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.MachineDocument;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.speed.CpuBandwidth;
import dev.r1pick.speed.MachineSpeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// A machine as JSON: `machine` is what `--machine FILE` reads again, beside it stands what the
/// catalog knows of its parts.
public final class HardwareJson {
  /// Version 2 has facts of each device, where version 1 had only what Ollama makes of them.
  public static final int SCHEMA_VERSION = MachineDocument.SCHEMA_VERSION;

  private HardwareJson() {}

  /// The answer to `hardware`.
  ///
  /// @param sources what was asked; empty where nobody wanted to know
  /// @param error what went wrong beside the answer, as [ErrorJson] makes it
  /// @param recording the folder that was written and its files, with `--record`
  public static String document(
      Machine machine,
      MachineSpeed speeds,
      List<Source> sources,
      Optional<JsonValue> error,
      Optional<JsonValue> recording) {
    var models = new ArrayList<JsonValue>();
    for (Accelerator accelerator : machine.accelerators()) {
      models.add(
          speeds
              .model(accelerator)
              .map(m -> model(m, accelerator, speeds.alternatives(accelerator)))
              .orElseGet(JsonValue.Null::new));
    }
    JsonValue.Builder document =
        JsonValue.object()
            .put("schema_version", SCHEMA_VERSION)
            .put("command", "hardware")
            .put("machine", MachineDocument.write(machine))
            .put("cpu_bandwidth", cpu(speeds.cpu()))
            .put("gpu_models", models);
    if (!sources.isEmpty()) {
      document.put("sources", sources.stream().map(HardwareJson::source).toList());
    }
    recording.ifPresent(r -> document.put("recording", r));
    error.ifPresent(e -> document.put("error", e));
    return JsonWriter.pretty(document.build());
  }

  private static JsonValue cpu(CpuBandwidth cpu) {
    return JsonValue.object()
        .put("low_bytes_per_second", cpu.low().bytesPerSecond())
        .put("expected_bytes_per_second", cpu.expected().bytesPerSecond())
        .put("high_bytes_per_second", cpu.high().bytesPerSecond())
        .put(
            "basis",
            switch (cpu.origin()) {
              case MEASURED -> "measured-here";
              case GIVEN -> "given";
              case FIRMWARE -> "firmware";
              case PLATFORM -> "platform";
              case GUESSED -> "guessed";
            })
        .build();
  }

  /// In the order of the accelerators; null for one that the catalog does not have.
  private static JsonValue model(
      GpuModel model, Accelerator accelerator, List<GpuModel> alternatives) {
    return JsonValue.object()
        .put("name", model.name())
        .put("alternatives", JsonValue.texts(alternatives.stream().map(GpuModel::name).toList()))
        .put("generation", model.generation())
        .put("slice", MachineSpeed.isSlice(accelerator))
        .put("bandwidth_bytes_per_second", model.bandwidth().bytesPerSecond())
        .put("bandwidth_certainty", word(model.bandwidthCertainty()))
        .put(
            "half_precision_tflops",
            model.halfPrecisionTflops().isPresent()
                ? Optional.of(new JsonValue.Decimal(model.halfPrecisionTflops().getAsDouble()))
                : Optional.empty())
        .put("year", whole(model.market().year()))
        .put("power_watts", whole(model.market().watts()))
        .put("list_price_usd", whole(model.market().listPriceUsd()))
        .put("list_price_year", whole(model.market().listPriceYear()))
        .put("availability", model.market().availability().map(a -> new JsonValue.Text(word(a))))
        .build();
  }

  private static Optional<JsonValue> whole(OptionalInt number) {
    return number.isPresent()
        ? Optional.of(new JsonValue.Whole(number.getAsInt()))
        : Optional.empty();
  }

  private static JsonValue source(Source source) {
    return JsonValue.object()
        .put("kind", word(source.kind()))
        .put("name", source.name())
        .put("outcome", word(source.outcome()))
        .put("milliseconds", source.took().toNanos() / 1e6)
        .build();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
