package dev.r1pick.hardware.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Machine;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What each line of ROCm's tool means.
class RocmSmiTest {
  private static final long GIB = 1L << 30;

  /// A card whose driver does not tell its size.
  private static SmallHost silent(String id) {
    return SmallHost.linux()
        .card(0, "0000:03:00.0", id, "amdgpu")
        .cardFile(0, "board_info", "x")
        .node("/dev/kfd", true);
  }

  private static final String SIZES =
      """
      WARNING: AMD GPU device(s) is/are in a low-power state.
      GPU[0]\t\t: VRAM Total Memory (B): 17163091968
      GPU[0]\t\t: VRAM Total Used Memory (B): 692142080
      GPU[1]\t\t: VRAM Total Memory (B): 8573157376
      GPU[1]: no figure
      : GPU[2] : VRAM Total Memory (B): 1
      GPU[ : x : 1
      """;
  private static final String NAMES =
      """
      GPU[0]\t\t: Card Series: \t\tRadeon RX 6800
      GPU[0]\t\t: Card Model: \t\t0x73bf
      GPU[0]\t\t: GFX Version: \t\tgfx1030
      GPU[1]\t\t: Card Series: \t\tN/A
      GPU[1]\t\t: Card Model: \t\t0x731f
      GPU[1]\t\t: GFX Version: \t\tunknown
      """;

  @Test
  void theToolsTextIsReadWhereItDoesNotWriteJson() {
    SmallHost host =
        silent("1002:731f")
            .command("rocm-smi-meminfo-json", 1, "")
            .command("rocm-smi-text", 0, SIZES)
            .command("rocm-smi-product-json", 1, "")
            .command("rocm-smi-product-text", 0, NAMES);
    Machine machine = host.machine();
    assertEquals(2, machine.accelerators().size());
    Accelerator known = machine.accelerators().getFirst();
    assertEquals(Optional.of(Bytes.of(8573157376L)), known.memory().total());
    assertEquals(Optional.empty(), known.memory().free());
    assertEquals(Optional.of("gfx1010"), known.identity().gfxTarget());
    Accelerator other = machine.accelerators().get(1);
    assertEquals("AMD Radeon RX 6800", other.name());
    assertEquals(Optional.of(Bytes.of(17163091968L)), other.memory().total());
    assertEquals(Optional.of(Bytes.of(17163091968L - 692142080L)), other.memory().free());
  }

  @Test
  void aRowThatNamesNoChipIsThatOfTheFirstCardWithoutASize() {
    Machine machine =
        silent("1002:744c")
            .command(
                "rocm-smi-meminfo-json",
                0,
                "{\"card0\": {\"VRAM Total Memory (B)\": \"25753026560\"}}")
            .machine();
    assertEquals(List.of("discrete rocm"), SmallHost.judged(machine));
    assertEquals(
        Optional.of(Bytes.of(25753026560L)), machine.accelerators().getFirst().memory().total());
  }

  @Test
  void aRowOfAnotherChipIsNotThatOfACard() {
    Machine machine =
        silent("1002:744c")
            .command(
                "rocm-smi-meminfo-json",
                0,
                "{\"card0\": {\"VRAM Total Memory (B)\": \"8573157376\"}}")
            .command("rocm-smi-product-json", 0, "{\"card0\": {\"Card Model\": \"0x73ff\"}}")
            .machine();
    assertEquals(2, machine.accelerators().size());
    assertEquals(Optional.empty(), machine.accelerators().getFirst().memory().total());
  }

  @Test
  void theFiguresOfTheDriverCountBeforeThoseOfTheTool() {
    Machine machine =
        SmallHost.linux()
            .amdCard(0, "0000:03:00.0", "1002:744c", 24 * GIB)
            .card(1, "0000:0a:00.0", "1002:7550", "amdgpu")
            .cardFile(1, "board_info", "x")
            .node("/dev/kfd", true)
            .command(
                "rocm-smi-meminfo-json",
                0,
                """
                {"card0": {"VRAM Total Memory (B)": "1000", "VRAM Total Used Memory (B)": "500"},
                 "card1": {"VRAM Total Memory (B)": "17095983104",
                           "VRAM Total Used Memory (B)": "1073741824"}}
                """)
            .command(
                "rocm-smi-product-json",
                0,
                """
                {"card0": {"Card Model": "0x744c"}, "card1": {"Card Model": "0x7550"}}
                """)
            .machine();
    assertEquals(Optional.of(Bytes.ofGiB(24)), machine.accelerators().get(0).memory().total());
    assertEquals(Optional.of(Bytes.ofGiB(24)), machine.accelerators().get(0).memory().free());
    assertEquals(
        Optional.of(Bytes.of(17095983104L - 1073741824L)),
        machine.accelerators().get(1).memory().free());
  }

  @Test
  void aCardThatTheToolKnowsAndTheBusDoesNotIsNoBoardWhereItIsPartOfAProcessor() {
    Machine machine =
        SmallHost.linux()
            .card(0, "0000:05:00.0", "1002:164e", "amdgpu")
            .command(
                "rocm-smi-meminfo-json",
                0,
                "{\"card0\": {\"VRAM Total Memory (B)\": \"67108864\"}}")
            .command("rocm-smi-product-json", 0, "{\"card0\": {\"Card Model\": \"0x164e\"}}")
            .machine();
    Accelerator gpu = machine.accelerators().getFirst();
    assertEquals(Kind.INTEGRATED, gpu.kind());
    assertEquals(Optional.empty(), gpu.memory().total(), "its figure is no figure");
  }
}
