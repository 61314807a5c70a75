package dev.r1pick.advice;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.fit.Fit;
import dev.r1pick.fit.Remedy;
import dev.r1pick.speed.AnswerTime;
import dev.r1pick.units.Bytes;
import java.util.List;
import java.util.Optional;

/// The answer.
public sealed interface Advice {
  Question question();

  /// Every tag that was not picked and is no alternative, with the rule that put it there.
  List<Rejection> rejections();

  /// What a reader must know.
  List<Caveat> caveats();

  /// Whether the answer only serves until an idle GPU is put to use.
  default boolean isStopgap() {
    for (Caveat caveat : caveats()) {
      if (caveat instanceof Caveat.GpuIdle(var idle, _) && idle.why().reason().canBeMended()) {
        return true;
      }
    }
    return false;
  }

  /// A tag to pull.
  ///
  /// @param question what was asked
  /// @param best the pick
  /// @param byItself how the pick would fit with everything as Ollama decides
  /// @param alternatives others on the front of quality and speed, each with its trade
  /// @param rejections the rest
  /// @param caveats what a reader must know, the weightiest first
  /// @param nextUp the next better tag that does not fit, and what would make it fit
  /// @param confidence how sure the pick is
  /// @param bestThatFits whether nothing that can be loaded here answers better
  record Recommendation(
      Question question,
      Evaluation best,
      Fit byItself,
      List<Alternative> alternatives,
      List<Rejection> rejections,
      List<Caveat> caveats,
      Optional<NextUp> nextUp,
      Confidence confidence,
      boolean bestThatFits)
      implements Advice {
    public Recommendation {
      alternatives = List.copyOf(alternatives);
      rejections = List.copyOf(rejections);
      caveats = List.copyOf(caveats);
    }

    /// Whether another tag is as good as the pick within the doubt.
    public boolean tiesWith(ModelTag other) {
      return caveats.contains(new Caveat.NearTie(other));
    }
  }

  /// No tag keeps the hard rules.
  ///
  /// @param question what was asked
  /// @param closest the tag that came nearest
  /// @param rejections every tag
  /// @param caveats what a reader must know
  /// @param closestTime how long an answer of the closest one takes, where it could be loaded
  /// @param remedies what would make the closest one fit, best first
  record NothingFits(
      Question question,
      Rejection closest,
      List<Rejection> rejections,
      List<Caveat> caveats,
      Optional<AnswerTime> closestTime,
      List<Remedy> remedies)
      implements Advice {
    public NothingFits {
      rejections = List.copyOf(rejections);
      caveats = List.copyOf(caveats);
      remedies = List.copyOf(remedies);
    }
  }

  /// Another tag that somebody could rather want.
  ///
  /// @param judged the candidate
  /// @param trade what is gained and lost against the pick
  record Alternative(Evaluation judged, Trade trade) {}

  /// What an alternative gains and loses against the pick.
  enum Trade {
    BETTER_BUT_SLOWER,
    FASTER_BUT_WEAKER,
    LONGER_CONTEXT,
    /// Neither: it comes next by points.
    NEXT_BEST
  }

  /// A tag that is out, or behind.
  ///
  /// @param tag the tag
  /// @param rule the rule that puts it out; empty where none does
  /// @param reason why, with figures
  /// @param shortfall memory, disk or download that is missing, where the reason is a size
  record Rejection(ModelTag tag, Optional<Rule> rule, Reason reason, Optional<Bytes> shortfall) {
    /// Id of the rule, else of the reason: `same-manifest` or `fewer-points`.
    public String ruleId() {
      return rule.map(Rule::id).orElseGet(reason::id);
    }
  }

  /// The next better tag and what would make it fit.
  record NextUp(ModelTag tag, Fit fit, Optional<Remedy> remedy) {}

  /// How sure a pick is.
  ///
  /// @param level high, medium or low
  /// @param because what limits it; empty where nothing does
  /// @param flip the assumption that would change the pick if it were wrong
  record Confidence(Level level, List<ConfidenceLimit> because, Flip flip) {
    public Confidence {
      because = List.copyOf(because);
    }

    /// High, medium or low.
    public enum Level {
      HIGH,
      MEDIUM,
      LOW
    }
  }
}
