package dev.r1pick.doctor.exam;

import dev.r1pick.doctor.Cause;
import dev.r1pick.doctor.Finding;
import dev.r1pick.doctor.Running.Program;
import dev.r1pick.doctor.Symptoms;
import dev.r1pick.ollama.log.LogLine;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;

/// What else goes on at the machine.
final class SurroundingsExam {
  private static final Bytes MUCH = Bytes.ofGiB(2);
  private static final Bytes MUCH_OF_A_GPU = Bytes.ofGiB(1);
  private static final int MOST = 2;

  private SurroundingsExam() {}

  static List<Finding> of(Symptoms symptoms) {
    if (symptoms.elsewhere().isPresent()) {
      return List.of();
    }
    var findings = new ArrayList<Finding>();
    if (symptoms.running().battery()) {
      findings.add(Finding.of(Cause.ON_BATTERY));
    }
    if (isShort(symptoms)) {
      for (Program program : symptoms.running().programs()) {
        if (findings.size() <= MOST && program.memory().compareTo(MUCH) >= 0) {
          findings.add(Finding.of(Cause.PROGRAM_HOLDS_MEMORY, program.name(), program.memory()));
        }
      }
    }
    for (Program program : symptoms.running().onVideoMemory()) {
      if (program.memory().compareTo(MUCH_OF_A_GPU) >= 0) {
        findings.add(Finding.of(Cause.PROGRAM_HOLDS_VRAM, program.name(), program.memory()));
      }
    }
    unaccounted(symptoms, findings);
    return findings;
  }

  /// Less than a third of memory can be had.
  private static boolean isShort(Symptoms symptoms) {
    var ram = symptoms.machine().ram();
    return ram.total().isPresent()
        && ram.available().isPresent()
        && ram.available().get().times(3).compareTo(ram.total().get()) < 0;
  }

  /// `| - CUDA1 (RTX 4090) | 49139 = 47516 + ( 1011 = …) + 612 |` in MiB: the last figure is what
  /// others hold.
  private static void unaccounted(Symptoms symptoms, List<Finding> findings) {
    if (!symptoms.running().onVideoMemory().isEmpty()) {
      return;
    }
    LogLine line = symptoms.log().log().newest("breakdown").orElse(LogLine.of(""));
    int plus = line.text().lastIndexOf("+ ");
    long mib = plus < 0 ? 0 : Text.leadingWhole(line.text().substring(plus + 2)).orElse(0);
    if (mib > MUCH_OF_A_GPU.inMiB() && mib < 1 << 20) {
      findings.add(Finding.of(Cause.PROGRAM_HOLDS_VRAM, "unnamed", List.of(Bytes.ofMiB(mib))));
    }
  }
}
