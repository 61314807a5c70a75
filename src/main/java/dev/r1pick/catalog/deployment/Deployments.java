package dev.r1pick.catalog.deployment;

import dev.r1pick.catalog.Source;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Map;

/// What `catalog/deployments.json` holds.
///
/// @param version of the data, an ISO date
/// @param sources where the figures come from, by id
/// @param processors machines without a GPU, by a name that `--cpu` takes
/// @param expertHosts servers that keep experts in RAM beside one card
/// @param ways to run the 671B with other engines, the smallest first
public record Deployments(
    String version,
    Map<String, Source> sources,
    List<Processor> processors,
    List<ExpertHost> expertHosts,
    List<Deployment> ways) {
  public Deployments {
    sources = Map.copyOf(sources);
    processors = List.copyOf(processors);
    expertHosts = List.copyOf(expertHosts);
    ways = List.copyOf(ways);
  }

  /// A processor with the RAM that machines around it have.
  ///
  /// @param name as `--cpu` takes it
  /// @param ram small to large
  public record Processor(String name, List<Bytes> ram) {
    public Processor {
      ram = List.copyOf(ram);
    }
  }

  /// A server with one card.
  ///
  /// @param cpu as `--cpu` takes it
  /// @param gpu its name in the catalog of GPUs
  /// @param ram small to large
  public record ExpertHost(String cpu, String gpu, List<Bytes> ram) {
    public ExpertHost {
      ram = List.copyOf(ram);
    }
  }
}
