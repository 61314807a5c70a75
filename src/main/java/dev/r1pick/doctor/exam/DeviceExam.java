package dev.r1pick.doctor.exam;

import dev.r1pick.doctor.Cause;
import dev.r1pick.doctor.Finding;
import dev.r1pick.doctor.Presence;
import dev.r1pick.doctor.Symptoms;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.IdleGpu;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.log.LogDevice;
import dev.r1pick.ollama.log.LogLine;
import dev.r1pick.ollama.log.LoggedLoad;
import dev.r1pick.ollama.log.ServerLog;
import dev.r1pick.ollama.server.LoadedModel;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which devices the server computes on, which it could, and why it does not.
final class DeviceExam {
  private final Symptoms symptoms;
  private final ServerLog log;
  private final List<Accelerator> usable;
  private final List<Finding> findings = new ArrayList<>();

  private DeviceExam(Symptoms symptoms) {
    this.symptoms = symptoms;
    this.log = symptoms.log().log();
    this.usable = symptoms.machine().usableAccelerators();
  }

  static List<Finding> of(Symptoms symptoms) {
    boolean stopped = symptoms.presence() instanceof Presence.Down;
    if (symptoms.elsewhere().isPresent() || stopped) {
      return List.of();
    }
    var exam = new DeviceExam(symptoms);
    exam.devices();
    exam.always();
    return exam.findings;
  }

  private void add(Cause cause, Object... figures) {
    findings.add(Finding.of(cause, figures));
  }

  private void devices() {
    var gpus = new ArrayList<LogDevice>();
    for (LogDevice device : log.devices()) {
      if (!device.isProcessor()) {
        gpus.add(device);
      }
    }
    boolean searched =
        !log.devices().isEmpty() || log.totalVram().filter(Bytes::isZero).isPresent();
    if (!gpus.isEmpty()) {
      used(gpus);
      if (gpus.size() < usable.size()) {
        add(Cause.GPU_SOME_NOT_FOUND, gpus.size(), usable.size());
        reasons();
      }
    } else if (searched) {
      none(reasons());
    } else {
      byLoadedModels();
    }
    if (gpus.isEmpty()) {
      for (IdleGpu idle : IdleGpu.of(symptoms.machine())) {
        add(Cause.GPU_NOT_USABLE, idle.gpu().name(), idle.why());
      }
    }
  }

  private void used(List<LogDevice> gpus) {
    for (LogDevice gpu : gpus) {
      add(
          Cause.GPU_USED,
          gpu.description().orElse(gpu.library()),
          gpu.library(),
          gpu.total().orElse(Bytes.ZERO));
    }
  }

  /// The server found no GPU.
  ///
  /// @param explained whether its log says why
  private void none(boolean explained) {
    if (!usable.isEmpty() && !explained) {
      add(Cause.GPU_NOT_FOUND, usable.getFirst().name());
    } else if (usable.isEmpty() && !explained && IdleGpu.of(symptoms.machine()).isEmpty()) {
      add(Cause.NO_GPU);
    }
  }

  /// Without a log, memory that a loaded model has in GPUs tells that they are used.
  private void byLoadedModels() {
    List<LoadedModel> loaded = symptoms.answers().map(Presence.Answers::loaded).orElse(List.of());
    if (usable.isEmpty()) {
      if (IdleGpu.of(symptoms.machine()).isEmpty()) {
        add(Cause.NO_GPU);
      }
      return;
    }
    for (LoadedModel model : loaded) {
      if (!model.vram().isZero()) {
        findings.add(
            Finding.of(
                Cause.GPU_USED,
                "loaded",
                List.of(usable.getFirst().name(), model.name(), model.vram())));
        return;
      }
    }
    if (!loaded.isEmpty()) {
      boolean explained = reasons();
      if (!explained) {
        findings.add(
            Finding.of(
                Cause.GPU_NOT_FOUND,
                "loaded",
                List.of(usable.getFirst().name(), loaded.getFirst().name())));
      }
    } else if (symptoms.answers().isPresent()) {
      add(Cause.GPU_USE_UNKNOWN, usable.getFirst().name());
    }
  }

  /// Why a device is not used, as the log tells it.
  ///
  /// @return whether it tells anything
  private boolean reasons() {
    int before = findings.size();
    hidden();
    found("cudart-999", Cause.GPU_LOST_AFTER_SUSPEND);
    found("ctx-999", Cause.GPU_LOST_AFTER_SUSPEND);
    found("ctx-800", Cause.GPU_LOST_IN_CONTAINER);
    container();
    found("cuda-mismatch-a", Cause.GPU_DRIVER_MISMATCH);
    found("cuda-35", Cause.GPU_DRIVER_TOO_OLD, "unnamed");
    found("nvcuda-symbol", Cause.GPU_DRIVER_TOO_OLD, "unnamed");
    found("watchdog", Cause.GPU_SEARCH_TIMED_OUT);
    found("discovery-timeout-b", Cause.GPU_SEARCH_TIMED_OUT);
    found("discovery-failed", Cause.GPU_SEARCH_FAILED);
    found("cc-skip", Cause.GPU_ARCHITECTURE_MISSING);
    found("cuda-too-old-a", Cause.GPU_TOO_OLD);
    found("amd-permission-a", Cause.GPU_NO_PERMISSION);
    found("amd-nolib-a", Cause.AMD_LIBRARY_MISSING);
    found("amd-old-windows", Cause.AMD_DRIVER_TOO_OLD);
    found("vulkan-off", Cause.VULKAN_OFF);
    refreshed();
    return findings.size() > before || explainedByItself();
  }

  /// Lines that are told whether or not another device is found.
  private boolean explainedByItself() {
    for (String sign :
        List.of("nvidia-old", "amd-unsupported-a", "amd-unsupported-c", "no-engine")) {
      if (log.newest(sign).isPresent()) {
        return true;
      }
    }
    return log.newest("igpu-dropped").isPresent() && isOnlyIntegrated();
  }

  private boolean isOnlyIntegrated() {
    for (Accelerator gpu : usable) {
      if (gpu.kind() != Accelerator.Kind.INTEGRATED) {
        return false;
      }
    }
    return true;
  }

  private void hidden() {
    Map<String, String> environment = symptoms.environment().effective();
    for (String name :
        List.of(
            "CUDA_VISIBLE_DEVICES",
            "HIP_VISIBLE_DEVICES",
            "ROCR_VISIBLE_DEVICES",
            "GGML_VK_VISIBLE_DEVICES",
            "OLLAMA_LLM_LIBRARY")) {
      String value = environment.get(name);
      if (value != null && !value.isBlank()) {
        add(Cause.GPU_HIDDEN, name + "=" + value);
        return;
      }
    }
    found("visible", Cause.GPU_HIDDEN, "unnamed");
  }

  private void container() {
    Optional<String> name = symptoms.service().container().map(c -> c.name());
    boolean asked = symptoms.service().container().filter(c -> !c.gpuAsked()).isEmpty();
    if (name.isPresent() && !asked) {
      add(Cause.CONTAINER_WITHOUT_GPU, name.get());
    } else if (log.newest("amd-kfd-a").isPresent()) {
      findings.add(Finding.of(Cause.CONTAINER_WITHOUT_GPU, "amd", List.of()));
    } else if (log.newest("backend-load").isPresent() || log.newest("init-205").isPresent()) {
      add(Cause.GPU_LIBRARY_MISSING);
    }
  }

  /// The server lost sight of a GPU that it had, which a suspended computer does.
  private void refreshed() {
    boolean loadedOnProcessor =
        !log.loads().isEmpty()
            && log.loads().getLast().isOnProcessor()
            && log.loads().getLast().command().layers().orElse(1) > 0;
    if (log.newest("refresh").isPresent() && loadedOnProcessor) {
      add(Cause.GPU_LOST_AFTER_SUSPEND);
    }
  }

  private void found(String sign, Cause cause) {
    if (log.newest(sign).isPresent() && findings.stream().noneMatch(f -> f.cause() == cause)) {
      add(cause);
    }
  }

  private void found(String sign, Cause cause, String part) {
    if (log.newest(sign).isPresent() && findings.stream().noneMatch(f -> f.cause() == cause)) {
      findings.add(Finding.of(cause, part, List.of()));
    }
  }

  private void always() {
    Optional<LogLine> old = log.newest("nvidia-old");
    old.ifPresent(
        line ->
            add(
                Cause.GPU_DRIVER_TOO_OLD,
                line.value("device").orElse("GPU"),
                line.value("driver").orElse("?"),
                line.value("required_driver").orElse("?").replace(" or newer", "")));
    found("nvidia-unknown-driver", Cause.GPU_DRIVER_NOT_READABLE);
    found("amd-invalid-function", Cause.AMD_INVALID_FUNCTION);
    found("path-lib", Cause.FOREIGN_LIBRARY);
    log.newest("amd-unsupported-c")
        .or(() -> log.newest("amd-unsupported-a"))
        .ifPresent(
            line ->
                add(
                    Cause.AMD_TARGET_UNSUPPORTED,
                    line.value("gfx_target").or(() -> line.value("gpu_type")).orElse("?")));
    if ((log.newest("igpu-dropped").isPresent() || log.newest("amd-igpu-a").isPresent())
        && !hasDiscrete()) {
      String name =
          log.newest("igpu-dropped").flatMap(line -> line.value("description")).orElse("GPU");
      add(Cause.INTEGRATED_GPU_LEFT_OUT, name);
    }
    lostSinceStart();
  }

  private boolean hasDiscrete() {
    for (LogDevice device : log.devices()) {
      if (!device.isProcessor()) {
        return true;
      }
    }
    return false;
  }

  /// Found at the start, and later a model went to the processor although nobody asked for that.
  private void lostSinceStart() {
    if (!hasDiscrete() || log.loads().isEmpty()) {
      return;
    }
    LoggedLoad last = log.loads().getLast();
    boolean lost =
        last.isOnProcessor()
            && last.command().layers().orElse(1) > 0
            && findings.stream().noneMatch(f -> f.cause() == Cause.GPU_LOST_AFTER_SUSPEND);
    if (lost
        && symptoms.machine().os().family() == OsFamily.LINUX
        && isOneOf("cudart-999", "ctx-999", "refresh")) {
      add(Cause.GPU_LOST_AFTER_SUSPEND);
    } else if (lost && log.newest("ctx-800").isPresent()) {
      add(Cause.GPU_LOST_IN_CONTAINER);
    } else if (lost) {
      add(Cause.LOAD_ON_PROCESSOR, last.layers().orElse(0));
    }
  }

  private boolean isOneOf(String... signs) {
    for (String sign : signs) {
      if (log.newest(sign).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
