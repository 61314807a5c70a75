import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/// Holds a policy against the machines of a file on all nodes of a cluster.
///
/// Arguments: the machines (a document a line), a folder for the answers that does not exist yet,
/// the number of partitions, and the command that reads machines on standard input.
public final class FleetOnSpark {
  private FleetOnSpark() {}

  public static void main(String[] args) {
    List<String> command = List.of(args).subList(3, args.length);
    try (var spark = new JavaSparkContext(new SparkConf().setAppName("r1pick"))) {
      // A partition whose process fails is tried again; only the attempt that succeeds is kept.
      spark.textFile(args[0], Integer.parseInt(args[2])).pipe(command).saveAsTextFile(args[1]);
      List<String> answers = spark.textFile(args[1]).filter(FleetOnSpark::isSummary).collect();
      total(answers).forEach((what, count) -> System.out.println(count + "\t" + what));
    }
  }

  /// The last line of each process is the summary of its own part.
  static boolean isSummary(String line) {
    return line.contains("\"summary\":");
  }

  /// How often each thing was counted, all parts together.
  static Map<String, Long> total(List<String> summaries) {
    var total = new TreeMap<String, Long>();
    var json = new ObjectMapper();
    for (String line : summaries) {
      JsonNode summary;
      try {
        summary = json.readTree(line).get("summary");
      } catch (IOException e) {
        throw new IllegalArgumentException(line, e);
      }
      for (String outcome : List.of("machines", "met", "not_met", "unknown", "unreadable")) {
        total.merge(outcome, summary.get(outcome).asLong(), Long::sum);
      }
      for (JsonNode rule : summary.get("missing")) {
        String asked = rule.get("rule").asText() + " " + rule.get("asked").asText();
        total.merge("missing " + asked, rule.get("machines").asLong(), Long::sum);
      }
      for (JsonNode tag : summary.get("tags")) {
        total.merge("tag " + tag.get("tag").asText(), tag.get("machines").asLong(), Long::sum);
      }
    }
    return total;
  }
}
