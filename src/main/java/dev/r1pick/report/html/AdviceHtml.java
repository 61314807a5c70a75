package dev.r1pick.report.html;

import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Advice.Alternative;
import dev.r1pick.advice.Advice.Rejection;
import dev.r1pick.advice.Candidate;
import dev.r1pick.advice.Caveat;
import dev.r1pick.advice.Evaluation;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.fit.FitRequest;
import dev.r1pick.hardware.Machine;
import dev.r1pick.install.InstalledTag;
import dev.r1pick.json.JsonValue;
import dev.r1pick.report.html.Blocks.Column;
import dev.r1pick.report.html.Blocks.Step;
import dev.r1pick.report.html.Blocks.Tone;
import dev.r1pick.report.shell.Setup;
import dev.r1pick.report.words.AdviceWording;
import dev.r1pick.report.words.Amounts;
import dev.r1pick.report.words.Messages;
import dev.r1pick.report.words.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An advice as a page: the verdict as on the screen, what to do, the pictures behind it, and the
/// working.
public final class AdviceHtml {
  private final Advice advice;
  private final List<Evaluation> all;
  private final UseCases useCases;
  private final FitEstimator fits = new FitEstimator();

  /// An answer to `recommend`.
  ///
  /// @param all the best way of each tag, judged for the question of the advice
  /// @param useCases where lengths of answers and evidence have their sources
  public AdviceHtml(Advice advice, List<Evaluation> all, UseCases useCases) {
    this.advice = advice;
    this.all = List.copyOf(all);
    this.useCases = useCases;
  }

  /// The page.
  ///
  /// @param shown the language that it opens with
  /// @param version of r1pick
  /// @param catalogVersion of the tags it chose from
  public String page(Messages shown, String version, String catalogVersion) {
    return HtmlPage.of(
        shown, title(shown), version, messages -> new InLanguage(messages).page(catalogVersion));
  }

  private String title(Messages messages) {
    return messages.text(
        "html.title.recommend", new Wording(messages).useCase(advice.question().useCase()));
  }

  /// The page in one language.
  private final class InLanguage {
    private final Messages messages;
    private final Wording words;

    InLanguage(Messages messages) {
      this.messages = messages;
      this.words = new Wording(messages);
    }

    JsonValue.Builder page(String catalogVersion) {
      var sections = new ArrayList<JsonValue>();
      switch (advice) {
        case Advice.Recommendation recommendation -> {
          sections.add(verdict(recommendation));
          sections.add(
              Blocks.section(
                  messages.text("html.heading.next"),
                  List.of(Blocks.steps(steps(recommendation.best().candidate())))));
        }
        case Advice.NothingFits nothing -> sections.add(nothing(nothing));
      }
      var marks = new TagMarks(messages, advice, all);
      marks.picture().ifPresent(picture -> add(sections, "quality", List.of(picture)));
      if (advice instanceof Advice.Recommendation recommendation) {
        memory(sections, recommendation.best().candidate());
        new AnswerTimes(messages)
            .picture(shownTags(recommendation))
            .ifPresent(picture -> add(sections, "time", List.of(picture)));
        sections.add(new AdviceWorking(messages, useCases).why(recommendation));
      }
      sections.add(others());
      sections.add(new AdviceWorking(messages, useCases).basis(advice, catalogVersion));
      return Blocks.page(
          title(messages), words.useCase(advice.question().useCase()), List.copyOf(sections));
    }

    /// Pictures below the heading and the sentence of that key.
    private void add(List<JsonValue> sections, String key, List<JsonValue> pictures) {
      sections.add(
          Blocks.section(
              messages.text("html.heading." + key),
              List.of(Blocks.text(messages.text("html.lead." + key)), Blocks.pictures(pictures))));
    }

    private JsonValue verdict(Advice.Recommendation recommendation) {
      var sentences = new AdviceWording(messages);
      var first = new ArrayList<String>();
      for (Caveat caveat : advice.caveats()) {
        if (caveat instanceof Caveat.First) {
          first.add(words.caveat(caveat));
        }
      }
      Candidate pick = recommendation.best().candidate();
      var facts = new ArrayList<Map.Entry<String, String>>();
      fact(facts, "model", sentences.model(pick.tag()));
      fact(facts, "speed", sentences.speed(recommendation));
      fact(facts, "context", sentences.context(recommendation));
      sentences.prompts(recommendation).ifPresent(text -> fact(facts, "prompts", text));
      for (Alternative alternative : recommendation.alternatives()) {
        String trade = sentences.trade(alternative, recommendation);
        fact(facts, "or", named(alternative.judged().candidate(), trade));
      }
      sentences
          .nextUp(recommendation)
          .ifPresent(
              text -> {
                String next = recommendation.nextUp().orElseThrow().tag().name();
                fact(facts, "or", messages.text("policy.line", next, text));
              });
      var blocks = new ArrayList<JsonValue>();
      blocks.add(
          Blocks.verdict(
              Tone.GOOD, "", sentences.verdict(recommendation, advice.isStopgap()), first));
      blocks.add(Blocks.facts(facts));
      notes().ifPresent(blocks::add);
      return Blocks.section("", blocks);
    }

    private String named(Candidate candidate, String text) {
      return messages.text("policy.line", candidate.tag().name(), text);
    }

    private void fact(List<Map.Entry<String, String>> facts, String key, String text) {
      String label = messages.text("report.label." + key);
      boolean said = !facts.isEmpty() && facts.getLast().getKey().equals(label);
      facts.add(Map.entry(said ? "" : label, text));
    }

    private JsonValue nothing(Advice.NothingFits nothing) {
      var first = new ArrayList<String>();
      for (Caveat caveat : advice.caveats()) {
        if (caveat instanceof Caveat.First) {
          first.add(words.caveat(caveat));
        }
      }
      var facts = new ArrayList<Map.Entry<String, String>>();
      fact(
          facts,
          "closest",
          messages.text(
              "report.closest",
              nothing.closest().tag().fullName(),
              words.reason(nothing.closest().reason())));
      nothing.closestTime().ifPresent(time -> fact(facts, "speed", words.answer(time)));
      words.remedies(nothing).forEach(way -> fact(facts, "way-out", way));
      var blocks = new ArrayList<JsonValue>();
      blocks.add(Blocks.verdict(Tone.BAD, "", messages.text("report.nothing-fits"), first));
      blocks.add(Blocks.facts(facts));
      notes().ifPresent(blocks::add);
      return Blocks.section("", blocks);
    }

    private Optional<JsonValue> notes() {
      var notes = new ArrayList<String>();
      for (Caveat caveat : advice.caveats()) {
        if (!(caveat instanceof Caveat.First || caveat instanceof Caveat.OwnContext)) {
          notes.add(words.caveat(caveat));
        }
      }
      return notes.isEmpty() ? Optional.empty() : Optional.of(Blocks.notes(notes));
    }

    /// What the screen says to do, with the commands to copy.
    private List<Step> steps(Candidate pick) {
      Machine machine = advice.question().machine();
      String tag = pick.tag().fullName();
      var steps = new ArrayList<Step>();
      Setup.Place place = Setup.place(pick, machine);
      if (place instanceof Setup.Place.Server) {
        String lines = String.join("\n", Setup.lines(pick, machine, Integer.MAX_VALUE));
        steps.add(new Step(messages.text("report.setup." + place.id()), lines));
      }
      Optional<String> here = InstalledTag.of(pick.tag(), machine.ollama()).runAs();
      if (here.isEmpty()) {
        steps.add(new Step(messages.text("html.step.pull"), pick.tag().pullCommand()));
      }
      steps.add(new Step(messages.text("html.step.run"), "ollama run " + here.orElse(tag)));
      if (place instanceof Setup.Place.Model) {
        int tokens = pick.contextLength().tokens();
        steps.add(
            new Step(
                messages.text("html.step.context", pick.contextLength()),
                "/set parameter num_ctx " + tokens));
        steps.add(
            new Step(
                messages.text("html.step.variant"),
                String.join("\n", Setup.lines(pick, machine, Integer.MAX_VALUE))));
      }
      return steps;
    }

    private void memory(List<JsonValue> sections, Candidate pick) {
      FitRequest request =
          FitRequest.DEFAULTS.withParallel(pick.fit().plan().settings().parallel());
      List<JsonValue> pictures =
          new MemoryPictures(messages).of(pick.tag(), request, advice.question().machine(), fits);
      if (!pictures.isEmpty()) {
        sections.add(
            Blocks.section(
                messages.text("html.heading.memory", pick.tag().fullName()),
                List.of(
                    Blocks.text(messages.text("html.lead.memory")), Blocks.pictures(pictures))));
      }
    }

    private static List<Candidate> shownTags(Advice.Recommendation recommendation) {
      var tags = new ArrayList<Candidate>();
      tags.add(recommendation.best().candidate());
      recommendation.alternatives().forEach(other -> tags.add(other.judged().candidate()));
      return tags;
    }

    /// Why each other tag lost, and what would change that.
    private JsonValue others() {
      var rows = new ArrayList<List<JsonValue>>();
      for (Rejection rejection : advice.rejections()) {
        rows.add(
            List.of(
                Blocks.cell(rejection.tag().name()),
                Blocks.cell(
                    Amounts.download(rejection.tag().download()),
                    rejection.tag().download().inGB()),
                Blocks.cell(words.reason(rejection.reason())),
                Blocks.cell(words.change(rejection.reason()).orElse("")),
                Blocks.cell(words.rule(rejection.ruleId()))));
      }
      return Blocks.section(
          messages.counted("report.explain.others", advice.rejections().size()),
          List.of(
              Blocks.table(
                  List.of(
                      Column.text(messages.text("report.column.tag")),
                      Column.number(messages.text("report.column.download")),
                      Column.text(messages.text("html.column.why")),
                      Column.text(messages.text("html.column.change")),
                      Column.text(messages.text("html.column.rule"))),
                  rows)));
    }
  }
}
