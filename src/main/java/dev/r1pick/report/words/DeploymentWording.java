package dev.r1pick.report.words;

import dev.r1pick.catalog.deployment.Deployment;

/// Other ways to run the 671B, in words.
public final class DeploymentWording {
  private final Messages messages;

  /// Words of one language.
  public DeploymentWording(Messages messages) {
    this.messages = messages;
  }

  /// What it runs on.
  public String hardware(Deployment way) {
    String one = messages.find("plan.hardware." + way.id()).orElse(way.hardware());
    return way.nodes() == 1 ? one : messages.text("plan.deployment.nodes", way.nodes(), one);
  }

  /// The rate that is told of it, in tokens per second; a dash where nobody measured one.
  public String rates(Deployment way) {
    return way.rates().isEmpty()
        ? messages.text("plan.deployment.no-rate")
        : text(way.rates().getFirst());
  }

  private String text(Deployment.Rate rate) {
    return rate.streams().isPresent()
        ? messages.text("plan.deployment.rate-of-streams", range(rate), rate.streams().getAsInt())
        : range(rate);
  }

  /// A rate, in tokens per second.
  public String range(Deployment.Rate rate) {
    String low = Amounts.about(rate.low());
    String high = rate.high().isPresent() ? Amounts.about(rate.high().getAsDouble()) : low;
    return messages.range(low, high);
  }
}
