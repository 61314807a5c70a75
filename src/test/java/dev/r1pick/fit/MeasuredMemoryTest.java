package dev.r1pick.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The formulas against what the engine allocated, row by row.
class MeasuredMemoryTest {
  private static final double SERVER_MEAN = 0.5;
  private static final double SERVER_WORST = 3;

  private final List<MeasuredRow> rows = MeasuredRow.all();

  @Test
  void weightsOnEveryDeviceAreExact() {
    for (MeasuredRow row : rows) {
      assertEquals(row.number("device_model"), row.estimatedDeviceWeights(), row::toString);
      assertEquals(row.number("host_model"), row.estimatedHostWeights(), row::toString);
    }
  }

  @Test
  void kvCacheOnEveryDeviceIsExact() {
    for (MeasuredRow row : rows) {
      assertEquals(row.number("device_kv"), row.estimatedDeviceKv(), row::toString);
      assertEquals(row.number("host_kv"), row.estimatedHostKv(), row::toString);
    }
  }

  /// The engine prints it with two decimals of a MiB.
  @Test
  void outputBufferIsExactWithinPrintedPrecision() {
    for (MeasuredRow row : rows) {
      long off = row.number("output") - row.estimator().output(row.shape());
      assertTrue(Math.abs(off) <= 5_300, row::toString);
    }
  }

  @Test
  void everyGpuOfASplitHoldsWhatWasMeasuredThere() {
    int checked = 0;
    for (MeasuredRow row : rows) {
      if (row.gpus() > 1) {
        checked++;
        String[] devices = row.text("per_device").split(" ", -1);
        int[] counts = row.blocksPerGpu();
        int from = 0;
        for (int gpu = 0; gpu < devices.length; gpu++) {
          String[] measured = devices[gpu].split(":", -1);
          boolean last = gpu == devices.length - 1;
          long weights =
              row.estimator().weights().onDevice(row.form(), from, from + counts[gpu], last);
          assertEquals(Long.parseLong(measured[0]), weights, row::toString);
          assertEquals(
              Long.parseLong(measured[1]),
              row.estimator().kvCache(row.form(), row.shape(), counts[gpu]),
              row::toString);
          from += counts[gpu];
        }
      }
    }
    assertEquals(86, checked);
  }

  @Test
  void devicesOfAServerAreWithinHalfAPercentOnAverageAndThreeAtWorst() {
    ErrorTable table = serverTable();
    int devices = 0;
    double sum = 0;
    for (MeasuredRow row : rows) {
      if (row.server() && !nextToNothingOffloaded(row)) {
        devices++;
        sum += 100.0 * Math.abs(estimated(row) - measured(row)) / measured(row);
      }
    }
    assertTrue(sum / devices < SERVER_MEAN, "mean " + sum / devices);
    table
        .lines()
        .forEach(
            (group, line) -> {
              assertTrue(line.mean() < SERVER_MEAN, () -> group + " mean " + line);
              assertTrue(line.worst() < SERVER_WORST, () -> group + " worst " + line);
            });
  }

  /// With no more than the output layer on a GPU nearly all of it is one compute buffer, in which
  /// copied matrices come to lie as the planner finds room.
  @Test
  void computeBufferAloneIsWithinTenPercent() {
    for (MeasuredRow row : rows) {
      if (nextToNothingOffloaded(row)) {
        double error = 100.0 * (estimated(row) - measured(row)) / measured(row);
        assertTrue(Math.abs(error) < 10, () -> error + " " + row);
      }
    }
  }

  @Test
  void olderEnginesWithLogitsForEveryTokenAreWithinTwoPercent() {
    allTable()
        .lines()
        .forEach((group, line) -> assertTrue(line.worst() < 2, () -> group + " " + line));
  }

  @Test
  void systemMemoryBesideGpusIsExact() {
    for (MeasuredRow row : rows) {
      boolean forced = row.gpus() > 1 && row.text("variant").equals("r1-671b-old");
      if (row.gpus() > 0 && !(forced && row.shape().flash())) {
        assertEquals(row.number("host_compute"), row.estimatedHostCompute(), row::toString);
      }
    }
  }

  @Test
  void documentsPrintTheTablesAsTheyAreNow() throws IOException {
    String document = Files.readString(Path.of("docs", "estimates.md"));
    for (ErrorTable table : List.of(serverTable(), allTable())) {
      List<String> lines = table.markdown("variant, backend");
      lines.forEach(System.out::println);
      for (String line : lines) {
        assertTrue(document.contains(line), () -> "docs/estimates.md lacks: " + line);
      }
    }
  }

  private ErrorTable serverTable() {
    ErrorTable table = new ErrorTable();
    for (MeasuredRow row : rows) {
      if (row.server() && !nextToNothingOffloaded(row)) {
        table.add(group(row), row.text("context"), estimated(row), measured(row));
      }
    }
    return table;
  }

  private ErrorTable allTable() {
    ErrorTable table = new ErrorTable();
    for (MeasuredRow row : rows) {
      if (!row.server()) {
        table.add(group(row), row.text("context"), estimated(row), measured(row));
      }
    }
    return table;
  }

  private static String group(MeasuredRow row) {
    String backend = row.text("backend");
    return row.text("variant")
        + ", "
        + backend
        + (row.gpus() > 1 ? " split" : row.gpus() == 1 && !row.wholeOnGpu() ? " partly" : "");
  }

  private static boolean nextToNothingOffloaded(MeasuredRow row) {
    return row.gpus() > 0 && row.gpuLayers() <= 1;
  }

  private static long estimated(MeasuredRow row) {
    return row.gpus() == 0 ? row.estimatedHostTotal() : row.estimatedDeviceTotal();
  }

  private static long measured(MeasuredRow row) {
    return row.gpus() == 0 ? row.hostTotal() : row.deviceTotal();
  }
}
