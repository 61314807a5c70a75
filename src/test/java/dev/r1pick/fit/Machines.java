package dev.r1pick.fit;

import dev.r1pick.catalog.Catalog;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.catalog.read.CatalogReader;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Accelerator.Memory;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Cpu;
import dev.r1pick.hardware.Identity;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Os;
import dev.r1pick.hardware.Ram;
import dev.r1pick.hardware.Vendor;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaSetup;
import dev.r1pick.units.Bytes;
import dev.r1pick.units.ContextLength;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Machines and tags that the tests of this package talk about.
final class Machines {
  static final Catalog CATALOG = CatalogReader.readDefault();
  static final long MIB = 1L << 20;

  private Machines() {}

  static ModelTag tag(String name) {
    return CATALOG.tag(name).orElseThrow();
  }

  static FitRequest at(int tokens) {
    return FitRequest.DEFAULTS.withContextLength(ContextLength.of(tokens));
  }

  /// A card of its own memory, with half a GiB taken.
  static Accelerator card(Backend backend, long totalMib) {
    return card(backend, totalMib, totalMib - 500);
  }

  static Accelerator card(Backend backend, long totalMib, long freeMib) {
    return gpu(
        backend,
        Kind.DISCRETE,
        Pool.DEDICATED,
        Bytes.ofMiB(totalMib),
        Optional.of(Bytes.ofMiB(freeMib)));
  }

  static Accelerator gpu(Backend backend, Kind kind, Pool pool, Bytes total, Optional<Bytes> free) {
    return Accelerator.told(
        backend.label() + " " + total.inGiB(),
        maker(backend),
        kind,
        new Memory(
            Optional.of(total),
            false,
            free,
            Optional.empty(),
            pool,
            pool == Pool.SHARED,
            Optional.empty()),
        backend,
        backend == Backend.CUDA ? capability("8.9") : Identity.UNKNOWN);
  }

  static Identity capability(String number) {
    return Identity.UNKNOWN.withComputeCapability(Optional.of(number));
  }

  static Vendor maker(Backend backend) {
    return switch (backend) {
      case CUDA -> Vendor.NVIDIA;
      case ROCM -> Vendor.AMD;
      case METAL -> Vendor.APPLE;
      case VULKAN -> Vendor.INTEL;
    };
  }

  static Accelerator withCapability(Accelerator gpu, String number) {
    return gpu.withIdentity(capability(number));
  }

  static Machine linux(Bytes ram, Accelerator... gpus) {
    return machine(OsFamily.LINUX, ram, ram.scaledBy(0.9), gpus);
  }

  static Machine machine(OsFamily family, Bytes ram, Bytes available, Accelerator... gpus) {
    return new Machine(
        new Os(family, "x86_64", false, false, false),
        new Cpu(Optional.empty(), "x86_64", Optional.of(8), Optional.empty(), 16, 16, List.of()),
        new Ram(
            Optional.of(ram),
            Optional.of(available),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ""),
        Arrays.asList(gpus),
        Optional.empty(),
        OllamaSetup.UNKNOWN,
        List.of());
  }

  static Machine appleM3With16GiB() {
    Bytes available = Bytes.of(8_987_869_184L);
    return machine(
        OsFamily.MACOS,
        Bytes.ofGiB(16),
        available,
        gpu(
            Backend.METAL,
            Kind.INTEGRATED,
            Pool.SHARED,
            Bytes.of(12_713_115_648L),
            Optional.of(available)));
  }

  static Machine withOllama(Machine machine, String version, String... variables) {
    Map<String, String> environment = new java.util.HashMap<>();
    for (String variable : variables) {
      int equals = variable.indexOf('=');
      environment.put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return machine.withOllama(
        new OllamaSetup(version.isEmpty() ? Optional.empty() : Optional.of(version), environment));
  }
}
