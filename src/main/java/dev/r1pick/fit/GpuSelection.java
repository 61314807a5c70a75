package dev.r1pick.fit;

import dev.r1pick.fit.LoadAssumptions.GpuChoice;
import dev.r1pick.fit.engine.GpuSlot;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Which GPUs a load gets (sched.go, selectLlamaServerPlacement): never those of two libraries.
///
/// @param slots the GPUs, in the machine's order
/// @param choice why
record GpuSelection(List<GpuSlot> slots, GpuChoice choice) {

  static GpuSelection of(List<GpuSlot> all, long predicted, boolean spread) {
    if (all.isEmpty()) {
      return new GpuSelection(all, GpuChoice.NONE);
    }
    if (all.size() == 1) {
      return new GpuSelection(all, GpuChoice.ONLY_ONE);
    }
    if (!spread) {
      for (GpuSlot slot : bestFirst(all)) {
        if (predicted <= slot.free() / 100 * OllamaRules.SINGLE_GPU_PERCENT) {
          return new GpuSelection(List.of(slot), GpuChoice.ONE_IS_ENOUGH);
        }
      }
    }
    return ofOneLibrary(all, spread);
  }

  /// All GPUs of the library that has the best of them.
  static GpuSelection ofOneLibrary(List<GpuSlot> all, boolean spread) {
    if (all.isEmpty()) {
      return new GpuSelection(all, GpuChoice.NONE);
    }
    List<GpuSlot> group = bestLibrary(all);
    if (group.size() == 1) {
      return new GpuSelection(group, GpuChoice.ONLY_ONE);
    }
    return new GpuSelection(group, spread ? GpuChoice.SPREAD : GpuChoice.ALL_OF_ONE_LIBRARY);
  }

  GpuSelection onlyWith(GpuSlot slot) {
    return new GpuSelection(List.of(slot), GpuChoice.ONE_IS_ENOUGH);
  }

  /// Cards before GPUs inside a processor, then by free memory.
  static List<GpuSlot> bestFirst(List<GpuSlot> slots) {
    List<GpuSlot> sorted = new ArrayList<>(slots);
    sorted.sort(
        (a, b) ->
            a.integrated() != b.integrated()
                ? Boolean.compare(a.integrated(), b.integrated())
                : Long.compare(b.free(), a.free()));
    return sorted;
  }

  private static List<GpuSlot> bestLibrary(List<GpuSlot> all) {
    Map<Backend, List<GpuSlot>> groups = new EnumMap<>(Backend.class);
    for (GpuSlot slot : all) {
      groups.computeIfAbsent(slot.backend(), _ -> new ArrayList<>()).add(slot);
    }
    List<GpuSlot> best = List.of();
    for (List<GpuSlot> group : groups.values()) {
      if (best.isEmpty() || better(group, best)) {
        best = group;
      }
    }
    return best;
  }

  private static boolean better(List<GpuSlot> group, List<GpuSlot> than) {
    boolean card = hasCard(group);
    return card != hasCard(than) ? card : freeOf(group) > freeOf(than);
  }

  private static boolean hasCard(List<GpuSlot> group) {
    for (GpuSlot slot : group) {
      if (!slot.integrated()) {
        return true;
      }
    }
    return false;
  }

  private static long freeOf(List<GpuSlot> group) {
    long sum = 0;
    for (GpuSlot slot : group) {
      sum += slot.free();
    }
    return sum;
  }
}
