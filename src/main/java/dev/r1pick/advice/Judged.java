package dev.r1pick.advice;

import dev.r1pick.fit.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every tag judged for one question.
final class Judged {
  private final Question question;
  private final List<List<Candidate>> ways;
  private final List<Evaluation> all;
  private final int dropped;
  private final boolean toolsOnly;

  /// The soft rules about time stand last in the book.
  private static final int TIME_RULES = 3;

  /// Judges the ways to load each tag.
  ///
  /// @param ways one list for each tag
  Judged(Question question, List<List<Candidate>> ways) {
    this.question = question;
    this.ways = ways;
    this.all = new ArrayList<>();
    boolean tools = false;
    for (List<Candidate> ofTag : ways) {
      Evaluation best = best(ofTag, question);
      all.add(best);
      tools |= takesTools(best) && best.dropsNeeded() <= TIME_RULES;
    }
    this.toolsOnly = tools && Rules.needsTools(question);
    int least = Rule.SOFT_RULES + 1;
    for (Evaluation one : all) {
      least = isEligible(one) ? Math.min(least, one.dropsNeeded()) : least;
    }
    this.dropped = least;
  }

  /// Where tools are needed and a tag that takes them can be had, no other one will do.
  private boolean isEligible(Evaluation judged) {
    return !toolsOnly || takesTools(judged);
  }

  private static boolean takesTools(Evaluation judged) {
    return !judged.candidate().tag().variant().distill();
  }

  Question question() {
    return question;
  }

  /// The same ways judged with another priority.
  Judged with(Priority priority) {
    return new Judged(question.with(priority), ways);
  }

  /// The best way of each tag.
  List<Evaluation> all() {
    return all;
  }

  /// The ways to load each tag, in the same order.
  List<List<Candidate>> ways() {
    return ways;
  }

  /// How many soft rules do not count; more than there are where every tag breaks a hard one.
  int dropped() {
    return dropped;
  }

  /// The tags that are left.
  List<Evaluation> pool() {
    var pool = new ArrayList<Evaluation>();
    for (Evaluation one : all) {
      if (isEligible(one) && one.dropsNeeded() <= dropped) {
        pool.add(one);
      }
    }
    return pool;
  }

  /// What is picked; empty where nothing fits.
  Optional<Evaluation> pick() {
    if (dropped > Rule.SOFT_RULES) {
      return Optional.empty();
    }
    return Optional.of(
        switch (question.priority()) {
          case BALANCED -> Choice.balanced(pool(), question);
          case QUALITY -> Choice.forQuality(pool(), balancedPick(), question);
          case SPEED -> Choice.forSpeed(pool(), balancedPick());
        });
  }

  /// What is picked where no priority is given, judged by the rules of this one.
  private Evaluation balancedPick() {
    Evaluation balanced = with(Priority.BALANCED).pick().orElseThrow();
    return judge(balanced.candidate(), question);
  }

  /// The best way of one tag: the one that breaks fewest rules, among equals the one with most
  /// points; of ways that do not fit the one that lacks least.
  static Evaluation best(List<Candidate> ways, Question question) {
    Evaluation best = judge(ways.getFirst(), question);
    for (Candidate way : ways.subList(1, ways.size())) {
      Evaluation other = judge(way, question);
      best = isBetterWay(other, best) ? other : best;
    }
    return best;
  }

  private static boolean isBetterWay(Evaluation other, Evaluation best) {
    if (other.candidate().fit() instanceof Fit.DoesNotFit(_, var lacks, _)
        && best.candidate().fit() instanceof Fit.DoesNotFit(_, var bestLacks, _)) {
      return lacks.compareTo(bestLacks) < 0;
    }
    int byDrops = Integer.compare(best.dropsNeeded(), other.dropsNeeded());
    return byDrops != 0 ? byDrops > 0 : other.points() >= best.points();
  }

  private static Evaluation judge(Candidate candidate, Question question) {
    var verdicts = new ArrayList<Map.Entry<Rule, Verdict>>();
    for (Rule rule : Rule.BOOK) {
      verdicts.add(Map.entry(rule, rule.judge(candidate, question)));
    }
    return new Evaluation(candidate, verdicts);
  }
}
