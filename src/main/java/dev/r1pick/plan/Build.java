package dev.r1pick.plan;

import dev.r1pick.catalog.gpu.GpuMarket.Availability;
import dev.r1pick.catalog.gpu.GpuModel;
import dev.r1pick.units.Bytes;
import java.util.Optional;
import java.util.OptionalInt;

/// Hardware as the options of a machine describe it: `--gpu`, `--cpu` and `--ram`.
///
/// @param kind what it is
/// @param gpus its GPUs; empty where it has none
/// @param cpu name or class of its processor; empty: the usual one beside such GPUs, or the chip's
///   own
/// @param ram of the whole machine
public record Build(Kind kind, Optional<Gpus> gpus, Optional<String> cpu, Bytes ram) {

  /// What hardware is.
  public enum Kind {
    /// Graphics cards or accelerators in a machine.
    CARDS,
    /// A laptop with a GPU of its own.
    LAPTOP,
    /// A computer with an Apple chip.
    MAC,
    /// Another computer whose GPU shares the system's memory.
    CHIP,
    /// No GPU.
    PROCESSOR,
    /// A server that keeps the experts in RAM beside a card.
    EXPERTS
  }

  /// GPUs of one kind.
  ///
  /// @param memory of each; of the machine where it is unified
  /// @param number of them, 1 or more
  public record Gpus(GpuModel model, Bytes memory, int number) {
    /// Memory of all.
    Bytes all() {
      return memory.times(number);
    }
  }

  /// Cards of one kind.
  static Build cards(GpuModel model, Bytes memory, int number, Bytes ram) {
    Kind kind = model.form() == GpuModel.Form.LAPTOP ? Kind.LAPTOP : Kind.CARDS;
    return new Build(kind, Optional.of(new Gpus(model, memory, number)), Optional.empty(), ram);
  }

  /// A computer whose GPU shares the system's memory.
  static Build chip(GpuModel model, Bytes ram) {
    Kind kind = model.vendor().equals("Apple") ? Kind.MAC : Kind.CHIP;
    return new Build(kind, Optional.of(new Gpus(model, ram, 1)), Optional.empty(), ram);
  }

  /// A machine without a GPU.
  static Build processor(String cpu, Bytes ram) {
    return new Build(Kind.PROCESSOR, Optional.empty(), Optional.of(cpu), ram);
  }

  /// How it can be had; empty where nothing tells.
  public Optional<Availability> availability() {
    return gpus.isEmpty() ? Optional.empty() : gpus.get().model().market().availability();
  }

  /// Board power of its GPUs, of the chip where the GPU is a part of one, in watts. Nothing is
  /// known of processors.
  public OptionalInt watts() {
    if (gpus.isEmpty() || gpus.get().model().market().watts().isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(gpus.get().model().market().watts().getAsInt() * gpus.get().number());
  }

  /// List price of its cards in US dollars. Of laptops, processors and rebuilt boards no list tells
  /// one, and of a chip the list has one price for all of its memory sizes, so it is told of the
  /// largest only.
  public OptionalInt listPriceUsd() {
    if (gpus.isEmpty() || gpus.get().model().market().listPriceUsd().isEmpty()) {
      return OptionalInt.empty();
    }
    GpuModel model = gpus.get().model();
    boolean told =
        switch (kind) {
          case CARDS -> model.memorySizes().contains(gpus.get().memory());
          case MAC, CHIP ->
              !model.memorySizes().isEmpty()
                  && model.memorySizes().getLast().equals(gpus.get().memory());
          case LAPTOP, PROCESSOR, EXPERTS -> false;
        };
    return told
        ? OptionalInt.of(model.market().listPriceUsd().getAsInt() * gpus.get().number())
        : OptionalInt.empty();
  }

  /// The year of that list.
  public OptionalInt listPriceYear() {
    return listPriceUsd().isPresent()
        ? gpus.orElseThrow().model().market().listPriceYear()
        : OptionalInt.empty();
  }
}
