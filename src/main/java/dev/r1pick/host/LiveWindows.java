package dev.r1pick.host;

import dev.r1pick.host.Host.CommandResult;
import dev.r1pick.json.JsonValue;
import dev.r1pick.json.JsonWriter;
import dev.r1pick.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import oshi.SystemInfo;
import oshi.driver.common.windows.gpu.DxgiAdapterInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.util.gpu.DxgiUtilJNA;

/// Windows' own sources, each in the JSON form in which it is recorded.
public final class LiveWindows {
  private static final String DISPLAY_CLASS =
      "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}";

  /// Needs no administrator and takes about 50 ms.
  static final List<String> REGISTRY_QUERY = List.of("reg", "query", DISPLAY_CLASS, "/s");

  private static final String CIM_SCRIPT =
      "[Console]::OutputEncoding=[Text.Encoding]::UTF8;"
          + "@{"
          + "Win32_ComputerSystem=Get-CimInstance Win32_ComputerSystem"
          + "|select TotalPhysicalMemory,Model,Manufacturer;"
          + "Win32_OperatingSystem=Get-CimInstance Win32_OperatingSystem"
          + "|select Caption,Version,OSArchitecture,TotalVisibleMemorySize,FreePhysicalMemory;"
          + "Win32_Processor=@(Get-CimInstance Win32_Processor"
          + "|select Name,NumberOfCores,NumberOfLogicalProcessors,Architecture);"
          + "Win32_PhysicalMemory=@(Get-CimInstance Win32_PhysicalMemory"
          + "|select Capacity,ConfiguredClockSpeed,Speed,DataWidth);"
          + "Win32_VideoController=@(Get-CimInstance Win32_VideoController"
          + "|select Name,AdapterRAM,PNPDeviceID,DriverVersion,AdapterCompatibility,"
          + "ConfigManagerErrorCode)"
          + "}|ConvertTo-Json -Depth 4";

  private LiveWindows() {}

  /// The CIM classes through PowerShell, which may be slow to start; then memory and processor by
  /// native calls, which lack the adapters.
  static CommandResult cim(Function<String, CommandResult> powerShell, Duration deadline) {
    var nativeAnswer = new FutureTask<String>(LiveWindows::nativeBasics);
    Thread.ofPlatform().daemon().name("native").start(nativeAnswer);
    CommandResult answer = powerShell.apply(CIM_SCRIPT);
    if (answer instanceof CommandResult.Finished(_, var output, _)
        && Text.json(output).isPresent()) {
      return answer;
    }
    try {
      long extra = Math.max(1, deadline.toMillis() / 4);
      return new CommandResult.Finished(0, nativeAnswer.get(extra, TimeUnit.MILLISECONDS), "");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return answer;
    } catch (ExecutionException | TimeoutException _) {
      return answer;
    }
  }

  private static String nativeBasics() {
    var hardware = new SystemInfo().getHardware();
    GlobalMemory memory = hardware.getMemory();
    CentralProcessor processor = hardware.getProcessor();
    boolean arm = System.getProperty("os.arch", "").contains("aarch64");
    JsonValue system =
        JsonValue.object()
            .put("TotalVisibleMemorySize", memory.getTotal() / 1024)
            .put("FreePhysicalMemory", memory.getAvailable() / 1024)
            .put("OSArchitecture", arm ? "ARM 64-bit Processor" : "64-bit")
            .build();
    JsonValue cpu =
        JsonValue.object()
            .put("Name", processor.getProcessorIdentifier().getName())
            .put("NumberOfCores", processor.getPhysicalProcessorCount())
            .put("NumberOfLogicalProcessors", processor.getLogicalProcessorCount())
            .put("Architecture", arm ? 12 : 9)
            .build();
    return JsonWriter.pretty(
        JsonValue.object()
            .put("Win32_OperatingSystem", system)
            .put("Win32_Processor", List.of(cpu))
            .build());
  }

  /// The adapters of DXGI: only those that are there.
  static String dxgi() {
    var rows = new ArrayList<JsonValue>();
    try {
      for (DxgiAdapterInfo adapter : DxgiUtilJNA.queryAdapters()) {
        rows.add(
            JsonValue.object()
                .put("Description", adapter.getDescription())
                .put("VendorId", Integer.toUnsignedLong(adapter.getVendorId()))
                .put("DeviceId", Integer.toUnsignedLong(adapter.getDeviceId()))
                .put("DedicatedVideoMemory", Math.max(0, adapter.getDedicatedVideoMemory()))
                .build());
      }
    } catch (RuntimeException | LinkageError _) {
      // No DXGI: the registry has the sizes as well.
      return "[]";
    }
    return JsonWriter.pretty(new JsonValue.Items(rows));
  }

  /// The text of `reg query` as JSON.
  static CommandResult registry(CommandResult query) {
    return query instanceof CommandResult.Finished(var code, var output, var errors)
        ? new CommandResult.Finished(code, registryJson(output), errors)
        : query;
  }

  /// Keys are lines of their own, values are indented: name, type and value with four blanks
  /// between.
  public static String registryJson(String text) {
    var rows = new ArrayList<JsonValue>();
    JsonValue.Builder row = JsonValue.object();
    boolean any = false;
    for (String line : Text.lines(text)) {
      if (line.startsWith("HKEY_")) {
        if (any) {
          rows.add(row.build());
        }
        row = JsonValue.object().put("Key", line.substring(line.lastIndexOf('\\') + 1).strip());
        any = false;
      } else {
        any |= put(row, line);
      }
    }
    if (any) {
      rows.add(row.build());
    }
    return JsonWriter.pretty(new JsonValue.Items(rows));
  }

  private static boolean put(JsonValue.Builder row, String line) {
    for (String name :
        List.of(
            "DriverDesc",
            "MatchingDeviceId",
            "DriverVersion",
            "HardwareInformation.qwMemorySize",
            "HardwareInformation.MemorySize")) {
      String start = "    " + name + "    REG_";
      if (line.startsWith(start)) {
        int gap = line.indexOf("    ", start.length());
        String type = line.substring(start.length(), gap < 0 ? line.length() : gap);
        row.put(name, value(type, gap < 0 ? "" : line.substring(gap).strip()));
        return true;
      }
    }
    return false;
  }

  private static JsonValue value(String type, String text) {
    return switch (type) {
      case "QWORD", "DWORD" -> number(text);
      case "BINARY" -> {
        var bytes = new ArrayList<JsonValue>();
        for (int i = 0; i + 1 < text.length() && bytes.size() < 16; i += 2) {
          bytes.add(new JsonValue.Whole(Text.hex(text.substring(i, i + 2)).orElse(0)));
        }
        yield JsonValue.object().put("type", "REG_BINARY").put("bytes", bytes).build();
      }
      default -> new JsonValue.Text(text);
    };
  }

  private static JsonValue number(String text) {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    int split = Math.max(0, digits.length() - 8);
    OptionalLong high = split == 0 ? OptionalLong.of(0) : Text.hex(digits.substring(0, split));
    OptionalLong low = Text.hex(digits.substring(split));
    return high.isPresent() && low.isPresent() && high.getAsLong() < 1L << 31
        ? new JsonValue.Whole(high.getAsLong() << 32 | low.getAsLong())
        : new JsonValue.Null();
  }
}
