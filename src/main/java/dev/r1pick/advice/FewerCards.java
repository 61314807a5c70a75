package dev.r1pick.advice;

import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Kind;
import dev.r1pick.hardware.Machine;
import dev.r1pick.hardware.Usability;
import dev.r1pick.host.OsFamily;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.ServerVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The same machine with some of its cards hidden from Ollama, which may serve better: it spreads a
/// model over all cards that it sees, and the slowest decides the speed.
///
/// @param machine with the cards that are left
/// @param variable what hides the others (ollama docs/gpu.mdx)
record FewerCards(Machine machine, ServerVariable variable) {

  /// Each kind of card alone, once, and all of the largest kind where there are others; none where
  /// cards are hidden already or are not all of one backend.
  static List<FewerCards> of(Machine machine) {
    List<Accelerator> cards = machine.usableAccelerators();
    Optional<Backend> backend = backend(cards);
    if (cards.size() < 2 || backend.isEmpty()) {
      return List.of();
    }
    Optional<String> name = variable(backend.get(), machine.os().family());
    if (name.isEmpty() || machine.ollama().environment().containsKey(name.get())) {
      return List.of();
    }
    List<List<Integer>> kinds = kinds(cards);
    var found = new ArrayList<FewerCards>();
    for (List<Integer> kind : kinds) {
      found.add(with(machine, name.get(), cards, kind.subList(0, 1)));
      if (kinds.size() > 1 && kind.size() > 1) {
        found.add(with(machine, name.get(), cards, kind));
      }
    }
    return found;
  }

  /// The places of the cards of each kind.
  private static List<List<Integer>> kinds(List<Accelerator> cards) {
    var kinds = new ArrayList<List<Integer>>();
    for (int i = 0; i < cards.size(); i++) {
      boolean known = false;
      for (List<Integer> kind : kinds) {
        if (!known && isAlike(cards.get(kind.getFirst()), cards.get(i))) {
          kind.add(i);
          known = true;
        }
      }
      if (!known) {
        kinds.add(new ArrayList<>(List.of(i)));
      }
    }
    return kinds;
  }

  private static FewerCards with(
      Machine machine, String name, List<Accelerator> cards, List<Integer> places) {
    var left = new ArrayList<Accelerator>();
    var numbers = new ArrayList<String>();
    for (int place : places) {
      left.add(cards.get(place));
      numbers.add(Integer.toString(place));
    }
    return new FewerCards(
        machine.withAccelerators(left), new ServerVariable(name, String.join(",", numbers)));
  }

  private static boolean isAlike(Accelerator one, Accelerator other) {
    return one.name().equals(other.name()) && one.memory().total().equals(other.memory().total());
  }

  private static Optional<Backend> backend(List<Accelerator> cards) {
    Optional<Backend> common = Optional.empty();
    for (Accelerator card : cards) {
      boolean usable = card.usability() instanceof Usability.Usable;
      if (card.kind() != Kind.DISCRETE || !usable) {
        return Optional.empty();
      }
      Backend backend = ((Usability.Usable) card.usability()).backend();
      if (common.isPresent() && common.get() != backend) {
        return Optional.empty();
      }
      common = Optional.of(backend);
    }
    return common;
  }

  private static Optional<String> variable(Backend backend, OsFamily system) {
    return switch (backend) {
      case CUDA -> Optional.of("CUDA_VISIBLE_DEVICES");
      case ROCM ->
          Optional.of(system == OsFamily.WINDOWS ? "HIP_VISIBLE_DEVICES" : "ROCR_VISIBLE_DEVICES");
      case VULKAN -> Optional.of("GGML_VK_VISIBLE_DEVICES");
      case METAL -> Optional.empty();
    };
  }
}
