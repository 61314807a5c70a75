package dev.r1pick.doctor.exam;

import dev.r1pick.doctor.Cause;
import dev.r1pick.doctor.Fault;
import dev.r1pick.doctor.Finding;
import dev.r1pick.doctor.Presence;
import dev.r1pick.doctor.Symptoms;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Usability.NotUsable;
import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.ollama.Installation;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.ollama.server.LoadedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Faults of the version that runs, where they can show.
final class FaultExam {
  private static final int LAST_ASCII = 0x7e;

  private final Symptoms symptoms;

  private FaultExam(Symptoms symptoms) {
    this.symptoms = symptoms;
  }

  static List<Finding> of(Symptoms symptoms, List<Fault> faults) {
    Optional<OllamaVersion> version =
        symptoms.machine().ollama().version().flatMap(OllamaVersion::parse);
    if (version.isEmpty()) {
      return List.of();
    }
    var exam = new FaultExam(symptoms);
    var findings = new ArrayList<Finding>();
    for (Fault fault : faults) {
      boolean here =
          fault.system().isEmpty() || fault.system().get() == symptoms.machine().os().family();
      if (here && fault.isIn(version.get()) && exam.shows(fault.where())) {
        Object fixed = fault.before().<Object>map(OllamaVersion::toString).orElse("-");
        findings.add(
            Finding.of(Cause.KNOWN_FAULT, fault.id(), List.of(version.get().toString(), fixed)));
      }
    }
    return findings;
  }

  private boolean shows(Fault.Condition condition) {
    boolean here = symptoms.elsewhere().isEmpty();
    return switch (condition) {
      case ALWAYS -> true;
      case STORE_NOT_ASCII ->
          here && symptoms.store().filter(store -> !isAscii(store.path())).isPresent();
      case CAPABILITY_8_6 -> here && hasCapability("8.6");
      case CAPABILITY_6 -> here && hasCapability("6.");
      case INTEGRATED_AND_DISCRETE ->
          here && has(Accelerator.Kind.INTEGRATED) && has(Accelerator.Kind.DISCRETE);
      case LOADED_PARTLY -> isLoadedPartly();
      case GPU_USED -> here && !symptoms.machine().usableAccelerators().isEmpty();
      case PARTIALS ->
          symptoms
              .store()
              .flatMap(store -> store.store())
              .filter(store -> !store.partials().isEmpty())
              .isPresent();
      case BREW_AND_GPU ->
          here
              && symptoms.machine().installation() == Installation.BREW
              && (!symptoms.machine().usableAccelerators().isEmpty() || isKeptByBrew());
    };
  }

  private boolean isKeptByBrew() {
    for (Accelerator gpu : symptoms.machine().accelerators()) {
      if (gpu.usability() instanceof NotUsable not && not.reason() == WhyNot.BREW_WITHOUT_GPU) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAscii(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) > LAST_ASCII) {
        return false;
      }
    }
    return true;
  }

  private boolean hasCapability(String start) {
    for (Accelerator gpu : symptoms.machine().accelerators()) {
      if (gpu.identity().computeCapability().filter(c -> c.startsWith(start)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private boolean has(Accelerator.Kind kind) {
    for (Accelerator gpu : symptoms.machine().accelerators()) {
      if (gpu.kind() == kind) {
        return true;
      }
    }
    return false;
  }

  private boolean isLoadedPartly() {
    for (LoadedModel model : symptoms.answers().map(Presence.Answers::loaded).orElse(List.of())) {
      if (!model.vram().isZero() && model.vram().compareTo(model.size()) < 0) {
        return true;
      }
    }
    return false;
  }
}
