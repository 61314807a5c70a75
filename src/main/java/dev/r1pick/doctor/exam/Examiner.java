package dev.r1pick.doctor.exam;

import dev.r1pick.doctor.Cause;
import dev.r1pick.doctor.Diagnosis;
import dev.r1pick.doctor.Fault;
import dev.r1pick.doctor.Finding;
import dev.r1pick.doctor.ServerEnvironment.Source;
import dev.r1pick.doctor.Symptoms;
import java.util.ArrayList;
import java.util.List;

/// Judges symptoms. Pure: the same symptoms have the same diagnosis.
public final class Examiner {
  private Examiner() {}

  /// What is wrong, and what is not.
  ///
  /// @param faults of versions that are known
  public static Diagnosis diagnose(Symptoms symptoms, List<Fault> faults) {
    if (ServerExam.isAbsent(symptoms)) {
      return new Diagnosis(List.of(Finding.of(Cause.NO_OLLAMA)), List.of());
    }
    var findings = new ArrayList<Finding>();
    findings.addAll(ServerExam.of(symptoms));
    findings.addAll(FaultExam.of(symptoms, faults));
    findings.addAll(DeviceExam.of(symptoms));
    findings.addAll(SettingsExam.of(symptoms));
    findings.addAll(StoreExam.of(symptoms));
    findings.addAll(NetworkExam.of(symptoms));
    findings.addAll(LoadExam.of(symptoms));
    findings.addAll(SurroundingsExam.of(symptoms));
    return new Diagnosis(findings, hidden(symptoms));
  }

  /// What the administrator of the system would see.
  private static List<String> hidden(Symptoms symptoms) {
    var hidden = new ArrayList<String>();
    if (symptoms.elsewhere().isPresent()) {
      return List.of("elsewhere");
    }
    if (symptoms.log().closed()) {
      hidden.add("log");
    }
    boolean closed =
        symptoms.store().isPresent()
            && symptoms.store().get().store().isEmpty()
            && symptoms.answers().isPresent();
    if (closed) {
      hidden.add("store");
    }
    boolean foreign =
        !symptoms.running().servers().isEmpty()
            && symptoms.running().servers().stream()
                .allMatch(server -> server.environment().isEmpty());
    if (foreign
        && symptoms.environment().runningFrom().filter(from -> from != Source.ENGINE).isEmpty()
        && !symptoms.running().elevated()) {
      hidden.add("environment");
    }
    if (!symptoms.running().known()) {
      hidden.add("processes");
    }
    return hidden;
  }
}
