package dev.r1pick.bench;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.CatalogReader;
import dev.r1pick.catalog.GpuCatalog;
import dev.r1pick.catalog.GpuCatalogReader;
import dev.r1pick.catalog.UseCaseReader;
import dev.r1pick.catalog.UseCases;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Reading the catalog files with the strict readers, as for `--catalog` and in the build, and
/// making the same objects by the code that the build wrote of them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CatalogBenchmark {
  private String variants;
  private String chips;
  private String uses;

  @Setup
  public void read() throws IOException {
    variants = Files.readString(Path.of("catalog", "deepseek-r1.json"));
    chips = Files.readString(Path.of("catalog", "gpus.json"));
    uses = Files.readString(Path.of("catalog", "use-cases.json"));
  }

  @Benchmark
  public Catalog variantsFromJson() {
    return CatalogReader.read("deepseek-r1.json", new StringReader(variants));
  }

  @Benchmark
  public Catalog variantsFromCode() {
    return CatalogReader.readDefault();
  }

  @Benchmark
  public GpuCatalog gpusFromJson() {
    return GpuCatalogReader.read("gpus.json", new StringReader(chips));
  }

  @Benchmark
  public GpuCatalog gpusFromCode() {
    return GpuCatalogReader.readDefault();
  }

  @Benchmark
  public UseCases useCasesFromJson() {
    return UseCaseReader.read("use-cases.json", new StringReader(uses));
  }

  @Benchmark
  public UseCases useCasesFromCode() {
    return UseCaseReader.readDefault();
  }
}
