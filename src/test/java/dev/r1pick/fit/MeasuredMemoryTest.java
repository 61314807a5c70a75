package dev.r1pick.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MeasuredMemoryTest {
  private static final List<MeasuredRow> ROWS = MeasuredRow.all();

  @Test
  void tmp() {
    Map<String, Errors> table = new TreeMap<>();
    for (MeasuredRow row : ROWS) {
      String kind =
          row.gpus() == 0 ? "cpu" : row.gpus() > 1 ? "split" : row.wholeOnGpu() ? "whole" : "partly";
      String layout = row.text("variant").startsWith("r1") ? row.text("variant") : "dense";
      String key = row.form() + " " + kind + " " + layout + " " + row.text("outputs") + " " + row.shape().attention();
      Errors errors = table.computeIfAbsent(key, _ -> new Errors());
      if (row.gpus() > 0) {
        assertEquals(row.number("device_model"), row.estimatedDeviceWeights(), row.text("id"));
        assertEquals(row.number("device_kv"), row.estimatedDeviceKv(), row.text("id"));
        errors.add(row.estimatedDeviceTotal(), row.deviceTotal(), row.text("id")); if (Math.abs(row.estimatedDeviceTotal()-row.deviceTotal())>0.012*row.deviceTotal()) System.out.println((row.estimatedDeviceTotal()-row.deviceTotal())*100.0/row.deviceTotal()+" "+row.text("variant")+row.text("quantization")+" ngl "+row.text("gpu_layers")+" ctx "+row.text("context")+" ub "+row.text("micro_batch")+" kv "+row.text("kv_type")+" "+row.text("outputs")+row.text("flash")+" "+row.deviceTotal());
        table.computeIfAbsent(key + " host", _ -> new Errors()).add(row.estimatedHostTotal(), row.hostTotal(), row.text("id")+" "+row.cells());
      } else {
        errors.add(row.estimatedHostTotal(), row.hostTotal(), row.text("id"));
      }
      assertEquals(row.number("host_model"), row.estimatedHostWeights(), row.text("id"));
      assertEquals(row.number("host_kv"), row.estimatedHostKv(), row.text("id"));
      assertEquals(row.number("output"), row.estimator().output(row.shape()), 6000, row.text("id"));
    }
    table.forEach((k, e) -> System.out.println(k + "  " + e));
  }

  static final class Errors {
    int n;
    int exact;
    double sum;
    double worst;
    String id = "";

    void add(long estimated, long measured, String name) {
      double error = (double) (estimated - measured) / measured;
      n++;
      exact += estimated == measured ? 1 : 0;
      sum += Math.abs(error);
      if (Math.abs(error) > Math.abs(worst)) {
        worst = error;
        id = name;
      }
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "n=%d exact=%d mean=%.4f%% worst=%.3f%% %s", n, exact, 100 * sum / n, 100 * worst, Math.abs(worst)>0.02?id:"");
    }
  }
}
