package dev.r1pick.report.text;

import dev.r1pick.catalog.AnswerLength;
import dev.r1pick.catalog.BenchmarkTable;
import dev.r1pick.catalog.Signal;
import dev.r1pick.catalog.Source;
import dev.r1pick.catalog.UseCaseProfile;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// docs/use-cases.md, from catalog/use-cases.json.
final class UseCasesPage {
  private static final String INTRODUCTION =
      """
      # Use cases

      What `--use-case` asks of a model: which benchmarks speak for it, how much is read and written, how fast is fast enough.
      This page is written from `catalog/use-cases.json` by `UseCasesPageTest`; change the data, run
      `mvn -q test -Dtest=UseCasesPageTest -Dapprove=true` and review the difference.

      - **Quality** is the weighted mean of the benchmarks of a use, each scaled within its own table, so that nothing compares across
        harnesses. Users of a language for which there are benchmarks (`--prompt-language`) get those instead. The tables with their conditions
        are [below](#benchmarks).
      - **Tokens** of answers include the thinking. *Typical* is the median, *long* the 90th percentile; where a variant's own lengths
        were measured in the task named, they are taken instead ([below](#measured-lengths)).
      - **Context** is what a typical prompt and a long answer need, rounded to a usual size.
      - **Speeds**: a reader gains little beyond the first; below the least a tag is put aside as long as another one is faster. Both,
        and the wait, are judgments.
      - **Evidence** says how much the benchmarks bear for ranking: *high* means several rows of most variants, *medium* some rows with
        gaps, *low* few rows, or rows of other models. It goes into the confidence of a pick.

      """;

  private final UseCases useCases;
  private final Messages messages;
  private final StringBuilder page = new StringBuilder(INTRODUCTION);

  private UseCasesPage(UseCases useCases, Messages messages) {
    this.useCases = useCases;
    this.messages = messages;
  }

  static String of(UseCases useCases, Messages messages) {
    return new UseCasesPage(useCases, messages).write();
  }

  private String write() {
    overview();
    for (UseCaseProfile profile : useCases.profiles()) {
      useCase(profile);
    }
    notForR1();
    benchmarks();
    lengths();
    sources();
    return page.toString();
  }

  private void notForR1() {
    line("## Not for R1");
    line("");
    line("Asked for by these words, no tag is picked and the exit code is 1:");
    line("");
    for (UseCases.OtherKind kind : useCases.notForR1()) {
      String sentence = messages.text("use-cases.error.not-for-r1." + kind.id());
      line("- `", String.join("`, `", kind.words()), "`: ", sentence);
    }
    line("");
  }

  private void line(String... parts) {
    page.append(String.join("", parts)).append('\n');
  }

  private void row(Object... cells) {
    page.append('|');
    for (Object cell : cells) {
      page.append(' ').append(cell.toString().replace("|", "\\|")).append(" |");
    }
    page.append('\n');
  }

  private void head(String... cells) {
    row((Object[]) cells);
    page.append('|').append(" --- |".repeat(cells.length)).append('\n');
  }

  private void overview() {
    head("use case", "context", "typical answer", "reader", "least", "wait", "evidence");
    for (UseCaseProfile profile : useCases.profiles()) {
      row(
          "[" + profile.id() + "](#" + profile.id() + ")",
          profile.neededContext().shortText(),
          grouped(profile.typicalAnswerTokens()) + " tokens",
          number(profile.readerRate().tokensPerSecond()) + " tokens/s",
          number(profile.leastRate().tokensPerSecond()) + " tokens/s",
          messages.duration(profile.acceptableWait()),
          word(profile.evidence()));
    }
    line();
  }

  private void useCase(UseCaseProfile profile) {
    line("## ", profile.id());
    line();
    line(capitalized(messages.text("use-cases." + profile.id())), ".");
    line();
    signals(profile);
    line(
        "Reads ",
        grouped(profile.promptTokens()),
        " tokens, answers with ",
        grouped(profile.typicalAnswerTokens()),
        " (typical) to ",
        grouped(profile.heavyAnswerTokens()),
        " (long)",
        profile
            .answerTask()
            .map(task -> ", lengths from \"" + task + "\" where measured")
            .orElse(""),
        "; context ",
        profile.neededContext().shortText(),
        ". A reader gains little beyond ",
        number(profile.readerRate().tokensPerSecond()),
        " tokens/s, the least is ",
        number(profile.leastRate().tokensPerSecond()),
        "; a wait of ",
        messages.duration(profile.acceptableWait()),
        " is acceptable.");
    line();
    for (String warning : profile.warnings()) {
      line("- ", messages.text("use-cases.warning." + afterDot(warning)));
    }
    if (!profile.warnings().isEmpty()) {
      line();
    }
    line("Evidence: ", word(profile.evidence()), ". Sources: ", links(profile.sources()), ".");
    line();
  }

  private static String afterDot(String id) {
    return id.substring(id.lastIndexOf('.') + 1);
  }

  private void signals(UseCaseProfile profile) {
    Set<String> languages = new TreeSet<>(profile.signalsByLanguage().keySet());
    var head =
        new ArrayList<String>(List.of("benchmark", languages.isEmpty() ? "share" : "others"));
    head.addAll(languages);
    head(head.toArray(String[]::new));
    Set<String> ids = new LinkedHashSet<>();
    profile.signals().forEach(signal -> ids.add(signal.benchmark()));
    languages.forEach(l -> profile.signals(l).forEach(signal -> ids.add(signal.benchmark())));
    for (String id : ids) {
      var cells = new ArrayList<String>(List.of(title(id), share(id, profile.signals())));
      languages.forEach(language -> cells.add(share(id, profile.signals(language))));
      row(cells.toArray());
    }
    line();
  }

  private static String share(String id, List<Signal> signals) {
    double own = 0;
    double all = 0;
    for (Signal signal : signals) {
      all += signal.weight();
      own += signal.benchmark().equals(id) ? signal.weight() : 0;
    }
    return own == 0 ? "" : Math.round(100 * own / all) + " %";
  }

  private String title(String id) {
    BenchmarkTable table = useCases.benchmarks().get(id);
    return table == null ? id : table.title();
  }

  private void benchmarks() {
    line("## Benchmarks");
    line();
    line("Rows are scores of R1 variants; stand-ins are other models of the same size and kin.");
    line();
    head("benchmark", "id", "unit", "rows", "stand-ins", "conditions", "certainty", "source");
    for (BenchmarkTable table : useCases.benchmarks().values()) {
      row(
          table.title(),
          "`" + table.id() + "`",
          word(table.unit()) + (table.lowerIsBetter() ? ", lower is better" : ""),
          table.scores().size(),
          table.standIns().isEmpty() ? "" : table.standIns().size(),
          table.conditions(),
          word(table.evidence().certainty()),
          links(List.of(table.evidence().source())));
    }
    line();
  }

  private void lengths() {
    line("## Measured lengths");
    line();
    line(
        "Tokens of an answer, thinking included. A mean alone is not used: it is neither median nor 90th percentile.");
    line();
    head("variant", "task", "mean", "median", "90th percentile", "conditions", "source");
    for (AnswerLength length : useCases.answerLengths()) {
      row(
          length.variantId(),
          length.task(),
          grouped(length.meanTokens()),
          grouped(length.medianTokens()),
          grouped(length.p90Tokens()),
          length.conditions(),
          links(List.of(length.evidence().source())));
    }
    line();
  }

  private void sources() {
    line("## Sources");
    line();
    for (Map.Entry<String, Source> entry : useCases.sources().entrySet()) {
      Source source = entry.getValue();
      boolean address =
          source.reference().startsWith("https://") && !source.reference().contains(" ");
      String reference =
          address
              ? "[" + source.title() + "](" + source.reference() + ")"
              : source.title() + " (" + source.reference() + ")";
      line(
          "- <a id=\"source-",
          entry.getKey(),
          "\"></a>`",
          entry.getKey(),
          "`: ",
          reference,
          ", ",
          source.kind(),
          ", ",
          source.date());
    }
  }

  private static String links(List<String> ids) {
    var links = new ArrayList<String>();
    for (String id : ids) {
      links.add("[" + id + "](#source-" + id + ")");
    }
    return String.join(", ", links);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String number(double value) {
    return Amounts.decimal(value, value == Math.rint(value) ? 0 : 1);
  }

  private static String grouped(OptionalInt number) {
    return number.isPresent() ? grouped(number.getAsInt()) : "";
  }

  private static String grouped(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
