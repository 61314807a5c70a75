package dev.r1pick.report.words;

import dev.r1pick.advice.Reason;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.TokenRate;
import java.util.Optional;

/// Why rules decided as they did, in words.
final class ReasonWording {
  private final Messages messages;

  ReasonWording(Messages messages) {
    this.messages = messages;
  }

  String reason(Reason reason) {
    return messages.text("advice.reason." + reason.id(), figures(reason));
  }

  /// What a policy says in other words than `recommend`, else the same.
  String inPolicy(Reason reason) {
    return messages
        .find("policy.reason." + reason.id(), figures(reason))
        .orElseGet(() -> reason(reason));
  }

  /// What would change a rejection; empty where nothing can be said beyond its reason.
  Optional<String> change(Reason reason) {
    return switch (reason) {
      case Reason.CacheRefused _,
          Reason.SpeedUnknown _,
          Reason.WaitUnknown _,
          Reason.NotGoodEnough _,
          Reason.OutdoneByTwin _,
          Reason.NotWorthTheDownload _,
          Reason.BelowFloor _,
          Reason.BeyondBearing _,
          Reason.BeyondEnduring _,
          Reason.LateInRam _ ->
          Optional.of(change(reason, ""));
      case Reason.BeyondTrained(_, var trained) -> Optional.of(change(reason, trained.shortText()));
      case Reason.OllamaTooOld(_, var needed) -> Optional.of(change(reason, needed));
      case Reason.DownloadOverLimit(var download, _) ->
          Optional.of(change(reason, tenthsAbove(download)));
      case Reason.DiskShort(var download, _) ->
          Optional.of(change(reason, Amounts.download(download)));
      case Reason.LicenseNotAllowed(var license) -> Optional.of(change(reason, license));
      case Reason.TooSlow(var rate, _) -> Optional.of(change(reason, tenthsBelow(rate)));
      case Reason.TooLong(var typical, _) ->
          Optional.of(change(reason, typical.plusMillis(999).toSeconds()));
      case Reason.ThinkingCut(var context, _) -> Optional.of(change(reason, context.shortText()));
      case Reason.RamShort _,
          Reason.GpuShort _,
          Reason.SpeedUnknownAndInRam _,
          Reason.Quality _,
          Reason.Speed _,
          Reason.SpeedAtLeast _,
          Reason.SpeedNotKnown _,
          Reason.ToolsRefused _,
          Reason.NoToolsNeeded _,
          Reason.Context _,
          Reason.KvCache _,
          Reason.OnOneGpu _,
          Reason.OnTheCpu _,
          Reason.Split _,
          Reason.Partly _,
          Reason.Experts _,
          Reason.Headroom _,
          Reason.NoSetting _,
          Reason.Setting _,
          Reason.Precision _,
          Reason.Download _,
          Reason.SameManifest _,
          Reason.FewerPoints _ ->
          Optional.empty();
    };
  }

  private String change(Reason reason, Object what) {
    return messages.text("advice.change." + reason.id(), what);
  }

  /// As an option takes it: rounded so that the tag passes.
  private static String tenthsAbove(Bytes download) {
    return Double.toString(Math.ceil(download.inGB() * 10) / 10);
  }

  private static String tenthsBelow(TokenRate rate) {
    return Double.toString(Math.floor(rate.tokensPerSecond() * 10) / 10);
  }

  /// The figures in the order of the sentence.
  private Object[] figures(Reason reason) {
    return switch (reason) {
      case Reason.RamShort(var needed, var missing, var context) ->
          of(Amounts.memory(needed), Amounts.memory(missing), context.shortText());
      case Reason.GpuShort(var needed, var missing, var context) ->
          of(Amounts.memory(needed), Amounts.memory(missing), context.shortText());
      case Reason.CacheRefused(var type) -> of(type.label());
      case Reason.BeyondTrained(var asked, var trained) ->
          of(asked.shortText(), trained.shortText());
      case Reason.OllamaTooOld(var installed, var needed) -> of(installed, needed);
      case Reason.DownloadOverLimit(var download, var limit) ->
          of(Amounts.download(download), Amounts.download(limit));
      case Reason.DiskShort(var download, var free) ->
          of(Amounts.download(download), Amounts.download(free));
      case Reason.LicenseNotAllowed(var license) -> of(license);
      case Reason.SpeedUnknown(var least) -> of(rate(least));
      case Reason.TooSlow(var rate, var least) -> of(rate(rate), rate(least));
      case Reason.WaitUnknown(var most) -> of(most);
      case Reason.TooLong(var typical, var most) -> of(typical, most);
      case Reason.NotGoodEnough(double quality, var useCase, double usable) ->
          of(whole(quality), useCase(useCase), Amounts.about(usable));
      case Reason.OutdoneByTwin(double low, var useCase, double usable, var twin) ->
          of(whole(low), useCase(useCase), Amounts.about(usable), twin);
      case Reason.ThinkingCut(var context, var needed) ->
          of(context.shortText(), needed.shortText());
      case Reason.BelowFloor(var rate, var floor) -> of(rate(rate), rate(floor));
      case Reason.BeyondBearing(var typical, var acceptable) -> of(typical, acceptable);
      case Reason.LateInRam(var typical, var acceptable) -> of(typical, acceptable);
      case Reason.BeyondEnduring(var typical, var acceptable) -> of(typical, acceptable);
      case Reason.Quality(double quality, var useCase, double doubt) ->
          of(Amounts.about(quality), useCase(useCase), Amounts.about(doubt));
      case Reason.Speed(var rate, var needed) -> of(rate(rate), rate(needed));
      case Reason.SpeedAtLeast(var rate, var needed) -> of(rate(rate), rate(needed));
      case Reason.Context(var context, var needed) -> of(context.shortText(), needed.shortText());
      case Reason.KvCache(var type) -> of(type.label());
      case Reason.Split(int gpus) -> of(gpus);
      case Reason.Partly(int gpuLayers, int layers) -> of(gpuLayers, layers);
      case Reason.Experts(int cpuLayers, int layers) -> of(cpuLayers, layers);
      case Reason.Headroom(var spare) -> of(Amounts.memory(spare));
      case Reason.NotWorthTheDownload(var download, var reader) ->
          of(Amounts.download(download), rate(reader));
      case Reason.Precision(var quantization) -> of(quantization.label());
      case Reason.Download(var size) -> of(Amounts.download(size));
      case Reason.SameManifest(var manifest) -> of(manifest.fullName());
      case Reason.FewerPoints(double points) -> of(Amounts.about(points));
      case Reason.SpeedUnknownAndInRam _,
          Reason.SpeedNotKnown _,
          Reason.ToolsRefused _,
          Reason.NoToolsNeeded _,
          Reason.OnOneGpu _,
          Reason.OnTheCpu _,
          Reason.NoSetting _,
          Reason.Setting _ ->
          of();
    };
  }

  /// A shipped use by its name, a user's own by its id.
  private String useCase(String id) {
    return messages.find("use-cases." + id).orElse(id);
  }

  private static Object[] of(Object... figures) {
    return figures;
  }

  /// Rounded down: what is below a limit also looks so.
  private static String whole(double quality) {
    return Integer.toString((int) quality);
  }

  private static String rate(TokenRate rate) {
    return Amounts.about(rate.tokensPerSecond());
  }
}
