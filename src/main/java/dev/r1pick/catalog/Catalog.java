package dev.r1pick.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything that can be pulled: the variants, their tags and what is known about them.
///
/// @param version of the data, an ISO date
/// @param sources where the figures come from, by id
/// @param licenses every license that a variant names
/// @param quantizations what was measured about each quantization
/// @param variants the R1 models, small to large
/// @param aliases the short tags and what they stand for
/// @param tags every name that can be pulled, short ones first
public record Catalog(
    String version,
    Map<String, Source> sources,
    Licenses licenses,
    List<QuantizationFacts> quantizations,
    List<Variant> variants,
    List<Alias> aliases,
    List<ModelTag> tags) {

  public Catalog {
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources));
    quantizations = List.copyOf(quantizations);
    variants = List.copyOf(variants);
    aliases = List.copyOf(aliases);
    tags = List.copyOf(tags);
  }

  /// The tag of that name, as Ollama reads it: with or without the model, letters of either case,
  /// and the model alone is its `latest`.
  public Optional<ModelTag> tag(String text) {
    String wanted = TagNames.withoutModel(text);
    for (ModelTag tag : tags) {
      if (tag.name().equalsIgnoreCase(wanted)) {
        return Optional.of(tag);
      }
    }
    return Optional.empty();
  }

  /// The tag that is meant by a model's name as other places write it, such as
  /// `deepseek-ai/DeepSeek-R1-Distill-Qwen-14B` or `R1 14B q8`; q4_K_M where the name says no
  /// quantization. Empty where a word in it is in no tag.
  public Optional<ModelTag> tagAsWritten(String text) {
    Optional<WrittenTag> written = WrittenTag.of(text);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    if (written.get().isSizeAlone() && tag(written.get().size()).isPresent()) {
      return tag(written.get().size());
    }
    for (ModelTag tag : tags) {
      if (written.get().means(tag.name())) {
        return Optional.of(shortest(tag));
      }
    }
    return Optional.empty();
  }

  /// The short tag of the same manifest, if there is one.
  private ModelTag shortest(ModelTag explicit) {
    for (Alias alias : aliases) {
      if (alias.target().equals(explicit.name())) {
        return tag(alias.name()).orElse(explicit);
      }
    }
    return explicit;
  }

  /// The names (without the model) that were most likely meant, nearest first.
  ///
  /// Sizes are compared as sizes: `13b` is nearest to `14b`, then `8b`. A bare size gives short
  /// tags, a longer name explicit ones.
  ///
  /// @param most how many at most, 0 or more
  public List<String> nearestTags(String text, int most) {
    var names = new ArrayList<String>(tags.size());
    for (ModelTag tag : tags) {
      names.add(tag.name());
    }
    String wanted = TagNames.withoutModel(text);
    boolean sized = !wanted.isEmpty() && Character.isDigit(wanted.charAt(0));
    return TagNames.nearest(
        sized ? wanted : WrittenTag.of(text).map(WrittenTag::size).orElse(wanted), names, most);
  }

  /// One tag for each distinct manifest, in the order of the tags: the shortest name that says a
  /// size, so `8b` and neither `latest` nor `8b-0528-qwen3-q4_K_M`.
  public List<ModelTag> manifests() {
    var manifests = new ArrayList<ModelTag>();
    Set<String> seen = new HashSet<>();
    for (ModelTag tag : tags) {
      if (!tag.name().equals("latest") && seen.add(explicit(tag).name())) {
        manifests.add(tag);
      }
    }
    return List.copyOf(manifests);
  }

  /// The same with that tag alone, for an answer about it.
  public Catalog only(ModelTag tag) {
    ModelTag one = tag.name().equals("latest") ? explicit(tag) : tag;
    return new Catalog(
        version, sources, licenses, quantizations, variants, List.of(), List.of(one));
  }

  /// The explicit tag (variant and quantization in its name) that a tag stands for; itself if it is
  /// one.
  public ModelTag explicit(ModelTag tag) {
    ModelTag current = tag;
    for (int step = 0; step <= aliases.size(); step++) {
      Optional<ModelTag> next = alias(current.name()).flatMap(a -> tag(a.target()));
      if (next.isEmpty()) {
        return current;
      }
      current = next.get();
    }
    throw new IllegalStateException("circle of aliases at " + tag.name());
  }

  /// What a short tag stands for; empty for an explicit tag.
  public Optional<Alias> alias(String name) {
    for (Alias alias : aliases) {
      if (alias.name().equals(name)) {
        return Optional.of(alias);
      }
    }
    return Optional.empty();
  }

  /// The variant of that id.
  public Optional<Variant> variant(String id) {
    for (Variant variant : variants) {
      if (variant.id().equals(id)) {
        return Optional.of(variant);
      }
    }
    return Optional.empty();
  }

  /// What was measured about a quantization; empty if the catalog says nothing of it.
  public Optional<QuantizationFacts> facts(Quantization quantization) {
    for (QuantizationFacts facts : quantizations) {
      if (facts.quantization() == quantization) {
        return Optional.of(facts);
      }
    }
    return Optional.empty();
  }
}
