package dev.r1pick.report.words;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How Chinese is set on a screen: full-width punctuation, one blank between Han and Latin letters
/// or digits, none between Han.
public final class ChineseTypography {
  private static final String HAN = "\\p{IsHan}";

  private static final List<Pattern> FAULTS =
      List.of(
          // half-width punctuation beside Han
          Pattern.compile(HAN + "[,;:!?()]|[(]" + HAN + "|[,;:!?)]" + HAN),
          Pattern.compile(HAN + "\\.(?![A-Za-z0-9/])"),
          // no blank between Han and Latin
          Pattern.compile(HAN + "[A-Za-z0-9]|[A-Za-z0-9%]" + HAN),
          // a blank beside full-width punctuation or between Han
          Pattern.compile(" [，。；：？！（）、]|[，。；：？！（）、] (?! )|(?<! )" + HAN + " " + HAN),
          // a range, or a person spoken to
          Pattern.compile("[0-9]–[0-9]|您|你的|！"));

  private ChineseTypography() {}

  /// What is set wrongly in a text, each with what stands around it.
  public static List<String> faults(String text) {
    var faults = new ArrayList<String>();
    for (Pattern pattern : FAULTS) {
      Matcher fault = pattern.matcher(text);
      while (fault.find()) {
        int from = Math.max(0, fault.start() - 8);
        int to = Math.min(text.length(), fault.end() + 8);
        faults.add(text.substring(from, to));
      }
    }
    return faults;
  }
}
