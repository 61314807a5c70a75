package dev.r1pick.catalog;

import dev.r1pick.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A model as people write it elsewhere than in Ollama: `DeepSeek-R1-Distill-Qwen-14B`,
/// `deepseek-ai/DeepSeek-R1-0528`, `R1 14B q8`.
///
/// @param size in billions of parameters as tags write it, `14b`
/// @param sized whether it was written; the model that is no distill is often named without
/// @param words of tags that were written: `qwen`, `llama`, `qwen3`, `0528`
/// @param quantization as tags write it; empty where none was written
record WrittenTag(String size, boolean sized, List<String> words, Optional<String> quantization) {
  /// The size of the model that is no distill.
  private static final String FULL = "671b";

  private static final String DEFAULT_QUANTIZATION = "q4_K_M";

  private static final List<String> SAYS_NOTHING =
      List.of(
          "deepseek",
          "deepseekr1",
          "ds",
          "ai",
          "r1",
          "distill",
          "distilled",
          "gguf",
          "model",
          "latest",
          "the",
          "深度求索",
          "蒸馏",
          "蒸馏版",
          "蒸馏模型",
          "模型",
          "版",
          "量化",
          "量化版");

  private static final List<String> TOLD = List.of("qwen", "qwen3", "llama", "0528");

  /// Chinese for the model that is no distill.
  private static final List<String> SAYS_FULL = List.of("满血", "满血版", "完整版");

  /// A size without its unit is not longer: 1776 and 0528 are none.
  private static final int LONGEST_SIZE = 3;

  WrittenTag {
    words = List.copyOf(words);
  }

  /// Empty where a word stands in it that no tag has.
  static Optional<WrittenTag> of(String text) {
    String size = "";
    Optional<String> quantization = Optional.empty();
    var told = new ArrayList<String>();
    boolean named = false;
    for (String word : words(text)) {
      Optional<String> format = quantization(word);
      if (SAYS_FULL.contains(word) && (size.isEmpty() || size.equals(FULL))) {
        size = FULL;
      } else if (isSize(word) && (size.isEmpty() || size.equals(FULL))) {
        size = word.endsWith("b") ? word : word + "b";
      } else if (format.isPresent() && quantization.isEmpty()) {
        quantization = format;
      } else if (TOLD.contains(word)) {
        told.add(word);
      } else if (!SAYS_NOTHING.contains(word)) {
        return Optional.empty();
      }
      named |= word.equals("r1");
    }
    if (size.isEmpty() && !named) {
      return Optional.empty();
    }
    boolean sized = !size.isEmpty();
    return Optional.of(new WrittenTag(sized ? size : FULL, sized, told, quantization));
  }

  /// Whether a tag with its quantization in its name is meant.
  boolean means(String explicit) {
    String low = explicit.toLowerCase(Locale.ROOT);
    boolean same = low.startsWith(size + "-");
    for (String word : words) {
      same &= low.contains("-" + word + "-");
    }
    // The first release where the second is not named.
    same &= !size.equals(FULL) || words.contains("0528") == low.contains("0528");
    return same && low.endsWith(quantization.orElse(DEFAULT_QUANTIZATION).toLowerCase(Locale.ROOT));
  }

  /// Whether nothing but the size was written, which a short tag says as well.
  boolean isSizeAlone() {
    return sized && words.isEmpty() && quantization.isEmpty();
  }

  /// The words of the last part of a path; `q4_K_M` stays one word, and Chinese stands apart from
  /// what is around it.
  private static List<String> words(String text) {
    String plain = Text.narrow(text.strip()).toLowerCase(Locale.ROOT).replace(".gguf", " gguf");
    String name = plain.substring(plain.lastIndexOf('/') + 1);
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean chinese = false;
    for (int i = 0; i <= name.length(); i++) {
      char c = i < name.length() ? name.charAt(i) : ' ';
      boolean part = Character.isLetterOrDigit(c) || c == '.' || c == '_';
      if (!word.isEmpty() && (!part || Character.isIdeographic(c) != chinese)) {
        add(word.toString(), words);
        word.setLength(0);
      }
      if (part) {
        word.append(c);
        chinese = Character.isIdeographic(c);
      }
    }
    return words;
  }

  /// An underscore parts words but inside a quantization: `14b_q8_0`.
  private static void add(String word, List<String> words) {
    int underscore = word.indexOf('_');
    if (underscore <= 0 || quantization(word).isPresent()) {
      words.add(word);
      return;
    }
    words.add(word.substring(0, underscore));
    if (underscore + 1 < word.length()) {
      add(word.substring(underscore + 1), words);
    }
  }

  private static boolean isSize(String word) {
    boolean unit = word.endsWith("b");
    int end = unit ? word.length() - 1 : word.length();
    boolean digits = end > 0 && (unit || end <= LONGEST_SIZE);
    for (int i = 0; i < end; i++) {
      digits &= Character.isDigit(word.charAt(i)) || word.charAt(i) == '.';
    }
    return digits;
  }

  private static Optional<String> quantization(String word) {
    return switch (word) {
      case "q4", "q4km", "q4_k_m", "q4_k", "4bit", "int4" -> Optional.of("q4_K_M");
      case "q8", "q80", "q8_0", "8bit", "int8" -> Optional.of("q8_0");
      case "fp16", "f16", "bf16", "16bit" -> Optional.of("fp16");
      default -> Optional.empty();
    };
  }
}
