package dev.r1pick.policy;

import dev.r1pick.catalog.License;
import dev.r1pick.catalog.ModelTag;
import dev.r1pick.hardware.Accelerator;
import dev.r1pick.hardware.Accelerator.Pool;
import dev.r1pick.hardware.Disk;
import dev.r1pick.hardware.Machine;
import dev.r1pick.ollama.OllamaVersion;
import dev.r1pick.ollama.VersionRange;
import dev.r1pick.units.Bytes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// Holds a policy against a machine, one finding for each rule.
///
/// Pure: the same machine gives the same findings.
public final class PolicyEvaluator {
  /// Memory is sold by round sizes and reported a little smaller: what firmware, page tables and
  /// error correction keep. Of the cards and systems of the recorded machines the widest gap is a
  /// 16 GB T4 with 15.0 GiB and an 8 GB Orin Nano with 7.4 GiB; an L40S sold with 48 GB shows
  /// 46,068 MiB. So a size counts as had from 11/12 of it on. No two sizes on sale are that close.
  private static final double SHARE_REPORTED = 11.0 / 12;

  private final PolicyCatalog data;
  private final Policy policy;
  private final IdentityHashMap<PolicyRule, List<ModelTag>> allowed = new IdentityHashMap<>();

  /// A check with what is known of tags and uses; several threads may use it.
  public PolicyEvaluator(PolicyCatalog data, Policy policy) {
    this.data = data;
    this.policy = policy;
    for (PolicyRule rule : policy.rules()) {
      if (rule.requirement() instanceof Requirement.UseCase useCase) {
        allowed.put(rule, UseCaseEvaluator.allowed(useCase, policy, data));
      }
    }
  }

  /// The findings.
  ///
  /// @param checked the machine and how fast it is
  public PolicyAnswer of(CheckedMachine checked) {
    var findings = new ArrayList<Finding>();
    for (PolicyRule rule : policy.rules()) {
      findings.add(
          rule.requirement() instanceof Requirement.UnderLicense(_, var meant)
              ? license(rule, meant, findings)
              : finding(rule, checked));
    }
    return new PolicyAnswer(policy, checked.machine(), findings);
  }

  private Finding finding(PolicyRule rule, CheckedMachine checked) {
    Machine machine = checked.machine();
    return switch (rule.requirement()) {
      case Requirement.UseCase useCase ->
          machine.ram().total().isEmpty()
              ? memoryUnknown(rule)
              : new UseCaseEvaluator(data, checked)
                  .of(rule, useCase, allowed.getOrDefault(rule, List.of()));
      case Requirement.Tag tag ->
          machine.ram().total().isEmpty()
              ? memoryUnknown(rule)
              : new TagEvaluator(data, checked).of(rule, tag);
      case Requirement.Ram(var least) -> ram(rule, least, machine);
      case Requirement.Vram(var least) -> vram(rule, least, machine);
      case Requirement.DiskFree(var least) -> disk(rule, least, machine);
      case Requirement.Ollama(var range) -> ollama(rule, range, machine);
      case Requirement.UnderLicense _ ->
          throw new IllegalArgumentException("needs the other findings");
    };
  }

  private static Finding memoryUnknown(PolicyRule rule) {
    return Finding.unknown(
        rule,
        new Actual.Nothing(),
        new PolicyReason.MemoryUnknown(),
        List.of(new PolicyRemedy.DescribeMachine()));
  }

  private static boolean isEnough(Bytes have, Bytes least) {
    return have.count() >= least.count() * SHARE_REPORTED;
  }

  /// What is fitted; else what the system counts and what a GPU in the processor was given before
  /// the system started. Inside a container its limit, exactly.
  private static Finding ram(PolicyRule rule, Bytes least, Machine machine) {
    Optional<Bytes> total = machine.ram().total();
    if (total.isEmpty()) {
      return memoryUnknown(rule);
    }
    boolean limit = machine.ram().basis().startsWith("/sys/fs/cgroup");
    Bytes have =
        limit ? total.get() : machine.ram().installed().orElse(withCarveOuts(machine, total.get()));
    return (limit ? least.atMost(have) : isEnough(have, least))
        ? Finding.met(rule, new Actual.Amount(have))
        : Finding.missed(
            rule,
            new Actual.Amount(have),
            new PolicyReason.Ram(have),
            List.of(new PolicyRemedy.MoreRam(least.minusOrZero(have))));
  }

  private static Bytes withCarveOuts(Machine machine, Bytes total) {
    Bytes sum = total;
    for (Accelerator accelerator : machine.accelerators()) {
      if (accelerator.memory().pool() == Pool.CARVE_OUT) {
        sum = sum.plus(accelerator.memory().total().orElse(Bytes.ZERO));
      }
    }
    return sum;
  }

  private static Finding vram(PolicyRule rule, Bytes least, Machine machine) {
    Bytes have = Bytes.ZERO;
    for (Accelerator gpu : machine.usableAccelerators()) {
      have = have.plus(gpu.memory().total().orElse(Bytes.ZERO));
    }
    if (isEnough(have, least)) {
      return Finding.met(rule, new Actual.Amount(have));
    }
    if (GpuUncertainty.hasUnknownMemory(machine)) {
      return Finding.unknown(
          rule, new Actual.Amount(have), new PolicyReason.GpuMemoryUnknown(), List.of());
    }
    var remedies = new ArrayList<PolicyRemedy>(GpuUncertainty.unused(machine));
    remedies.add(new PolicyRemedy.MoreVram(least.minusOrZero(have)));
    return Finding.missed(
        rule,
        new Actual.Amount(have),
        have.isZero() ? new PolicyReason.NoGpu() : new PolicyReason.Vram(have),
        remedies);
  }

  private static Finding disk(PolicyRule rule, Bytes least, Machine machine) {
    Optional<Bytes> free = machine.disk().flatMap(Disk::free);
    if (free.isEmpty()) {
      return Finding.unknown(rule, new Actual.Nothing(), new PolicyReason.DiskUnknown(), List.of());
    }
    return least.atMost(free.get())
        ? Finding.met(rule, new Actual.Amount(free.get()))
        : Finding.missed(
            rule,
            new Actual.Amount(free.get()),
            new PolicyReason.Disk(free.get()),
            List.of(new PolicyRemedy.FreeDisk(least.minusOrZero(free.get()))));
  }

  /// No Ollama that answers is a fact; one that says no version of its own is not known.
  private static Finding ollama(PolicyRule rule, VersionRange range, Machine machine) {
    Optional<String> said = machine.ollama().version();
    if (said.isEmpty()) {
      return Finding.missed(
          rule,
          new Actual.Nothing(),
          new PolicyReason.NoOllama(),
          List.of(new PolicyRemedy.InstallOllama(range)));
    }
    Optional<OllamaVersion> version = machine.ollama().release();
    var actual = new Actual.Version(said.get());
    if (version.isEmpty()) {
      return Finding.unknown(
          rule, actual, new PolicyReason.OllamaVersionUnknown(said.get()), List.of());
    }
    return range.contains(version.get())
        ? Finding.met(rule, actual)
        : Finding.missed(
            rule,
            actual,
            new PolicyReason.Ollama(said.get()),
            List.of(new PolicyRemedy.InstallOllama(range)));
  }

  /// Forbidden, it holds by itself: tags under it are left out of every use. In `warn` it looks at
  /// the tags that the rules above it came to.
  private Finding license(PolicyRule rule, List<License> meant, List<Finding> above) {
    if (rule.severity() == PolicyRule.Severity.FORBID) {
      var left = new ArrayList<ModelTag>();
      for (ModelTag tag : data.manifests()) {
        if (Policy.isUnder(tag.variant(), meant)) {
          left.add(tag);
        }
      }
      return Finding.met(rule, new Actual.Tags(left));
    }
    var under = new ArrayList<ModelTag>();
    for (Finding finding : above) {
      if (finding.outcome() == Outcome.MET
          && finding.actual() instanceof Actual.Load(var tag, _, _, _)
          && Policy.isUnder(tag.variant(), meant)
          && !policy.forbids(tag.variant())
          && !under.contains(tag)) {
        under.add(tag);
      }
    }
    return under.isEmpty()
        ? Finding.met(rule, new Actual.Tags(under))
        : Finding.missed(
            rule,
            new Actual.Tags(under),
            new PolicyReason.License(under.getFirst().variant().baseLicense()),
            List.of());
  }
}
