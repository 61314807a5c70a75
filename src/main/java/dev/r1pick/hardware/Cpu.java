package dev.r1pick.hardware;

import java.util.List;
import java.util.Optional;

/// The processor.
///
/// @param name as it prints itself; empty where nothing tells
/// @param arch `x86_64` or `aarch64`
/// @param physicalCores cores, not threads; empty where it cannot be known
/// @param performanceCores of those, the fast ones, where there are two kinds
/// @param logicalCpus hardware threads
/// @param usableCpus threads this process may use, after affinity and quota; 1 or more
/// @param features instruction sets that matter for speed, as Linux names them
/// @param sockets how many chips it is, as the system shows them: a hypervisor may show each core
///   as one; empty where nothing tells
public record Cpu(
    Optional<String> name,
    String arch,
    Optional<Integer> physicalCores,
    Optional<Integer> performanceCores,
    int logicalCpus,
    int usableCpus,
    List<String> features,
    Optional<Integer> sockets) {
  public Cpu {
    features = List.copyOf(features);
  }

  /// A processor of which nothing tells how many chips it is.
  public Cpu(
      Optional<String> name,
      String arch,
      Optional<Integer> physicalCores,
      Optional<Integer> performanceCores,
      int logicalCpus,
      int usableCpus,
      List<String> features) {
    this(
        name,
        arch,
        physicalCores,
        performanceCores,
        logicalCpus,
        usableCpus,
        features,
        Optional.empty());
  }
}
