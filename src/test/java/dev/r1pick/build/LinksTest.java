package dev.r1pick.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each link of the README and the documents to another of them, or to a heading, leads there.
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?)\\s*#*");
  private static final Pattern ID = Pattern.compile("<a (?:id|name)=\"([^\"]+)\">");
  private static final Pattern LINKED = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

  @Test
  void everyLinkBetweenDocumentsLeadsSomewhere() throws IOException {
    var broken = new ArrayList<String>();
    int links = 0;
    for (Path file : documents()) {
      Matcher link = LINK.matcher(prose(file));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains("://") && !target.startsWith("mailto:")) {
          links++;
          if (!leads(file, target)) {
            broken.add(file + ": " + target);
          }
        }
      }
    }
    assertTrue(links > 50, links + " links");
    assertEquals(List.of(), broken);
  }

  private static List<Path> documents() throws IOException {
    var documents = new ArrayList<>(List.of(Path.of("README.md")));
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      documents.addAll(files.filter(file -> file.toString().endsWith(".md")).sorted().toList());
    }
    return documents;
  }

  private static boolean leads(Path from, String target) throws IOException {
    int mark = target.indexOf('#');
    String path = mark < 0 ? target : target.substring(0, mark);
    Path file = path.isEmpty() ? from : Path.of("").resolve(from).resolveSibling(path).normalize();
    return Files.exists(file) && (mark < 0 || anchors(file).contains(target.substring(mark + 1)));
  }

  /// As GitHub makes them of headings: letters, digits, hyphens and underscores of the lower-case
  /// text, a hyphen for each blank, and a number behind one that was there before.
  private static Set<String> anchors(Path file) throws IOException {
    var anchors = new HashSet<String>();
    Map<String, Integer> seen = new HashMap<>();
    Matcher id = ID.matcher(prose(file));
    while (id.find()) {
      anchors.add(id.group(1));
    }
    for (String line : prose(file).split("\n", -1)) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        var anchor = new StringBuilder();
        String text = LINKED.matcher(heading.group(1)).replaceAll("$1");
        text.toLowerCase(Locale.ROOT)
            .codePoints()
            .filter(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == ' ')
            .forEach(c -> anchor.appendCodePoint(c == ' ' ? '-' : c));
        int before = seen.merge(anchor.toString(), 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor.toString() : anchor + "-" + before);
      }
    }
    return anchors;
  }

  /// Without blocks of code.
  private static String prose(Path file) throws IOException {
    var prose = new StringBuilder();
    boolean code = false;
    for (String line : Files.readAllLines(file)) {
      boolean fence = line.strip().startsWith("```");
      code ^= fence;
      prose.append(code || fence ? "" : line).append('\n');
    }
    return prose.toString();
  }
}
