package dev.r1pick.plan;

import dev.r1pick.catalog.gpu.GpuMarket.Availability;
import dev.r1pick.plan.Build.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Of hundreds of machines those that somebody would choose between: of the cards in shops each
/// that is dearer than another only for being clearly faster or for taking clearly less power, and
/// the cheapest of every other way to have one.
final class Shortlist {
  /// Ranges are that wide at least, so less is no gain.
  private static final double FASTER = 1.2;

  /// A power supply is bought in steps of about that.
  private static final double LESS_POWER = 0.8;

  private final List<Planned> all;

  private Shortlist(List<Planned> all) {
    this.all = all;
  }

  /// The list.
  ///
  /// @param all cheapest first
  static List<Planned> of(List<Planned> all, int most) {
    return new Shortlist(all).list(most);
  }

  private List<Planned> list(int most) {
    var others = new ArrayList<Planned>();
    secondHand().ifPresent(others::add);
    for (Kind kind : List.of(Kind.MAC, Kind.CHIP, Kind.EXPERTS, Kind.PROCESSOR)) {
      first(kind).ifPresent(others::add);
    }
    List<Planned> cards = front();
    int ofOthers = Math.min(others.size(), Math.max(most / 2, most - cards.size()));
    var list = new ArrayList<Planned>(cards.subList(0, Math.min(cards.size(), most - ofOthers)));
    list.addAll(others.subList(0, ofOthers));
    if (list.isEmpty() && !all.isEmpty()) {
      list.add(all.getFirst());
    }
    return list;
  }

  private static boolean has(Planned one, Availability availability) {
    return one.build().availability().filter(availability::equals).isPresent();
  }

  private List<Planned> front() {
    var front = new ArrayList<Planned>();
    double fastest = 0;
    int leastWatts = Integer.MAX_VALUE;
    for (Planned one : all) {
      boolean bought =
          one.build().kind() == Kind.CARDS
              && one.build().listPriceUsd().isPresent()
              && (has(one, Availability.SOLD) || has(one, Availability.DATA_CENTER));
      int watts = one.build().watts().orElse(Integer.MAX_VALUE);
      boolean better =
          front.isEmpty() || one.low() > fastest * FASTER || watts < leastWatts * LESS_POWER;
      if (bought && better) {
        front.add(one);
        fastest = Math.max(fastest, one.low());
        leastWatts = Math.min(leastWatts, watts);
      }
    }
    return front;
  }

  private Optional<Planned> secondHand() {
    for (Planned one : all) {
      if (one.build().kind() == Kind.CARDS && has(one, Availability.SECOND_HAND)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private Optional<Planned> first(Kind kind) {
    for (Planned one : all) {
      if (one.build().kind() == kind && !has(one, Availability.DATA_CENTER)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
