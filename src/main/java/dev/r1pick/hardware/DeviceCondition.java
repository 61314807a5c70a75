package dev.r1pick.hardware;

import dev.r1pick.hardware.Usability.WhyNot;
import dev.r1pick.host.Host.Access;
import dev.r1pick.ollama.Backend;
import dev.r1pick.ollama.OllamaSetup;
import java.util.Optional;

/// What a machine says of a device, whatever Ollama makes of it: a fact that does not change with
/// the version or the settings of Ollama.
public sealed interface DeviceCondition {

  /// A driver that can compute is bound, and nothing says that it does not work.
  ///
  /// @param computeNode whether this user may open `/dev/kfd`, without which there is no ROCm;
  ///   unknown for other makers
  /// @param renderNode whether this user may open its render node; unknown where none was asked
  record Working(Access computeNode, Access renderNode) implements DeviceCondition {
    /// Where no node was asked.
    public static final Working FINE = new Working(Access.UNKNOWN, Access.UNKNOWN);
  }

  /// No driver is bound that can compute.
  ///
  /// @param bound the driver that is bound instead, for example `nouveau` or `vfio-pci`
  record WithoutDriver(Optional<String> bound) implements DeviceCondition {}

  /// It cannot be used as it stands.
  ///
  /// @param reason why, one of those that have nothing to do with Ollama
  record Blocked(WhyNot reason) implements DeviceCondition {}

  /// Its user says what drives it.
  record Told(Backend backend) implements DeviceCondition {}

  /// An older document has no facts, only what was made of them.
  ///
  /// @param usability that was concluded
  /// @param under the Ollama that it was concluded for; for another the rules are asked
  record Concluded(Usability usability, OllamaSetup under) implements DeviceCondition {}
}
