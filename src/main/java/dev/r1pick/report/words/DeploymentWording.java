package dev.r1pick.report.words;

import dev.r1pick.catalog.deployment.Deployment;
import dev.r1pick.text.Text;
import java.util.ArrayList;

/// Other ways to run the 671B, in words.
public final class DeploymentWording {
  private final Messages messages;

  /// Words of one language.
  public DeploymentWording(Messages messages) {
    this.messages = messages;
  }

  /// What it runs on.
  public String hardware(Deployment way) {
    String one = messages.find("plan.hardware." + way.id()).orElseGet(() -> named(way.hardware()));
    boolean counted = Character.isDigit(one.charAt(0));
    return way.nodes() == 1
        ? one
        : messages.text(
            counted ? "plan.deployment.nodes-of" : "plan.deployment.nodes", way.nodes(), one);
  }

  /// The engine.
  public String engine(Deployment way) {
    return messages.find("plan.engine." + slug(way.engine())).orElseGet(way::engine);
  }

  /// What a rate was measured on.
  public String measuredOn(Deployment.Rate rate) {
    return messages.find("plan.on." + slug(rate.on())).orElseGet(() -> named(rate.on()));
  }

  /// How the model is parted.
  public String split(String split) {
    var parts = new ArrayList<String>();
    for (String part : Text.split(split, ',')) {
      int blank = part.indexOf(' ');
      String kind = blank < 0 ? part : part.substring(0, blank);
      String number = blank < 0 ? "" : part.substring(blank + 1);
      parts.add(
          messages
              .find("plan.split." + kind + (number.isEmpty() ? "" : "-by"), number)
              .orElse(part));
    }
    return messages.list(parts);
  }

  private String named(String names) {
    return messages.list(Text.split(names.replace(" x ", messages.text("plan.times")), ','));
  }

  /// `xeon-6980p-no-gpu` of `Xeon 6980P, no GPU`.
  private static String slug(String text) {
    var slug = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = Character.toLowerCase(text.charAt(i));
      if (Character.isLetterOrDigit(c)) {
        slug.append(c);
      } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
        slug.append('-');
      }
    }
    return slug.toString().endsWith("-") ? slug.substring(0, slug.length() - 1) : slug.toString();
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
