package dev.r1pick.catalog.read;

import dev.r1pick.catalog.gpu.GpuWords;
import dev.r1pick.catalog.gpu.GpuWords.Kind;
import dev.r1pick.catalog.gpu.GpuWords.Meaning;
import dev.r1pick.catalog.gpu.GpuWords.Sense;
import dev.r1pick.json.Fields;
import dev.r1pick.json.InvalidJson.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the vocabulary of GPU names; a word that stands in two lists is refused.
final class GpuWordsReader {
  private static final Map<String, Sense> SENSES =
      Map.of(
          "no-gpu", Sense.NO_GPU,
          "inside-processor", Sense.INSIDE_PROCESSOR,
          "no-driver", Sense.NO_DRIVER,
          "virtual-display", Sense.VIRTUAL_DISPLAY,
          "other-accelerator", Sense.OTHER_ACCELERATOR);

  private static final int MOST_CARDS = 64;

  private final Map<String, String> vendors = new LinkedHashMap<>();
  private final Map<String, String> families = new LinkedHashMap<>();
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, String> phrases = new LinkedHashMap<>();
  private final Map<String, Meaning> meanings = new LinkedHashMap<>();

  private GpuWordsReader() {}

  static GpuWords read(Fields fields) {
    return new GpuWordsReader().words(fields);
  }

  private GpuWords words(Fields fields) {
    fields.list("vendors", this::vendor);
    kind(fields, "laptop", Kind.LAPTOP);
    kind(fields, "builds", Kind.BUILD);
    kind(fields, "buses", Kind.BUS);
    kind(fields, "cards", Kind.CARD);
    kind(fields, "measure_words", Kind.MEASURE_WORD);
    kind(fields, "board_makers", Kind.BOARD_MAKER);
    kind(fields, "series", Kind.SERIES);
    kind(fields, "fillers", Kind.FILLER);
    fields.list("counts", this::count);
    fields.list("phrases", this::phrase);
    fields.list("meanings", this::meaning);
    return new GpuWords(vendors, families, kinds, counts, phrases, meanings);
  }

  private String vendor(Fields fields) {
    // Families that several vendors have are nobody's.
    String vendor = fields.optionalText("vendor").orElse("");
    for (String word : fields.optionalTexts("words")) {
      put(fields, word, vendor, vendors);
    }
    for (String word : fields.optionalTexts("families")) {
      put(fields, word, vendor, families);
    }
    return vendor;
  }

  private void kind(Fields fields, String name, Kind kind) {
    for (String word : fields.texts(name)) {
      if (vendors.containsKey(word) || families.containsKey(word) || kinds.containsKey(word)) {
        throw fields.invalid(name, Problem.DUPLICATE, word);
      }
      kinds.put(word, kind);
    }
  }

  private int count(Fields fields) {
    int number = fields.integer("number", 2, MOST_CARDS);
    for (String word : fields.texts("words")) {
      put(fields, word, number, counts);
    }
    return number;
  }

  private String phrase(Fields fields) {
    String meaning = fields.optionalText("means").orElse("");
    for (String words : fields.texts("words")) {
      put(fields, words, meaning, phrases);
    }
    return meaning;
  }

  private Sense meaning(Fields fields) {
    Sense sense = fields.oneOf("means", SENSES);
    List<String> suggestions = fields.optionalTexts("suggest");
    for (String words : fields.texts("words")) {
      put(fields, words, new Meaning(sense, suggestions), meanings);
    }
    return sense;
  }

  private static <T> void put(Fields fields, String word, T value, Map<String, T> map) {
    if (map.put(word, value) != null) {
      throw fields.invalid("words", Problem.DUPLICATE, word);
    }
  }
}
