package dev.r1pick.bench;

import dev.r1pick.host.LiveHost;
import dev.r1pick.advice.Advice;
import dev.r1pick.advice.Adviser;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.advice.Priority;
import dev.r1pick.advice.quality.QualityEstimator;
import dev.r1pick.advice.Question;
import dev.r1pick.advice.Question.Wishes;
import dev.r1pick.catalog.Alias;
import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.CatalogReader;
import dev.r1pick.catalog.GpuCatalog;
import dev.r1pick.catalog.GpuCatalogReader;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.UseCaseReader;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.fit.FitEstimator;
import dev.r1pick.hardware.Detector;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.RecordedHost;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.SpeedConstantsReader;
import dev.r1pick.speed.SpeedEstimator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One full advice, warm: every tag, every context and KV cache format, every rule. Detection and
/// reading the catalog are not in it; a new adviser is, as each run of the program has one.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AdviceBenchmark {
  @Param({"nvidia-rtx3060-linux", "nvidia-vm-qxl-3090-3050", "ci-linux-runner-no-gpu"})
  public String machine;

  @Param({"chat", "research"})
  public String useCase;

  /// How often each tag of the catalog is there.
  @Param({"1", "10"})
  public int times;

  private Catalog catalog;
  private UseCases useCases;
  private GpuCatalog gpus;
  private QualityEstimator qualities;
  private SpeedEstimator speeds;
  private CpuBandwidthEstimator bandwidths;
  private Question question;

  @Setup
  public void read() {
    catalog = repeated(CatalogReader.readDefault(), times);
    useCases = UseCaseReader.readDefault();
    gpus = GpuCatalogReader.readDefault();
    qualities = new QualityEstimator(useCases, catalog);
    speeds = new SpeedEstimator(SpeedConstantsReader.shipped());
    bandwidths = CpuBandwidthEstimator.shipped();
    Machine detected = detected(Path.of("src", "test", "resources", "machines", machine));
    question =
        new Question(
            useCases.profile(useCase).orElseThrow(),
            "en",
            Priority.BALANCED,
            detected,
            Wishes.NONE);
  }

  private static Machine detected(Path folder) {
    return switch (RecordedHost.open(new LiveHost().files(), folder)) {
      case RecordedHost.Opened(var host) -> new Detector().detect(host);
      case RecordedHost.NotARecording refused ->
          throw new IllegalStateException(refused.toString());
    };
  }

  @Benchmark
  public Advice advise() {
    Machine on = question.machine();
    var speed = new MachineSpeed(speeds, on, () -> gpus, bandwidths.estimate(on));
    return new Adviser(catalog, useCases, new FitEstimator(), qualities, speed).advise(question, 2);
  }

  /// A catalog in which each tag and each alias is there that many times under names of its own.
  private static Catalog repeated(Catalog catalog, int times) {
    var tags = new ArrayList<ModelTag>();
    var aliases = new ArrayList<Alias>();
    for (int i = 0; i < times; i++) {
      String end = i == 0 ? "" : "-copy" + i;
      for (ModelTag tag : catalog.tags()) {
        tags.add(named(tag, tag.name() + end));
      }
      for (Alias alias : catalog.aliases()) {
        aliases.add(
            new Alias(
                alias.name() + end,
                alias.target() + end,
                alias.since(),
                alias.formerTarget(),
                alias.evidence()));
      }
    }
    return new Catalog(
        catalog.version(),
        catalog.sources(),
        catalog.licenses(),
        catalog.quantizations(),
        catalog.variants(),
        List.copyOf(aliases),
        List.copyOf(tags));
  }

  private static ModelTag named(ModelTag tag, String name) {
    return new ModelTag(
        name,
        tag.variant(),
        tag.quantization(),
        tag.valueTensors(),
        tag.download(),
        tag.downloadCertainty(),
        tag.downloadTolerance(),
        Optional.empty(),
        tag.sameAs(),
        tag.formerly(),
        tag.sources());
  }
}
