package dev.r1pick.advice;

import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.Quantization;
import dev.r1pick.ollama.KvCacheType;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.text.Kebab;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import dev.r1pick.units.TokenRate;
import java.time.Duration;

/// Why a rule decided as it did, with the figures that decided. Its sentence is `advice.reason.`
/// and the [#id].
public sealed interface Reason {

  /// Kebab-case, stable: scripts read it.
  default String id() {
    return Kebab.of(getClass());
  }

  /// RAM has too little room.
  record RamShort(Bytes needed, Bytes missing, ContextLength context) implements Reason {}

  /// The GPUs have too little room, and RAM cannot take the rest.
  record GpuShort(Bytes needed, Bytes missing, ContextLength context) implements Reason {}

  /// The engine loads no KV cache of that type for this model.
  record CacheRefused(KvCacheType type) implements Reason {}

  /// More context was asked for than the model was trained for.
  record BeyondTrained(ContextLength asked, ContextLength trained) implements Reason {}

  /// The installed Ollama does not know the architecture.
  record OllamaTooOld(OllamaVersion installed, OllamaVersion needed) implements Reason {}

  /// `--max-download` is less.
  record DownloadOverLimit(Bytes download, Bytes limit) implements Reason {}

  /// The disk has too little free.
  record DiskShort(Bytes download, Bytes free) implements Reason {}

  /// `--license` does not name it.
  record LicenseNotAllowed(String license) implements Reason {}

  /// `--min-speed` is given and the speed is not known.
  record SpeedUnknown(TokenRate least) implements Reason {}

  /// `--min-speed` is more.
  record TooSlow(TokenRate rate, TokenRate least) implements Reason {}

  /// `--max-wait` is given and the speed is not known.
  record WaitUnknown(Duration most) implements Reason {}

  /// `--max-wait` is less.
  record TooLong(Duration typical, Duration most) implements Reason {}

  /// Too weak for the use.
  ///
  /// @param quality of 100
  /// @param usable the least that is of help
  record NotGoodEnough(double quality, String useCase, double usable) implements Reason {}

  /// Perhaps too weak for the use, where a model of its size without thinking is good at it.
  ///
  /// @param low its quality at worst, of 100
  /// @param usable the least that is of help
  /// @param twin that model
  record OutdoneByTwin(double low, String useCase, double usable, String twin) implements Reason {}

  /// Less than half of the context that thinking needs.
  record ThinkingCut(ContextLength context, ContextLength needed) implements Reason {}

  /// It is partly in RAM, on a chip that is not known.
  record SpeedUnknownAndInRam() implements Reason {}

  /// Slower than the least rate of the use.
  record BelowFloor(TokenRate rate, TokenRate floor) implements Reason {}

  /// A typical answer takes many times the acceptable wait.
  record BeyondBearing(Duration typical, Duration acceptable) implements Reason {}

  /// It is not whole on GPUs, and a typical answer takes longer than the use accepts.
  record LateInRam(Duration typical, Duration acceptable) implements Reason {}

  /// A typical answer takes longer than anybody waits.
  record BeyondEnduring(Duration typical, Duration acceptable) implements Reason {}

  /// How good it is for the use.
  ///
  /// @param quality of 100
  /// @param doubt what of it does not count, in points
  record Quality(double quality, String useCase, double doubt) implements Reason {}

  /// Ollama passes no tools to it.
  record ToolsRefused() implements Reason {}

  /// Tools are taken, or not needed.
  record NoToolsNeeded() implements Reason {}

  /// How fast it is against what a reader needs.
  record Speed(TokenRate rate, TokenRate needed) implements Reason {}

  /// The same of a chip of which only bounds are known.
  record SpeedAtLeast(TokenRate rate, TokenRate needed) implements Reason {}

  /// Nothing backs a figure.
  record SpeedNotKnown() implements Reason {}

  /// The context against what the use needs.
  record Context(ContextLength context, ContextLength needed) implements Reason {}

  /// The format of the KV cache.
  record KvCache(KvCacheType type) implements Reason {}

  /// Whole on one GPU.
  record OnOneGpu() implements Reason {}

  /// On the processor.
  record OnTheCpu() implements Reason {}

  /// Split over several GPUs.
  record Split(int gpus) implements Reason {}

  /// Some layers are in RAM.
  record Partly(int gpuLayers, int layers) implements Reason {}

  /// The experts of some layers are in RAM.
  record Experts(int cpuLayers, int layers) implements Reason {}

  /// What is left of the budget.
  record Headroom(Bytes spare) implements Reason {}

  /// Ollama's own settings do.
  record NoSetting() implements Reason {}

  /// Something has to be set in the environment of Ollama's server.
  record Setting() implements Reason {}

  /// Over 100 GB for answers below a reader's rate.
  record NotWorthTheDownload(Bytes download, TokenRate reader) implements Reason {}

  /// How many bits a weight has.
  record Precision(Quantization quantization) implements Reason {}

  /// What has to be downloaded.
  record Download(Bytes size) implements Reason {}

  /// Another name of a tag that was judged.
  record SameManifest(ModelTag manifest) implements Reason {}

  /// It keeps every rule, and others serve the use better.
  record FewerPoints(double points) implements Reason {}
}
