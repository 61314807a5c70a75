package dev.r1pick.hardware.probe.nvidia;

import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.hardware.probe.pci.PciProbe;
import dev.r1pick.host.Host.CommandResult.Finished;
import dev.r1pick.text.Text;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What `nvidia-smi` prints.
public final class NvidiaSmi {
  /// The fields that are asked for, in this order.
  static final String FIELDS =
      "index,uuid,name,memory.total,memory.free,memory.used,driver_version,compute_cap,"
          + "pci.bus_id,mig.mode.current";

  /// Those that drivers before 510 know as well.
  static final String FEWER_FIELDS =
      "index,uuid,name,memory.total,memory.free,memory.used,driver_version,pci.bus_id";

  private static final long MIB = 1L << 20;
  private static final int MOST_ROWS = 256;

  private NvidiaSmi() {}

  /// One GPU; each field is empty where the tool had no figure for it.
  public record Row(
      String uuid,
      Optional<String> name,
      Optional<Bytes> total,
      Optional<Bytes> free,
      Optional<Bytes> used,
      Optional<String> driver,
      Optional<String> capability,
      Optional<String> pciAddress,
      boolean isCutIntoInstances,
      boolean isLost) {}

  /// One MIG instance.
  ///
  /// @param uuid an empty text where unknown
  record Instance(String index, String uuid, Optional<Bytes> total, Optional<Bytes> free) {}

  /// The rows of a query; lines that are no row are left out.
  public static List<Row> rows(String csv, boolean fewerFields) {
    var rows = new ArrayList<Row>();
    for (String line : Text.lines(csv)) {
      List<String> fields = Text.split(line, ',');
      if (fields.size() == (fewerFields ? 8 : 10)
          && Text.whole(fields.getFirst()).isPresent()
          && rows.size() < MOST_ROWS) {
        rows.add(row(fields, fewerFields));
      } else {
        lost(line).ifPresent(rows::add);
      }
    }
    return rows;
  }

  private static Row row(List<String> fields, boolean fewer) {
    return new Row(
        known(fields.get(1)).orElse(""),
        known(fields.get(2)),
        mebibytes(fields.get(3)),
        mebibytes(fields.get(4)),
        mebibytes(fields.get(5)),
        known(fields.get(6)),
        fewer ? Optional.empty() : known(fields.get(7)).filter(NvidiaSmi::isVersion),
        known(fields.get(fewer ? 7 : 8)).map(PciProbe::address),
        !fewer && fields.get(9).equalsIgnoreCase("Enabled"),
        String.join(",", fields).contains("GPU is lost"));
  }

  /// `Unable to determine the device handle for GPU0000:0B:00.0: GPU is lost.` stands in place of a
  /// row.
  private static Optional<Row> lost(String line) {
    int gpu = line.indexOf("for GPU");
    if (!line.contains("device handle") || gpu < 0) {
      return Optional.empty();
    }
    String rest = line.substring(gpu + 7).strip();
    int end = rest.indexOf(": ");
    Optional<String> address = Text.cleaned(end < 0 ? rest : rest.substring(0, end));
    return Optional.of(
        new Row(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            address.map(PciProbe::address),
            false,
            true));
  }

  /// A field that has a value: `[N/A]`, `[GPU is lost]` and the like are none.
  private static Optional<String> known(String field) {
    return field.startsWith("[") || field.equals("N/A") || field.equals("Not Supported")
        ? Optional.empty()
        : Text.cleaned(field);
  }

  private static boolean isVersion(String text) {
    int dot = text.indexOf('.');
    return dot > 0
        && Text.whole(text.substring(0, dot)).isPresent()
        && Text.whole(text.substring(dot + 1)).isPresent();
  }

  /// A figure in MiB, with or without its unit; 0 is what some drivers print for no figure.
  private static Optional<Bytes> mebibytes(String field) {
    String number = field.endsWith("MiB") ? field.substring(0, field.length() - 3) : field;
    return Text.bytes(Text.whole(number), MIB);
  }

  /// Whether the tool refused the query because of a field it does not know.
  static boolean lacksField(Finished answer) {
    return (answer.output() + answer.errors()).contains("not a valid field");
  }

  /// Why there are no rows, by the text and, where that is of no help, by the exit code, which is
  /// the error number of NVML.
  public static WhyNot failure(Finished answer) {
    String text = (answer.output() + "\n" + answer.errors()).toLowerCase(Locale.ROOT);
    if (text.contains("version mismatch")) {
      return WhyNot.DRIVER_LIBRARY_MISMATCH;
    }
    if (text.contains("communicate with the nvidia driver")) {
      return WhyNot.DRIVER_NOT_LOADED;
    }
    if (text.contains("access blocked by the operating system")) {
      return WhyNot.BLOCKED_BY_WINDOWS;
    }
    if (text.contains("no devices were found")) {
      return WhyNot.NO_DEVICE;
    }
    if (text.contains("gpu is lost") || text.contains("device handle")) {
      return WhyNot.DEVICE_LOST;
    }
    return switch (answer.exitCode()) {
      case 4 -> WhyNot.NO_PERMISSION;
      case 6 -> WhyNot.NO_DEVICE;
      case 9 -> WhyNot.DRIVER_NOT_LOADED;
      case 12 -> WhyNot.DRIVER_MISSING;
      case 15 -> WhyNot.DEVICE_LOST;
      case 17 -> WhyNot.DRIVER_NOT_REACHABLE;
      case 18 -> WhyNot.DRIVER_LIBRARY_MISMATCH;
      default -> WhyNot.DRIVER_ERROR;
    };
  }

  /// The MIG instances of one card in the output of `nvidia-smi -q -x`.
  static List<Instance> instances(String xml, Optional<String> pciAddress) {
    var instances = new ArrayList<Instance>();
    for (String gpu : elements(xml, "gpu")) {
      if (pciAddress.isEmpty() || addressOf(gpu).equals(pciAddress)) {
        for (String instance : elements(gpu, "mig_device")) {
          String memory = element(instance, "fb_memory_usage").orElse("");
          instances.add(
              new Instance(
                  element(instance, "index").flatMap(Text::cleaned).orElse("?"),
                  element(instance, "uuid").flatMap(Text::cleaned).orElse(""),
                  element(memory, "total").flatMap(t -> mebibytes(t.strip())),
                  element(memory, "free").flatMap(t -> mebibytes(t.strip()))));
        }
      }
    }
    return instances.size() > MOST_ROWS ? instances.subList(0, MOST_ROWS) : instances;
  }

  /// The UUIDs of the MIG instances of one card in the output of `nvidia-smi -L`, in order.
  static List<String> instanceUuids(String list, String cardUuid) {
    var uuids = new ArrayList<String>();
    boolean here = false;
    for (String line : Text.lines(list)) {
      int start = line.indexOf("(UUID: ");
      int end = line.indexOf(')', start + 1);
      if (start >= 0 && end > start) {
        String uuid = line.substring(start + 7, end).strip();
        if (uuid.startsWith("GPU-")) {
          here = uuid.equals(cardUuid);
        } else if (here && uuids.size() < MOST_ROWS) {
          uuids.add(uuid);
        }
      }
    }
    return uuids;
  }

  private static Optional<String> addressOf(String gpu) {
    int start = gpu.indexOf("id=\"");
    int end = gpu.indexOf('"', start + 4);
    return start < 0 || end < 0 || start > 32
        ? Optional.empty()
        : Optional.of(PciProbe.address(gpu.substring(start + 4, end)));
  }

  private static Optional<String> element(String xml, String name) {
    List<String> all = elements(xml, name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
  }

  /// The insides of all elements of that name, attributes in front; the output is flat enough that
  /// no parser is needed, and a parser would fetch the document type from the disk.
  private static List<String> elements(String xml, String name) {
    var found = new ArrayList<String>();
    int from = 0;
    while (found.size() < MOST_ROWS) {
      int start = xml.indexOf("<" + name, from);
      if (start < 0) {
        return found;
      }
      int inside = start + name.length() + 1;
      from = inside;
      if (inside < xml.length() && (xml.charAt(inside) == '>' || xml.charAt(inside) == ' ')) {
        int end = xml.indexOf("</" + name + ">", inside);
        if (end < 0) {
          return found;
        }
        int open = xml.charAt(inside) == '>' ? inside + 1 : inside;
        found.add(xml.substring(open, end));
        from = end;
      }
    }
    return found;
  }
}
