package dev.r1pick.report.words;

import dev.r1pick.fit.Remedy;

/// What would make a tag fit, in words.
public final class RemedyWording {
  private final Messages messages;

  public RemedyWording(Messages messages) {
    this.messages = messages;
  }

  /// Kebab-case, stable: scripts read it.
  public static String kind(Remedy remedy) {
    return switch (remedy) {
      case Remedy.SmallerContext _ -> "smaller-context";
      case Remedy.SmallerKvCache _ -> "smaller-kv-cache";
      case Remedy.FreeGpuMemory _ -> "free-gpu-memory";
      case Remedy.FreeRam _ -> "free-ram";
      case Remedy.RaiseWiredLimit _ -> "raise-wired-limit";
      case Remedy.SmallerQuantization _ -> "smaller-quantization";
      case Remedy.OneMoreGpu _ -> "one-more-gpu";
      case Remedy.MoreRam _ -> "more-ram";
    };
  }

  /// A phrase that follows "it would fit whole".
  public String sentence(Remedy remedy) {
    return switch (remedy) {
      case Remedy.SmallerContext(var largest) ->
          messages.text("report.remedy.smaller-context", largest.inWholeK().shortText());
      case Remedy.SmallerKvCache(var type) ->
          messages.text("report.remedy.smaller-kv-cache", type.label());
      case Remedy.FreeGpuMemory(var perGpu) ->
          messages.text("report.remedy.free-gpu-memory", Amounts.memory(perGpu));
      case Remedy.FreeRam(var amount) ->
          messages.text("report.remedy.free-ram", Amounts.memory(amount));
      case Remedy.RaiseWiredLimit(int mebibytes) ->
          messages.text("report.remedy.raise-wired-limit", mebibytes);
      case Remedy.SmallerQuantization(var tag) ->
          messages.text("report.remedy.smaller-quantization", tag.fullName());
      case Remedy.OneMoreGpu(var like) ->
          messages.text("report.remedy.one-more-gpu", Wording.shortName(like));
      case Remedy.MoreRam(var amount) ->
          messages.text("report.remedy.more-ram", Amounts.memory(amount));
    };
  }
}
