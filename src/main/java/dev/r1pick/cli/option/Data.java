package dev.r1pick.cli.option;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.UseCases;
import dev.r1pick.catalog.deployment.Deployments;
import dev.r1pick.catalog.gpu.GpuCatalog;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.catalog.read.DeploymentReader;
import dev.r1pick.catalog.read.GpuCatalogReader;
import dev.r1pick.catalog.read.UseCaseReader;
import dev.r1pick.hardware.Machine;
import dev.r1pick.host.UserFiles;
import dev.r1pick.speed.CpuBandwidth;
import dev.r1pick.speed.CpuBandwidthEstimator;
import dev.r1pick.speed.GpuModels;
import dev.r1pick.speed.MachineSpeed;
import dev.r1pick.speed.MeasuredFactor;
import dev.r1pick.speed.PlannedGpus;
import dev.r1pick.speed.SpeedConstants;
import dev.r1pick.speed.SpeedConstantsReader;
import dev.r1pick.speed.SpeedEstimator;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The catalog files, each read when it is first needed: a machine without GPU never reads the GPU
/// table.
public final class Data {
  private final Optional<CatalogFile> catalogFile;
  private @Nullable Catalog catalog;
  private @Nullable GpuCatalog gpus;
  private @Nullable UseCases useCases;
  private @Nullable SpeedConstants speed;
  private @Nullable CpuBandwidthEstimator cpus;
  private final GpuModels models = new GpuModels(this::gpus);

  private Data(Optional<CatalogFile> catalogFile) {
    this.catalogFile = catalogFile;
  }

  /// The file that `--catalog` names.
  ///
  /// @param option where it is named
  private record CatalogFile(UserFiles files, String name, String option) {
    Catalog read() {
      var file = new NamedFile(option, name);
      file.refuseFolder(files);
      try (Reader reader =
          new InputStreamReader(files.open(file.path()), StandardCharsets.UTF_8.newDecoder())) {
        return CatalogReader.read(name, reader);
      } catch (IOException | UncheckedIOException _) {
        throw file.unreadable(files);
      }
    }
  }

  /// The shipped data.
  public static Data shipped() {
    return new Data(Optional.empty());
  }

  /// The shipped data, but variants and tags of the file that `--catalog` names.
  public static Data of(Session session) {
    Arguments arguments = session.arguments();
    return new Data(
        arguments
            .text("--catalog")
            .map(name -> new CatalogFile(session.files(), name, arguments.name("--catalog"))));
  }

  public Catalog catalog() {
    if (catalog == null) {
      catalog = catalogFile.map(CatalogFile::read).orElseGet(CatalogReader::readDefault);
    }
    return catalog;
  }

  /// Ways to run the 671B, read each time: one command asks once.
  public Deployments deployments() {
    return DeploymentReader.readDefault();
  }

  public GpuCatalog gpus() {
    if (gpus == null) {
      gpus = GpuCatalogReader.readDefault();
    }
    return gpus;
  }

  public UseCases useCases() {
    if (useCases == null) {
      useCases = UseCaseReader.readDefault();
    }
    return useCases;
  }

  SpeedConstants speed() {
    if (speed == null) {
      speed = SpeedConstantsReader.shipped();
    }
    return speed;
  }

  CpuBandwidthEstimator cpus() {
    if (cpus == null) {
      cpus = CpuBandwidthEstimator.shipped();
    }
    return cpus;
  }

  /// The same with every file read, so that several threads may ask.
  public Data ready() {
    catalog();
    gpus();
    useCases();
    speed();
    cpus();
    return this;
  }

  /// The machine to plan with: what of its cards is not known is taken from the catalog.
  public Machine planned(Machine machine) {
    return new PlannedGpus(models).of(machine);
  }

  /// How fast a machine runs what is planned for it.
  ///
  /// @param known how fast its memory is, where that was timed or told
  public MachineSpeed speedOf(Machine machine, Optional<CpuBandwidth> known) {
    return speedOf(machine, known, MeasuredFactor.NONE);
  }

  /// The same with how much faster than estimated the machine was measured.
  public MachineSpeed speedOf(
      Machine machine, Optional<CpuBandwidth> known, MeasuredFactor measured) {
    CpuBandwidth cpu = known.orElseGet(() -> cpus().estimate(machine));
    return new MachineSpeed(new SpeedEstimator(speed(), measured), machine, models, cpu);
  }
}
