package dev.r1pick.host;

import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The processes of some programs on this Linux with their command lines and, where this user may
/// see it, their environment (`proc_pid_comm`, `proc_pid_cmdline` and `proc_pid_environ` of section
/// 5 of the manual). It reads a few bytes of each process: some milliseconds, where OSHI needs a
/// tenth of a second.
final class LivePrograms {
  /// Beginnings of variables that say something to Ollama, to its engine or to a driver. The rest
  /// of an environment is nobody's business.
  private static final List<String> TOLD =
      List.of(
          "OLLAMA_",
          "LLAMA_ARG_",
          "CUDA_",
          "HIP_",
          "ROCR_",
          "HSA_",
          "GPU_DEVICE_",
          "GGML_",
          "NVIDIA_VISIBLE",
          "JETSON_");

  private static final int LONGEST_NAME = 16;
  private static final int LARGEST = 1 << 20;

  private LivePrograms() {}

  /// Whether a variable is one of those that are told.
  static boolean isTold(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (String start : TOLD) {
      if (upper.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  /// One document: `pid`, `command` and, where it can be seen, `environment` of each process.
  ///
  /// @param programs their names as the kernel has them, at most 15 characters
  static String json(List<String> programs) {
    var rows = new ArrayList<JsonValue>();
    String[] names = new File("/proc").list();
    byte[] buffer = new byte[LONGEST_NAME];
    for (String pid : names == null ? new String[0] : names) {
      if (isNumber(pid) && programs.contains(name(pid, buffer))) {
        rows.add(row(pid));
      }
    }
    return JsonWriter.compact(new JsonValue.Items(rows));
  }

  private static boolean isNumber(String name) {
    return name.charAt(0) >= '1' && name.charAt(0) <= '9';
  }

  /// One read, without asking how long the file is: there are hundreds.
  private static String name(String pid, byte[] buffer) {
    try (var stream = new FileInputStream("/proc/" + pid + "/comm")) {
      int length = stream.read(buffer);
      return length < 1 ? "" : new String(buffer, 0, length - 1, StandardCharsets.UTF_8);
    } catch (IOException | SecurityException _) {
      return "";
    }
  }

  private static JsonValue row(String pid) {
    JsonValue.Builder row =
        JsonValue.object()
            .put("pid", Long.parseLong(pid))
            .put("command", JsonValue.texts(pieces(text(pid, "cmdline", LARGEST))));
    List<String> variables = pieces(text(pid, "environ", LARGEST));
    if (!variables.isEmpty()) {
      JsonValue.Builder told = JsonValue.object();
      for (String variable : variables) {
        int equals = variable.indexOf('=');
        if (equals > 0 && isTold(variable.substring(0, equals))) {
          told.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
      }
      row.put("environment", told.build());
    }
    return row.build();
  }

  /// Texts that end with a zero each.
  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    int from = 0;
    for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', from)) {
      pieces.add(text.substring(from, end));
      from = end + 1;
    }
    return pieces;
  }

  /// A process may have ended by now, or belong to somebody else.
  private static String text(String pid, String file, int most) {
    try (InputStream stream = new FileInputStream("/proc/" + pid + "/" + file)) {
      return new String(stream.readNBytes(most), StandardCharsets.UTF_8);
    } catch (IOException | SecurityException _) {
      return "";
    }
  }
}
