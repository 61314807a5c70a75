package dev.r1pick.plan;

import dev.r1pick.catalog.deployment.Deployments;
import dev.r1pick.catalog.gpu.GpuMarket.Availability;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.List;

/// The hardware that can be had and described: each GPU of the catalog in growing numbers, each
/// chip with each memory it is sold with, processors with the RAM they take.
final class BuildList {
  /// Numbers of cards in one machine; a model is split over any number, and these are sold.
  private static final int[] NUMBERS = {1, 2, 3, 4, 6, 8};

  /// Cards that a case for a desk takes; a judgement.
  private static final int MOST_CARDS = 4;

  /// GPUs that a server takes.
  private static final int MOST_ACCELERATORS = 8;

  /// Memory of machines around cards.
  private static final int[] RAM_GIB = {64, 128, 256, 512, 1024, 2048};

  private BuildList() {}

  /// RAM of a machine around cards: that of a usual desktop, more where the file is larger, for it
  /// is read through RAM.
  static Bytes ramFor(Bytes download) {
    for (int gib : RAM_GIB) {
      if (download.atMost(Bytes.ofGiB(gib))) {
        return Bytes.ofGiB(gib);
      }
    }
    return Bytes.ofGiB(RAM_GIB[RAM_GIB.length - 1]);
  }

  /// Machines with a GPU, each in the sizes that are tried one after the other until one holds the
  /// tag.
  ///
  /// @param ram of machines around cards
  static List<List<Build>> gpus(List<GpuModel> models, Bytes ram) {
    var builds = new ArrayList<List<Build>>();
    for (GpuModel model : models) {
      if (model.market().availability().filter(Availability.ANNOUNCED::equals).isPresent()) {
        continue;
      }
      switch (model.form()) {
        case DISCRETE, ACCELERATOR, LAPTOP -> {
          for (Bytes size : sizes(model)) {
            builds.add(cards(model, size, ram));
          }
        }
        case SOC, APU -> builds.add(chips(model, models));
        case IGPU -> {}
      }
    }
    return builds;
  }

  private static List<Bytes> sizes(GpuModel model) {
    var sizes = new ArrayList<Bytes>(model.memorySizes());
    sizes.addAll(model.modifiedMemorySizes());
    return sizes;
  }

  private static List<Build> cards(GpuModel model, Bytes size, Bytes ram) {
    var numbers = new ArrayList<Build>();
    for (int number : NUMBERS) {
      if (number <= most(model)) {
        numbers.add(Build.cards(model, size, number, ram));
      }
    }
    return numbers;
  }

  private static int most(GpuModel model) {
    if (model.form() == GpuModel.Form.LAPTOP) {
      return 1;
    }
    boolean server =
        model.market().availability().filter(Availability.DATA_CENTER::equals).isPresent()
            || model.market().availability().filter(Availability.CHINA::equals).isPresent();
    return server ? MOST_ACCELERATORS : MOST_CARDS;
  }

  private static List<Build> chips(GpuModel model, List<GpuModel> models) {
    var sizes = new ArrayList<Build>();
    for (Bytes size : model.memorySizes()) {
      if (!isRepeated(model, size, models)) {
        sizes.add(Build.chip(model, size));
      }
    }
    return sizes;
  }

  /// Whether the same chip with fewer GPU cores has that memory too: its name means that one then.
  private static boolean isRepeated(GpuModel model, Bytes size, List<GpuModel> models) {
    for (GpuModel other : models) {
      if (other.name().equals(model.name())) {
        return false;
      }
      if (other.gpuCores().isPresent()
          && model.gpuCores().isPresent()
          && other.bandwidth().equals(model.bandwidth())
          && other.memorySizes().contains(size)
          && withoutCores(other).equals(withoutCores(model))) {
        return true;
      }
    }
    return false;
  }

  private static String withoutCores(GpuModel model) {
    int cores = model.name().indexOf(" (");
    return cores < 0 ? model.name() : model.name().substring(0, cores);
  }

  /// Machines without a GPU, likewise.
  static List<List<Build>> processors(Deployments deployments) {
    var builds = new ArrayList<List<Build>>();
    for (Deployments.Processor processor : deployments.processors()) {
      var sizes = new ArrayList<Build>();
      for (Bytes ram : processor.ram()) {
        sizes.add(Build.processor(processor.name(), ram));
      }
      builds.add(sizes);
    }
    return builds;
  }
}
