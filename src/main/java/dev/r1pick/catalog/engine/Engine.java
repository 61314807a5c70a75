package dev.r1pick.catalog.engine;

import dev.r1pick.catalog.Certainty;
import java.util.List;

/// An engine that computes on the accelerators of one maker.
///
/// @param maker in lower case with hyphens, as in documents of machines: `moore-threads`
/// @param name of the engine
/// @param runs what of DeepSeek-R1 somebody saw it run there
/// @param on the products that it was seen on; none where the source names none
/// @param files the only kinds of GGUF files it takes there; none where it takes others as well
/// @param certainty how sure that is
/// @param sources ids of the sources in its file
public record Engine(
    String maker,
    String name,
    Runs runs,
    List<String> on,
    List<String> files,
    Certainty certainty,
    List<String> sources) {

  public Engine {
    on = List.copyOf(on);
    files = List.copyOf(files);
    sources = List.copyOf(sources);
  }

  /// What an engine runs of DeepSeek-R1.
  public enum Runs {
    /// The full model, and with it the smaller ones.
    R1,
    /// The distills.
    DISTILLS,
    /// It drives the hardware; no result with R1 is known.
    UNKNOWN
  }
}
