package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Note;
import dev.r1pick.host.ForwardingHost;
import dev.r1pick.host.Host;
import dev.r1pick.ollama.RunningServer;
import dev.r1pick.units.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a running server says of itself, and what it gives up counts as free.
class ServerProbeTest {
  private static final long GIB = 1L << 30;

  /// A Linux machine with an AMD card of 12 GiB, of which `used` is taken.
  private static SmallHost card(long used) {
    return SmallHost.linux()
        .amdCard(0, "0000:03:00.0", "1002:73df", 12 * GIB)
        .cardFile(0, "mem_info_vram_used", used + "\n");
  }

  private static SmallHost serving(SmallHost host, String... models) {
    return host.answers("/api/version", "{\"version\":\"0.31.5\"}")
        .answers("/api/tags", "{\"models\":[{\"name\":\"r1:7b\"},{\"name\":\"r1:8b\"}]}")
        .answers("/api/ps", "{\"models\":[" + String.join(",", models) + "]}");
  }

  private static String loaded(String name, long size, long vram) {
    return "{\"name\":\"%s\",\"size\":%d,\"size_vram\":%d}".formatted(name, size, vram);
  }

  private static RunningServer server(Machine machine) {
    return machine.ollama().server().orElseThrow();
  }

  private static long free(Machine machine, int gpu) {
    return machine.accelerators().get(gpu).memory().free().orElseThrow().count();
  }

  private static long available(Machine machine) {
    return machine.ram().available().orElseThrow().count();
  }

  @Test
  void aServerTellsItsVersionAndItsModels() {
    Machine machine =
        serving(card(0).command("ollama-version", 0, "ollama version is 0.20.1\n")).machine();
    assertEquals(Optional.of("0.31.5"), machine.ollama().version());
    assertEquals(
        List.of("r1:7b", "r1:8b"),
        server(machine).installed().stream().map(RunningServer.Installed::name).toList());
    assertEquals(List.of(), server(machine).loaded());
  }

  @Test
  void withoutOneTheProgramTellsTheVersion() {
    Machine machine = card(0).command("ollama-version", 0, "ollama version is 0.20.1\n").machine();
    assertEquals(Optional.of("0.20.1"), machine.ollama().version());
    assertEquals(Optional.empty(), machine.ollama().server());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:11434, none",
    "localhost:8080, none",
    "other.example:11434, other.example"
  })
  void aServerOnAnotherMachineIsAskedAsSuch(String address, String elsewhere) {
    Machine machine = serving(card(0)).env("OLLAMA_HOST", address).machine();
    assertEquals(elsewhere, server(machine).elsewhere().orElse("none"));
  }

  @Test
  void aServerThatStartsIsSaidToBeSilent() {
    Machine machine = card(0).fails("silent").machine();
    assertEquals(Optional.empty(), machine.ollama().server());
    assertTrue(
        machine.notes().contains(new Note.ServerSilent("http://127.0.0.1:11434")),
        machine.notes().toString());
    Machine refused = card(0).fails("refused").machine();
    assertFalse(SmallHost.noteIds(refused).contains("server-silent"));
  }

  // --- what it gives up

  @Test
  void whatItHoldsOfTheCardIsFree() {
    Machine before = card(5 * GIB).machine();
    Machine machine = serving(card(5 * GIB), loaded("r1:7b", 4 * GIB, 4 * GIB)).machine();
    assertEquals(4 * GIB, free(machine, 0) - free(before, 0));
    assertEquals(0, available(machine) - available(before));
    assertEquals(
        List.of(new RunningServer.Loaded("r1:7b", Bytes.ofGiB(4), Bytes.ZERO, Optional.empty())),
        server(machine).loaded());
    assertTrue(
        machine
            .notes()
            .contains(new Note.LoadedCountsAsFree("r1:7b", Bytes.ofGiB(4), Optional.empty())),
        machine.notes().toString());
  }

  /// More than is taken cannot come free.
  @Test
  void noMoreComesFreeThanIsTaken() {
    Machine machine = serving(card(2 * GIB), loaded("r1:7b", 4 * GIB, 4 * GIB)).machine();
    assertEquals(12 * GIB, free(machine, 0));
  }

  /// What is mapped beside a GPU counts as available already; without one it is taken.
  @Test
  void whatItHoldsInRamIsFreeWhereNothingIsOnAGpu() {
    long before = available(card(0).machine());
    Machine inRam = serving(card(0), loaded("r1:7b", 3 * GIB, 0)).machine();
    assertEquals(3 * GIB, available(inRam) - before);
    Machine partly = serving(card(2 * GIB), loaded("r1:7b", 3 * GIB, 2 * GIB)).machine();
    assertEquals(before, available(partly));
    assertEquals(
        List.of(
            new RunningServer.Loaded("r1:7b", Bytes.ofGiB(2), Bytes.ofGiB(1), Optional.empty())),
        server(partly).loaded());
    Machine all = serving(card(0), loaded("r1:70b", 40 * GIB, 0)).machine();
    assertEquals(64 * GIB, available(all), "no more than there is");
  }

  @Test
  void ofSeveralCardsEachGetsItsShareOfWhatIsTaken() {
    SmallHost two =
        card(3 * GIB)
            .amdCard(1, "0000:0a:00.0", "1002:731f", 8 * GIB)
            .cardFile(1, "mem_info_vram_used", 1 * GIB + "\n");
    SmallHost same =
        card(3 * GIB)
            .amdCard(1, "0000:0a:00.0", "1002:731f", 8 * GIB)
            .cardFile(1, "mem_info_vram_used", 1 * GIB + "\n");
    Machine before = two.machine();
    Machine machine = serving(same, loaded("r1:7b", 2 * GIB, 2 * GIB)).machine();
    assertEquals(3 * GIB / 2, free(machine, 0) - free(before, 0));
    assertEquals(GIB / 2, free(machine, 1) - free(before, 1));
  }

  @Test
  void everythingThatIsLoadedCounts() {
    Machine before = card(5 * GIB).machine();
    Machine machine =
        serving(card(5 * GIB), loaded("a", 2 * GIB, 2 * GIB), loaded("b", GIB, GIB)).machine();
    assertEquals(3 * GIB, free(machine, 0) - free(before, 0));
    assertEquals(2, server(machine).loaded().size());
  }

  // --- its variables

  private static final String UNIT =
      """
      LoadState=loaded
      ActiveState=active
      Environment=OLLAMA_NUM_PARALLEL=4 OLLAMA_HOST=0.0.0.0 OLLAMA_MODELS=/srv/models X=1
      """;

  private static SmallHost shell(SmallHost host) {
    return host.env("OLLAMA_NUM_PARALLEL", "1")
        .env("OLLAMA_KEEP_ALIVE", "5m")
        .env("CUDA_VISIBLE_DEVICES", "0")
        .env("OLLAMA_HOST", "127.0.0.1");
  }

  @Test
  void theVariablesOfTheServiceCountInPlaceOfTheShells() {
    Machine machine =
        serving(shell(card(0)))
            .file("/etc/systemd/system/ollama.service", "")
            .command("systemctl-show-ollama", 0, UNIT)
            .machine();
    var variables = machine.ollama().environment();
    assertEquals("4", variables.get("OLLAMA_NUM_PARALLEL"));
    assertEquals("/srv/models", variables.get("OLLAMA_MODELS"));
    assertEquals("127.0.0.1", variables.get("OLLAMA_HOST"), "that is how it was reached");
    assertEquals("0", variables.get("CUDA_VISIBLE_DEVICES"));
    assertFalse(variables.containsKey("OLLAMA_KEEP_ALIVE"), "the service does not set it");
    assertFalse(variables.containsKey("X"), "nobody reads it");
  }

  /// Its processes were looked for at each start, among all that run.
  @ParameterizedTest
  @CsvSource({"OTHER_USER, false", "SELF, true", "UNKNOWN, true"})
  void theProcessesOfAServiceOfAnotherUserAreNotLookedFor(Host.Listener listener, boolean asked) {
    Host machine =
        serving(card(0))
            .file("/etc/systemd/system/ollama.service", "")
            .command("systemctl-show-ollama", 0, UNIT)
            .host();
    var ids = new ConcurrentLinkedQueue<String>();
    Machine found =
        RecordedMachines.detector()
            .detect(
                new ForwardingHost() {
                  @Override
                  public Host host() {
                    return machine;
                  }

                  @Override
                  public Listener listener(int port) {
                    return port == 11434 ? listener : Listener.NONE;
                  }

                  @Override
                  public CommandResult run(
                      String id,
                      List<String> command,
                      Map<String, String> variables,
                      Duration deadline) {
                    ids.add(id);
                    return machine.run(id, command, variables, deadline);
                  }
                });
    assertEquals("4", found.ollama().environment().get("OLLAMA_NUM_PARALLEL"));
    assertEquals(asked, ids.contains("ollama-processes-json"), ids.toString());
  }

  @Test
  void aServerThatNoServiceStartsHasTheShellsVariables() {
    Machine machine = serving(shell(card(0))).command("systemctl-show-ollama", 0, UNIT).machine();
    assertEquals("1", machine.ollama().environment().get("OLLAMA_NUM_PARALLEL"));
    assertEquals("5m", machine.ollama().environment().get("OLLAMA_KEEP_ALIVE"));
    assertEquals(Map.of(), server(machine).settings().variables());
  }
}
