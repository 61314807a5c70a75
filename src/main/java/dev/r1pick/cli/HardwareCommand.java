package dev.r1pick.cli;

import dev.r1pick.cli.Option.Group;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Recorder;
import dev.r1pick.report.HardwareText;
import dev.r1pick.report.JsonReport;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `r1pick hardware`: what was detected, from where, and what of it Ollama would use.
final class HardwareCommand implements Command {
  @Override
  public String name() {
    return "hardware";
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<>(MachineOptions.ALL);
    options.add(Option.value(Group.OUTPUT, "--record", "FOLDER"));
    options.add(Option.value(Group.OUTPUT, "--format", "FORMAT"));
    return options;
  }

  @Override
  public ExitCode run(Session session) {
    Arguments arguments = session.arguments();
    boolean json =
        arguments
            .oneOf("--format", Map.of("text", false, "json", true), List.of("text", "json"))
            .orElse(false);
    if (arguments.text("--record").isPresent()) {
      return record(session, arguments.text("--record").get());
    }
    Machine machine = MachineOptions.read(session, new Data(Optional.empty()));
    session
        .console()
        .answer(
            json
                ? new JsonReport(session.messages()).machine(machine)
                : new HardwareText(session.messages(), session.console().style()).machine(machine));
    return machine.ram().total().isEmpty() && machine.accelerators().isEmpty()
        ? ExitCode.HARDWARE_UNKNOWN
        : ExitCode.OK;
  }

  private static ExitCode record(Session session, String folder) {
    try {
      Recorder.record(session.host(), Path.of(folder));
    } catch (IOException | InvalidPathException e) {
      throw new CliFailure(
          ExitCode.DISK, "cli.error.record", folder, String.valueOf(e.getMessage()));
    }
    session.console().remark(session.messages().text("cli.recorded", folder));
    return ExitCode.OK;
  }
}
