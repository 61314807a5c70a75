package dev.r1pick.report.words;

import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.gpu.GpuMarket.Availability;
import dev.r1pick.plan.Build;
import dev.r1pick.units.Bytes;
import java.util.Optional;

/// Hardware in words, and as the options that describe it.
public final class BuildWording {
  private final Messages messages;
  private final GpuCatalog gpus;

  /// Words of one language.
  public BuildWording(Messages messages, GpuCatalog gpus) {
    this.messages = messages;
    this.gpus = gpus;
  }

  /// `2x RTX 5070 Ti`, `Mac, M3 Ultra`, `EPYC 9654 + RTX 4090`.
  public String name(Build build) {
    return switch (build.kind()) {
      case CARDS, LAPTOP, CHIP -> gpu(build);
      case MAC -> messages.text("plan.mac", gpu(build));
      case PROCESSOR -> processor(build.cpu().orElse(""));
      case EXPERTS ->
          messages.text("plan.experts-host", processor(build.cpu().orElse("")), gpu(build));
    };
  }

  private String processor(String cpu) {
    return messages.find("plan.cpu." + cpu.replace(' ', '-')).orElse(cpu);
  }

  /// As `--gpu` takes it, the number of cards in it.
  public String gpu(Build build) {
    if (build.gpus().isEmpty()) {
      return "";
    }
    Build.Gpus cards = build.gpus().get();
    String name =
        gpus.nameOf(cards.model(), Optional.of(cards.memory())).orElse(cards.model().name());
    return cards.number() > 1 ? cards.number() + "x " + name : name;
  }

  /// The options that describe it, as they are typed.
  public String options(Build build) {
    var options = new StringBuilder();
    if (build.gpus().isPresent()) {
      options.append(" --gpu \"").append(gpu(build)).append('"');
    } else {
      options.append(" --cpu-only");
    }
    build.cpu().ifPresent(cpu -> options.append(" --cpu \"").append(cpu).append('"'));
    options.append(" --ram ").append(build.ram().count() >> 30).append("GB");
    return options.substring(1);
  }

  /// `2x 16 GB`; of a machine without a GPU its RAM.
  public String memory(Build build) {
    if (build.gpus().isEmpty() || build.kind() == Build.Kind.EXPERTS) {
      return sold(build.ram());
    }
    Build.Gpus cards = build.gpus().get();
    String one = sold(cards.memory());
    return cards.number() > 1 ? cards.number() + "x " + one : one;
  }

  /// As a box says it.
  static String sold(Bytes size) {
    return Amounts.decimal(size.inGiB(), size.inGiB() % 1 == 0 ? 0 : 1) + " GB";
  }

  /// `300 W`; nothing where no figure was published.
  public String watts(Build build) {
    return build.watts().isPresent() ? build.watts().getAsInt() + " W" : "";
  }

  /// `$1,500`, or how else it can be had; nothing where no list tells.
  public String price(Build build) {
    Availability availability = build.availability().orElse(Availability.SOLD);
    return switch (availability) {
      case SECOND_HAND -> messages.text("plan.second-hand");
      case ANNOUNCED -> messages.text("plan.announced");
      case SOLD, DATA_CENTER, CHINA ->
          build.listPriceUsd().isPresent()
              ? dollars(build.listPriceUsd().getAsInt())
              : messages.find("plan.availability." + availability).orElse("");
    };
  }

  /// `$1,500`.
  public String dollars(int amount) {
    return messages.text("plan.dollars", Amounts.thousands(amount));
  }
}
