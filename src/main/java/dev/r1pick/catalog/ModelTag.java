package dev.r1pick.catalog;

import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;

/// One name that `ollama pull` takes.
///
/// @param name without the model, for example `14b` or `14b-qwen-distill-q8_0`
/// @param variant the R1 model behind it
/// @param quantization of its weights
/// @param valueTensors the type of the `attn_v` tensors where the file departs from llama.cpp's
///   recipe: Ollama's own 8b file keeps them in F16
/// @param download bytes of all layers of the manifest
/// @param downloadCertainty how sure the download size is
/// @param downloadTolerance how far it may be off, either way
/// @param digest sha256 of the manifest in hex, whole or its first 12 digits
/// @param sameAs other tags of the same manifest
/// @param formerly what the same name meant before, newest first
/// @param sources ids of the sources of size and digest
public record ModelTag(
    String name,
    Variant variant,
    Quantization quantization,
    Optional<Quantization> valueTensors,
    Bytes download,
    Certainty downloadCertainty,
    Bytes downloadTolerance,
    Optional<String> digest,
    List<String> sameAs,
    List<Former> formerly,
    List<String> sources) {

  /// The model in Ollama's library.
  public static final String MODEL = "deepseek-r1";

  public ModelTag {
    sameAs = List.copyOf(sameAs);
    formerly = List.copyOf(formerly);
    sources = List.copyOf(sources);
  }

  /// With the model: `deepseek-r1:14b`.
  public String fullName() {
    return MODEL + ":" + name;
  }

  /// The command that fetches it.
  public String pullCommand() {
    return "ollama pull " + fullName();
  }

  /// A manifest that the name had before; machines that pulled then still hold it.
  ///
  /// @param download bytes of all its layers
  /// @param digest sha256 of the manifest in hex, whole or its first 12 digits
  /// @param until ISO date, where it is known
  /// @param variantId the variant it held
  /// @param downloadCertainty how sure the size is
  /// @param source id of the source
  public record Former(
      Bytes download,
      Optional<String> digest,
      Optional<String> until,
      String variantId,
      Certainty downloadCertainty,
      String source) {}
}
